using Phonograph.Explaining.Networks;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting.Explanations;

/// <summary>All bonds of a pair of elements: what share of the importance they have, beside their share of the bonds. Means over structures, and over training draws where there are several, with 95 % intervals.</summary>
/// <param name="First">Symbol of the first element, in alphabetical order.</param>
/// <param name="Second">Symbol of the second.</param>
/// <param name="BondsPerStructure">Mean number of bonds.</param>
/// <param name="Importance">Share of the size of all importance of a structure, 0 to 1.</param>
/// <param name="Bonds">Share of the bonds of a structure, 0 to 1.</param>
/// <param name="Change">Prediction minus prediction without all of these bonds, exact, in the unit of the property.</param>
public sealed record PairShare(string First, string Second, double BondsPerStructure, Interval Importance, Interval Bonds, Interval Change)
{
    /// <summary>True when the interval of the share of importance lies above the share of the bonds: more than by chance.</summary>
    public bool IsAboveChance => Importance.Low > Bonds.High;

    /// <summary>True when the interval of the share of importance lies below the share of the bonds.</summary>
    public bool IsBelowChance => Importance.High < Bonds.Low;

    internal string Name => $"{First}-{Second}";

    internal static PairShare Of(ShellImportance shell) => new(shell.Pair.First, shell.Pair.Second, shell.BondsPerStructure, shell.Share, shell.BondShare, shell.Change);
}
