namespace Phonograph.Explaining.Networks;

/// <summary>Where on the axis of bond lengths importance lies, beside where the bonds lie. Over all pairs and lengths each density has the integral one; those of the pairs add up to it.</summary>
/// <param name="Pair">The elements; null for the bonds of all pairs.</param>
/// <param name="LowAngstrom">Begin of the range, Å.</param>
/// <param name="HighAngstrom">End of the range, Å.</param>
/// <param name="Bonds">Density of bonds, 1/Å, mean over structures.</param>
/// <param name="Importance">Density of the size of importance, 1/Å, mean over structures.</param>
public sealed record ImportanceDensity(ElementPair? Pair, double LowAngstrom, double HighAngstrom, double Bonds, double Importance);
