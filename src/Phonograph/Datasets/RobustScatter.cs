namespace Phonograph.Datasets;

/// <summary>Scatter that a few wrong numbers cannot move: medians instead of means.</summary>
internal static class RobustScatter
{
    /// <summary>Standard deviation of a normal distribution in units of its median absolute deviation.</summary>
    private const double NormalPerMedianDeviation = 1.4826022185056018;

    /// <summary>Median; the mean of the two middle numbers of an even count.</summary>
    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>
    /// Distance of each number from the median in units of 1.4826 times the median absolute deviation, with sign; zero for all when more than half of the numbers are equal, since no scatter is known then.
    /// </summary>
    internal static double[] Scores(IReadOnlyList<double> values)
    {
        double median = Median(values), scale = NormalPerMedianDeviation * Median(values.Select(value => Math.Abs(value - median)));
        return [.. values.Select(value => scale > 0 ? (value - median) / scale : 0)];
    }

    /// <summary>
    /// What a straight line leaves of y: the slope is the median over slopes between the i-th point of the lower and of the upper half in x, the offset the median of what is left (H. Theil, Proc. Kon. Ned. Akad. Wetensch. 53, 386 (1950),
    /// the incomplete method).
    /// </summary>
    internal static double[] LineResiduals(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        int[] order = [.. Enumerable.Range(0, x.Count).OrderBy(index => x[index])];
        int upper = (order.Length + 1) / 2;
        double[] slopes =
        [
            .. Enumerable.Range(0, order.Length / 2).Select(place => (Low: order[place], High: order[place + upper])).Where(pair => x[pair.High] > x[pair.Low])
                .Select(pair => (y[pair.High] - y[pair.Low]) / (x[pair.High] - x[pair.Low])),
        ];
        double slope = slopes.Length == 0 ? 0 : Median(slopes);
        double[] left = [.. y.Select((value, index) => value - (slope * x[index]))];
        double offset = Median(left);
        return [.. left.Select(value => value - offset)];
    }
}
