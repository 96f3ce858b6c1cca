using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining.Networks;

/// <summary>The bonds of a pair of elements in a range of lengths over many structures; means over structures with 95 % intervals over structures. The unit u is that of the property; learned masks have none.</summary>
/// <param name="Pair">The elements.</param>
/// <param name="LowAngstrom">Shortest length, Å.</param>
/// <param name="HighAngstrom">Longest length, Å, itself not reached.</param>
/// <param name="IsAllLengths">Whether these are all bonds of the pair.</param>
/// <param name="BondsPerStructure">Mean number of bonds in a structure.</param>
/// <param name="Importance">Sum of the importance of these bonds in a structure.</param>
/// <param name="PerBond">Mean size of the importance of one of these bonds, over the structures that have one.</param>
/// <param name="Share">Their share of the size of all importance in a structure, 0 to 1.</param>
/// <param name="BondShare">Their share of the bonds of a structure, 0 to 1: what the share of importance is to be compared with.</param>
/// <param name="Change">Prediction minus prediction without all of these bonds, exact, u.</param>
/// <param name="ChangeSize">Mean size of that change, u.</param>
public sealed record ShellImportance(
    ElementPair Pair,
    double LowAngstrom,
    double HighAngstrom,
    bool IsAllLengths,
    double BondsPerStructure,
    Interval Importance,
    Interval PerBond,
    Interval Share,
    Interval BondShare,
    Interval Change,
    Interval ChangeSize);
