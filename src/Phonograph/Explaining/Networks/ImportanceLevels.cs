using System.Collections.Immutable;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// Which bonds of a structure are drawn as important. The level of a bond is the share of the bonds of the structure whose importance is smaller in size, and one for the largest: bonds from a level of 0.86 on are the 14 % most
/// important ones, whatever the unit of importance and however uneven it is. Equal bonds have equal levels.
/// </summary>
public static class ImportanceLevels
{
    /// <summary>Level from which on a bond is drawn as important unless another is asked for.</summary>
    public const double DefaultThreshold = 0.86;

    /// <summary>Sizes that differ by less than this share of the largest are equal: rounding must not part bonds that symmetry makes equal.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Levels, from 0 to 1.</summary>
    /// <param name="importance">Importance of each bond of one structure, of either sign.</param>
    /// <returns>One level for each bond; all zero where nothing is important.</returns>
    public static ImmutableArray<double> Of(IReadOnlyList<double> importance)
    {
        ArgumentNullException.ThrowIfNull(importance);
        double[] sizes = [.. importance.Select(Math.Abs)];
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderBy(bond => sizes[bond])];
        var levels = new double[sizes.Length];
        if (sizes.Length == 0 || !(sizes[order[^1]] > 0))
        {
            return [.. levels];
        }

        // A bond opens a new level where its size leaves that of the bond before by more than rounding.
        double near = Tolerance * sizes[order[^1]];
        int first = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            if (rank > 0 && sizes[order[rank]] - sizes[order[rank - 1]] > near)
            {
                first = rank;
            }

            levels[order[rank]] = (double)first / order.Length;
        }

        foreach (int bond in order.Skip(first))
        {
            levels[bond] = 1;
        }

        return [.. levels];
    }
}
