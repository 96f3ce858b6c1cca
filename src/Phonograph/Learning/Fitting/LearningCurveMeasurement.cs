using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Learning.Fitting;

/// <summary>How well models trained on sets of one size predict one test set.</summary>
/// <param name="TrainedOn">Scheme of the training data.</param>
/// <param name="TestedOn">Scheme of the test data, or <c>combined</c>.</param>
/// <param name="TrainingSize">Number of training configurations.</param>
/// <param name="Intervals">Metrics, averaged over repeats, with intervals over repeats and test cells.</param>
/// <param name="Repeats">Metrics of each repeat.</param>
public sealed record LearningCurveMeasurement(string TrainedOn, string TestedOn, int TrainingSize, MetricIntervals Intervals, ImmutableArray<ErrorMetrics> Repeats);
