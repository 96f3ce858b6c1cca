using System.Collections.Immutable;

namespace Phonograph.Graphs;

/// <summary>Counts that describe a graph.</summary>
/// <param name="Nodes">Number of atoms.</param>
/// <param name="DirectedEdges">Number of directed edges.</param>
/// <param name="SelfLoops">Edges from an image of an atom to itself.</param>
/// <param name="EdgesInMultipleEdges">Edges that share target and source with another edge.</param>
/// <param name="Species">Edges and lengths for each pair of elements, in alphabetical order.</param>
public sealed record GraphSummary(int Nodes, int DirectedEdges, int SelfLoops, int EdgesInMultipleEdges, ImmutableArray<SpeciesPairEdges> Species)
{
    /// <summary>Counts a graph.</summary>
    public static GraphSummary Of(CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        int selfLoops = 0, multiple = 0;
        var lengths = new SortedDictionary<(string, string), List<double>>();
        for (int target = 0; target < graph.NodeCount; target++)
        {
            var perSource = new Dictionary<int, int>();
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                int source = graph.EdgeSource[edge];
                selfLoops += source == target ? 1 : 0;
                perSource[source] = perSource.GetValueOrDefault(source) + 1;
                string[] pair = [.. new[] { graph.Elements[target].Symbol, graph.Elements[source].Symbol }.Order(StringComparer.Ordinal)];
                if (!lengths.TryGetValue((pair[0], pair[1]), out List<double>? list))
                {
                    lengths[(pair[0], pair[1])] = list = [];
                }

                list.Add(graph.EdgeLengthAngstrom[edge]);
            }

            multiple += perSource.Values.Where(count => count > 1).Sum();
        }

        return new GraphSummary(
            graph.NodeCount,
            graph.EdgeCount,
            selfLoops,
            multiple,
            [.. lengths.Select(entry => new SpeciesPairEdges($"{entry.Key.Item1}-{entry.Key.Item2}", entry.Value.Count, entry.Value.Min(), entry.Value.Average(), entry.Value.Max()))]);
    }
}

/// <summary>Edges between two elements.</summary>
/// <param name="Pair">For example <c>Ag-S</c>.</param>
/// <param name="DirectedEdges">Number of directed edges, both directions.</param>
/// <param name="ShortestAngstrom">Shortest edge, Å.</param>
/// <param name="MeanAngstrom">Mean length, Å.</param>
/// <param name="LongestAngstrom">Longest edge, Å.</param>
public sealed record SpeciesPairEdges(string Pair, int DirectedEdges, double ShortestAngstrom, double MeanAngstrom, double LongestAngstrom);
