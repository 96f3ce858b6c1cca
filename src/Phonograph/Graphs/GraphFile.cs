using System.Globalization;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Graphs;

/// <summary>Writes graphs for other programs: a CSV table of edges, or JSON with nodes and edges. Nodes count from 0.</summary>
public static class GraphFile
{
    /// <summary>Writes a graph; the name chooses the format.</summary>
    /// <param name="path">File ending in <c>.csv</c> or <c>.json</c>, <c>.gz</c> may follow.</param>
    /// <param name="graph">The graph.</param>
    /// <exception cref="InputException">The name ends otherwise, or (JSON) an element has no electronegativity.</exception>
    public static void Write(string path, CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(graph);
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            AtomicFile.WriteText(path, writer => WriteEdges(writer, graph));
        }
        else if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            AtomicFile.WriteStream(path, stream => WriteJson(stream, graph));
        }
        else
        {
            throw new InputException($"{path}: the name must end in .csv (edges) or .json (nodes and edges).");
        }
    }

    private static void WriteEdges(TextWriter writer, CrystalGraph graph)
    {
        writer.WriteLine("target,source,image_a,image_b,image_c,target_element,source_element,length_A");
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                (int source, IntegerVector3 image) = (graph.EdgeSource[edge], graph.EdgeImage[edge]);
                writer.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target},{source},{image.X},{image.Y},{image.Z},{graph.Elements[target]},{graph.Elements[source]},{graph.EdgeLengthAngstrom[edge]:R}"));
            }
        }
    }

    private static void WriteJson(Stream stream, CrystalGraph graph)
    {
        using var writer = new Utf8JsonWriter(stream);
        writer.WriteStartObject();
        writer.WriteNumber("cutoff_A", graph.CutoffAngstrom);
        writer.WriteStartArray("nodes");
        foreach (Element element in graph.Elements)
        {
            writer.WriteStartObject();
            writer.WriteString("element", element.Symbol);
            for (int feature = 0; feature < NodeFeatures.Count; feature++)
            {
                writer.WriteNumber(NodeFeatures.Names[feature], NodeFeatures.Of(element)[feature]);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("edges");
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                writer.WriteStartObject();
                writer.WriteNumber("target", target);
                writer.WriteNumber("source", graph.EdgeSource[edge]);
                writer.WriteStartArray("image");
                writer.WriteNumberValue(graph.EdgeImage[edge].X);
                writer.WriteNumberValue(graph.EdgeImage[edge].Y);
                writer.WriteNumberValue(graph.EdgeImage[edge].Z);
                writer.WriteEndArray();
                writer.WriteNumber("length_A", graph.EdgeLengthAngstrom[edge]);
                writer.WriteEndObject();
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
