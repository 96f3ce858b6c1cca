using System.Collections.Immutable;
using Phonograph.Crystals;

namespace Phonograph.Graphs;

/// <summary>
/// A periodic multigraph: one node per atom of the cell, one directed edge per periodic image pair within the cutoff. Edges are sorted by
/// target atom, then source atom, then image; an edge from source j in image n to target i has length |r_j + n·L - r_i|.
/// </summary>
/// <param name="Elements">Element of each node.</param>
/// <param name="EdgeStart">Length nodes + 1: edges of target i are EdgeStart[i] up to, not including, EdgeStart[i + 1].</param>
/// <param name="EdgeSource">Source node of each edge.</param>
/// <param name="EdgeImage">Lattice translation of the source atom for each edge.</param>
/// <param name="EdgeLengthAngstrom">Length of each edge, Å.</param>
/// <param name="CutoffAngstrom">Cutoff, Å; pairs at exactly the cutoff are edges.</param>
public sealed record CrystalGraph(
    ImmutableArray<Element> Elements,
    ImmutableArray<int> EdgeStart,
    ImmutableArray<int> EdgeSource,
    ImmutableArray<IntegerVector3> EdgeImage,
    ImmutableArray<double> EdgeLengthAngstrom,
    double CutoffAngstrom)
{
    /// <summary>The crystal the graph was built from, for directions of edges; null when it is not known.</summary>
    public Crystal? Crystal { get; init; }

    /// <summary>Number of atoms.</summary>
    public int NodeCount => Elements.Length;

    /// <summary>Number of directed edges.</summary>
    public int EdgeCount => EdgeSource.Length;
}
