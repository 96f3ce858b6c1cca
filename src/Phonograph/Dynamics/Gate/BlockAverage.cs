namespace Phonograph.Dynamics.Gate;

/// <summary>
/// A mean over runs cut into blocks of equal length. The standard error is that of the block means, taken as independent: honest when a block is longer than
/// the memory of the quantity (H. Flyvbjerg, H. Petersen, J. Chem. Phys. 91, 461 (1989)), too small when it is not.
/// </summary>
/// <param name="Mean">Mean of the block means.</param>
/// <param name="StandardError">Standard deviation of the block means over the root of their number; infinite with one block.</param>
/// <param name="LowestBlock">Lowest block mean.</param>
public sealed record BlockAverage(double Mean, double StandardError, double LowestBlock)
{
    /// <summary>Averages block means.</summary>
    public static BlockAverage Of(IReadOnlyList<double> blockMeans)
    {
        ArgumentNullException.ThrowIfNull(blockMeans);
        double mean = blockMeans.Average();
        double squares = blockMeans.Sum(value => (value - mean) * (value - mean));
        int count = blockMeans.Count;
        return new BlockAverage(mean, count < 2 ? double.PositiveInfinity : Math.Sqrt(squares / (count - 1) / count), blockMeans.Min());
    }

    /// <summary>
    /// The average of the root of what was averaged, as root mean squares from mean squares. The error is that of the first derivative; near zero, where the
    /// derivative has none, the root of the error.
    /// </summary>
    public BlockAverage Root()
    {
        double root = Math.Sqrt(Math.Max(0, Mean)), largest = Math.Sqrt(StandardError);
        return new BlockAverage(root, root > 0 ? Math.Min(largest, StandardError / (2 * root)) : largest, Math.Sqrt(Math.Max(0, LowestBlock)));
    }

    /// <summary>First index of each block of a stretch, and its end; shorter stretches have fewer blocks.</summary>
    internal static (int First, int End)[] Cut(int first, int end, int blocks)
    {
        int count = Math.Min(blocks, end - first);
        return [.. Enumerable.Range(0, count).Select(block => (first + (int)((long)(end - first) * block / count), first + (int)((long)(end - first) * (block + 1) / count)))];
    }
}
