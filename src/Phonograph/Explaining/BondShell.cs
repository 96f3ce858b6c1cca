using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining;

/// <summary>Bonds of two elements in a range of lengths, and what they do to the band edges; means over cells with 95 % intervals over cells, eV.</summary>
/// <param name="First">Symbol of one element.</param>
/// <param name="Second">Symbol of the other.</param>
/// <param name="LowAngstrom">Shortest length, Å.</param>
/// <param name="HighAngstrom">Longest length, Å, itself not reached.</param>
/// <param name="BondsPerCell">Mean number of bonds of a cell.</param>
/// <param name="Valence">What they give to the valence band maximum.</param>
/// <param name="Conduction">What they give to the conduction band minimum.</param>
/// <param name="Gap">What they give to the gap.</param>
/// <param name="GapChange">Gap without them minus gap with them.</param>
/// <param name="GapChangeSize">Mean size of that change.</param>
public sealed record BondShell(
    string First, string Second, double LowAngstrom, double HighAngstrom, double BondsPerCell, Interval Valence, Interval Conduction, Interval Gap, Interval GapChange, Interval GapChangeSize);
