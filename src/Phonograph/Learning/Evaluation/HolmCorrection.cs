using System.Collections.Immutable;

namespace Phonograph.Learning.Evaluation;

/// <summary>Correction of several tests for their number (S. Holm, Scand. J. Stat. 6, 65 (1979)).</summary>
public static class HolmCorrection
{
    /// <summary>
    /// Adjusted p-values in the order given: the k-th smallest of n is multiplied by n - k + 1, none becomes smaller than the one before it
    /// or larger than 1. A test is decided at level α when its adjusted value is below α.
    /// </summary>
    public static ImmutableArray<double> Adjust(ImmutableArray<double> pValues)
    {
        int[] order = [.. Enumerable.Range(0, pValues.Length).OrderBy(place => pValues[place])];
        var adjusted = new double[pValues.Length];
        double largest = 0;
        for (int rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (order.Length - rank) * pValues[order[rank]]));
            adjusted[order[rank]] = largest;
        }

        return [.. adjusted];
    }
}
