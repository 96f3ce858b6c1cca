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
    private readonly TargetScales _scales;
    private readonly GraphNetwork<float> _network;
    private readonly Tape<float> _tape;
    private readonly GraphBatch<float> _batch = new();

    /// <summary>Takes a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pool">Threads; the pool of the process when null.</param>
    public Predictor(TrainedModel model, WorkerPool? pool = null)
    {
        _description = model.Description;
        _scales = model.Description.Scales;
        _network = model.Network;
        _tape = new Tape<float>(pool);
    }

    /// <summary>Predicts for structures.</summary>
    /// <param name="crystals">Structures, of any size.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>Predictions of the first property.</returns>
    public ImmutableArray<GraphPrediction> Predict(IEnumerable<Crystal> crystals, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default) =>
        PredictProperties(crystals, progress, cancellation)[0];

    /// <summary>Predicts every property of structures.</summary>
    /// <param name="crystals">Structures, of any size.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>For each property of the model, in its order, one prediction for each structure.</returns>
    public ImmutableArray<ImmutableArray<GraphPrediction>> PredictProperties(
        IEnumerable<Crystal> crystals, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        Crystal[] all = [.. crystals];
        ImmutableArray<GraphPrediction>.Builder[] predictions = [.. _scales.Properties.Select(_ => ImmutableArray.CreateBuilder<GraphPrediction>(all.Length))];
        foreach (Crystal[] part in all.Chunk(BatchSize))
        {
            ImmutableArray<ImmutableArray<GraphPrediction>> found = PredictProperties((CrystalGraph[])[.. part.Select(crystal => CrystalGraphBuilder.Build(crystal, _description.GraphOptions))], null, cancellation);
            for (int property = 0; property < predictions.Length; property++)
            {
                predictions[property].AddRange(found[property]);
            }

            progress?.Report(new WorkProgress("predict", predictions[0].Count, all.Length));
        }

        return [.. predictions.Select(each => each.MoveToImmutable())];
    }

    /// <summary>Predicts for graphs that were built with the options of the model.</summary>
    /// <param name="graphs">Graphs.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>Predictions of the first property.</returns>
    public ImmutableArray<GraphPrediction> Predict(IReadOnlyList<CrystalGraph> graphs, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default) =>
        PredictProperties(graphs, progress, cancellation)[0];

    /// <summary>Predicts every property for graphs that were built with the options of the model.</summary>
    /// <param name="graphs">Graphs.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <returns>For each property of the model, in its order, one prediction for each graph.</returns>
    public ImmutableArray<ImmutableArray<GraphPrediction>> PredictProperties(
        IReadOnlyList<CrystalGraph> graphs, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        GraphPrediction[][] predictions = [.. _scales.Properties.Select(_ => new GraphPrediction[graphs.Count])];
        var known = new List<int>();
        for (int index = 0; index < graphs.Count; index++)
        {
            bool isKnown = graphs[index].NodeCount > 0 && graphs[index].Elements.All(element => element.PaulingElectronegativity is not null);
            var unknown = new GraphPrediction(double.NaN, _description.Range.Judge(graphs[index]) | (isKnown ? OutsideReasons.None : OutsideReasons.NoFeatures));
            foreach (GraphPrediction[] property in predictions)
            {
                property[index] = unknown;
            }

            if (isKnown)
            {
                known.Add(index);
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
                ReadOnlySpan<float> scaled = output.Value.Slice(place * output.Columns, output.Columns);
                for (int property = 0; property < predictions.Length; property++)
                {
                    ref GraphPrediction prediction = ref predictions[property][part[place]];
                    prediction = new GraphPrediction(_scales.Restore(scaled, property), prediction.Reasons | (IsSaturated(scaled, property) ? OutsideReasons.Saturated : OutsideReasons.None));
                }
            }

            progress?.Report(new WorkProgress("predict", part[^1] + 1, graphs.Count));
        }

        return [.. predictions.Select(each => each.ToImmutableArray())];
    }

    /// <summary>Predictions beside labels, for evaluation.</summary>
    /// <param name="graphs">Labelled graphs.</param>
    /// <param name="set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <returns>Predictions of the first property.</returns>
    public ImmutableArray<Prediction> Predict(IReadOnlyList<LabelledGraph> graphs, string set) => Beside(graphs, set, 0, Predict((CrystalGraph[])[.. graphs.Select(each => each.Graph)]));

    /// <summary>Predictions of every property beside labels, for evaluation.</summary>
    /// <param name="graphs">Graphs with a label of each property.</param>
    /// <param name="set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <returns>For each property of the model, in its order, one prediction for each graph.</returns>
    public ImmutableArray<ImmutableArray<Prediction>> PredictProperties(IReadOnlyList<LabelledGraph> graphs, string set) =>
        [.. PredictProperties((CrystalGraph[])[.. graphs.Select(each => each.Graph)]).Select((predictions, property) => Beside(graphs, set, property, predictions))];

    private static ImmutableArray<Prediction> Beside(IReadOnlyList<LabelledGraph> graphs, string set, int property, ImmutableArray<GraphPrediction> predictions) =>
        [.. graphs.Zip(predictions, (each, prediction) => new Prediction(each.Configuration, each.Scheme, set, each.Label(property), prediction.Value, prediction.IsOutside))];

    /// <summary>A band gap from two edges is as good as the worse of them.</summary>
    private bool IsSaturated(ReadOnlySpan<float> scaled, int property) => IsSaturated(scaled[property])
        || (_scales.ConductionEdge is not null && property == _scales.GapPlace && IsSaturated(scaled[_scales.ValencePlace]));

    private bool IsSaturated(double scaled) => _network.Output == OutputFunction.Sigmoid
        ? scaled is <= SaturationMargin or >= 1 - SaturationMargin
        : scaled is <= 0 or > 1;
}
