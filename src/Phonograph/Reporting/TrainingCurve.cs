using System.Collections.Immutable;
using Phonograph.Datasets;

namespace Phonograph.Reporting;

/// <summary>How one training went.</summary>
/// <param name="Property">What is learnt.</param>
/// <param name="Model">Model name.</param>
/// <param name="TrainedOn">Kind of training data.</param>
/// <param name="Epochs">One entry per epoch, in order.</param>
/// <param name="BestEpoch">Epoch whose weights were kept.</param>
public sealed record TrainingCurve(Property Property, string Model, string TrainedOn, ImmutableArray<TrainingEpoch> Epochs, int BestEpoch);

/// <summary>One epoch of a training.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="TrainingLoss">Mean square error of the normalised property over the training data, without unit.</param>
/// <param name="ValidationLoss">The same over the validation data.</param>
/// <param name="ValidationMeanAbsoluteError">Mean absolute error over the validation data, in the unit of the property.</param>
public sealed record TrainingEpoch(int Epoch, double TrainingLoss, double ValidationLoss, double ValidationMeanAbsoluteError);
