namespace Phonograph.Dynamics.Frames;

/// <summary>
/// How long a quantity remembers itself: τ = Δt (1/2 + Σ ρ(k)), k from 1 to the smallest window M with M Δt ≥ 5 τ (N. Madras, A. D. Sokal, J. Stat. Phys. 50, 109 (1988), appendix C). Values further apart than 2 τ
/// count as independent: the variance of a mean of n values is that of n Δt / 2τ independent ones.
/// </summary>
/// <param name="Femtosecond">τ, fs; at least half a step.</param>
/// <param name="IsResolved">False when the series is too short for the window to close: then τ may be longer.</param>
public sealed record AutocorrelationTime(double Femtosecond, bool IsResolved)
{
    private const double Window = 5;

    /// <summary>Measures runs of one quantity about their common mean.</summary>
    /// <param name="runs">Values of each run at equal steps.</param>
    /// <param name="stepFemtosecond">Time between neighbouring values, fs.</param>
    /// <exception cref="ArgumentException">There is no value.</exception>
    public static AutocorrelationTime Of(IReadOnlyList<IReadOnlyList<double>> runs, double stepFemtosecond)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stepFemtosecond);
        double[] all = [.. runs.SelectMany(run => run)];
        if (all.Length == 0)
        {
            throw new ArgumentException("There is no value.", nameof(runs));
        }

        double mean = all.Average(), variance = Covariance(runs, mean, 0), sum = 0.5;
        if (!(variance > 0))
        {
            return new AutocorrelationTime(sum * stepFemtosecond, true);
        }

        // Beyond half of the longest run a correlation is the product of few values.
        int longest = runs.Max(run => run.Count) / 2;
        for (int lag = 1; lag <= longest; lag++)
        {
            sum += Covariance(runs, mean, lag) / variance;
            if (lag >= Window * sum)
            {
                return new AutocorrelationTime(Math.Max(0.5, sum) * stepFemtosecond, true);
            }
        }

        return new AutocorrelationTime(Math.Max(0.5, sum) * stepFemtosecond, false);
    }

    private static double Covariance(IReadOnlyList<IReadOnlyList<double>> runs, double mean, int lag)
    {
        double sum = 0;
        long count = 0;
        foreach (IReadOnlyList<double> run in runs)
        {
            for (int first = 0; first + lag < run.Count; first++)
            {
                sum += (run[first] - mean) * (run[first + lag] - mean);
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
