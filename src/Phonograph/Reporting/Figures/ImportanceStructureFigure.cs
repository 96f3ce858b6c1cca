using Phonograph.Reporting.Drawing;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting.Figures;

/// <summary>Importance of the bonds of one structure: in its cell with images of the atoms outside, and as a graph; one column for each model.</summary>
internal static class ImportanceStructureFigure
{
    private const double Side = 348, Top = 62, PitchY = 384, Left = 18, Pitch = 372, KeyHeight = 52;

    /// <summary>Draws.</summary>
    /// <param name="name">Name of the files.</param>
    /// <param name="number">Label of the figure.</param>
    /// <param name="drawn">The same structure as one or two models see it.</param>
    /// <param name="threshold">Level from which on bonds are drawn as important.</param>
    /// <param name="about">What is shown, and of which structure.</param>
    internal static ReportFigure Draw(string name, string number, IReadOnlyList<DrawnImportance> drawn, double threshold, string about)
    {
        var scene = new SceneBuilder(Left + (Pitch * Math.Max(1, drawn.Count)), Top + (2 * PitchY) + KeyHeight - 28);
        var counts = new List<string>();
        CsvTable data = Data();
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20, [.. drawn.SelectMany(each => each.Crystal.Symbols).Distinct(StringComparer.Ordinal).Select(symbol =>
            new LegendKey(symbol) { Marker = MarkerShape.Circle, MarkerRadius = 6, MarkerFill = ElementColours.Of(symbol), MarkerStroke = new Stroke(ElementColours.Of(symbol).Towards(Palette.Ink, 0.5), 0.6) })]);
        for (int column = 0; column < drawn.Count; column++)
        {
            DrawnImportance each = drawn[column];
            double[] shares = Shares(each), levels = [.. each.Levels()];
            bool[] isImportant = [.. levels.Select(level => level >= threshold)];
            double left = Left + (column * Pitch);
            scene.PanelTitle(left, Top - 16, ((char)('a' + column)).ToString(), $"{each.Name}, in the cell");
            ImportanceDrawing.Crystal(scene, new PageRectangle(left, Top, Side, Side), each, shares, isImportant);
            scene.PanelTitle(left, Top + PitchY - 12, ((char)('a' + drawn.Count + column)).ToString(), $"{each.Name}, as a graph");
            ImportanceDrawing.Graph(scene, new PageRectangle(left, Top + PitchY, Side, Side), each, shares, isImportant);
            counts.Add($"{each.Name}: {Tally(each, isImportant)}");
            Record(each, shares, levels, threshold, data);
        }

        Key(scene, Top + (2 * PitchY) - 26);
        return new ReportFigure(
            name, number, "Importance of the bonds of one structure",
            $"{about} Top: the cell; spheres are atoms, small pale ones their images at the end of a bond that leaves the cell. Bottom: the graph; curves side by side are bonds to several images of one neighbour, loops bonds to an own image. "
            + $"Drawn in colour and width by their share of the largest importance are bonds from level {Numbers.Plain(threshold)} on: bonds that surpass this share of the bonds of the structure, and those that tie with the largest; all others are faint, and cut at their middle where they leave the cell. "
            + $"Bonds in colour by pair of elements: {string.Join("; ", counts)}.",
            scene.Build(), data);
    }

    /// <summary>Share of the largest importance of a structure, by size.</summary>
    internal static double[] Shares(DrawnImportance drawn)
    {
        double largest = drawn.Bonds.Select(bond => Math.Abs(bond.Importance)).DefaultIfEmpty(0).Max();
        return [.. drawn.Bonds.Select(bond => largest > 0 ? Math.Abs(bond.Importance) / largest : 0)];
    }

    /// <summary>Symbols of the ends of a bond in alphabetical order.</summary>
    internal static string Pair(DrawnImportance drawn, DrawnBond bond) =>
        string.Join('-', new[] { drawn.Crystal.Symbols[bond.First], drawn.Crystal.Symbols[bond.Second] }.Order(StringComparer.Ordinal));

    private static string Tally(DrawnImportance drawn, bool[] isImportant)
    {
        string[] pairs = [.. drawn.Bonds.Select((bond, place) => (Pair(drawn, bond), isImportant[place])).GroupBy(each => each.Item1)
            .Select(group => (group.Key, Strong: group.Count(each => each.Item2), All: group.Count())).Where(pair => pair.Strong > 0)
            .OrderByDescending(pair => pair.Strong).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Strong} of {pair.All} {pair.Key}")];
        return pairs.Length == 0 ? "none" : string.Join(", ", pairs);
    }

    private static CsvTable Data() => new(
        "model", "bond", "first", "second", "first_element", "second_element", "image_a", "image_b", "image_c", "length_A", "importance", "share_of_largest", "level", "is_important",
        "from_x_A", "from_y_A", "from_z_A", "to_x_A", "to_y_A", "to_z_A");

    private static void Record(DrawnImportance drawn, double[] shares, double[] levels, double threshold, CsvTable data)
    {
        foreach (BondLine line in BondLines.Of(drawn).Lines)
        {
            DrawnBond bond = drawn.Bonds[line.Bond];
            data.Add(
                drawn.Name, Numbers.Csv(line.Bond + 1), Numbers.Csv(bond.First + 1), Numbers.Csv(bond.Second + 1), drawn.Crystal.Symbols[bond.First], drawn.Crystal.Symbols[bond.Second],
                Numbers.Csv(bond.Image.X), Numbers.Csv(bond.Image.Y), Numbers.Csv(bond.Image.Z), Numbers.Csv(bond.LengthAngstrom), Numbers.Csv(bond.Importance), Numbers.Csv(shares[line.Bond]), Numbers.Csv(levels[line.Bond]),
                levels[line.Bond] >= threshold ? "true" : "false",
                Numbers.Csv(line.From.X), Numbers.Csv(line.From.Y), Numbers.Csv(line.From.Z), Numbers.Csv(line.To.X), Numbers.Csv(line.To.Y), Numbers.Csv(line.To.Z));
        }
    }

    /// <summary>The ramp of colours and widths.</summary>
    private static void Key(SceneBuilder scene, double top)
    {
        const double Width = 220;
        const int Steps = 22;
        double left = (scene.Width / 2) - (Width / 2);
        for (int step = 0; step < Steps; step++)
        {
            double x = left + (Width * step / Steps);
            scene.Line(new(x, top + 6), new(x + (Width / Steps), top + 6), ImportanceDrawing.Line((step + 0.5) / Steps));
        }

        foreach (double share in new[] { 0, 0.5, 1 })
        {
            scene.Text(left + (share * Width), top + 22, Numbers.Plain(share), new TextStyle(SceneBuilder.TickSize, Palette.Axis, Horizontal: TextAnchor.Middle));
        }

        scene.Text(scene.Width / 2, top + 38, "size of importance / largest in the structure", new TextStyle(SceneBuilder.NoteSize, Palette.Ink, Horizontal: TextAnchor.Middle));
    }
}
