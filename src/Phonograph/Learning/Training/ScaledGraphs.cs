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
    private readonly TargetTerms _terms;

    public ScaledGraphs(IReadOnlyCollection<LabelledGraph> graphs, FeatureNormalization features, TargetTerms terms, EdgeGeometry geometry)
    {
        _terms = terms;
        _graphs = [.. graphs.Select(each => new GraphTensors<float>(features.Apply(each.Graph, geometry)))];
        _labels = [.. graphs.Select(each => each.Target)];
        _targets = new float[graphs.Count * terms.Count];
        int place = 0;
        foreach (LabelledGraph graph in graphs)
        {
            terms.Label(graph, _targets.AsSpan(terms.Count * place++, terms.Count));
        }
    }

    public int Count => _graphs.Length;

    public int SmallestNodeCount => _graphs.Min(graph => graph.NodeCount);

    public IReadOnlyList<GraphTensors<float>> Graphs => _graphs;

    public TargetTerms Terms => _terms;

    /// <summary>Scaled targets of some graphs, in their order: as many for each as there are terms.</summary>
    public void Targets(ReadOnlySpan<int> order, Span<float> destination)
    {
        int terms = _terms.Count;
        for (int place = 0; place < order.Length; place++)
        {
            _targets.AsSpan(order[place] * terms, terms).CopyTo(destination[(place * terms)..]);
        }
    }

    /// <summary>Mean square error of the scaled terms and mean absolute error of the first property in its unit, in evaluation mode.</summary>
    public (double Loss, double MeanAbsoluteError) Evaluate(GraphNetwork<float> network, Tape<float> tape, GraphBatch<float> batch)
    {
        double squared = 0, absolute = 0;
        int terms = _terms.Count;
        Predict(network, tape, batch, (graph, outputs) =>
        {
            for (int term = 0; term < terms; term++)
            {
                double error = _terms.Term(outputs, term) - _targets[(graph * terms) + term];
                squared += error * error;
            }

            absolute += Math.Abs(_terms.Scales.Restore(outputs, 0) - _labels[graph]);
        });
        return (squared / ((double)Count * terms), absolute / Count);
    }

    /// <summary>Outputs of the network for all graphs, in evaluation mode.</summary>
    public void Predict(GraphNetwork<float> network, Tape<float> tape, GraphBatch<float> batch, OutputsOf use)
    {
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
                use(first + place, output.Value.Slice(place * output.Columns, output.Columns));
            }
        }
    }

    /// <summary>Takes the outputs for a graph.</summary>
    public delegate void OutputsOf(int graph, ReadOnlySpan<float> outputs);
}
