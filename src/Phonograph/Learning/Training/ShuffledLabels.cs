using System.Collections.Immutable;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Training;

/// <summary>
/// The control that has everything of the data but what is to be learnt: labels are dealt out anew among the graphs. A network trained on them can only learn labels by heart; what it is explained by is no property of the crystal
/// (randomisation test of J. Adebayo et al., NeurIPS 2018).
/// </summary>
public static class ShuffledLabels
{
    /// <summary>The same graphs with each other's labels, training and validation each among themselves; all labels of a graph go together. The level of theory says what happened, so that no such model passes for another.</summary>
    /// <param name="data">Data as labelled.</param>
    /// <param name="seed">Seed of the permutations.</param>
    public static TrainingData Of(TrainingData data, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data with { Training = Dealt(data.Training, seed, 0), Validation = Dealt(data.Validation, seed, 1), Level = $"{data.Level}, labels shuffled with seed {seed}" };
    }

    private static ImmutableArray<LabelledGraph> Dealt(ImmutableArray<LabelledGraph> graphs, ulong seed, ulong stream)
    {
        int[] giver = [.. Enumerable.Range(0, graphs.Length)];
        new Philox(seed, stream).Shuffle<int>(giver);
        return [.. graphs.Select((graph, place) => graph with { Target = graphs[giver[place]].Target, FurtherTargets = graphs[giver[place]].FurtherTargets })];
    }
}
