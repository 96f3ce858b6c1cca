using System.Collections.Immutable;

namespace Phonograph.Graphs;

/// <summary>A graph as a network reads it: scaled features in single precision, edges by target (compressed rows).</summary>
/// <param name="NodeCount">Number of nodes.</param>
/// <param name="NodeFeatures">Scaled node features, shape [nodes, <see cref="Graphs.NodeFeatures.Count"/>], row-major.</param>
/// <param name="EdgeStart">Length nodes + 1: edges of target i are EdgeStart[i] up to, not including, EdgeStart[i + 1].</param>
/// <param name="EdgeSource">Source node of each edge.</param>
/// <param name="EdgeWeight">Scaled length of each edge.</param>
public sealed record NormalizedGraph(
    int NodeCount,
    ImmutableArray<float> NodeFeatures,
    ImmutableArray<int> EdgeStart,
    ImmutableArray<int> EdgeSource,
    ImmutableArray<float> EdgeWeight)
{
    /// <summary>Length of each edge, Å; empty when the graph was scaled without.</summary>
    public ImmutableArray<double> EdgeLengthAngstrom { get; init; } = [];

    /// <summary>Unit vector of each edge (<see cref="EdgeDirections"/>), shape [edges, 3], row-major; empty when the graph was scaled without.</summary>
    public ImmutableArray<double> EdgeDirection { get; init; } = [];

    /// <summary>Number of directed edges.</summary>
    public int EdgeCount => EdgeSource.Length;
}
