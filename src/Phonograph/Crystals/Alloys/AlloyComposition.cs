using System.Collections.Immutable;

namespace Phonograph.Crystals.Alloys;

/// <summary>All symmetry-distinct decorations of one composition.</summary>
/// <param name="Name">Name, for example <c>Br6I2</c>.</param>
/// <param name="Counts">Number of sites of each species.</param>
/// <param name="Decorations">The distinct ones.</param>
public sealed record AlloyComposition(string Name, ImmutableArray<int> Counts, ImmutableArray<Decoration> Decorations)
{
    /// <summary>Number of patterns with this composition, symmetry left aside: the sum of the degeneracies, a multinomial coefficient.</summary>
    public int PatternCount => Decorations.Sum(decoration => decoration.Degeneracy);
}
