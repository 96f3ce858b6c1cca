using Phonograph.Crystals;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning.Models;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class BondImportanceTests
{
    public static TheoryData<string> Names => [.. ExplainedNetworks.Names];

    public static TheoryData<string> AllNames => [.. GraphNetworks.Names];

    [Fact]
    public void A_bond_has_both_of_its_directed_edges_and_says_where_it_leads()
    {
        Crystal cell = ExplainedNetworks.Cell;
        CrystalGraph graph = ExplainedNetworks.Graph;
        var bonds = BondList.Of(graph);
        Assert.Equal(graph.EdgeCount, 2 * bonds.Count);
        Assert.All(bonds.BondOfEdge.GroupBy(bond => bond), both => Assert.Equal(2, both.Count()));
        Assert.Equal(bonds.Count, bonds.Bonds.Select(bond => (bond.First, bond.Second, bond.Image)).Distinct().Count());
        Assert.Contains(bonds.Bonds, bond => bond.First == bond.Second);
        Assert.All(bonds.Bonds, bond =>
        {
            Assert.True(bond.First <= bond.Second);
            double length = cell.Lattice.ToCartesian(cell.PositionsFractional[bond.Second] + bond.Image.ToVector3D() - cell.PositionsFractional[bond.First]).Length;
            Assert.Equal(length, bond.LengthAngstrom, 1e-12);
            Assert.Equal(new ElementPair(cell.Elements[bond.Second], cell.Elements[bond.First]), bond.Pair);
        });
        Assert.Equal("Ag-S", new ElementPair(Element.Of("S"), Element.Of("Ag")).ToString());
    }

    [Theory]
    [MemberData(nameof(AllNames))]
    public void A_mask_of_zero_is_the_network_without_the_edge(string name)
    {
        CrystalGraph graph = ExplainedNetworks.Graph;
        GraphPass<double> pass = ExplainedNetworks.Pass(name);
        var bonds = BondList.Of(graph);
        double[] changes = Occlusion.OfBonds(pass, graph, bonds);
        double whole = pass.Predict(graph);
        Assert.Contains(changes, change => Math.Abs(change) > 1e-5);
        foreach (int bond in Enumerable.Range(0, bonds.Count).Where(bond => bond % 7 == 0))
        {
            CrystalGraph cut = ExplainedNetworks.Without(graph, edge => bonds.BondOfEdge[edge] == bond);
            Assert.Equal(graph.EdgeCount - 2, cut.EdgeCount);
            Assert.Equal(whole - pass.Predict(cut), changes[bond], 1e-11);
        }

        int[] groups = [.. bonds.Bonds.Select(bond => bond.Pair.ToString() == "Ag-S" ? (bond.LengthAngstrom < 3 ? 0 : 1) : -1)];
        double[] together = Occlusion.OfGroups(pass, graph, bonds, groups, 3);
        for (int group = 0; group < 2; group++)
        {
            Assert.Equal(whole - pass.Predict(ExplainedNetworks.Without(graph, edge => groups[bonds.BondOfEdge[edge]] == group)), together[group], 1e-11);
        }

        Assert.Equal(0, together[2]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Integrated_gradients_add_up_to_the_change_from_their_baseline(string name)
    {
        CrystalGraph graph = ExplainedNetworks.Graph;
        GraphPass<double> pass = ExplainedNetworks.Pass(name);
        foreach (IntegrationPath path in Enum.GetValues<IntegrationPath>())
        {
            var parts = IntegratedGradients.Of(pass, graph, path, tolerance: 1e-4);
            Assert.True(Math.Abs(parts.Prediction - parts.Baseline) > 1e-3, $"{path}: the baseline is no other graph.");
            Assert.Equal(0, parts.Incompleteness, 1e-4 * pass.Model.LabelRange);
            Assert.Equal(pass.Predict(graph), parts.Prediction, 1e-5 * pass.Model.LabelRange);
        }

        var messages = IntegratedGradients.Of(pass, graph);
        Assert.Equal(pass.Predict(ExplainedNetworks.Without(graph, _ => true)), messages.Baseline, 1e-11);
    }

    [Theory]
    [InlineData("m2")]
    [InlineData("cgcnn")]
    [InlineData("schnet")]
    [InlineData("painn")]
    public void Copies_in_a_pass_layers_kept_from_the_pass_before_and_threads_change_no_bit(string name)
    {
        // So many bonds that they do not fit into one pass: the second pass finds layers of lengths kept, the last one has fewer copies.
        CrystalGraph graph = CrystalGraphBuilder.Build(Supercell.Of(ExplainedNetworks.Cell, 2, 1, 1).Crystal);
        var bonds = BondList.Of(graph);
        var model = new ExplainedModel<float>(ExplainedNetworks.Trained(name));
        Assert.True(bonds.Count * graph.EdgeCount > 2 * 16_384);
        double[]? expected = null;
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var pool = new Phonograph.Numerics.Memory.WorkerPool(threads);
            var pass = new GraphPass<float>(model, pool);
            pass.Predict(ExplainedNetworks.Graph);
            double[] changes = Occlusion.OfBonds(pass, graph, bonds);
            expected ??= changes;
            Assert.Equal(expected, changes);
            int last = bonds.Count - 1;
            Assert.Equal(changes[last], Occlusion.OfGroups(pass, graph, bonds, [.. Enumerable.Range(0, bonds.Count).Select(bond => bond == last ? 0 : -1)], 1)[0]);
        }
    }
}
