using Phonograph.Datasets;
using Phonograph.Reporting.Comparisons;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 10: the error with one scheme over that with another, on the same test cells.</summary>
internal static class SchemeDifferenceFigure
{
    private const double LeastRowHeight = 34, SeriesHeight = 12;

    internal static ReportFigure? Draw(ComparisonResult result, string tested)
    {
        SchemeDifference[] differences = [.. result.Differences.Where(row => row.TestedOn == tested && row.First.Model == row.Second.Model && double.IsFinite(row.Numbers.Ratio.Value))];
        if (differences.Length == 0)
        {
            return null;
        }

        Property[] properties = [.. Property.All.Where(property => differences.Any(row => row.Property == property))];
        List<string> models = [.. differences.Select(row => row.First.Model).Distinct(StringComparer.Ordinal)];
        List<(string First, string Second, string Meaning)> pairs = [.. differences.Select(row => (row.First.Scheme, row.Second.Scheme, row.Meaning)).Distinct()];
        MarkerShape[] shapes = [.. Enum.GetValues<MarkerShape>().Where(shape => shape != MarkerShape.Cross)];
        MarkerShape Shape(string model) => shapes[models.IndexOf(model) % shapes.Length];
        AxisScale x = AxisScale.LogarithmicDecades([1, .. differences.SelectMany(row => new[] { row.Numbers.Ratio.Value, row.Numbers.Ratio.Low, row.Numbers.Ratio.High })]);
        LegendKey[] keys =
        [
            .. models.Select(model => new LegendKey(model) { Marker = Shape(model), MarkerFill = Palette.Soft }),
            new LegendKey("undecided or not tested") { Marker = MarkerShape.Circle, MarkerStroke = new Stroke(Palette.Soft, 1.2) },
        ];
        SceneBuilder scene = IntervalGrid.Draw(
            [.. properties.Select(property => property.Title)],
            [.. pairs.Select(pair => new GridRow(pair.Meaning, $"{pair.First} / {pair.Second}", Palette.Ink))],
            column => differences.Where(row => row.Property == properties[column]).Select(row => new GridPoint(
                pairs.IndexOf((row.First.Scheme, row.Second.Scheme, row.Meaning)), models.IndexOf(row.First.Model), row.Numbers.Ratio, row.IsDecided ? Palette.Of(row.Numbers.Ratio.Value < 1 ? row.First.Scheme : row.Second.Scheme) : Palette.Soft,
                Shape(row.First.Model), row.IsDecided)),
            new GridDesign(x, "ratio of errors", 1, Math.Max(LeastRowHeight, SeriesHeight * (models.Count + 1)), models.Count, keys));
        var data = new CsvTable("property", "model", "tested_on", "first", "second", "meaning", "ratio", "ratio_low", "ratio_high", "p_holm", "verdict");
        foreach (SchemeDifference row in differences)
        {
            data.Add(
                row.Property.Key, row.First.Model, tested, row.First.Scheme, row.Second.Scheme, row.Meaning, Numbers.Csv(row.Numbers.Ratio.Value), Numbers.Csv(row.Numbers.Ratio.Low), Numbers.Csv(row.Numbers.Ratio.High),
                Numbers.Csv(row.AdjustedPValue), row.Verdict);
        }

        return new ReportFigure(
            "figure-10-" + StudyView.FileName(tested),
            $"Figure 10 ({tested})",
            $"Error with the first scheme over error with the second, on {tested}",
            "Rows: pairs of schemes that differ in one thing, named above them. Below one the first scheme is better. Bars: 95 % intervals over draws and test cells or blocks; filled, in the colour of the better scheme: decided, p below 5 % after Holm over pairs and properties. The axis is logarithmic.",
            scene.Build(),
            data);
    }
}
