using System.Collections.Immutable;

namespace Phonograph.Crystals.Alloys;

/// <summary>One way of putting elements on the sites of an alloy, standing for all that symmetry carries it into.</summary>
/// <param name="Number">Place in the set, from 0.</param>
/// <param name="Name">Composition and number within it, from 1: <c>Br6I2-1</c>.</param>
/// <param name="Composition">Name of the composition of the sites: <c>Br6I2</c>.</param>
/// <param name="Counts">Number of sites of each species.</param>
/// <param name="Species">For each site the number of its species: of all equivalent patterns the first in alphabetical order.</param>
/// <param name="Degeneracy">Number of different patterns that symmetry carries this one into, itself included.</param>
public sealed record Decoration(int Number, string Name, string Composition, ImmutableArray<int> Counts, ImmutableArray<int> Species, int Degeneracy);
