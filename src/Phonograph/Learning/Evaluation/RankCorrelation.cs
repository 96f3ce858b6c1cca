namespace Phonograph.Learning.Evaluation;

/// <summary>Rank correlation of Spearman: the correlation of ranks, where equal numbers share their mean rank.</summary>
public static class RankCorrelation
{
    /// <summary>Rank correlation of two rows of numbers, -1 to 1; NaN when one of them is the same everywhere, or holds a number that is none.</summary>
    /// <exception cref="ArgumentException">They have different lengths.</exception>
    public static double Of(double[] first, double[] second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} numbers beside {second.Length}.", nameof(second));
        }

        return first.Concat(second).Any(double.IsNaN) ? double.NaN : Correlation(Ranks(first), Ranks(second));
    }

    /// <summary>Ranks from 0; equal numbers share their mean rank.</summary>
    internal static double[] Ranks(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(place => values[place])];
        var ranks = new double[values.Length];
        for (int first = 0; first < order.Length;)
        {
            int end = first;
            while (end < order.Length && values[order[end]].Equals(values[order[first]]))
            {
                end++;
            }

            for (int place = first; place < end; place++)
            {
                ranks[order[place]] = 0.5 * (first + end - 1);
            }

            first = end;
        }

        return ranks;
    }

    private static double Correlation(double[] first, double[] second)
    {
        double mean = 0.5 * (first.Length - 1), product = 0, firstSquare = 0, secondSquare = 0;
        for (int place = 0; place < first.Length; place++)
        {
            product += (first[place] - mean) * (second[place] - mean);
            firstSquare += (first[place] - mean) * (first[place] - mean);
            secondSquare += (second[place] - mean) * (second[place] - mean);
        }

        return firstSquare > 0 && secondSquare > 0 ? product / Math.Sqrt(firstSquare * secondSquare) : double.NaN;
    }
}
