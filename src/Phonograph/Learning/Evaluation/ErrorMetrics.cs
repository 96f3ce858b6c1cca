namespace Phonograph.Learning.Evaluation;

/// <summary>
/// Errors of predictions against labels, in the unit of the labels. With errors e = predicted - label, label mean m and weights w that
/// sum to n: MAE = Σw|e|/n, RMSE = √(Σwe²/n), label spread = √(Σw(label - m)²/n) (divided by n, not n - 1, so that
/// R² = 1 - RMSE²/spread² holds exactly), maximum error = max|e|.
/// </summary>
/// <param name="Count">Number of test cells.</param>
/// <param name="LabelStandardDeviation">Spread of the labels about their mean.</param>
/// <param name="MeanAbsoluteError">Mean absolute error.</param>
/// <param name="RootMeanSquareError">Root of the mean square error.</param>
/// <param name="RSquared">Coefficient of determination, without unit; NaN when the labels have no spread, for then it is undefined.</param>
/// <param name="MaximumError">Largest absolute error.</param>
public readonly record struct ErrorMetrics(
    int Count,
    double LabelStandardDeviation,
    double MeanAbsoluteError,
    double RootMeanSquareError,
    double RSquared,
    double MaximumError)
{
    /// <summary>Mean absolute error over the spread of the labels, without unit; NaN when the labels have no spread.</summary>
    public double MeanAbsoluteErrorOverSpread => LabelStandardDeviation > 0 ? MeanAbsoluteError / LabelStandardDeviation : double.NaN;

    /// <summary>Metrics of equally weighted cells.</summary>
    /// <param name="labels">Labels; at least one.</param>
    /// <param name="predictions">Predictions in the same order and unit.</param>
    /// <exception cref="ArgumentException">The counts differ or are zero.</exception>
    public static ErrorMetrics Of(ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions) => Of(labels, predictions, []);

    /// <summary>Metrics of the cells of a list of predictions.</summary>
    public static ErrorMetrics Of(IReadOnlyCollection<Prediction> predictions) =>
        Of([.. predictions.Select(cell => cell.Label)], [.. predictions.Select(cell => cell.Predicted)]);

    /// <summary>Metrics of weighted cells; cells of weight zero do not count.</summary>
    /// <param name="labels">Labels.</param>
    /// <param name="predictions">Predictions in the same order and unit.</param>
    /// <param name="weights">How often each cell counts; empty for once each.</param>
    /// <exception cref="ArgumentException">The counts differ, or nothing has weight.</exception>
    public static ErrorMetrics Of(ReadOnlySpan<double> labels, ReadOnlySpan<double> predictions, ReadOnlySpan<int> weights)
    {
        if (labels.Length != predictions.Length || (weights.Length != 0 && weights.Length != labels.Length))
        {
            throw new ArgumentException($"{labels.Length} labels, {predictions.Length} predictions and {weights.Length} weights do not fit.");
        }

        long count = 0;
        double sum = 0, first = double.NaN;
        bool spread = false;
        for (int cell = 0; cell < labels.Length; cell++)
        {
            int weight = weights.IsEmpty ? 1 : weights[cell];
            if (weight > 0)
            {
                spread |= count > 0 && labels[cell] != first;
                first = count == 0 ? labels[cell] : first;
                count += weight;
                sum += weight * labels[cell];
            }
        }

        if (count == 0)
        {
            throw new ArgumentException("No test cell: metrics need at least one.");
        }

        double mean = sum / count, squaredSpread = 0, absolute = 0, squared = 0, largest = 0;
        for (int cell = 0; cell < labels.Length; cell++)
        {
            int weight = weights.IsEmpty ? 1 : weights[cell];
            if (weight > 0)
            {
                double error = Math.Abs(predictions[cell] - labels[cell]);
                squaredSpread += weight * (labels[cell] - mean) * (labels[cell] - mean);
                absolute += weight * error;
                squared += weight * error * error;
                largest = Math.Max(largest, error);
            }
        }

        // Equal labels leave rounding in the sum of squares: whether there is a spread is decided by comparing labels.
        return new ErrorMetrics(
            (int)Math.Min(count, int.MaxValue),
            spread ? Math.Sqrt(squaredSpread / count) : 0,
            absolute / count,
            Math.Sqrt(squared / count),
            spread ? 1 - (squared / squaredSpread) : double.NaN,
            largest);
    }
}
