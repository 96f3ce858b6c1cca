using Phonograph.Reporting.Drawing;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Reporting.Figures;

/// <summary>Change of predictions when a node feature of the atoms of one element is set to its mean over the structure; a panel for each feature.</summary>
internal static class ImportanceFeatureFigure
{
    private const double Left = 62, Top = 62, PanelWidth = 250, PanelHeight = 116, PitchX = 300, PitchY = 176;
    private static readonly Colour[] Shades = [Palette.Phonon, Palette.Random, Palette.Combined, Palette.Other, Palette.Ink];

    internal static ReportFigure Draw(string name, string number, IReadOnlyList<ImportanceSeries> series, string unit, string about, char firstLetter = 'a')
    {
        string[] features = [.. series.SelectMany(each => each.Features).Select(effect => effect.Feature).Distinct()];
        string?[] elements = [.. series.SelectMany(each => each.Features).Select(effect => effect.Element).Distinct()];
        var scene = new SceneBuilder(Left + PitchX + PanelWidth + 14, Top + (Math.Max(1, (features.Length + 1) / 2) * PitchY) - 8);
        Legend.Draw(scene, scene.Width / 2, 20, scene.Width - 20, [.. series.Select((each, place) => new LegendKey(each.Name) { Line = new Stroke(Shade(place), 1.4), Marker = Marker(place), MarkerFill = Shade(place) })]);
        AxisScale y = AxisScale.Linear(series.SelectMany(each => each.Features).SelectMany(effect => new[] { effect.Change.Value, effect.Change.Low, effect.Change.High }), 4, includeZero: true);
        AxisScale x = AxisScale.Linear(-0.6, elements.Length - 0.4).WithTicks([.. elements.Select((element, place) => new AxisTick(place, element ?? "all"))]);
        for (int feature = 0; feature < features.Length; feature++)
        {
            double left = Left + (feature % 2 * PitchX), top = Top + (feature / 2 * PitchY);
            var panel = new Panel(scene, new PageRectangle(left, top, PanelWidth, PanelHeight), x, y);
            panel.Horizontal(0, new Stroke(Palette.Baseline, 1, [4, 3]));
            for (int each = 0; each < series.Count; each++)
            {
                foreach (FeatureEffect effect in series[each].Features.Where(effect => effect.Feature == features[feature]))
                {
                    double place = Array.IndexOf(elements, effect.Element) + ((each - ((series.Count - 1) / 2.0)) * 0.16);
                    panel.ErrorBar(place, effect.Change.Low, effect.Change.High, new Stroke(Shade(each), 1.4));
                    panel.Markers([(place, effect.Change.Value)], Marker(each), 3.1, Shade(each), new Stroke(Palette.White, 0.6));
                }
            }

            scene.PanelTitle(left - 40, top - 10, ((char)(firstLetter + feature)).ToString(), Title(features[feature]));
            panel.Finish("Atoms whose feature is set to the mean", feature % 2 == 0 ? $"Change ({unit})" : "");
        }

        return new ReportFigure(
            name, number, "Effect of the node features of each element",
            $"{about} Prediction minus prediction with the feature of the atoms of one element, or of all atoms, set to its mean over the atoms of the structure; means with 95 % intervals. Features are numbers of an element: the network then answers for atoms that no element has.",
            scene.Build(), Data(series, unit));
    }

    /// <summary>The changes as a table.</summary>
    internal static CsvTable Data(IReadOnlyList<ImportanceSeries> series, string unit)
    {
        var data = new CsvTable("model", "element", "feature", "unit", "change", "change_low", "change_high");
        foreach ((ImportanceSeries each, FeatureEffect effect) in series.SelectMany(each => each.Features.Select(effect => (each, effect))))
        {
            data.Add(each.Name, effect.Element ?? "all", effect.Feature, unit, Numbers.Csv(effect.Change.Value), Numbers.Csv(effect.Change.Low), Numbers.Csv(effect.Change.High));
        }

        return data;
    }

    private static string Title(string feature) => feature switch
    {
        "pauling_electronegativity" => "Electronegativity (Pauling)",
        "mass_amu" => "Mass (amu)",
        "covalent_radius_pm" => "Covalent radius (pm)",
        "atomic_number" => "Atomic number",
        _ => feature,
    };

    private static Colour Shade(int place) => Shades[place % Shades.Length];

    private static MarkerShape Marker(int place) => (MarkerShape)(place % Enum.GetValues<MarkerShape>().Length);
}
