using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Memory;

namespace Phonograph.Learning;

/// <summary>
/// Predicts a property of structures with a trained model and says where it extrapolates. A prediction does not depend on the other
/// structures of the call, nor on the number of threads. Not to be used by two threads at once.
/// </summary>
public sealed class Predictor
{
    /// <summary>Graphs per pass through the network.</summary>
    internal const int BatchSize = 64;

    /// <summary>A scaled prediction this close to 0 or 1 counts as saturated with a sigmoid output: its slope has fallen below 4 % of the largest.</summary>
    private const double SaturationMargin = 0.01;

    private readonly ModelDescription _description;
    private readonly GraphNetwork<float> _network;
    private readonly Tape<float> _tape;
    private readonly GraphBatch<float> _batch = new();

    /// <summary>Takes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pool">Threads; the pool of the process when null.</param>
    public Predictor(TrainedModel model, WorkerPool? pool = null)
    {
        _description = model.Description;
        _network = model.Network;
        _tape = new Tape<float>(pool);
    }

    /// <summary>Predicts for structures.</summary>
    /// <param name="crystals">Structures, of any size.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public ImmutableArray<GraphPrediction> Predict(IEnumerable<Crystal> crystals, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        Crystal[] all = [.. crystals];
        var predictions = ImmutableArray.CreateBuilder<GraphPrediction>(all.Length);
        foreach (Crystal[] part in all.Chunk(BatchSize))
        {
            predictions.AddRange(Predict([.. part.Select(crystal => CrystalGraphBuilder.Build(crystal, _description.GraphOptions))], null, cancellation));
            progress?.Report(new WorkProgress("predict", predictions.Count, all.Length));
        }

        return predictions.MoveToImmutable();
    }

    /// <summary>Predicts for graphs that were built with the options of the model.</summary>
    /// <param name="graphs">Graphs.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public ImmutableArray<GraphPrediction> Predict(IReadOnlyList<CrystalGraph> graphs, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        var predictions = new GraphPrediction[graphs.Count];
        var known = new List<int>();
        for (int index = 0; index < graphs.Count; index++)
        {
            predictions[index] = new GraphPrediction(double.NaN, _description.Range.Judge(graphs[index]));
            if (graphs[index].NodeCount > 0 && graphs[index].Elements.All(element => element.PaulingElectronegativity is not null))
            {
                known.Add(index);
            }
            else
            {
                predictions[index] = predictions[index] with { Reasons = predictions[index].Reasons | OutsideReasons.NoFeatures };
            }
        }

        foreach (int[] part in known.Chunk(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            GraphTensors<float>[] tensors = [.. part.Select(index => new GraphTensors<float>(_description.Features.Apply(graphs[index], _network.Geometry)))];
            _tape.BeginPrediction();
            Variable<float> output = _network.Forward(_tape, _batch.Pack(tensors, [.. Enumerable.Range(0, part.Length)]));
            for (int place = 0; place < part.Length; place++)
            {
                double scaled = output.Value[place];
                OutsideReasons reasons = predictions[part[place]].Reasons | (IsSaturated(scaled) ? OutsideReasons.Saturated : OutsideReasons.None);
                predictions[part[place]] = new GraphPrediction(_description.Target.Restore(scaled), reasons);
            }

            progress?.Report(new WorkProgress("predict", part[^1] + 1, graphs.Count));
        }

        return [.. predictions];
    }

    /// <summary>Predictions beside labels, for evaluation.</summary>
    /// <param name="graphs">Labelled graphs.</param>
    /// <param name="set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    public ImmutableArray<Prediction> Predict(IReadOnlyList<LabelledGraph> graphs, string set)
    {
        ImmutableArray<GraphPrediction> predictions = Predict([.. graphs.Select(each => each.Graph)]);
        return [.. graphs.Zip(predictions, (each, prediction) => new Prediction(each.Configuration, each.Scheme, set, each.Target, prediction.Value, prediction.IsOutside))];
    }

    private bool IsSaturated(double scaled) => _network.Output == OutputFunction.Sigmoid
        ? scaled is <= SaturationMargin or >= 1 - SaturationMargin
        : scaled is <= 0 or > 1;
}
