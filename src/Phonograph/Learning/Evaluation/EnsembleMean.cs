using System.Collections.Immutable;

namespace Phonograph.Learning.Evaluation;

/// <summary>A mean over an ensemble of cells, as labelled and as predicted: what a model makes of a thermal average.</summary>
/// <param name="Labelled">Mean of the labels with its interval over blocks of cells.</param>
/// <param name="Predicted">Mean of the predictions with its interval over training draws and blocks.</param>
/// <param name="Error">Predicted minus labelled on the same cells, with the interval of the same resamples: the scatter of the ensemble cancels.</param>
/// <param name="Blocks">Number of blocks.</param>
public sealed record EnsembleMean(Interval Labelled, Interval Predicted, Interval Error, int Blocks)
{
    /// <summary>Takes predictions.</summary>
    /// <param name="draws">Predictions of each training draw on the same cells.</param>
    /// <param name="blocks">For each cell the block that is resampled as one; null for every cell by itself.</param>
    /// <param name="options">How to resample; the defaults when null.</param>
    /// <exception cref="ArgumentException">No draw or no cell, or draws with different cells.</exception>
    public static EnsembleMean Of(IReadOnlyList<ImmutableArray<Prediction>> draws, IReadOnlyDictionary<string, string>? blocks = null, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(draws);
        options ??= BootstrapOptions.Default;
        if (draws.Count == 0 || draws[0].IsEmpty)
        {
            throw new ArgumentException("A mean over an ensemble needs at least one training draw with cells.", nameof(draws));
        }

        Prediction[][] ordered = [.. draws.Select(draw => draw.OrderBy(prediction => prediction.Configuration, StringComparer.Ordinal).ToArray())];
        string[] cells = [.. ordered[0].Select(prediction => prediction.Configuration)];
        if (ordered.Any(draw => !draw.Select(prediction => prediction.Configuration).SequenceEqual(cells)))
        {
            throw new ArgumentException("All draws must be tested on the same cells.", nameof(draws));
        }

        int[] numbers = Bootstrap.BlockNumbers(cells, blocks);
        double[][] labels = Column(prediction => prediction.Label), predicted = Column(prediction => prediction.Predicted), errors = Column(prediction => prediction.Predicted - prediction.Label);
        double[][] means = CrossedBootstrap.Means([labels, predicted, errors], numbers, options);
        return new EnsembleMean(Interval(labels, means[0]), Interval(predicted, means[1]), Interval(errors, means[2]), numbers.Max() + 1);

        double[][] Column(Func<Prediction, double> value) => [.. ordered.Select(draw => draw.Select(value).ToArray())];
        Interval Interval(double[][] column, double[] resampled) => CrossedBootstrap.Percentiles(column.Average(draw => draw.Average()), resampled, options.Confidence);
    }
}
