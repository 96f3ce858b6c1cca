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
        var frame = new Circle(
            new PagePoint(area.Left + (area.Width / 2), area.Top + (area.Height / 2) + 2), (Math.Min(area.Width, area.Height) / 2) - 44, NodeRadius, [.. Enumerable.Range(0, graph.NodeSymbols.Length)]);
        foreach ((GraphEdge edge, PathStep[] path) in Paths(graph, frame))
        {
            scene.Add(new PathItem([.. path], null, new Stroke(Shade(edge, shells), edge.Target == edge.Source ? 1.1 : 1)));
        }

        Nodes(scene, graph, frame);
        DrawKey(scene, area, shells);
    }

    /// <summary>The curve of every bond: arcs of a pair side by side, the shortest on one side, and loops one around the other.</summary>
    internal static IEnumerable<(GraphEdge Edge, PathStep[] Path)> Paths(GraphSnapshot graph, Circle circle)
    {
        foreach (var pair in graph.Edges.Where(edge => edge.Target < edge.Source).GroupBy(edge => (edge.Target, edge.Source)).OrderBy(group => group.Key))
        {
            GraphEdge[] edges = [.. pair.OrderBy(edge => edge.LengthAngstrom)];
            for (int i = 0; i < edges.Length; i++)
            {
                yield return (edges[i], Arc(circle.Node(pair.Key.Target), circle.Node(pair.Key.Source), i, edges.Length));
            }
        }

        for (int node = 0; node < graph.NodeSymbols.Length; node++)
        {
            GraphEdge[] loops = [.. graph.Edges.Where(edge => edge.Target == node && edge.Source == node && IsUpper(edge)).OrderBy(edge => edge.LengthAngstrom)];
            for (int i = loops.Length - 1; i >= 0; i--)
            {
                yield return (loops[i], Loop(circle, node, i, loops.Length));
            }
        }
    }

    /// <summary>The nodes with their names.</summary>
    internal static void Nodes(SceneBuilder scene, GraphSnapshot graph, Circle circle)
    {
        for (int node = 0; node < graph.NodeSymbols.Length; node++)
        {
            Colour colour = ElementColours.Of(graph.NodeSymbols[node]);
            PagePoint place = circle.Node(node);
            scene.Add(new DiscItem(place, circle.NodeRadius, colour.Towards(Palette.Ink, 0.12), colour.Towards(Palette.White, 0.75), new Stroke(Palette.White, 1.2)));
            scene.Text(place.X, place.Y, Name(graph, node), new TextStyle(Math.Min(10, 0.8 * circle.NodeRadius), Palette.Ink, IsBold: true, Horizontal: TextAnchor.Middle, Vertical: TextAnchor.Middle));
        }
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

    private static PathStep[] Arc(PagePoint from, PagePoint to, int number, int count)
    {
        double spacing = count > 1 ? Math.Min(8.5, 64.0 / (count - 1)) : 0;
        double length = Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));
        double bow = (number - ((count - 1) / 2.0)) * spacing;
        var control = new PagePoint(((from.X + to.X) / 2) - ((to.Y - from.Y) / length * bow), ((from.Y + to.Y) / 2) + ((to.X - from.X) / length * bow));
        return [PathStep.MoveTo(from), PathStep.QuadraticTo(control, to)];
    }

    private static PathStep[] Loop(Circle circle, int node, int number, int count)
    {
        PagePoint place = circle.Node(node);
        double reach = circle.NodeRadius + 14 + (26.0 * (number + 1) / Math.Max(count, 3));
        double spread = 0.42 + (0.16 * number);
        PagePoint At(double turn) => new(place.X + (reach * 1.15 * Math.Cos(circle.Angle(node) + turn)), place.Y + (reach * 1.15 * Math.Sin(circle.Angle(node) + turn)));
        return [PathStep.MoveTo(place), PathStep.CubicTo(At(-spread), At(spread), place)];
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

    /// <summary>Where the nodes stand.</summary>
    /// <param name="Centre">Centre of the circle.</param>
    /// <param name="Radius">Its radius; a single node stands in the centre.</param>
    /// <param name="NodeRadius">Radius of a node.</param>
    /// <param name="Order">Place of each node on the circle, from the top, clockwise.</param>
    internal sealed record Circle(PagePoint Centre, double Radius, double NodeRadius, int[] Order)
    {
        internal double Angle(int node) => (-Math.PI / 2) + (2 * Math.PI * Order[node] / Order.Length);

        internal PagePoint Node(int node) => Order.Length == 1 ? Centre : new(Centre.X + (Radius * Math.Cos(Angle(node))), Centre.Y + (Radius * Math.Sin(Angle(node))));
    }
}
