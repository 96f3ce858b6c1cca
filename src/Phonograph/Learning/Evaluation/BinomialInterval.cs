namespace Phonograph.Learning.Evaluation;

/// <summary>Exact confidence interval of a share that was counted (C. Clopper, E. Pearson, Biometrika 26, 404 (1934)): each end is the share from which the count, or one further out, has a chance of 2.5 %.</summary>
public static class BinomialInterval
{
    /// <summary>The share with its interval.</summary>
    /// <param name="count">How often it happened.</param>
    /// <param name="trials">How often it could have, at least once.</param>
    /// <param name="confidence">Probability the interval aims at, between 0 and 1; it holds the true share at least so often.</param>
    public static Interval Of(int count, int trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        if (count < 0 || count > trials)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"0 to {trials} of {trials} trials.");
        }

        double tail = (1 - confidence) / 2;
        double low = count == 0 ? 0 : Root(share => 1 - AtMost(count - 1, trials, share), tail);
        double high = count == trials ? 1 : 1 - Root(share => AtMost(count, trials, 1 - share), tail);
        return new Interval((double)count / trials, low, high);
    }

    /// <summary>Chance of at most so many successes.</summary>
    internal static double AtMost(int count, int trials, double share)
    {
        if (share <= 0 || share >= 1)
        {
            return share <= 0 || count >= trials ? 1 : 0;
        }

        double logarithm = trials * Math.Log(1 - share), sum = Math.Exp(logarithm);
        for (int k = 1; k <= count; k++)
        {
            logarithm += Math.Log((double)(trials - k + 1) / k) + Math.Log(share / (1 - share));
            sum += Math.Exp(logarithm);
        }

        return Math.Min(1, sum);
    }

    /// <summary>Where a rising function of a share reaches a value.</summary>
    private static double Root(Func<double, double> rising, double value)
    {
        double low = 0, high = 1;
        for (int step = 0; step < 60; step++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = rising(middle) < value ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }
}
