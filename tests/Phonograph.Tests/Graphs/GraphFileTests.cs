using System.Text.Json;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Testing;

namespace Phonograph.Tests.Graphs;

public class GraphFileTests
{
    private static readonly CrystalGraph Graph = CrystalGraphBuilder.Build(TestCrystals.SilverSulphideBromide);

    [Fact]
    public void A_table_has_a_row_for_each_edge_with_its_image_and_exact_length()
    {
        using var folder = new TemporaryFolder();
        GraphFile.Write(folder.File("edges.csv"), Graph);
        string[] lines = File.ReadAllLines(folder.File("edges.csv"));
        Assert.Equal(155, lines.Length);
        Assert.Equal("target,source,image_a,image_b,image_c,target_element,source_element,length_A", lines[0]);
        Assert.Equal("0,0,-1,0,0,Ag,Ag,4.793", lines[1]);
    }

    [Fact]
    public void Json_holds_nodes_with_features_and_edges()
    {
        using var folder = new TemporaryFolder();
        GraphFile.Write(folder.File("graph.json"), Graph);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(folder.File("graph.json")));
        Assert.Equal(5.5, document.RootElement.GetProperty("cutoff_A").GetDouble());
        Assert.Equal(1.93, document.RootElement.GetProperty("nodes")[0].GetProperty("pauling_electronegativity").GetDouble());
        Assert.Equal(154, document.RootElement.GetProperty("edges").GetArrayLength());
        Assert.Equal(-1, document.RootElement.GetProperty("edges")[0].GetProperty("image")[0].GetInt32());
    }

    [Fact]
    public void Another_name_is_refused() =>
        Assert.Contains(".csv", Assert.Throws<InputException>(() => GraphFile.Write("graph.txt", Graph)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_summary_counts_loops_multiple_edges_and_pairs_of_elements()
    {
        GraphSummary summary = GraphSummary.Of(Graph);
        Assert.Equal((5, 154, 30), (summary.Nodes, summary.DirectedEdges, summary.SelfLoops));
        Assert.Equal(154, summary.Species.Sum(pair => pair.DirectedEdges));
        Assert.Equal(624, GraphSummary.Of(CrystalGraphBuilder.Build(TestCrystals.SilverSulphideBromide40)).EdgesInMultipleEdges);
        Assert.Equal(4.793 / 2, summary.Species.Single(pair => pair.Pair == "Ag-S").ShortestAngstrom, 1e-12);
    }
}
