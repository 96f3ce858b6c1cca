using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Learning.Fitting;

/// <summary>A trained model with its predictions.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="Model">The trained model.</param>
/// <param name="Predictions">Predictions on the training, validation and test graphs, in this order, each marked with its set.</param>
/// <param name="WasCached">True when the model had been trained before.</param>
public sealed record FitResult(FitRequest Request, TrainedModel Model, ImmutableArray<Prediction> Predictions, bool WasCached)
{
    /// <summary>Predictions on the test graphs, of one scheme when it is named.</summary>
    public ImmutableArray<Prediction> Test(string? scheme = null) =>
        [.. Predictions.Where(prediction => prediction.Set == "test" && (scheme is null || prediction.Scheme == scheme))];
}
