using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Graphs;

public class CrystalGraphBuilderTests
{
    private static readonly GraphOptions Legacy = new() { Legacy = true };

    [Fact]
    public void Edges_are_the_pairs_of_the_neighbour_search_in_compressed_rows()
    {
        Crystal crystal = TestCrystals.Shaken(TestCrystals.SilverSulphideBromide40, 0.5, 1);
        CrystalGraph graph = CrystalGraphBuilder.Build(crystal);
        var pairs = NeighbourSearch.Find(crystal, 5.5);
        Assert.Equal(40, graph.NodeCount);
        Assert.Equal(41, graph.EdgeStart.Length);
        Assert.Equal(pairs.Length, graph.EdgeCount);
        Assert.Equal(pairs.Length, graph.EdgeStart[40]);
        for (int node = 0; node < 40; node++)
        {
            Assert.All(Enumerable.Range(graph.EdgeStart[node], graph.EdgeStart[node + 1] - graph.EdgeStart[node]), edge =>
            {
                Assert.Equal((node, pairs[edge].Source, pairs[edge].Image), (pairs[edge].Target, graph.EdgeSource[edge], graph.EdgeImage[edge]));
                Assert.Equal(pairs[edge].Distance, graph.EdgeLengthAngstrom[edge], 1e-12);
            });
        }
    }

    [Fact]
    public void Ideal_graphs_have_the_known_numbers_of_edges()
    {
        Assert.Equal(154, CrystalGraphBuilder.Build(TestCrystals.SilverSulphideBromide).EdgeCount);
        Assert.Equal(1232, CrystalGraphBuilder.Build(TestCrystals.SilverSulphideBromide40).EdgeCount);
    }

    [Fact]
    public void The_published_builder_loses_edges_depending_on_the_order_of_the_atoms()
    {
        Assert.Equal(1136, CrystalGraphBuilder.Build(TestCrystals.SilverSulphideBromide40, Legacy).EdgeCount);
        Assert.Equal(1172, CrystalGraphBuilder.Build(CellByCell(TestCrystals.SilverSulphideBromide40), Legacy).EdgeCount);
        Assert.Equal(154, CrystalGraphBuilder.Build(TestCrystals.SilverSulphideBromide, Legacy).EdgeCount);
    }

    [Fact]
    public void Edges_of_the_published_builder_are_a_part_of_the_exact_ones_with_the_same_images()
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            Crystal crystal = TestCrystals.Shaken(TestCrystals.SilverSulphideBromide40, 0.6, seed);
            var exact = NeighbourSearch.Find(crystal, 5.5).Select(pair => (pair.Target, pair.Source, pair.Image)).ToHashSet();
            var legacy = LegacyEdges.Find(crystal, 5.5).Select(pair => (pair.Target, pair.Source, pair.Image)).ToList();
            Assert.Equal(legacy.Count, legacy.Distinct().Count());
            Assert.All(legacy, edge => Assert.Contains(edge, exact));
            Assert.True(legacy.Count < exact.Count);
        }
    }

    [Fact]
    public void The_published_builder_changes_with_the_origin_and_ours_does_not()
    {
        Crystal crystal = TestCrystals.SilverSulphideBromide40;
        var counts = Enumerable.Range(0, 10).Select(step =>
        {
            var moved = new Crystal(crystal.Lattice, crystal.Elements, [.. crystal.PositionsFractional.Select(position => position + new Vector3D(0, 0, 0.1 * step))]);
            return (Ours: CrystalGraphBuilder.Build(moved).EdgeCount, Theirs: CrystalGraphBuilder.Build(moved, Legacy).EdgeCount);
        }).ToList();
        Assert.All(counts, count => Assert.Equal(1232, count.Ours));
        Assert.True(counts.Select(count => count.Theirs).Distinct().Count() > 1);
    }

    /// <summary>The same atoms, listed unit cell by unit cell: all species of one cell, then the next.</summary>
    private static Crystal CellByCell(Crystal bySpecies)
    {
        int[] order = [.. Enumerable.Range(0, 8).SelectMany(cell => Enumerable.Range(0, 5).Select(atom => (atom * 8) + cell))];
        return new Crystal(bySpecies.Lattice, [.. order.Select(atom => bySpecies.Elements[atom])], [.. order.Select(atom => bySpecies.PositionsFractional[atom])]);
    }
}
