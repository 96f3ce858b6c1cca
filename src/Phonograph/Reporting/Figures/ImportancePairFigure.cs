using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Drawing;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting.Figures;

/// <summary>Share of importance of each pair of elements beside its share of the bonds, with intervals, for several models.</summary>
internal static class ImportancePairFigure
{
    private const double Left = 74, Top = 56, PanelWidth = 520, Bottom = 48, RowPitch = 15;
    private static readonly Colour[] Shades = [Palette.Phonon, Palette.Random, Palette.Combined, Palette.Other, Palette.Ink];

    internal static ReportFigure Draw(string name, string number, IReadOnlyList<ImportanceSeries> series, string about)
    {
        (string First, string Second)[] pairs = [.. series.SelectMany(each => each.Pairs).Select(pair => (pair.First, pair.Second)).Distinct().Order()];
        double row = RowPitch * (series.Count + 1) + 8, height = Math.Max(60, row * pairs.Length);
        var scene = new SceneBuilder(Left + PanelWidth + 18, Top + height + Bottom);
        AxisScale x = AxisScale.Linear(series.SelectMany(each => each.Pairs).SelectMany(pair => new[] { pair.Importance.Value, pair.Importance.High, pair.Bonds.Value }), 6, includeZero: true);
        AxisScale y = AxisScale.Linear(-Math.Max(1, pairs.Length), 0).WithTicks([.. pairs.Select((pair, place) => new AxisTick(-place - 0.5, $"{pair.First}-{pair.Second}"))]);
        var panel = new Panel(scene, new PageRectangle(Left, Top, PanelWidth, height), x, y);
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20,
        [
            new LegendKey("share of the bonds") { Line = new Stroke(Palette.Baseline, 5) },
            .. series.Select((each, place) => new LegendKey(each.Name) { Line = new Stroke(Shade(place), 1.4), Marker = Marker(place), MarkerFill = Shade(place) }),
        ]);
        for (int place = 1; place < pairs.Length; place++)
        {
            panel.Horizontal(-place, new Stroke(Palette.Grid, 0.9));
        }

        for (int place = 0; place < pairs.Length; place++)
        {
            PairShare[] own = [.. series.SelectMany(each => Of(each, pairs[place]))];
            double bonds = own[0].Bonds.Value;
            panel.Line([(0, Height(place, 0)), (bonds, Height(place, 0))], new Stroke(Palette.Baseline, 5));
            panel.Line([(bonds, -place - 0.06), (bonds, -place - 0.94)], new Stroke(Palette.Baseline, 0.9, [3, 2.5]));
            for (int each = 0; each < series.Count; each++)
            {
                foreach (PairShare share in Of(series[each], pairs[place]))
                {
                    Interval importance = share.Importance;
                    panel.HorizontalErrorBar(Height(place, each + 1), importance.Low, importance.High, new Stroke(Shade(each), 1.4));
                    panel.Markers([(importance.Value, Height(place, each + 1))], Marker(each), 3.4, Shade(each), new Stroke(Palette.White, 0.6));
                }
            }
        }

        panel.Finish("Share of importance, of bonds", "", hasHorizontalGrid: false);
        return new ReportFigure(
            name, number, "Share of importance by pair of elements",
            $"{about} Points: share of the size of all importance of a structure, mean with 95 % interval. Grey: share of the bonds, which is the share of importance of a pair whose bonds matter as much as all others; a point on its dashed line says no more than that.",
            scene.Build(), Data(series));

        // A row for the bonds and one for each model, from the top of the stripe of a pair.
        double Height(int place, int line) => -place - ((line + 0.9) / (series.Count + 1.8));
    }

    /// <summary>The shares as a table.</summary>
    internal static CsvTable Data(IReadOnlyList<ImportanceSeries> series)
    {
        var data = new CsvTable(
            "model", "first", "second", "structures", "draws", "bonds_per_structure", "share_of_bonds", "share_of_bonds_low", "share_of_bonds_high", "share_of_importance", "share_of_importance_low", "share_of_importance_high",
            "change_without", "change_without_low", "change_without_high");
        foreach ((ImportanceSeries each, PairShare pair) in series.SelectMany(each => each.Pairs.Select(pair => (each, pair))))
        {
            data.Add([
                each.Name, pair.First, pair.Second, Numbers.Csv(each.Structures), Numbers.Csv(each.Draws), Numbers.Csv(pair.BondsPerStructure),
                .. new[] { pair.Bonds, pair.Importance, pair.Change }.SelectMany(value => new[] { value.Value, value.Low, value.High }).Select(Numbers.Csv)]);
        }

        return data;
    }

    private static IEnumerable<PairShare> Of(ImportanceSeries series, (string First, string Second) pair) => series.Pairs.Where(each => each.First == pair.First && each.Second == pair.Second);

    private static Colour Shade(int place) => Shades[place % Shades.Length];

    private static MarkerShape Marker(int place) => (MarkerShape)(place % Enum.GetValues<MarkerShape>().Length);
}
