using System.Collections.Immutable;

namespace Phonograph.Datasets.Divisions;

/// <summary>
/// How long a quantity remembers itself in molecular dynamics: the integrated autocorrelation time τ = Δt (½ + Σ_k ρ(k)), the sum up to the first k with kΔt of at least five τ (A. Sokal, "Monte Carlo Methods in Statistical Mechanics",
/// Lausanne 1989). A mean over n frames has the variance of n Δt/(2τ) independent ones; blocks of 2τ or more count as one each. Runs that are not much longer than τ show too small a τ.
/// </summary>
public static class AutocorrelationTime
{
    private const double Window = 5;

    /// <summary>τ of a property over frames of equal spacing, fs.</summary>
    /// <param name="frames">Frames; runs are told apart, and their autocovariances about the mean of their temperature are averaged. Cells that are no frames are left out.</param>
    /// <param name="property">What is followed.</param>
    /// <returns>The time; half the spacing for a quantity without memory, 0 where no run has two frames.</returns>
    public static double OfFrames(IEnumerable<LabelledConfiguration> frames, Property property)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var runs = frames.Select(cell => (Cell: cell, Place: TrajectoryPlace.Of(cell))).Where(each => each.Place is not null)
            .GroupBy(each => each.Place!.Run, StringComparer.Ordinal).OrderBy(run => run.Key, StringComparer.Ordinal)
            .Select(run => run.OrderBy(each => each.Place!.TimeFemtosecond).ToArray()).ToArray();
        double[] spacings = [.. runs.SelectMany(run => run.Zip(run.Skip(1), (a, b) => b.Place!.TimeFemtosecond - a.Place!.TimeFemtosecond)).Order()];
        if (spacings.Length == 0)
        {
            return 0;
        }

        Dictionary<Stratum, double> means = runs.SelectMany(run => run).GroupBy(each => each.Cell.Stratum).ToDictionary(group => group.Key, group => group.Average(each => each.Cell[property]));
        return spacings[spacings.Length / 2] * OfSeries([.. runs.Select(run => run.Select(each => each.Cell[property] - means[each.Cell.Stratum]).ToImmutableArray())]);
    }

    /// <summary>τ in steps of series about zero; ½ for one without memory or without scatter.</summary>
    /// <param name="series">Series of one process, of any lengths.</param>
    public static double OfSeries(IReadOnlyList<ImmutableArray<double>> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        int longest = series.Count == 0 ? 0 : series.Max(each => each.Length);
        double variance = Covariance(series, 0), time = 0.5;
        for (int lag = 1; variance > 0 && lag < longest && lag < Window * time; lag++)
        {
            time += Covariance(series, lag) / variance;
        }

        return Math.Max(0.5, time);
    }

    private static double Covariance(IReadOnlyList<ImmutableArray<double>> series, int lag)
    {
        double sum = 0;
        int count = 0;
        foreach (ImmutableArray<double> each in series)
        {
            for (int place = lag; place < each.Length; place++)
            {
                sum += each[place] * each[place - lag];
            }

            count += Math.Max(0, each.Length - lag);
        }

        return count == 0 ? 0 : sum / count;
    }
}
