using Phonograph.Explaining.Networks;

namespace Phonograph.Reporting.Explanations;

/// <summary>Densities of bonds and of importance in a range of lengths, 1/Å; over all pairs and lengths each integrates to one.</summary>
/// <param name="First">Symbol of the first element; null for all pairs.</param>
/// <param name="Second">Symbol of the second; null for all pairs.</param>
/// <param name="LowAngstrom">Begin of the range, Å.</param>
/// <param name="HighAngstrom">End of the range, Å.</param>
/// <param name="Bonds">Density of bonds, 1/Å.</param>
/// <param name="Importance">Density of the size of importance, 1/Å.</param>
public sealed record LengthDensity(string? First, string? Second, double LowAngstrom, double HighAngstrom, double Bonds, double Importance)
{
    internal static LengthDensity Of(ImportanceDensity row) => new(row.Pair?.First, row.Pair?.Second, row.LowAngstrom, row.HighAngstrom, row.Bonds, row.Importance);
}
