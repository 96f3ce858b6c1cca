using System.Collections.Immutable;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Learning;

/// <summary>A model ready to predict.</summary>
/// <param name="Description">What it predicts, for what, and where it comes from.</param>
/// <param name="Network">Weights and running statistics.</param>
/// <param name="History">One record per pass over the training data.</param>
public sealed record TrainedModel(ModelDescription Description, GraphNetwork<float> Network, ImmutableArray<EpochRecord> History);
