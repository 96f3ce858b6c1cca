using Phonograph.Reporting.Drawing;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting.Figures;

/// <summary>Where on the axis of bond lengths importance lies, beside where the bonds lie: all pairs together and each pair, every curve with unit area; one column for each model.</summary>
internal static class ImportanceDensityFigure
{
    private const double Left = 46, Top = 72, PairedWidth = 300, PanelHeight = 62, Between = 36, PitchY = 84;
    private const int MostPairs = 10;
    private static readonly Colour Bonds = Palette.Baseline;

    internal static ReportFigure Draw(string name, string number, IReadOnlyList<ImportanceSeries> series, string about, char firstLetter = 'a')
    {
        (string? First, string? Second)[] rows =
        [
            (null, null),
            .. series.SelectMany(each => each.Pairs).GroupBy(pair => (pair.First, pair.Second)).OrderByDescending(group => group.Max(pair => pair.Bonds.Value)).Take(MostPairs)
                .Select(group => group.Key).OrderBy(pair => pair.First, StringComparer.Ordinal).ThenBy(pair => pair.Second, StringComparer.Ordinal).Select(pair => ((string?)pair.First, (string?)pair.Second)),
        ];
        LengthDensity[] all = [.. series.SelectMany(each => each.Densities)];
        AxisScale x = AxisScale.Linear(all.Length == 0 ? 0 : all.Min(row => row.LowAngstrom), all.Length == 0 ? 1 : all.Max(row => row.HighAngstrom), 7);
        double width = series.Count > 1 ? PairedWidth : (2 * PairedWidth) + Between, pitch = width + Between;
        var scene = new SceneBuilder(Left + (Math.Max(1, series.Count) * pitch) - 20, Top + (rows.Length * PitchY) + 30);
        var data = new CsvTable("model", "first", "second", "length_low_A", "length_high_A", "bonds_per_A", "importance_per_A", "bonds_of_unit_area_per_A", "importance_of_unit_area_per_A");
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20, [new LegendKey("bonds") { Band = Bonds.WithOpacity(0.3), Line = new Stroke(Bonds, 1) }, new LegendKey("importance") { Line = new Stroke(ImportanceDrawing.Shade(0.7), 1.6) }]);
        for (int column = 0; column < series.Count; column++)
        {
            scene.PanelTitle(Left + (column * pitch) - 20, 44, ((char)(firstLetter + column)).ToString(), series[column].Name);
            for (int row = 0; row < rows.Length; row++)
            {
                DrawPanel(scene, series[column], rows[row], new PageRectangle(Left + (column * pitch), Top + (row * PitchY), width, PanelHeight), x, isLast: row == rows.Length - 1, data);
            }
        }

        return new ReportFigure(
            name, number, "Importance and bonds over bond length",
            $"{about} Filled: density of bonds; line: density of the size of importance; first row all pairs of elements, then each pair by itself. Every curve has unit area, so that shapes can be compared; the shares say how much of all importance and of all bonds a pair has. "
            + "A line that follows the filled shape says that importance goes to bonds of this pair whatever their length.",
            scene.Build(), data);
    }

    private static void DrawPanel(SceneBuilder scene, ImportanceSeries series, (string? First, string? Second) pair, PageRectangle area, AxisScale x, bool isLast, CsvTable data)
    {
        LengthDensity[] own = [.. series.Densities.Where(row => row.First == pair.First && row.Second == pair.Second).OrderBy(row => row.LowAngstrom)];
        double bonds = own.Sum(row => row.Bonds * (row.HighAngstrom - row.LowAngstrom)), importance = own.Sum(row => row.Importance * (row.HighAngstrom - row.LowAngstrom));
        double Unit(double value, double whole) => whole > 0 ? value / whole : double.NaN;
        foreach (LengthDensity row in own)
        {
            data.Add(
                series.Name, row.First ?? "all", row.Second ?? "all", Numbers.Csv(row.LowAngstrom), Numbers.Csv(row.HighAngstrom), Numbers.Csv(row.Bonds), Numbers.Csv(row.Importance),
                Numbers.Csv(Unit(row.Bonds, bonds)), Numbers.Csv(Unit(row.Importance, importance)));
        }

        AxisScale y = AxisScale.Linear(own.SelectMany(row => new[] { Unit(row.Bonds, bonds), Unit(row.Importance, importance) }), 3, includeZero: true);
        var panel = new Panel(scene, area, x, y);
        panel.Fill(Steps(own, row => Unit(row.Bonds, bonds)), 0, Bonds.WithOpacity(0.3), new Stroke(Bonds, 1));
        if (importance > 0)
        {
            panel.Fill(Steps(own, row => Unit(row.Importance, importance)), 0, null, new Stroke(ImportanceDrawing.Shade(0.7), 1.6));
        }

        PairShare? share = pair.First is null ? null : series.Pairs.FirstOrDefault(each => each.First == pair.First && each.Second == pair.Second);
        string label = pair.First is null ? "all pairs"
            : $"{pair.First}-{pair.Second}" + (share is null ? ": no bonds" : $": {Numbers.Fixed(100 * share.Importance.Value, 0)} % of importance, {Numbers.Fixed(100 * share.Bonds.Value, 0)} % of bonds");
        scene.Text(area.Left, area.Top - 5, label, new TextStyle(SceneBuilder.NoteSize, Palette.Ink));
        panel.Finish(isLast ? "Bond length (Å)" : null, isLast ? "" : null, hasHorizontalGrid: false, hasVerticalTicks: false);
    }

    /// <summary>Outline of a histogram whose empty ranges are zero.</summary>
    private static List<(double X, double Y)> Steps(LengthDensity[] rows, Func<LengthDensity, double> value)
    {
        var points = new List<(double X, double Y)>();
        double end = double.NaN;
        foreach (LengthDensity row in rows)
        {
            if (!(Math.Abs(row.LowAngstrom - end) < 1e-9))
            {
                if (points.Count > 0)
                {
                    points.Add((end, 0));
                }

                points.Add((row.LowAngstrom, 0));
            }

            points.Add((row.LowAngstrom, value(row)));
            points.Add((row.HighAngstrom, value(row)));
            end = row.HighAngstrom;
        }

        if (points.Count > 0)
        {
            points.Add((end, 0));
        }

        return points;
    }
}
