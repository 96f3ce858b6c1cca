using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Evaluation;

/// <summary>
/// Percentile bootstrap intervals over test cells and training draws (B. Efron and R. Tibshirani, "An Introduction to the Bootstrap",
/// chapters 13 and 8.3 on two-level data). One resample draws the training draws with replacement, and, crossed with them, the distinct
/// test cells with replacement: a cell drawn twice counts twice under every training draw, so that cells shared by all draws are one
/// sample and not many. The metric of a resample is the mean over its training draws; the estimate is the mean over all draws. With
/// one training draw only cells are resampled: the interval then says nothing about training again.
/// </summary>
/// <remarks>
/// The percentile interval is a little narrow for few test cells (about 93 % for thirty) and clearly narrow for fewer than about eight
/// training draws. R² is left out of resamples whose labels have no spread; it is NaN with NaN ends when the test labels have none.
/// </remarks>
public static class Bootstrap
{
    private const ulong Stream = 0x626f6f74; // "boot"

    /// <summary>Intervals of one trained model.</summary>
    /// <param name="predictions">Its predictions on the test cells; at least one.</param>
    /// <param name="options">How to resample.</param>
    public static MetricIntervals Of(IReadOnlyCollection<Prediction> predictions, BootstrapOptions? options = null) => Of([predictions], options);

    /// <summary>Intervals of repeats of one training.</summary>
    /// <param name="draws">Predictions of each repeat; repeats may share test cells, known by their identifiers.</param>
    /// <param name="options">How to resample.</param>
    /// <param name="blocks">
    /// For each cell the block that is resampled as one, as frames of molecular dynamics need it that remember each other (the moving parts of H. Künsch, Ann. Stat. 17, 1217 (1989), not overlapping); null for every cell by itself.
    /// </param>
    /// <exception cref="ArgumentException">No repeat, or a repeat without test cells or with a cell twice.</exception>
    public static MetricIntervals Of(IReadOnlyList<IReadOnlyCollection<Prediction>> draws, BootstrapOptions? options = null, IReadOnlyDictionary<string, string>? blocks = null)
    {
        options ??= BootstrapOptions.Default;
        if (draws.Count == 0 || draws.Any(draw => draw.Count == 0))
        {
            throw new ArgumentException("Intervals need at least one training draw, each with at least one test cell.", nameof(draws));
        }

        if (options.Resamples < 1 || !(options.Confidence is > 0 and < 1))
        {
            throw new ArgumentException($"{options.Resamples} resamples at confidence {options.Confidence}: expected at least one, and a number between 0 and 1.", nameof(options));
        }

        // Cells are numbered by their identifiers, so that the order of a file changes no interval.
        Dictionary<string, int> cellNumbers = draws.SelectMany(draw => draw).Select(prediction => prediction.Configuration).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).Select((cell, number) => (cell, number)).ToDictionary(pair => pair.cell, pair => pair.number, StringComparer.Ordinal);
        int[] blockOfCell = BlockNumbers([.. cellNumbers.OrderBy(pair => pair.Value).Select(pair => pair.Key)], blocks);
        TestedDraw[] tested = [.. draws.Select(draw => TestedDraw.Of(draw, cellNumbers, blockOfCell))];
        double[] estimate = Mean(tested.Select(draw => draw.Metrics([])));
        double[][] resampled = Resample(tested, blockOfCell.Max() + 1, options);
        var intervals = new Interval[estimate.Length];
        for (int metric = 0; metric < intervals.Length; metric++)
        {
            intervals[metric] = double.IsNaN(estimate[metric])
                ? new Interval(double.NaN, double.NaN, double.NaN)
                : Percentiles(estimate[metric], [.. resampled.Select(values => values[metric]).Where(double.IsFinite)], options.Confidence);
        }

        return new MetricIntervals(cellNumbers.Count, draws.Count, intervals[0], intervals[1], intervals[2], intervals[3], intervals[4]) { MeanAbsoluteErrorOverSpread = intervals[5] };
    }

    private static double[][] Resample(TestedDraw[] tested, int blockCount, BootstrapOptions options)
    {
        var resampled = new double[options.Resamples][];
        int[] multiplicity = new int[blockCount];
        for (int resample = 0; resample < options.Resamples; resample++)
        {
            // One stream per resample: its numbers do not depend on how many were drawn before.
            var random = new Philox(options.Seed ^ Stream, (ulong)resample);
            IEnumerable<TestedDraw> drawn;
            do
            {
                Array.Clear(multiplicity);
                for (int block = 0; block < blockCount; block++)
                {
                    multiplicity[random.NextInt32(blockCount)]++;
                }

                drawn = [.. Enumerable.Range(0, tested.Length).Select(_ => tested[tested.Length == 1 ? 0 : random.NextInt32(tested.Length)]).Where(draw => draw.HasCell(multiplicity))];
            }
            while (!drawn.Any());

            resampled[resample] = Mean(drawn.Select(draw => draw.Metrics(multiplicity)));
        }

        return resampled;
    }

    /// <summary>Number of the block of each cell, blocks counted in the order of their names; a cell without block is one.</summary>
    internal static int[] BlockNumbers(IReadOnlyList<string> cells, IReadOnlyDictionary<string, string>? blocks)
    {
        string[] names = [.. cells.Select(cell => blocks?.GetValueOrDefault(cell) ?? cell)];
        Dictionary<string, int> numbers = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select((name, number) => (name, number)).ToDictionary(pair => pair.name, pair => pair.number, StringComparer.Ordinal);
        return [.. names.Select(name => numbers[name])];
    }

    /// <summary>Mean of each metric over training draws, over those for which it is defined.</summary>
    private static double[] Mean(IEnumerable<ErrorMetrics> metrics)
    {
        ErrorMetrics[] all = [.. metrics];
        ReadOnlySpan<Func<ErrorMetrics, double>> parts =
        [
            each => each.LabelStandardDeviation, each => each.MeanAbsoluteError, each => each.RootMeanSquareError, each => each.RSquared, each => each.MaximumError, each => each.MeanAbsoluteErrorOverSpread,
        ];
        var means = new double[parts.Length];
        for (int part = 0; part < parts.Length; part++)
        {
            means[part] = all.Select(parts[part]).Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
        }

        return means;
    }

    private static Interval Percentiles(double estimate, double[] values, double confidence)
    {
        if (values.Length == 0)
        {
            return new Interval(estimate, double.NaN, double.NaN);
        }

        Array.Sort(values);
        double tail = (1 - confidence) / 2;
        return new Interval(estimate, Quantile(values, tail), Quantile(values, 1 - tail));
    }

    /// <summary>Linear interpolation between order statistics (type 7 of R. Hyndman and Y. Fan, Am. Stat. 50, 361 (1996)).</summary>
    internal static double Quantile(double[] sorted, double probability)
    {
        double place = probability * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Predictions of one repeat, with the number of the block of each cell.</summary>
    private sealed record TestedDraw(int[] Blocks, double[] Labels, double[] Predictions, int[] Weights)
    {
        public static TestedDraw Of(IReadOnlyCollection<Prediction> predictions, Dictionary<string, int> cellNumbers, int[] blockOfCell)
        {
            Prediction[] ordered = [.. predictions.OrderBy(prediction => cellNumbers[prediction.Configuration])];
            int[] cells = [.. ordered.Select(prediction => cellNumbers[prediction.Configuration])];
            int twice = Enumerable.Range(1, cells.Length - 1).FirstOrDefault(place => cells[place] == cells[place - 1]);
            if (twice > 0)
            {
                throw new ArgumentException($"The test cell {ordered[twice].Configuration} stands twice in one test set.", nameof(predictions));
            }

            return new TestedDraw([.. cells.Select(cell => blockOfCell[cell])], [.. ordered.Select(each => each.Label)], [.. ordered.Select(each => each.Predicted)], new int[cells.Length]);
        }

        public bool HasCell(int[] multiplicity) => Blocks.Any(block => multiplicity[block] > 0);

        public ErrorMetrics Metrics(int[] multiplicity)
        {
            if (multiplicity.Length == 0)
            {
                return ErrorMetrics.Of(Labels, Predictions);
            }

            for (int cell = 0; cell < Blocks.Length; cell++)
            {
                Weights[cell] = multiplicity[Blocks[cell]];
            }

            return ErrorMetrics.Of(Labels, Predictions, Weights);
        }
    }
}
