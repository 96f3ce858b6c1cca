using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Fitting;

/// <summary>
/// Trained models in a folder, each under the fingerprint of its data, settings and code: <c>FINGERPRINT.safetensors</c>, and
/// <c>FINGERPRINT.checkpoint</c> while it is trained. What was trained before is read; what was killed continues. Predictions follow from
/// the model to the last bit within milliseconds and are not stored. The folder may be deleted at any time.
/// </summary>
/// <param name="folder">The folder; made when missing.</param>
public sealed class FitCache(string folder)
{
    /// <summary>Trains or reads the model of a request, and predicts.</summary>
    /// <param name="request">What to train.</param>
    /// <param name="run">Threads, progress and cancellation; the checkpoint is that of the cache.</param>
    public FitResult Fit(FitRequest request, TrainingRun? run = null)
    {
        string fingerprint = request.Fingerprint();
        string path = ModelPath(fingerprint);
        string checkpoint = Path.Combine(folder, fingerprint + ".checkpoint");
        bool isKnown = Has(fingerprint);
        TrainedModel model = isKnown
            ? ModelFile.Read(path)
            : Trainer.Train(request.Data, request.Options, (run ?? new TrainingRun()) with { CheckpointPath = checkpoint });
        if (!isKnown)
        {
            ModelFile.Write(path, model);
        }

        File.Delete(checkpoint);
        var predictor = new Predictor(model, run?.Pool);
        return new FitResult(
            request,
            model,
            [.. predictor.Predict(request.Data.Training, "train"), .. predictor.Predict(request.Data.Validation, "validation"), .. predictor.Predict(request.Test, "test")],
            isKnown);
    }

    /// <summary>Whether the model of a fingerprint is there.</summary>
    internal bool Has(string fingerprint) => File.Exists(ModelPath(fingerprint));

    private string ModelPath(string fingerprint) => Path.Combine(folder, fingerprint + ".safetensors");
}
