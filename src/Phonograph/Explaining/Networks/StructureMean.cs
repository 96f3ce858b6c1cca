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

    /// <summary>The same where models of several training draws explained the same structures: draws and, crossed with them, structures are resampled (<see cref="CrossedBootstrap"/>).</summary>
    /// <param name="draws">Numbers by draw and structure; structures without a number in some draw are left out.</param>
    /// <param name="options">How to resample.</param>
    public static Interval Of(IReadOnlyList<double[]> draws, BootstrapOptions options)
    {
        if (draws.Count == 1)
        {
            return Of(draws[0], options);
        }

        int[] known = [.. Enumerable.Range(0, draws[0].Length).Where(structure => draws.All(draw => double.IsFinite(draw[structure])))];
        if (known.Length < 2)
        {
            return new Interval(known.Length == 0 ? double.NaN : draws.Average(draw => draw[known[0]]), double.NaN, double.NaN);
        }

        double[][] numbers = [.. draws.Select(draw => known.Select(structure => draw[structure]).ToArray())];
        double[] means = CrossedBootstrap.Means([numbers], [.. Enumerable.Range(0, known.Length)], options)[0];
        return CrossedBootstrap.Percentiles(numbers.Average(draw => draw.Average()), means, options.Confidence);
    }
}
