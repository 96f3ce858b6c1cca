using System.Globalization;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>
/// Draws a periodic multigraph: nodes on a circle, one arc for every bond and its reverse, one loop for every pair of opposite self-loops,
/// coloured by length.
/// </summary>
internal static class GraphDrawing
{
    private const double NodeRadius = 13;
    private static readonly Colour[] Ramp = [Colour.Of("#440154"), Colour.Of("#3b528b"), Colour.Of("#21918c"), Colour.Of("#5ec962"), Colour.Of("#d9b310")];

    /// <summary>Draws into a square, and the key of the lengths below it.</summary>
    internal static void Draw(SceneBuilder scene, PageRectangle area, GraphSnapshot graph)
    {
        double[] shells = Shells(graph);
        var centre = new PagePoint(area.Left + (area.Width / 2), area.Top + (area.Height / 2) + 2);
        double circle = (Math.Min(area.Width, area.Height) / 2) - 44;
        int count = graph.NodeSymbols.Length;
        double Angle(int node) => (-Math.PI / 2) + (2 * Math.PI * node / count);
        PagePoint Node(int node) => count == 1 ? centre : new(centre.X + (circle * Math.Cos(Angle(node))), centre.Y + (circle * Math.Sin(Angle(node))));

        foreach (var pair in graph.Edges.Where(edge => edge.Target < edge.Source).GroupBy(edge => (edge.Target, edge.Source)).OrderBy(group => group.Key))
        {
            DrawArcs(scene, Node(pair.Key.Target), Node(pair.Key.Source), [.. pair.OrderBy(edge => edge.LengthAngstrom)], shells);
        }

        for (int node = 0; node < count; node++)
        {
            GraphEdge[] loops = [.. graph.Edges.Where(edge => edge.Target == node && edge.Source == node && IsUpper(edge)).OrderBy(edge => edge.LengthAngstrom)];
            DrawLoops(scene, Node(node), Angle(node), loops, shells);
        }

        for (int node = 0; node < count; node++)
        {
            string symbol = graph.NodeSymbols[node];
            Colour colour = ElementColours.Of(symbol);
            scene.Add(new DiscItem(Node(node), NodeRadius, colour.Towards(Palette.Ink, 0.12), colour.Towards(Palette.White, 0.75), new Stroke(Palette.White, 1.2)));
            scene.Text(Node(node).X, Node(node).Y, Name(graph, node), new TextStyle(10, Palette.Ink, IsBold: true, Horizontal: TextAnchor.Middle, Vertical: TextAnchor.Middle));
        }

        DrawKey(scene, area, shells);
    }

    /// <summary>Symbol of a node, numbered where several nodes share it.</summary>
    internal static string Name(GraphSnapshot graph, int node)
    {
        string symbol = graph.NodeSymbols[node];
        return graph.NodeSymbols.Count(other => other == symbol) < 2
            ? symbol
            : Numbers.Formula(symbol + (graph.NodeSymbols.Take(node).Count(other => other == symbol) + 1).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Number of directed self-loops, and of directed edges that share both ends with another.</summary>
    internal static (int SelfLoops, int InMultipleEdges) Count(GraphSnapshot graph) => (
        graph.Edges.Count(edge => edge.Target == edge.Source),
        graph.Edges.Where(edge => edge.Target != edge.Source).GroupBy(edge => (edge.Target, edge.Source)).Where(group => group.Count() > 1).Sum(group => group.Count()));

    private static void DrawArcs(SceneBuilder scene, PagePoint from, PagePoint to, GraphEdge[] edges, double[] shells)
    {
        double spacing = edges.Length > 1 ? Math.Min(8.5, 64.0 / (edges.Length - 1)) : 0;
        double length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
        for (int i = 0; i < edges.Length; i++)
        {
            double bow = (i - ((edges.Length - 1) / 2.0)) * spacing;
            var control = new PagePoint(((from.X + to.X) / 2) - ((to.Y - from.Y) / length * bow), ((from.Y + to.Y) / 2) + ((to.X - from.X) / length * bow));
            scene.Add(new PathItem([PathStep.MoveTo(from), PathStep.QuadraticTo(control, to)], null, new Stroke(Shade(edges[i], shells), 1)));
        }
    }

    private static void DrawLoops(SceneBuilder scene, PagePoint node, double angle, GraphEdge[] loops, double[] shells)
    {
        for (int i = loops.Length - 1; i >= 0; i--)
        {
            double reach = NodeRadius + 14 + (26.0 * (i + 1) / Math.Max(loops.Length, 3));
            double spread = 0.42 + (0.16 * i);
            PagePoint At(double turn) => new(node.X + (reach * 1.15 * Math.Cos(angle + turn)), node.Y + (reach * 1.15 * Math.Sin(angle + turn)));
            scene.Add(new PathItem([PathStep.MoveTo(node), PathStep.CubicTo(At(-spread), At(spread), node)], null, new Stroke(Shade(loops[i], shells), 1.1)));
        }
    }

    private static void DrawKey(SceneBuilder scene, PageRectangle area, double[] shells)
    {
        // More shells than fit are shown as a ramp with its ends.
        double[] shown = shells.Length <= 6 ? shells : [shells[0], shells[shells.Length / 2], shells[^1]];
        double pitch = Math.Min(38, area.Width / Math.Max(1, shown.Length));
        double x = area.Left + ((area.Width - (pitch * (shown.Length - 1))) / 2);
        foreach (double length in shown)
        {
            scene.Line(new(x - 9, area.Bottom + 8), new(x + 9, area.Bottom + 8), new Stroke(Shade(length, shells), 2));
            scene.Text(x, area.Bottom + 22, Numbers.Fixed(length, 2), new TextStyle(SceneBuilder.NoteSize - 0.5, Palette.Axis, Horizontal: TextAnchor.Middle));
            x += pitch;
        }

        scene.Text(area.Left + (area.Width / 2), area.Bottom + 37, "edge length (Å)", new TextStyle(SceneBuilder.NoteSize, Palette.Ink, Horizontal: TextAnchor.Middle));
    }

    private static double[] Shells(GraphSnapshot graph)
    {
        var shells = new List<double>();
        foreach (double length in graph.Edges.Select(edge => edge.LengthAngstrom).Order())
        {
            if (shells.Count == 0 || length - shells[^1] > 0.01)
            {
                shells.Add(length);
            }
        }

        return [.. shells];
    }

    private static Colour Shade(GraphEdge edge, double[] shells) => Shade(edge.LengthAngstrom, shells);

    private static Colour Shade(double length, double[] shells)
    {
        int shell = 0;
        while (shell + 1 < shells.Length && shells[shell + 1] <= length + 1e-9)
        {
            shell++;
        }

        double place = shells.Length < 2 ? 0 : (double)shell / (shells.Length - 1) * (Ramp.Length - 1);
        int below = Math.Min((int)place, Ramp.Length - 2);
        return Ramp[below].Towards(Ramp[below + 1], place - below);
    }

    /// <summary>True for one of each pair of opposite images.</summary>
    private static bool IsUpper(GraphEdge edge) => (edge.Image.X, edge.Image.Y, edge.Image.Z).CompareTo((0, 0, 0)) > 0;
}
