using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>Accuracy of one property against training-set size, for one kind of training data and one test set.</summary>
/// <param name="Property">What is predicted.</param>
/// <param name="Model">Model name.</param>
/// <param name="TrainedOn">Kind of training data.</param>
/// <param name="TestedOn">Kind of test data.</param>
/// <param name="Points">One point per size, smallest first.</param>
public sealed record LearningCurve(Property Property, string Model, string TrainedOn, string TestedOn, ImmutableArray<LearningCurvePoint> Points);

/// <summary>Accuracy at one training-set size. Each repeat has its own draw of training configurations and its own initial weights.</summary>
/// <param name="TrainingSize">Number of training configurations.</param>
/// <param name="MeanAbsoluteErrors">Mean absolute error of each repeat, in the unit of the property.</param>
/// <param name="RSquareds">Coefficient of determination of each repeat, in the same order.</param>
/// <param name="MeanAbsoluteError">Mean over the repeats with its 95 % interval.</param>
/// <param name="RSquared">Mean over the repeats with its 95 % interval.</param>
public sealed record LearningCurvePoint(
    int TrainingSize,
    ImmutableArray<double> MeanAbsoluteErrors,
    ImmutableArray<double> RSquareds,
    Interval MeanAbsoluteError,
    Interval RSquared);
