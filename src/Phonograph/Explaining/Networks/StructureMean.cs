using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Random;

namespace Phonograph.Explaining.Networks;

/// <summary>Means over structures with percentile intervals from resampled structures (B. Efron, R. Tibshirani, "An Introduction to the Bootstrap", chapter 13).</summary>
internal static class StructureMean
{
    private const ulong Stream = 0x6578_706c_0000_0000; // "expl"

    /// <summary>The mean of numbers that are known, and its interval; NaN ends for fewer than two.</summary>
    public static Interval Of(IEnumerable<double> values, BootstrapOptions options)
    {
        double[] known = [.. values.Where(double.IsFinite)];
        if (known.Length < 2)
        {
            return new Interval(known.Length == 0 ? double.NaN : known[0], double.NaN, double.NaN);
        }

        var means = new double[options.Resamples];
        for (int resample = 0; resample < means.Length; resample++)
        {
            var random = new Philox(options.Seed, Stream + (ulong)resample);
            double sum = 0;
            for (int draw = 0; draw < known.Length; draw++)
            {
                sum += known[random.NextInt32(known.Length)];
            }

            means[resample] = sum / known.Length;
        }

        Array.Sort(means);
        double tail = (1 - options.Confidence) / 2;
        return new Interval(known.Average(), Bootstrap.Quantile(means, tail), Bootstrap.Quantile(means, 1 - tail));
    }
}
