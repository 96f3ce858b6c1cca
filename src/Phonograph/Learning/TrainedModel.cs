using System.Collections.Immutable;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Learning;

/// <summary>A model ready to predict.</summary>
/// <param name="Description">What it predicts, for what, and where it comes from.</param>
/// <param name="Network">Weights and running statistics.</param>
/// <param name="History">One record per pass over the training data.</param>
public sealed record TrainedModel(ModelDescription Description, GraphNetwork<float> Network, ImmutableArray<EpochRecord> History)
{
    /// <summary>
    /// Signatures of the cells that trained and validated the model, and those of the model it began from; empty for files of before the program kept them.
    /// </summary>
    public ImmutableArray<GraphSignature> Cells { get; init; } = [];
}
