using System.Collections.Immutable;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Evaluation;

/// <summary>Mean absolute error of one training minus that of another on the same test cells.</summary>
/// <param name="Difference">The difference with its 95 % interval, in the unit of the property; negative when the first is better.</param>
/// <param name="PValue">Two-sided bootstrap p-value of no difference, not below 2/(resamples + 1).</param>
public sealed record PairedDifference(Interval Difference, double PValue);

/// <summary>
/// Compares two kinds of training by a bootstrap over training draws and test cells, crossed as in <see cref="Bootstrap"/>. Draws are paired by
/// their number, cells by their identifier, so that what both kinds share cancels.
/// </summary>
public static class PairedBootstrap
{
    private const ulong Stream = 0x70616972; // "pair"

    /// <summary>Difference of the mean absolute errors.</summary>
    /// <param name="first">Test predictions of each draw of the first kind.</param>
    /// <param name="second">Test predictions of each draw of the second kind; same number of draws, same cells.</param>
    /// <param name="options">How to resample; the defaults when null.</param>
    /// <exception cref="ArgumentException">The draws or their cells differ.</exception>
    public static PairedDifference Of(
        IReadOnlyList<ImmutableArray<Prediction>> first, IReadOnlyList<ImmutableArray<Prediction>> second, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        options ??= BootstrapOptions.Default;
        if (first.Count == 0 || first.Count != second.Count || first[0].IsEmpty)
        {
            throw new ArgumentException($"{first.Count} and {second.Count} training draws: a comparison needs the same number of both, at least one, with test cells.", nameof(second));
        }

        double[][] differences = [.. first.Zip(second, Differences)];
        int cells = differences[0].Length;
        if (differences.Any(draw => draw.Length != cells))
        {
            throw new ArgumentException("All draws must be tested on the same cells.", nameof(first));
        }

        var resampled = new double[options.Resamples];
        for (int resample = 0; resample < options.Resamples; resample++)
        {
            var random = new Philox(options.Seed ^ Stream, (ulong)resample);
            int[] drawn = [.. Enumerable.Range(0, cells).Select(_ => random.NextInt32(cells))];
            double sum = 0;
            for (int draw = 0; draw < differences.Length; draw++)
            {
                double[] chosen = differences[differences.Length == 1 ? 0 : random.NextInt32(differences.Length)];
                sum += drawn.Average(cell => chosen[cell]);
            }

            resampled[resample] = sum / differences.Length;
        }

        Array.Sort(resampled);
        int notAbove = resampled.Count(value => value <= 0), notBelow = resampled.Count(value => value >= 0);
        double pValue = Math.Min(1, 2.0 * (Math.Min(notAbove, notBelow) + 1) / (options.Resamples + 1));
        double tail = (1 - options.Confidence) / 2;
        return new PairedDifference(
            new Interval(differences.Average(draw => draw.Average()), Bootstrap.Quantile(resampled, tail), Bootstrap.Quantile(resampled, 1 - tail)), pValue);
    }

    private static double[] Differences(ImmutableArray<Prediction> first, ImmutableArray<Prediction> second)
    {
        Dictionary<string, Prediction> others = second.ToDictionary(prediction => prediction.Configuration, StringComparer.Ordinal);
        return others.Count != first.Length || first.Any(prediction => !others.ContainsKey(prediction.Configuration))
            ? throw new ArgumentException("Both kinds must be tested on the same cells.", nameof(second))
            : [.. first.OrderBy(prediction => prediction.Configuration, StringComparer.Ordinal).Select(prediction => Error(prediction) - Error(others[prediction.Configuration]))];
    }

    private static double Error(Prediction prediction) => Math.Abs(prediction.Predicted - prediction.Label);
}
