namespace Phonograph.Reporting.Drawing;

/// <summary>Step histograms as densities.</summary>
internal static class Density
{
    /// <summary>Equal bins over all values, by the rule of D. Freedman and P. Diaconis, Z. Wahrscheinlichkeitstheorie 57, 453 (1981), 8 to 40 of them.</summary>
    internal static double[] Edges(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return [0, 1];
        }

        double low = sorted[0], high = sorted[^1];
        if (high - low <= 1e-12 * Math.Max(1e-300, Math.Abs(high)))
        {
            double widening = high == 0 ? 0.5 : 0.05 * Math.Abs(high);
            return [low - widening, high + widening];
        }

        double spread = sorted[(int)(0.75 * (sorted.Length - 1))] - sorted[(int)(0.25 * (sorted.Length - 1))];
        double width = 2 * spread / Math.Cbrt(sorted.Length);
        int count = width > 0 ? Math.Clamp((int)Math.Ceiling((high - low) / width), 8, 40) : 20;
        return [.. Enumerable.Range(0, count + 1).Select(i => low + ((high - low) * i / count))];
    }

    /// <summary>Density per unit of the value in each bin; the area over all bins is one.</summary>
    internal static double[] Of(IEnumerable<double> values, double[] edges)
    {
        var counts = new double[edges.Length - 1];
        int total = 0;
        foreach (double value in values.Where(double.IsFinite))
        {
            int bin = Array.BinarySearch(edges, value);
            bin = Math.Clamp(bin >= 0 ? bin : ~bin - 1, 0, counts.Length - 1);
            counts[bin]++;
            total++;
        }

        for (int bin = 0; bin < counts.Length; bin++)
        {
            counts[bin] /= Math.Max(1, total) * (edges[bin + 1] - edges[bin]);
        }

        return counts;
    }

    /// <summary>The outline of a histogram as points, from the base and back to it.</summary>
    internal static IReadOnlyList<(double X, double Y)> Steps(double[] edges, double[] density)
    {
        var points = new List<(double, double)> { (edges[0], 0) };
        for (int bin = 0; bin < density.Length; bin++)
        {
            points.Add((edges[bin], density[bin]));
            points.Add((edges[bin + 1], density[bin]));
        }

        points.Add((edges[^1], 0));
        return points;
    }

    /// <summary>
    /// Gaussian kernel density with the width of B. Silverman, "Density Estimation" (1986), eq. 3.31, at 160 points from the smallest to the largest
    /// value: nothing is drawn where no value lies.
    /// </summary>
    /// <param name="values">At least one value.</param>
    /// <param name="smallestWidth">Smallest width of the kernel; the curve reaches this far beyond values that are all alike.</param>
    internal static IReadOnlyList<(double X, double Y)> Kernel(double[] values, double smallestWidth)
    {
        double[] sorted = [.. values.Order()];
        double mean = sorted.Average();
        double deviation = Math.Sqrt(sorted.Average(value => (value - mean) * (value - mean)));
        double quartiles = (sorted[(int)(0.75 * (sorted.Length - 1))] - sorted[(int)(0.25 * (sorted.Length - 1))]) / 1.34;
        double spread = quartiles > 0 ? Math.Min(deviation, quartiles) : deviation;
        double width = Math.Max(0.9 * spread * Math.Pow(sorted.Length, -0.2), smallestWidth);
        double low = sorted[0], high = sorted[^1];
        if (high - low < 2 * smallestWidth)
        {
            (low, high) = (low - smallestWidth, high + smallestWidth);
        }

        var points = new (double, double)[160];
        for (int i = 0; i < points.Length; i++)
        {
            double x = low + ((high - low) * i / (points.Length - 1));
            points[i] = (x, sorted.Sum(value => Math.Exp(-0.5 * (x - value) * (x - value) / (width * width))));
        }

        return points;
    }
}
