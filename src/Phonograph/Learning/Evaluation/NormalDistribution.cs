namespace Phonograph.Learning.Evaluation;

/// <summary>Probabilities of the standard normal distribution about its mean.</summary>
public static class NormalDistribution
{
    /// <summary>Probability of -z to z: erf(z/√2), from the series erf(x) = 2/√π e^(-x²) Σ 2ⁿ x^(2n+1)/(2n+1)!!, whose terms have one sign (M. Abramowitz, I. Stegun, 7.1.6).</summary>
    /// <param name="z">Half width in standard deviations; its sign does not matter.</param>
    public static double CentralProbability(double z)
    {
        double x = Math.Abs(z) / Math.Sqrt(2);
        if (x > 6)
        {
            return 1;
        }

        double term = x, sum = x;
        for (int n = 1; term > 1e-17 * sum; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return Math.Min(1, 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum);
    }

    /// <summary>Half width, in standard deviations, of the interval about the mean that holds a share of the distribution.</summary>
    /// <param name="share">Between 0 and 1, both not included.</param>
    public static double HalfWidth(double share)
    {
        if (!(share > 0) || !(share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share lies between 0 and 1.");
        }

        double low = 0, high = 9;
        for (int step = 0; step < 60; step++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = CentralProbability(middle) < share ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }
}
