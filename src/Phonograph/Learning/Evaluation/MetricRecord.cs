using Phonograph.Datasets;

namespace Phonograph.Learning.Evaluation;

/// <summary>How well one model, trained on one kind of data, predicts one property on one test set.</summary>
/// <param name="Property">What is predicted; errors are in its unit.</param>
/// <param name="Model">Model name, for example <c>m1</c>, or <c>mean</c> for the baseline.</param>
/// <param name="TrainedOn">Scheme of the training data: <c>phonon</c>, <c>random</c> or <c>combined</c>.</param>
/// <param name="TestedOn">Scheme of the test data, likewise.</param>
/// <param name="TrainingSize">Number of training configurations, validation not counted.</param>
/// <param name="TestCount">Number of test configurations.</param>
/// <param name="LabelStandardDeviation">Spread of the test labels.</param>
/// <param name="MeanAbsoluteError">Mean absolute error.</param>
/// <param name="RootMeanSquareError">Root of the mean square error.</param>
/// <param name="RSquared">Coefficient of determination, without unit.</param>
/// <param name="MaximumError">Largest absolute error.</param>
public sealed record MetricRecord(
    Property Property,
    string Model,
    string TrainedOn,
    string TestedOn,
    int TrainingSize,
    int TestCount,
    Interval LabelStandardDeviation,
    Interval MeanAbsoluteError,
    Interval RootMeanSquareError,
    Interval RSquared,
    Interval MaximumError);
