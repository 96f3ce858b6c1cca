using Phonograph.Datasets;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 1: the crystal, a displaced cell, the periodic multigraph and the four properties.</summary>
internal static class CrystalFigure
{
    private const double Width = 760, Side = 212, Top = 34, HistogramTop = 348, HistogramHeight = 112, HistogramWidth = 146, HistogramPitch = 184;

    internal static ReportFigure? Draw(StudyView view)
    {
        if (view.Result.Example is not { } example)
        {
            return null;
        }

        var scene = new SceneBuilder(Width, view.Result.Configurations.IsEmpty ? 310 : 512);
        var data = new CsvTable("part", "scheme", "name", "target", "source", "image_a", "image_b", "image_c", "x", "y", "z", "unit", "value");
        double[] lefts = [14, 270, 526];
        scene.PanelTitle(lefts[0], 18, "a", $"{Numbers.Formula(view.Result.Material.Formula)}, {example.UnitCell.Symbols.Length} atoms");
        scene.PanelTitle(lefts[1], 18, "b", $"displaced cell, {example.Displaced.Symbols.Length} atoms");
        scene.PanelTitle(lefts[2], 18, "c", "periodic multigraph of a");
        CrystalDrawing.Draw(scene, new PageRectangle(lefts[0] + 10, Top, Side, Side), example.UnitCell, hasBoundaryImages: true);
        CrystalDrawing.Draw(scene, new PageRectangle(lefts[1] + 8, Top, Side, Side), example.Displaced, hasBoundaryImages: false);
        GraphDrawing.Draw(scene, new PageRectangle(lefts[2] + 4, Top, Side, Side), example.UnitCellGraph);
        Legend.Draw(scene, 250, Top + Side + 26, 440, [.. example.UnitCell.Symbols.Concat(example.Displaced.Symbols).Distinct(StringComparer.Ordinal).Select(symbol =>
            new LegendKey(symbol) { Marker = MarkerShape.Circle, MarkerRadius = 6, MarkerFill = ElementColours.Of(symbol), MarkerStroke = new Stroke(ElementColours.Of(symbol).Towards(Palette.Ink, 0.5), 0.6) })]);
        Record(example, data);
        DrawProperties(scene, view, data);
        (int loops, int multiple) = GraphDrawing.Count(example.UnitCellGraph);
        int edges = example.UnitCellGraph.Edges.Length;
        return new ReportFigure(
            "figure-1-crystal-graph",
            "Figure 1",
            "Crystal, displaced cell, graph and properties",
            $"(a) The ideal cell; atoms on its faces and corners are repeated. (b) A displaced supercell ({example.DisplacedCaption}), moved as a whole to the middle of its cell. Spheres are drawn at {Numbers.Plain(CrystalDrawing.RadiusShare)} of the covalent radius, far ones paler. "
            + $"(c) Graph of (a): one node per atom of the cell and one edge for every periodic image within {Numbers.Plain(example.UnitCellGraph.CutoffAngstrom)} Å: {edges} directed edges, "
            + $"{loops} of them self-loops (an atom and its own image) and {multiple} in multiple edges (several images of one neighbour); each line stands for an edge and its reverse. "
            + (view.Result.Configurations.IsEmpty ? "" : $"(d) to (g) Distribution of the four labels over all labelled configurations of each kind, each scaled to unit area; dashed: the undisplaced cell (ideal). VBM: valence band maximum, zero: {view.Result.Material.ValenceBandReference}."),
            scene.Build(),
            data);
    }

    private static void DrawProperties(SceneBuilder scene, StudyView view, CsvTable data)
    {
        if (view.Result.Configurations.IsEmpty)
        {
            return;
        }

        Legend.Draw(scene, Width / 2, HistogramTop - 34, Width, [.. view.Schemes.Select(scheme => new LegendKey(scheme) { Band = Palette.Of(scheme).WithOpacity(0.22), Line = new Stroke(Palette.Of(scheme), 1.5) })]);
        for (int i = 0; i < Property.All.Count; i++)
        {
            Property property = Property.All[i];
            (double origin, string suffix) = view.Origin(property);
            (string Scheme, double[] Values)[] kinds = [.. view.Schemes.Select(scheme => (
                scheme, view.Result.Configurations.Where(row => row.Scheme == scheme).Select(row => StudyView.Label(row, property) - origin).Where(double.IsFinite).ToArray()))];
            double[] edges = Density.Edges(kinds.SelectMany(kind => kind.Values));
            double[][] densities = [.. kinds.Select(kind => Density.Of(kind.Values, edges))];
            double? ideal = view.IdealValue(property) - origin;
            AxisScale x = AxisScale.Linear([edges[0], edges[^1], .. ideal is { } number ? new[] { number } : []], 3);
            AxisScale y = AxisScale.Linear(densities.SelectMany(density => density), 3, includeZero: true);
            double left = 30 + (i * HistogramPitch);
            var panel = new Panel(scene, new PageRectangle(left, HistogramTop, HistogramWidth, HistogramHeight), x, y);
            for (int kind = 0; kind < kinds.Length; kind++)
            {
                Colour colour = Palette.Of(kinds[kind].Scheme);
                panel.Fill(Density.Steps(edges, densities[kind]), 0, colour.WithOpacity(0.22), new Stroke(colour, 1.4));
                for (int bin = 0; bin < densities[kind].Length; bin++)
                {
                    data.Add("histogram", kinds[kind].Scheme, property.Key, "", "", "", "", "", Numbers.Csv(edges[bin] + origin), Numbers.Csv(edges[bin + 1] + origin), "", property.Unit, Numbers.Csv(densities[kind][bin]));
                }
            }

            if (ideal is { } reference)
            {
                panel.Vertical(reference, new Stroke(Palette.Ink, 1, [4, 3]));
            }

            scene.PanelTitle(left - 16, HistogramTop - 9, ((char)('d' + i)).ToString(), property.Title);
            panel.Finish($"{StudyView.ShortName(property)}{suffix} ({property.Unit})", "Density", hasHorizontalGrid: false, hasVerticalTicks: false);
        }
    }

    private static void Record(ExampleCrystal example, CsvTable data)
    {
        foreach ((string part, CrystalSnapshot crystal) in new[] { ("unit_cell", example.UnitCell), ("displaced", example.Displaced) })
        {
            for (int i = 0; i < crystal.Symbols.Length; i++)
            {
                var position = crystal.PositionsFractional[i] * crystal.LatticeRowsAngstrom;
                data.Add(part, "", crystal.Symbols[i], Numbers.Csv(i), "", "", "", "", Numbers.Csv(position.X), Numbers.Csv(position.Y), Numbers.Csv(position.Z), "Å", "");
            }
        }

        foreach (GraphEdge edge in example.UnitCellGraph.Edges)
        {
            data.Add(
                "edge", "", "length", Numbers.Csv(edge.Target), Numbers.Csv(edge.Source), Numbers.Csv(edge.Image.X), Numbers.Csv(edge.Image.Y), Numbers.Csv(edge.Image.Z),
                "", "", "", "Å", Numbers.Csv(edge.LengthAngstrom));
        }
    }
}
