using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Learning.Models;

/// <summary>Several graphs side by side, for one pass through a network. The memory is used again by the next packing.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GraphBatch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _nodeFeatures = [];
    private T[] _distinctLength = [];
    private T[] _edgeDirection = [];
    private int _edgeDirectionCount;
    private int[] _nodeStart = [0];
    private SparseRows<T>[] _edgeLists = [];

    /// <summary>Number of graphs.</summary>
    public int GraphCount { get; private set; }

    /// <summary>Number of nodes of all graphs.</summary>
    public int NodeCount => Edges.NodeCount;

    /// <summary>Node features, shape [nodes, <see cref="Graphs.NodeFeatures.Count"/>], row-major.</summary>
    public ReadOnlySpan<T> NodeFeatures => _nodeFeatures.AsSpan(0, NodeCount * Graphs.NodeFeatures.Count);

    /// <summary>Length graphs + 1: nodes of graph g are NodeStart[g] up to, not including, NodeStart[g + 1].</summary>
    public ReadOnlySpan<int> NodeStart => _nodeStart.AsSpan(0, GraphCount + 1);

    /// <summary>Lengths of edges, Å, each once within its graph; empty when the graphs were scaled without.</summary>
    public ReadOnlySpan<T> DistinctLength => _distinctLength.AsSpan(0, Lengths.Count);

    /// <summary>Place of the length of each edge among <see cref="DistinctLength"/>; of no edge when the graphs were scaled without.</summary>
    public SharedRows Lengths { get; } = new();

    /// <summary>Unit vector of each edge from target to source, shape [edges, 3], row-major; empty when the graphs were scaled without.</summary>
    public ReadOnlySpan<T> EdgeDirection => _edgeDirection.AsSpan(0, _edgeDirectionCount);

    /// <summary>Edges of all graphs.</summary>
    public SparseRows<T> Edges { get; } = new();

    /// <summary>Replaces the content. Allocates only when the batch is larger than any before.</summary>
    /// <param name="graphs">The graphs.</param>
    /// <param name="order">Which of them, in order; a graph may come twice.</param>
    /// <returns>This batch.</returns>
    public GraphBatch<T> Pack(IReadOnlyList<GraphTensors<T>> graphs, ReadOnlySpan<int> order)
    {
        GraphCount = order.Length;
        if (_edgeLists.Length < order.Length)
        {
            _edgeLists = new SparseRows<T>[order.Length];
            _nodeStart = new int[order.Length + 1];
        }

        for (int place = 0; place < order.Length; place++)
        {
            GraphTensors<T> graph = graphs[order[place]];
            _edgeLists[place] = graph.Edges;
            _nodeStart[place + 1] = _nodeStart[place] + graph.NodeCount;
        }

        Edges.Concatenate(_edgeLists.AsSpan(0, order.Length));
        Reserve(ref _nodeFeatures, NodeCount * Graphs.NodeFeatures.Count);
        Reserve(ref _distinctLength, Edges.EdgeCount);
        Reserve(ref _edgeDirection, 3 * Edges.EdgeCount);
        _edgeDirectionCount = 0;
        Lengths.Clear(Edges.EdgeCount);
        for (int place = 0; place < order.Length; place++)
        {
            GraphTensors<T> graph = graphs[order[place]];
            graph.NodeFeatures.CopyTo(_nodeFeatures.AsSpan(_nodeStart[place] * Graphs.NodeFeatures.Count));
            graph.DistinctLength.CopyTo(_distinctLength.AsSpan(Lengths.Count));
            Lengths.Append(graph.LengthOfEdge, graph.DistinctLength.Length);
            graph.EdgeDirection.CopyTo(_edgeDirection.AsSpan(_edgeDirectionCount));
            _edgeDirectionCount += graph.EdgeDirection.Length;
        }

        return this;
    }

    private static void Reserve(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length + (length / 8)];
        }
    }
}
