using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Reporting.Drawing;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting.Figures;

/// <summary>Draws the bonds of one structure by their importance, in space and as a graph.</summary>
internal static class ImportanceDrawing
{
    private const double FaintWidth = 0.7, FaintOpacity = 0.22, ImageSize = 0.7;
    private static readonly Colour[] Ramp = [Colour.Of("#f6c141"), Colour.Of("#ee8026"), Colour.Of("#d1480f"), Colour.Of("#8c1a0b")];

    /// <summary>Colour of a share of the largest importance, from 0 to 1.</summary>
    internal static Colour Shade(double share)
    {
        double place = Math.Clamp(share, 0, 1) * (Ramp.Length - 1);
        int below = Math.Min((int)place, Ramp.Length - 2);
        return Ramp[below].Towards(Ramp[below + 1], place - below);
    }

    /// <summary>Line of an important bond.</summary>
    internal static Stroke Line(double share, double scale = 1) => new(Shade(share), scale * (1 + (3.6 * share)));

    /// <summary>All faint bonds as one path: they say where bonds are, lie behind everything and hide nothing.</summary>
    private static PathItem Faint(IEnumerable<PathStep> steps) => new([.. steps], null, new Stroke(Palette.Baseline.WithOpacity(FaintOpacity), FaintWidth));

    /// <summary>Cell, atoms, bonds, and an image of every atom at the end of an important bond that leaves the cell. Faint bonds that leave it are drawn to their middle.</summary>
    internal static void Crystal(SceneBuilder scene, PageRectangle area, DrawnImportance drawn, double[] shares, bool[] isImportant)
    {
        var lines = BondLines.Of(drawn);
        Matrix3x3 rows = drawn.Crystal.LatticeRowsAngstrom;
        Vector3D centre = 0.5 * (rows.RowA + rows.RowB + rows.RowC);
        Vector3D[] corners = [.. Enumerable.Range(0, 8).Select(bits => new Vector3D(bits & 1, (bits >> 1) & 1, bits >> 2) * rows)];
        double reach = corners.Max(corner => (corner - centre).Length);
        // Where the drawn part of a line ends.
        Vector3D Shown(BondLine line) => isImportant[line.Bond] || line.Image == default ? line.To : 0.5 * (line.From + line.To);
        BondLine[] strong = [.. lines.Lines.Where(line => isImportant[line.Bond])];
        double Radius(int atom) => 0.7 * CrystalDrawing.RadiusShare * CrystalDrawing.CovalentRadius(drawn.Crystal.Symbols[atom]);
        double ImageShare(IntegerVector3 image) => image == default ? 1 : ImageSize;
        double largest = Enumerable.Range(0, lines.Atoms.Length).Max(Radius);
        (double X, double Y, double Depth, double Scale)[] frame = [.. corners.Concat(lines.Atoms).Concat(lines.Lines.Select(Shown)).Select(point => CrystalDrawing.Project(point - centre, reach))];
        double left = frame.Min(p => p.X) - largest, right = frame.Max(p => p.X) + largest, bottom = frame.Min(p => p.Y) - largest, top = frame.Max(p => p.Y) + largest;
        double zoom = Math.Min(area.Width / (right - left), area.Height / (top - bottom));
        (PagePoint At, double Depth, double Scale) Place(Vector3D point)
        {
            var p = CrystalDrawing.Project(point - centre, reach);
            return (new(area.Left + (area.Width / 2) + ((p.X - ((left + right) / 2)) * zoom), area.Top + (area.Height / 2) - ((p.Y - ((bottom + top) / 2)) * zoom)), p.Depth, p.Scale);
        }

        var parts = new List<(double Depth, SceneItem Item)>();
        var faint = new List<PathStep>();
        foreach ((Vector3D from, Vector3D to) in CrystalDrawing.Edges(corners))
        {
            var (start, depth, _) = Place(from);
            var (end, other, _) = Place(to);
            parts.Add((Math.Min(depth, other), PathItem.Polyline([start, end], isClosed: false, null, new Stroke(CrystalDrawing.Pale(Palette.Soft, (depth + other) / 2), 0.9))));
        }

        foreach (BondLine line in lines.Lines)
        {
            if (!isImportant[line.Bond])
            {
                faint.AddRange([PathStep.MoveTo(Place(line.From).At), PathStep.LineTo(Place(Shown(line)).At)]);
                continue;
            }

            // Two halves, each at its own depth, from sphere to sphere.
            Vector3D middle = 0.5 * (line.From + line.To), along = (line.To - line.From) / (line.To - line.From).Length;
            foreach (Vector3D outer in new[] { line.From + (0.9 * Radius(line.Home) * along), line.To - (0.9 * ImageShare(line.Image) * Radius(line.End) * along) })
            {
                var (start, depth, scale) = Place(middle);
                var (end, other, _) = Place(outer);
                parts.Add(((depth + other) / 2, PathItem.Polyline([start, end], isClosed: false, null, Line(shares[line.Bond], scale))));
            }
        }

        for (int atom = 0; atom < lines.Atoms.Length; atom++)
        {
            Disc(atom, lines.Atoms[atom], isImage: false);
        }

        foreach (BondLine image in strong.Where(line => line.Image != default).DistinctBy(line => (line.End, line.Image)))
        {
            Disc(image.End, image.To, isImage: true);
        }

        scene.Add(Faint(faint));
        foreach ((_, SceneItem item) in parts.OrderBy(part => part.Depth))
        {
            scene.Add(item);
        }

        void Disc(int atom, Vector3D at, bool isImage)
        {
            var (place, depth, scale) = Place(at);
            Colour colour = CrystalDrawing.Pale(ElementColours.Of(drawn.Crystal.Symbols[atom]), depth);
            colour = isImage ? colour.Towards(Palette.White, 0.55) : colour;
            parts.Add((depth, new DiscItem(
                place, Radius(atom) * (isImage ? ImageSize : 1) * zoom * scale, colour.Towards(Palette.Ink, 0.12), colour.Towards(Palette.White, 0.75), new Stroke(colour.Towards(Palette.Ink, isImage ? 0.25 : 0.5), 0.6))));
        }
    }

    /// <summary>Atoms on a circle, those of an element side by side, and a curve for every bond: images of one neighbour are parallel, bonds to an own image are loops.</summary>
    internal static void Graph(SceneBuilder scene, PageRectangle area, DrawnImportance drawn, double[] shares, bool[] isImportant)
    {
        int count = drawn.Crystal.Symbols.Length;
        int[] byElement = [.. Enumerable.Range(0, count).OrderBy(atom => drawn.Crystal.Symbols[atom], StringComparer.Ordinal)];
        int[] order = new int[count];
        for (int place = 0; place < count; place++)
        {
            order[byElement[place]] = place;
        }

        Dictionary<GraphEdge, int> places = drawn.Bonds.Select((bond, place) => (new GraphEdge(bond.First, bond.Second, bond.Image, bond.LengthAngstrom), place)).ToDictionary(each => each.Item1, each => each.place);
        var graph = new GraphSnapshot(drawn.Crystal.Symbols, [.. places.Keys], 0);
        double radius = (Math.Min(area.Width, area.Height) / 2) - 48;
        var circle = new GraphDrawing.Circle(new PagePoint(area.Left + (area.Width / 2), area.Top + (area.Height / 2)), radius, Math.Clamp(0.8 * Math.PI * radius / count, 4, 13), order);
        ILookup<bool, (GraphEdge Edge, PathStep[] Path)> paths = GraphDrawing.Paths(graph, circle).ToLookup(each => isImportant[places[each.Edge]]);
        scene.Add(Faint(paths[false].SelectMany(each => each.Path)));
        foreach ((GraphEdge edge, PathStep[] path) in paths[true].OrderBy(each => shares[places[each.Edge]]))
        {
            scene.Add(new PathItem([.. path], null, Line(shares[places[edge]], 0.8)));
        }

        GraphDrawing.Nodes(scene, graph, circle);
    }
}
