namespace Phonograph.Learning.Evaluation;

/// <summary>Probabilities of Student's t distribution about its mean, for whole degrees of freedom, from their finite sums (M. Abramowitz, I. Stegun, 26.7.3 and 26.7.4).</summary>
public static class StudentDistribution
{
    /// <summary>Probability of -t to t.</summary>
    /// <param name="t">Half width in standard errors; its sign does not matter.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double CentralProbability(double t, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        double angle = Math.Atan(Math.Abs(t) / Math.Sqrt(degreesOfFreedom));
        double sine = Math.Sin(angle), cosine = Math.Cos(angle), square = cosine * cosine;
        bool isOdd = degreesOfFreedom % 2 == 1;
        double term = isOdd ? cosine : 1, sum = degreesOfFreedom == 1 ? 0 : term;
        for (int k = isOdd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2)
        {
            term *= square * (k - 1) / k;
            sum += term;
        }

        return Math.Clamp(isOdd ? 2 / Math.PI * (angle + (sine * sum)) : sine * sum, 0, 1);
    }

    /// <summary>Half width, in standard errors, of the interval about the mean that holds a share of the distribution.</summary>
    /// <param name="share">Between 0 and 1, both not included.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static double HalfWidth(double share, int degreesOfFreedom)
    {
        if (!(share > 0) || !(share < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share lies between 0 and 1.");
        }

        double low = 0, high = 1;
        while (CentralProbability(high, degreesOfFreedom) < share)
        {
            high *= 2;
        }

        for (int step = 0; step < 100; step++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = CentralProbability(middle, degreesOfFreedom) < share ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }
}
