namespace Phonograph.Learning.Evaluation;

/// <summary>
/// Student's interval of a mean over repeated draws from one pool. Draws overlap, so their variance divided by their number is too small for the variance of their mean; the correction puts (1/J + n_test/n_train) in the place of 1/J for J draws
/// (C. Nadeau, Y. Bengio, Machine Learning 52, 239 (2003), section 3). It was derived for draws of training and test cells; with test cells that are the same in all draws it speaks of the choice of training cells alone.
/// </summary>
public static class CorrectedResampling
{
    /// <summary>The mean with its interval and the two-sided p-value of a mean of zero.</summary>
    /// <param name="values">One number for each draw, for example the mean difference of errors.</param>
    /// <param name="testToTraining">Number of test cells over number of training cells; 0 for draws that do not overlap.</param>
    /// <param name="confidence">Probability the interval aims at.</param>
    /// <returns>NaN for the ends and the p-value with a single draw.</returns>
    public static (Interval Interval, double PValue) Of(IReadOnlyList<double> values, double testToTraining, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegative(testToTraining);
        int count = values.Count;
        double mean = values.Average();
        if (count < 2)
        {
            return (new Interval(mean, double.NaN, double.NaN), double.NaN);
        }

        double variance = values.Sum(value => (value - mean) * (value - mean)) / (count - 1);
        double error = Math.Sqrt(((1.0 / count) + testToTraining) * variance), half = error * StudentDistribution.HalfWidth(confidence, count - 1);
        double pValue = error > 0 ? 1 - StudentDistribution.CentralProbability(mean / error, count - 1) : mean == 0 ? 1 : 0;
        return (new Interval(mean, mean - half, mean + half), pValue);
    }
}
