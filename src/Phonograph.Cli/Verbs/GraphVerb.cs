using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals.Formats;
using Phonograph.Graphs;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph graph</c>: the periodic graph of a crystal.</summary>
internal static class GraphVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var file = new Argument<string>("file") { Description = "POSCAR, CONTCAR or extended XYZ file (.xyz, .extxyz; .gz may follow). Lengths in Å." };
        Option<int> frame = FrameOption.Create();
        Option<double> cutoff = CutoffOption.Create("Longest edge, Å.");
        var legacy = new Option<bool>("--legacy") { Description = "Only the edges that the published builder finds; it loses some, depending on the order of the atoms. For comparison." };
        var output = new Option<string?>("--output") { Description = "File to write: edges as .csv, nodes and edges as .json (.gz compresses). Lengths in Å, nodes from 0.", HelpName = "FILE" };
        var command = new Command(
            "graph",
            "Turn a crystal into its periodic graph: a node per atom, an edge for every periodic image within the cutoff.\n"
            + "Example: phonograph graph POSCAR --cutoff 5.5 --output edges.csv")
        {
            file, frame, cutoff, legacy, output,
        };
        return CliRun.Verb(command, run =>
        {
            var options = new GraphOptions { CutoffAngstrom = CutoffOption.Check(run.Get(cutoff)), Legacy = run.Get(legacy) };
            CrystalGraph graph = CrystalGraphBuilder.Build(CrystalFile.Read(run.Get(file), run.Get(frame)), options);
            if (run.Get(output) is { } path)
            {
                GraphFile.Write(path, graph);
            }

            Console.Out.WriteLine(run.IsJson ? Json(GraphSummary.Of(graph), options, run.Get(output)) : Text(GraphSummary.Of(graph), options, run.Get(output)));
            return Task.FromResult(0);
        });
    }

    private static string Text(GraphSummary graph, GraphOptions options, string? written)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{graph.Nodes} nodes, {graph.DirectedEdges} directed edges within {options.CutoffAngstrom} Å{(options.Legacy ? " (as the published builder finds them)" : "")}");
        text.Append(CultureInfo.InvariantCulture, $"{graph.SelfLoops} self-loops, {graph.EdgesInMultipleEdges} edges in multiple edges");
        foreach (SpeciesPairEdges pair in graph.Species)
        {
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {pair.Pair,-6} {pair.DirectedEdges,6} edges, {pair.ShortestAngstrom:F4} to {pair.LongestAngstrom:F4} Å, mean {pair.MeanAngstrom:F4} Å");
        }

        return written is null ? text.ToString() : text.AppendLine().Append(CultureInfo.InvariantCulture, $"written: {written}").ToString();
    }

    private static string Json(GraphSummary graph, GraphOptions options, string? written) => JsonSerializer.Serialize(
        new
        {
            nodes = graph.Nodes,
            directed_edges = graph.DirectedEdges,
            self_loops = graph.SelfLoops,
            edges_in_multiple_edges = graph.EdgesInMultipleEdges,
            cutoff_A = options.CutoffAngstrom,
            legacy = options.Legacy,
            pairs = graph.Species.Select(pair => new { pair = pair.Pair, directed_edges = pair.DirectedEdges, shortest_A = pair.ShortestAngstrom, mean_A = pair.MeanAngstrom, longest_A = pair.LongestAngstrom }),
            output = written,
        },
        Indented);
}
