using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Testing;

namespace Phonograph.Tests.Graphs;

public class FeatureNormalizationTests
{
    private static readonly CrystalGraph[] Training =
        [.. Enumerable.Range(0, 5).Select(seed => CrystalGraphBuilder.Build(TestCrystals.Shaken(TestCrystals.SilverSulphideBromide40, 0.4, (ulong)seed)))];

    [Fact]
    public void Training_features_fill_the_range_from_zero_to_one()
    {
        var normalization = FeatureNormalization.Fit(Training);
        NormalizedGraph[] graphs = [.. Training.Select(graph => normalization.Apply(graph))];
        Assert.Equal(0f, graphs.Min(graph => graph.EdgeWeight.Min()));
        Assert.Equal(1f, graphs.Max(graph => graph.EdgeWeight.Max()));
        for (int feature = 0; feature < NodeFeatures.Count; feature++)
        {
            float[] values = [.. graphs[0].NodeFeatures.Where((_, index) => index % NodeFeatures.Count == feature)];
            Assert.Equal((0f, 1f), (values.Min(), values.Max()));
        }
    }

    [Fact]
    public void Edges_and_nodes_keep_their_order_and_scale_linearly()
    {
        var normalization = FeatureNormalization.Fit(Training);
        NormalizedGraph scaled = normalization.Apply(Training[2]);
        Assert.Equal(Training[2].EdgeStart, scaled.EdgeStart);
        Assert.Equal(Training[2].EdgeSource, scaled.EdgeSource);
        double range = normalization.EdgeMaximumAngstrom - normalization.EdgeMinimumAngstrom;
        for (int edge = 0; edge < scaled.EdgeCount; edge++)
        {
            Assert.Equal((Training[2].EdgeLengthAngstrom[edge] - normalization.EdgeMinimumAngstrom) / range, scaled.EdgeWeight[edge], 1e-6);
        }

        // Sulphur (16) between itself and silver (47): bromine (35) lies at 19/31.
        Assert.Equal(19f / 31, scaled.NodeFeatures[39 * NodeFeatures.Count], 1e-6f);
    }

    [Fact]
    public void Test_graphs_do_not_change_the_ranges_and_leave_them()
    {
        var normalization = FeatureNormalization.Fit(Training);
        CrystalGraph wild = CrystalGraphBuilder.Build(TestCrystals.Shaken(TestCrystals.SilverSulphideBromide40, 1.5, 99));
        Assert.True(normalization.Apply(wild).EdgeWeight.Min() < 0);
        Assert.True(normalization.IsOutside(wild));
        Assert.All(Training, graph => Assert.False(normalization.IsOutside(graph)));
        Assert.Equal(normalization, FeatureNormalization.Fit(Training));
    }

    [Fact]
    public void A_constant_feature_becomes_zero()
    {
        var silver = new Crystal(Lattice.Cubic(3), [Element.Of("Ag")], [default]);
        CrystalGraph graph = CrystalGraphBuilder.Build(silver, new GraphOptions { CutoffAngstrom = 3.5 });
        NormalizedGraph scaled = FeatureNormalization.Fit([graph]).Apply(graph);
        Assert.All(scaled.NodeFeatures, value => Assert.Equal(0f, value));
        Assert.Equal(6, scaled.EdgeCount);
    }

    [Fact]
    public void Published_constants_scale_as_the_published_scripts()
    {
        CrystalGraph graph = CrystalGraphBuilder.Build(TestCrystals.SilverSulphideBromide);
        NormalizedGraph scaled = FeatureNormalization.Published.Apply(graph);
        Assert.Equal((47 - 1) / 88f, scaled.NodeFeatures[0], 1e-6f);
        Assert.Equal((1.93 - 0.79) / (3.98 - 0.79), scaled.NodeFeatures[1], 1e-6);
        Assert.Equal((107.8682 - 1.008) / (244 - 1.008), scaled.NodeFeatures[2], 1e-6);
        Assert.Equal((2.3965 - 0.7115) / (5.5 - 0.7115), scaled.EdgeWeight.Min(), 1e-6);
    }

    [Fact]
    public void Plain_numbers_carry_it_through_json()
    {
        var normalization = FeatureNormalization.Fit(Training);
        Assert.Equal(normalization, JsonSerializer.Deserialize<FeatureNormalization>(JsonSerializer.Serialize(normalization)));
        Assert.NotEqual(normalization, normalization with { EdgeMinimumAngstrom = 0 });
    }

    [Fact]
    public void A_noble_gas_has_no_electronegativity_and_is_refused_by_name()
    {
        var argon = new Crystal(Lattice.Cubic(3), [Element.Of("Ar")], [default]);
        Assert.Contains("Argon (Ar)", Assert.Throws<InputException>(() => FeatureNormalization.Fit([CrystalGraphBuilder.Build(argon)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Graphs_without_edges_have_no_range()
    {
        CrystalGraph graph = CrystalGraphBuilder.Build(TestCrystals.SilverSulphideBromide, new GraphOptions { CutoffAngstrom = 1 });
        Assert.Equal(0, graph.EdgeCount);
        Assert.Contains("no edge", Assert.Throws<InputException>(() => FeatureNormalization.Fit([graph])).Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => FeatureNormalization.Fit([]));
    }
}
