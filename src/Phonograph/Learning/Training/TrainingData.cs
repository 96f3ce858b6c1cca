using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Graphs;

namespace Phonograph.Learning.Training;

/// <summary>What a model is trained on.</summary>
/// <param name="Property">What to learn.</param>
/// <param name="Training">Graphs the weights are fitted to; ranges and normalisations come from these alone.</param>
/// <param name="Validation">Graphs that decide when to stop; may be empty, then the last weights are kept.</param>
/// <param name="Graph">How the graphs were built.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="Level">Level of theory of the labels.</param>
public sealed record TrainingData(
    Property Property,
    ImmutableArray<LabelledGraph> Training,
    ImmutableArray<LabelledGraph> Validation,
    GraphOptions Graph,
    string Engine,
    string Level)
{
    /// <summary>What to learn beside <see cref="Property"/>; each graph has a label of every one, in this order (<see cref="LabelledGraph.FurtherTargets"/>).</summary>
    public ImmutableArray<Property> FurtherProperties { get; init; } = [];

    /// <summary>The model whose weights training begins from; null for weights drawn from the seed.</summary>
    public StartModel? Start { get; init; }

    /// <summary>Everything to learn.</summary>
    public ImmutableArray<Property> Properties => [Property, .. FurtherProperties];
}
