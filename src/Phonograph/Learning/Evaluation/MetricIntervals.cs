using Phonograph.Datasets;

namespace Phonograph.Learning.Evaluation;

/// <summary>Every metric with its 95 % interval; see <see cref="Bootstrap"/> for what the interval covers.</summary>
/// <param name="TestCount">Number of distinct test cells.</param>
/// <param name="TrainingDraws">Number of training draws (repeats) behind the numbers.</param>
/// <param name="LabelStandardDeviation">Spread of the test labels.</param>
/// <param name="MeanAbsoluteError">Mean absolute error.</param>
/// <param name="RootMeanSquareError">Root of the mean square error.</param>
/// <param name="RSquared">Coefficient of determination; NaN where undefined.</param>
/// <param name="MaximumError">
/// Largest absolute error. A resample never holds a larger one than the sample, so its upper end equals the value with one training
/// draw: read it as a lower bound.
/// </param>
public sealed record MetricIntervals(
    int TestCount,
    int TrainingDraws,
    Interval LabelStandardDeviation,
    Interval MeanAbsoluteError,
    Interval RootMeanSquareError,
    Interval RSquared,
    Interval MaximumError)
{
    /// <summary>Mean absolute error over the spread of the test labels, both of the same resample; NaN where undefined.</summary>
    public Interval MeanAbsoluteErrorOverSpread { get; init; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>The same numbers as a record of the study.</summary>
    /// <param name="property">What was predicted.</param>
    /// <param name="model">Model name.</param>
    /// <param name="trainedOn">Scheme of the training data.</param>
    /// <param name="testedOn">Scheme of the test data.</param>
    /// <param name="trainingSize">Number of training configurations, validation not counted.</param>
    public MetricRecord ToRecord(Property property, string model, string trainedOn, string testedOn, int trainingSize) =>
        new(property, model, trainedOn, testedOn, trainingSize, TestCount, LabelStandardDeviation, MeanAbsoluteError, RootMeanSquareError, RSquared, MaximumError);
}
