using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Learning.Models;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// Exact changes of a prediction when a node feature tells atoms apart no longer: the feature of the atoms of one element, and of all atoms, is set to its mean over the atoms of the structure. That mean needs no training data, and
/// a feature that is the same for all atoms changes nothing.
/// </summary>
/// <remarks>The features of an atom are numbers of its element, so that a changed one makes an element that does not exist: the network answers for atoms unlike those of its training.</remarks>
public static class NodeFeatureOcclusion
{
    /// <summary>Measures all features, for all atoms first and then for each element in alphabetical order.</summary>
    /// <param name="pass">The model.</param>
    /// <param name="graph">A graph built with the options of the model.</param>
    public static ImmutableArray<FeatureChange> Of<T>(GraphPass<T> pass, CrystalGraph graph)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(graph);
        GraphTensors<T> tensors = pass.Model.Tensors(graph);
        T[] means = Means(tensors);
        string?[] elements = [null, .. graph.Elements.Select(element => element.Symbol).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        (string? Element, int Feature)[] cases = [.. elements.SelectMany(element => Enumerable.Range(0, NodeFeatures.Count).Select(feature => (element, feature)))];

        // The last copy keeps its features.
        double[] predictions = pass.PredictFeatures(graph, cases.Length + 1, (number, features) =>
        {
            if (number == cases.Length)
            {
                return;
            }

            for (int atom = 0; atom < graph.NodeCount; atom++)
            {
                if (cases[number].Element is not { } element || graph.Elements[atom].Symbol == element)
                {
                    features[(atom * NodeFeatures.Count) + cases[number].Feature] = means[cases[number].Feature];
                }
            }
        });
        return
        [
            .. cases.Select((each, number) => new FeatureChange(
                each.Element, each.Feature, graph.Elements.Count(element => each.Element is null || element.Symbol == each.Element), predictions[^1] - predictions[number])),
        ];
    }

    private static T[] Means<T>(GraphTensors<T> tensors)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // In double, whose sum of some thousand equal numbers is exact: the mean of a constant feature is that feature to the last bit.
        var sums = new double[NodeFeatures.Count];
        ReadOnlySpan<T> features = tensors.NodeFeatures;
        for (int place = 0; place < features.Length; place++)
        {
            sums[place % NodeFeatures.Count] += double.CreateChecked(features[place]);
        }

        return [.. sums.Select(sum => T.CreateChecked(sum / tensors.NodeCount))];
    }
}
