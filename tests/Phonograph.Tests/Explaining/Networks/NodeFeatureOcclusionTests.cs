using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Numerics.Memory;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class NodeFeatureOcclusionTests
{
    public static TheoryData<string> Names => [.. ExplainedNetworks.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_feature_that_all_atoms_share_changes_nothing(string name)
    {
        CrystalGraph silver = CrystalGraphBuilder.Build(new Crystal(Lattice.Cubic(4.1), [.. Enumerable.Repeat(Element.Of("Ag"), 4)], [new(0, 0, 0), new(0.5, 0.5, 0.02), new(0.5, 0, 0.5), new(0, 0.47, 0.5)]));
        ImmutableArray<FeatureChange> changes = NodeFeatureOcclusion.Of(ExplainedNetworks.Pass(name), silver);
        Assert.Equal(2 * NodeFeatures.Count, changes.Length);
        Assert.All(changes, change => Assert.Equal((0.0, 4), (change.Change, change.Atoms)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_change_is_that_of_a_network_whose_scaling_makes_the_feature_equal_for_all_atoms(string name)
    {
        // Scaled so that the mean over the structure is zero, the feature at its mean is the feature of a network whose scaling has no range: zero for every atom.
        TrainedModel model = ExplainedNetworks.Trained(name);
        CrystalGraph graph = ExplainedNetworks.Graph;
        FeatureNormalization features = model.Description.Features;
        for (int feature = 0; feature < NodeFeatures.Count; feature++)
        {
            double mean = graph.Elements.Average(element => NodeFeatures.Of(element)[feature]), range = features.NodeMaximum[feature] - features.NodeMinimum[feature];
            GraphPass<double> Scaled(double low, double high) => new(
                new ExplainedModel<double>(model with { Description = model.Description with { Features = features with { NodeMinimum = features.NodeMinimum.SetItem(feature, low), NodeMaximum = features.NodeMaximum.SetItem(feature, high) } } }),
                new WorkerPool(1));
            GraphPass<double> centred = Scaled(mean, mean + range);
            double expected = centred.Predict(graph) - Scaled(mean, mean).Predict(graph);
            FeatureChange all = NodeFeatureOcclusion.Of(centred, graph).Single(change => change.Element is null && change.Feature == feature);
            Assert.Equal(expected, all.Change, 1e-6 * model.Description.Target.Range);
            Assert.Equal(graph.NodeCount, all.Atoms);
        }
    }

    [Fact]
    public void Each_element_has_its_own_change_and_some_change_something()
    {
        ImmutableArray<FeatureChange> changes = NodeFeatureOcclusion.Of(ExplainedNetworks.Pass("schnet"), ExplainedNetworks.Graph);
        Assert.Equal([null, "Ag", "Br", "S"], changes.Select(change => change.Element).Distinct());
        Assert.Equal([5, 3, 1, 1], changes.Where(change => change.Feature == 0).Select(change => change.Atoms));
        Assert.Contains(changes, change => Math.Abs(change.Change) > 1e-4);
        Assert.Equal(changes.Length, changes.Select(change => (change.Element, change.Feature)).Distinct().Count());
    }
}
