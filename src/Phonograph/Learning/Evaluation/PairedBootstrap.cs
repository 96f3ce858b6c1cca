using System.Collections.Immutable;

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
    /// <summary>Difference of the mean absolute errors.</summary>
    /// <param name="first">Test predictions of each draw of the first kind.</param>
    /// <param name="second">Test predictions of each draw of the second kind; same number of draws, same cells.</param>
    /// <param name="options">How to resample; the defaults when null.</param>
    /// <param name="blocks">For each cell the block that is resampled as one; null for every cell by itself.</param>
    /// <exception cref="ArgumentException">The draws or their cells differ.</exception>
    public static PairedDifference Of(
        IReadOnlyList<ImmutableArray<Prediction>> first, IReadOnlyList<ImmutableArray<Prediction>> second, BootstrapOptions? options = null, IReadOnlyDictionary<string, string>? blocks = null) =>
        PairedErrors.Of([first, second], blocks, options).Contrast([1, -1]);
}
