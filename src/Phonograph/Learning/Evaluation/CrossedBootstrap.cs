using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Evaluation;

/// <summary>Resampled means of numbers that belong to a training draw and a test cell: training draws and, crossed with them, cells or blocks of cells are drawn with replacement, as in <see cref="Bootstrap"/>.</summary>
internal static class CrossedBootstrap
{
    private const ulong Stream = 0x70616972; // "pair"

    /// <summary>Means over draws and cells.</summary>
    /// <param name="columns">Numbers by column, draw and cell; every resample takes the same draws and cells in all columns.</param>
    /// <param name="blocks">Number of the block of each cell.</param>
    /// <param name="options">How to resample.</param>
    /// <returns>For each column its mean in every resample.</returns>
    internal static double[][] Means(IReadOnlyList<double[][]> columns, int[] blocks, BootstrapOptions options)
    {
        int count = blocks.Max() + 1, draws = columns[0].Length;
        int[] sizes = new int[count];
        foreach (int block in blocks)
        {
            sizes[block]++;
        }

        double[][][] sums = [.. columns.Select(column => column.Select(draw => BlockSums(draw, blocks, count)).ToArray())];
        double[][] means = [.. columns.Select(_ => new double[options.Resamples])];
        int[] drawn = new int[count];
        for (int resample = 0; resample < options.Resamples; resample++)
        {
            var random = new Philox(options.Seed ^ Stream, (ulong)resample);
            int cells = 0;
            for (int place = 0; place < count; place++)
            {
                drawn[place] = random.NextInt32(count);
                cells += sizes[drawn[place]];
            }

            for (int repeat = 0; repeat < draws; repeat++)
            {
                int draw = draws == 1 ? 0 : random.NextInt32(draws);
                for (int column = 0; column < means.Length; column++)
                {
                    double sum = 0;
                    foreach (int block in drawn)
                    {
                        sum += sums[column][draw][block];
                    }

                    means[column][resample] += sum / cells;
                }
            }

            foreach (double[] column in means)
            {
                column[resample] /= draws;
            }
        }

        return means;
    }

    /// <summary>The percentile interval of resampled numbers; those that are not finite are left out.</summary>
    internal static Interval Percentiles(double estimate, IEnumerable<double> resampled, double confidence)
    {
        double[] sorted = [.. resampled.Where(double.IsFinite).Order()];
        double tail = (1 - confidence) / 2;
        return sorted.Length == 0 || !double.IsFinite(estimate)
            ? new Interval(estimate, double.NaN, double.NaN)
            : new Interval(estimate, Bootstrap.Quantile(sorted, tail), Bootstrap.Quantile(sorted, 1 - tail));
    }

    /// <summary>Two-sided p-value of zero, not below 2/(resamples + 1).</summary>
    internal static double PValue(IReadOnlyCollection<double> resampled)
    {
        int notAbove = resampled.Count(value => value <= 0), notBelow = resampled.Count(value => value >= 0);
        return Math.Min(1, 2.0 * (Math.Min(notAbove, notBelow) + 1) / (resampled.Count + 1));
    }

    private static double[] BlockSums(double[] cells, int[] blocks, int count)
    {
        var sums = new double[count];
        for (int cell = 0; cell < cells.Length; cell++)
        {
            sums[blocks[cell]] += cells[cell];
        }

        return sums;
    }
}
