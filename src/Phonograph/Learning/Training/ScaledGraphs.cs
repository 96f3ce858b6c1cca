using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Training;

/// <summary>Graphs with their scaled targets, ready for the network; what training and validation loop over.</summary>
internal sealed class ScaledGraphs
{
    private readonly GraphTensors<float>[] _graphs;
    private readonly double[] _labels;
    private readonly float[] _targets;

    public ScaledGraphs(IReadOnlyCollection<LabelledGraph> graphs, FeatureNormalization features, TargetNormalization target, EdgeGeometry geometry)
    {
        _graphs = [.. graphs.Select(each => new GraphTensors<float>(features.Apply(each.Graph, geometry)))];
        _labels = [.. graphs.Select(each => each.Target)];
        _targets = [.. graphs.Select(each => (float)target.Scale(each.Target))];
    }

    public int Count => _graphs.Length;

    public int SmallestNodeCount => _graphs.Min(graph => graph.NodeCount);

    public IReadOnlyList<GraphTensors<float>> Graphs => _graphs;

    /// <summary>Scaled targets of some graphs, in their order.</summary>
    public void Targets(ReadOnlySpan<int> order, Span<float> destination)
    {
        for (int place = 0; place < order.Length; place++)
        {
            destination[place] = _targets[order[place]];
        }
    }

    /// <summary>Mean square error of the scaled target and mean absolute error in the unit of the property, in evaluation mode.</summary>
    public (double Loss, double MeanAbsoluteError) Evaluate(GraphNetwork<float> network, Tape<float> tape, GraphBatch<float> batch, TargetNormalization target)
    {
        double squared = 0, absolute = 0;
        Span<int> order = stackalloc int[Predictor.BatchSize];
        for (int first = 0; first < Count; first += Predictor.BatchSize)
        {
            int count = Math.Min(Predictor.BatchSize, Count - first);
            for (int place = 0; place < count; place++)
            {
                order[place] = first + place;
            }

            tape.BeginPrediction();
            Variable<float> output = network.Forward(tape, batch.Pack(_graphs, order[..count]));
            for (int place = 0; place < count; place++)
            {
                double scaled = output.Value[place], error = scaled - _targets[first + place];
                squared += error * error;
                absolute += Math.Abs(target.Restore(scaled) - _labels[first + place]);
            }
        }

        return (squared / Count, absolute / Count);
    }
}
