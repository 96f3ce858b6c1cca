using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Learning.Models;

/// <summary>A scaled graph in the form the kernels read, made once and packed into many batches.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class GraphTensors<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _nodeFeatures;

    /// <summary>Converts a scaled graph.</summary>
    public GraphTensors(NormalizedGraph graph)
    {
        _nodeFeatures = [.. graph.NodeFeatures.Select(T.CreateChecked)];
        T[] weights = [.. graph.EdgeWeight.Select(T.CreateChecked)];
        (DistinctLength, LengthOfEdge) = Distinct([.. graph.EdgeLengthAngstrom.Select(T.CreateChecked)]);
        EdgeDirection = [.. graph.EdgeDirection.Select(T.CreateChecked)];
        Edges = new SparseRows<T>(graph.EdgeStart.AsSpan(), graph.EdgeSource.AsSpan(), weights);
    }

    /// <summary>Number of nodes.</summary>
    public int NodeCount => Edges.NodeCount;

    /// <summary>Scaled node features, shape [nodes, <see cref="Graphs.NodeFeatures.Count"/>], row-major.</summary>
    public ReadOnlySpan<T> NodeFeatures => _nodeFeatures;

    /// <summary>Lengths of edges, Å, each once: both directions of a bond have one, and in an ideal crystal many bonds. Empty when the graph was scaled without.</summary>
    internal T[] DistinctLength { get; }

    /// <summary>Place of the length of each edge among <see cref="DistinctLength"/>; empty when the graph was scaled without.</summary>
    internal int[] LengthOfEdge { get; }

    /// <summary>Unit vector of each edge, shape [edges, 3]; empty when the graph was scaled without.</summary>
    internal T[] EdgeDirection { get; }

    /// <summary>Edges with their scaled lengths as weights.</summary>
    public SparseRows<T> Edges { get; }

    private static (T[] Distinct, int[] Index) Distinct(T[] lengths)
    {
        var places = new Dictionary<T, int>();
        int[] index = [.. lengths.Select(length => places.TryGetValue(length, out int place) ? place : places[length] = places.Count)];
        return ([.. places.OrderBy(place => place.Value).Select(place => place.Key)], index);
    }
}
