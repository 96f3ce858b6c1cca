using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Explaining.Networks;

namespace Phonograph.Reporting.Explanations;

/// <summary>One structure with the importance of its bonds, as figures draw it.</summary>
/// <param name="Name">What explains it, in a word or two, as titles show it.</param>
/// <param name="Crystal">The structure.</param>
/// <param name="Bonds">Every bond.</param>
public sealed record DrawnImportance(string Name, CrystalSnapshot Crystal, ImmutableArray<DrawnBond> Bonds)
{
    /// <summary>Takes an explanation.</summary>
    /// <param name="name">Name in titles.</param>
    /// <param name="crystal">The structure that was explained.</param>
    /// <param name="explanation">Its explanation.</param>
    public static DrawnImportance Of(string name, Crystal crystal, CellExplanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        return new DrawnImportance(
            name, CrystalSnapshot.Of(crystal),
            [.. explanation.Bonds.Select((bond, place) => new DrawnBond(bond.First, bond.Second, bond.Image, bond.LengthAngstrom, explanation.Importance[place]))]);
    }

    /// <summary>Level of each bond: <see cref="ImportanceLevels"/>.</summary>
    internal ImmutableArray<double> Levels() => ImportanceLevels.Of([.. Bonds.Select(bond => bond.Importance)]);
}

/// <summary>A bond of one periodic image with its importance.</summary>
/// <param name="First">Atom at rest, from 0.</param>
/// <param name="Second">Atom at the other end, from 0.</param>
/// <param name="Image">Lattice translation of the second.</param>
/// <param name="LengthAngstrom">Length, Å.</param>
/// <param name="Importance">Importance, of either sign.</param>
public sealed record DrawnBond(int First, int Second, IntegerVector3 Image, double LengthAngstrom, double Importance);
