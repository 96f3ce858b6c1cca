using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Learning;
using Phonograph.Learning.Training;

namespace Phonograph.Tests.Learning;

/// <summary>The synthetic cells with labels of several properties: a band gap, a valence band maximum that follows other distances, an energy.</summary>
internal static class SeveralProperties
{
    public static readonly ImmutableArray<Property> Properties = [Property.BandGap, Property.ValenceBandMaximum, Property.EnergyPerAtom];

    public static TrainingData Data(int training, int validation, int properties = 3, string level = "model")
    {
        TrainingData data = SyntheticCells.Data(training, validation) with { Level = level };
        return data with
        {
            Training = [.. data.Training.Select(each => Labelled(each, properties))],
            Validation = [.. data.Validation.Select(each => Labelled(each, properties))],
            FurtherProperties = [.. Properties.Skip(1).Take(properties - 1)],
        };
    }

    public static ImmutableArray<LabelledGraph> Many(ulong firstSeed, int count, int properties = 3) => [.. SyntheticCells.Many(firstSeed, count).Select(each => Labelled(each, properties))];

    /// <summary>The gap is the label of before minus 5 eV; the edge is a mean over all edges, scaled to some eV; the energy mixes both.</summary>
    private static LabelledGraph Labelled(LabelledGraph graph, int properties)
    {
        double gap = graph.Target - 10, edge = -8 + (4 * graph.Graph.EdgeLengthAngstrom.Where(length => length < 3.2).Average()) - (0.5 * gap);
        return graph with { Target = gap, FurtherTargets = [.. new[] { edge, (0.1 * gap) - (0.3 * edge) }.Take(properties - 1)] };
    }
}
