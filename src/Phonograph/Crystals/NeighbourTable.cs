using System.Collections.Immutable;

namespace Phonograph.Crystals;

/// <summary>All periodic pairs within a cutoff as columns: what a graph is made of, without the separations.</summary>
/// <param name="Start">Length atoms + 1: pairs of target i are Start[i] up to, not including, Start[i + 1].</param>
/// <param name="Source">Source atom of each pair; rising within a target.</param>
/// <param name="Image">Lattice translation of the source of each pair, for the positions as they are given.</param>
/// <param name="Distance">Length of each pair, Å.</param>
public sealed record NeighbourTable(ImmutableArray<int> Start, ImmutableArray<int> Source, ImmutableArray<IntegerVector3> Image, ImmutableArray<double> Distance)
{
    /// <summary>Number of pairs, each direction counted.</summary>
    public int Count => Source.Length;
}
