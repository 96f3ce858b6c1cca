using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>Predictions of one reported model on its training, validation and test configurations and on the other kinds' test configurations.</summary>
/// <param name="Property">What is predicted.</param>
/// <param name="Model">Model name, for example <c>m1</c>.</param>
/// <param name="TrainedOn">Kind of training data: <c>phonon</c>, <c>random</c> or <c>combined</c>.</param>
/// <param name="TrainingSize">Number of training configurations, validation not counted.</param>
/// <param name="Predictions">One entry per configuration.</param>
public sealed record PropertyPredictions(
    Property Property,
    string Model,
    string TrainedOn,
    int TrainingSize,
    ImmutableArray<Prediction> Predictions);
