using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Memory;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// Runs a model on many copies of one graph side by side, each copy with its own mask of edges. The memory is used again by the next pass and the next graph. One thread at a time; results depend neither on the
/// number of threads of the pool nor on what was done before.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public sealed class GraphPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Copies in a pass are so many that their edges are about this many: enough to fill the kernels, few enough for the caches.</summary>
    private const int EdgesPerPass = 16_384;
    private readonly GraphTensors<T>[] _graph = new GraphTensors<T>[1];
    private int[] _order = [];

    /// <summary>Makes room for a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="pool">Threads; the pool of the process when null.</param>
    public GraphPass(ExplainedModel<T> model, WorkerPool? pool = null)
    {
        Model = model;
        Tape = new Tape<T>(pool);
    }

    /// <summary>The model.</summary>
    public ExplainedModel<T> Model { get; }

    internal Tape<T> Tape { get; }

    internal GraphBatch<T> Batch { get; } = new();

    /// <summary>Layers of lengths of what is loaded, for passes that change masks alone.</summary>
    internal KeptLayers<T> Kept { get; } = new();

    /// <summary>Directed edges of one copy.</summary>
    internal int EdgeCount { get; private set; }

    /// <summary>Predicts for a graph.</summary>
    /// <returns>The prediction in the unit of the property.</returns>
    public double Predict(CrystalGraph graph)
    {
        Load(graph, copies: 1);
        Tape.BeginPrediction();
        return double.CreateChecked(Model.Forward(Tape, Batch, default).Value[0]);
    }

    /// <summary>Predicts for a graph under masks: each message of a directed edge is multiplied by its number.</summary>
    /// <param name="graph">The graph, built with the options of the model.</param>
    /// <param name="count">Number of masks.</param>
    /// <param name="mask">Fills the mask of a number, one factor per directed edge.</param>
    /// <returns>One prediction per mask, in the unit of the property.</returns>
    public double[] Predict(CrystalGraph graph, int count, MaskFiller mask)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return InCopies(graph, count, (first, copies) =>
        {
            Variable<T> masks = Tape.Input(copies * EdgeCount, 1);
            for (int copy = 0; copy < copies; copy++)
            {
                mask(first + copy, masks.Value.Slice(copy * EdgeCount, EdgeCount));
            }

            return new GraphVariables<T> { Mask = masks, Kept = Kept };
        });
    }

    /// <summary>Predicts for a graph with other node features.</summary>
    /// <param name="graph">The graph, built with the options of the model.</param>
    /// <param name="count">Number of cases.</param>
    /// <param name="change">Changes the scaled node features of a case, shape [atoms, features], which come as they are.</param>
    /// <returns>One prediction per case, in the unit of the property.</returns>
    internal double[] PredictFeatures(CrystalGraph graph, int count, MaskFiller change)
    {
        int size = graph.NodeCount * NodeFeatures.Count;
        return InCopies(graph, count, (first, copies) =>
        {
            Variable<T> features = Tape.Input(Batch.NodeFeatures, copies * graph.NodeCount, NodeFeatures.Count);
            for (int copy = 0; copy < copies; copy++)
            {
                change(first + copy, features.Value.Slice(copy * size, size));
            }

            return new GraphVariables<T> { NodeFeatures = features, Kept = Kept };
        });
    }

    /// <summary>Predictions of as many cases as asked for, as many copies at a time as fit; told the first case and the number of copies, what varies is made on the tape.</summary>
    private double[] InCopies(CrystalGraph graph, int count, Func<int, int, GraphVariables<T>> variables)
    {
        GraphTensors<T> tensors = Model.Tensors(graph);
        var predictions = new double[count];
        for (int first = 0; first < count;)
        {
            // Passes of as many copies as before find the lengths, and what layers make of them, in place.
            int copies = Math.Min(count - first, CopiesPerPass(tensors));
            if (first == 0 || copies != Batch.GraphCount)
            {
                Load(tensors, copies);
            }

            Tape.BeginPrediction();
            ReadOnlySpan<T> values = Model.Forward(Tape, Batch, variables(first, copies)).Value;
            for (int copy = 0; copy < copies; copy++)
            {
                predictions[first + copy] = double.CreateChecked(values[copy]);
            }

            first += copies;
        }

        return predictions;
    }

    /// <summary>Fills a mask, or changes features.</summary>
    /// <param name="number">Number of the mask or case.</param>
    /// <param name="edges">One factor per directed edge of the graph, to be filled; or the features of the nodes, to be changed.</param>
    public delegate void MaskFiller(int number, Span<T> edges);

    /// <summary>Packs copies of a graph.</summary>
    internal void Load(CrystalGraph graph, int copies) => Load(Model.Tensors(graph), copies);

    /// <summary>Packs copies of a graph.</summary>
    internal void Load(GraphTensors<T> graph, int copies)
    {
        _graph[0] = graph;
        EdgeCount = graph.Edges.EdgeCount;
        if (_order.Length < copies)
        {
            _order = new int[copies];
        }

        Batch.Pack(_graph, _order.AsSpan(0, copies));
        Kept.Clear();
    }

    /// <summary>Copies of a graph to work on at a time.</summary>
    internal static int CopiesPerPass(GraphTensors<T> graph) => Math.Max(1, EdgesPerPass / Math.Max(1, graph.Edges.EdgeCount));
}
