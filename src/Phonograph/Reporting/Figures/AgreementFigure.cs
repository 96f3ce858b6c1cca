using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Labels of the same cells at two levels against each other, for the four properties.</summary>
internal static class AgreementFigure
{
    private const double Left = 78, Top = 92, Size = 178, PitchX = 288, PitchY = 268;

    internal static ReportFigure Draw(LabelAgreement agreement)
    {
        var scene = new SceneBuilder(Left + PitchX + Size + 70, Top + PitchY + Size + 50);
        Stratum[] strata = [.. agreement.Pairs.Select(pair => pair.First.Stratum).Distinct().Order(Stratum.TableOrder)];
        string[] schemes = [.. strata.Select(stratum => stratum.Scheme).Distinct()];
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20,
        [
            .. schemes.Select(scheme => new LegendKey(scheme) { Marker = Marker(schemes, scheme), MarkerFill = Shade(scheme) }),
            new LegendKey("equal up to a shift") { Line = new Stroke(Palette.Baseline, 1) },
        ]);
        var data = new CsvTable("property", "unit", "id", "scheme", "temperature_K", "width_A", "first", "second");
        for (int number = 0; number < Property.All.Count; number++)
        {
            Draw(scene, agreement, schemes, Property.All[number], number, data);
        }

        return new ReportFigure(
            "label-agreement", "Labels at two levels", $"{agreement.Second} against {agreement.First}",
            "The same cells labelled twice. The line has slope 1 and goes through the means: distances from it, up and down, are what no constant shift repairs. Above the panels: their standard deviation, and the correlation, with 95 % intervals over cells.",
            scene.Build(), data);
    }

    private static void Draw(SceneBuilder scene, LabelAgreement agreement, string[] schemes, Property property, int number, CsvTable data)
    {
        AgreementRow row = agreement.Rows.First(each => each.Property == property && each.Stratum is null);
        double left = Left + (number % 2 * PitchX), top = Top + (number / 2 * PitchY);
        double first = agreement.Pairs.Average(pair => pair.First[property]), second = agreement.Pairs.Average(pair => pair.Second[property]);
        bool isEnergy = property == Property.EnergyPerAtom;
        (double x0, double y0) = isEnergy ? (first, second) : (0, 0);
        AxisScale x = AxisScale.Linear(agreement.Pairs.Select(pair => pair.First[property] - x0), 4), y = AxisScale.Linear(agreement.Pairs.Select(pair => pair.Second[property] - y0), 4);
        var panel = new Panel(scene, new PageRectangle(left, top, Size, Size), x, y);
        double shift = second - y0 - (first - x0), low = Math.Max(x.Low, y.Low - shift), high = Math.Min(x.High, y.High - shift);
        if (low < high)
        {
            panel.Line([(low, low + shift), (high, high + shift)], new Stroke(Palette.Baseline, 1));
        }

        foreach (IGrouping<string, (LabelledConfiguration First, LabelledConfiguration Second)> scheme in agreement.Pairs.GroupBy(pair => pair.First.Scheme))
        {
            panel.Markers(scheme.Select(pair => (pair.First[property] - x0, pair.Second[property] - y0)), Marker(schemes, scheme.Key), 2.2, Shade(scheme.Key).WithOpacity(0.75));
        }

        scene.PanelTitle(left - 44, top - 36, ((char)('a' + number)).ToString(), property.Title + (isEnergy ? ", from its mean" : ""));
        scene.Text(left - 44, top - 20, $"scatter {Numbers.WithInterval(row.Scatter)} {property.Unit}, {Numbers.Fixed(100 * row.Share, 0)} % of the spread", new TextStyle(SceneBuilder.NoteSize - 0.5, Palette.Ink));
        scene.Text(left - 44, top - 7, $"r {Numbers.WithInterval(row.Correlation)}, slope {Numbers.WithInterval(row.Slope)}", new TextStyle(SceneBuilder.NoteSize - 0.5, Palette.Ink));
        panel.Finish($"{Level(agreement.First)} ({property.Unit})", $"{Level(agreement.Second)} ({property.Unit})", hasHorizontalGrid: false);
        foreach ((LabelledConfiguration one, LabelledConfiguration other) in agreement.Pairs)
        {
            data.Add(property.Key, property.Unit, one.Id, one.Scheme, Numbers.Csv(one.TemperatureKelvin), Numbers.Csv(one.WidthAngstrom), Numbers.Csv(one[property]), Numbers.Csv(other[property]));
        }
    }

    private static string Level(string engineAndLevel) => engineAndLevel[(engineAndLevel.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static MarkerShape Marker(string[] schemes, string scheme) => (MarkerShape)(Array.IndexOf(schemes, scheme) % Enum.GetValues<MarkerShape>().Length);

    private static Colour Shade(string scheme) => scheme switch
    {
        Stratum.Phonon => Palette.Phonon,
        "uniform" or "gaussian" => Palette.Random,
        "einstein" => Palette.Combined,
        "dynamics" => Palette.Ink,
        _ => Palette.Other,
    };
}
