using System.Collections.Immutable;

namespace Phonograph.Learning.Evaluation;

/// <summary>
/// Absolute errors of several ways to train on the same test cells, draw by draw: what comparisons are made of. Draws are paired by their number, cells by their identifier, so that what the ways share cancels.
/// </summary>
public sealed class PairedErrors
{
    private readonly double[][][] _errors;
    private readonly int[] _blocks;
    private readonly BootstrapOptions _options;

    private PairedErrors(double[][][] errors, int[] blocks, BootstrapOptions options) => (_errors, _blocks, _options) = (errors, blocks, options);

    /// <summary>Number of training draws.</summary>
    public int Draws => _errors[0].Length;

    /// <summary>Number of test cells.</summary>
    public int Cells => _blocks.Length;

    /// <summary>Number of blocks that are resampled as one; that of the cells where each is one.</summary>
    public int Blocks => _blocks.Max() + 1;

    /// <summary>Takes predictions.</summary>
    /// <param name="ways">For each way to train, the test predictions of each draw; same number of draws, same cells.</param>
    /// <param name="blocks">For each cell the block that is resampled as one; null for every cell by itself.</param>
    /// <param name="options">How to resample; the defaults when null.</param>
    /// <exception cref="ArgumentException">The draws or their cells differ.</exception>
    public static PairedErrors Of(
        IReadOnlyList<IReadOnlyList<ImmutableArray<Prediction>>> ways, IReadOnlyDictionary<string, string>? blocks = null, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(ways);
        if (ways.Count == 0 || ways[0].Count == 0 || ways.Any(way => way.Count != ways[0].Count) || ways[0][0].IsEmpty)
        {
            throw new ArgumentException("A comparison needs the same number of training draws of every way, at least one, with test cells.", nameof(ways));
        }

        string[] cells = [.. ways[0][0].Select(prediction => prediction.Configuration).Order(StringComparer.Ordinal)];
        return new PairedErrors([.. ways.Select(way => way.Select(draw => Errors(draw, cells)).ToArray())], Bootstrap.BlockNumbers(cells, blocks), options ?? BootstrapOptions.Default);
    }

    /// <summary>Mean absolute error of a way.</summary>
    public double Error(int way) => _errors[way].Average(draw => draw.Average());

    /// <summary>Error of one way against that of another.</summary>
    /// <param name="first">Place of the one.</param>
    /// <param name="second">Place of the other.</param>
    /// <param name="trainingCells">Number of training cells, for the correction of Nadeau and Bengio.</param>
    public ErrorDifference Difference(int first, int second, int trainingCells)
    {
        double[][] differences = Combined([(first, 1), (second, -1)]);
        double[][] means = CrossedBootstrap.Means([differences, _errors[first], _errors[second]], _blocks, _options);
        double one = Error(first), other = Error(second);
        (Interval corrected, double correctedP) = CorrectedResampling.Of([.. differences.Select(draw => draw.Average())], Cells / (double)trainingCells, _options.Confidence);
        return new ErrorDifference(
            one, other,
            CrossedBootstrap.Percentiles(differences.Average(draw => draw.Average()), means[0], _options.Confidence),
            CrossedBootstrap.PValue(means[0]),
            CrossedBootstrap.Percentiles(one / other, means[1].Zip(means[2], (a, b) => a / b), _options.Confidence),
            corrected, correctedP, StandardisedEffect(differences));
    }

    /// <summary>A weighted sum of mean absolute errors with its interval and p-value.</summary>
    /// <param name="weights">Weight of each way, in their order.</param>
    public PairedDifference Contrast(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        double[][] sums = Combined([.. weights.Select((weight, way) => (way, weight))]);
        double[] means = CrossedBootstrap.Means([sums], _blocks, _options)[0];
        return new PairedDifference(CrossedBootstrap.Percentiles(sums.Average(draw => draw.Average()), means, _options.Confidence), CrossedBootstrap.PValue(means));
    }

    private double[][] Combined((int Way, double Weight)[] parts) =>
    [
        .. Enumerable.Range(0, Draws).Select(draw => Enumerable.Range(0, Cells).Select(cell => parts.Sum(part => part.Weight * _errors[part.Way][draw][cell])).ToArray()),
    ];

    /// <summary>Mean over test units of the difference (averaged over draws), in units of its scatter from unit to unit; a unit is a cell or a block.</summary>
    private double StandardisedEffect(double[][] differences)
    {
        double[] units =
        [
            .. Enumerable.Range(0, Cells).GroupBy(cell => _blocks[cell]).Select(block => block.Average(cell => differences.Average(draw => draw[cell]))),
        ];
        double mean = units.Average(), variance = units.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, units.Length - 1);
        return variance > 0 ? mean / Math.Sqrt(variance) : double.NaN;
    }

    private static double[] Errors(ImmutableArray<Prediction> draw, string[] cells)
    {
        Dictionary<string, double> errors = draw.ToDictionary(prediction => prediction.Configuration, prediction => Math.Abs(prediction.Predicted - prediction.Label), StringComparer.Ordinal);
        return errors.Count != cells.Length || cells.Any(cell => !errors.ContainsKey(cell))
            ? throw new ArgumentException("All ways and draws must be tested on the same cells.", nameof(draw))
            : [.. cells.Select(cell => errors[cell])];
    }
}
