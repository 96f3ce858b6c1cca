using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 3, the map: where configurations lie, beside frames of molecular dynamics, and which have energies that molecular dynamics meets.</summary>
internal static class ConfigurationMapFigure
{
    private const double Left = 66, Top = 66, Side = 300, Pitch = 380, Foot = 46;

    internal static ReportFigure? Draw(StudyView view)
    {
        if (view.Result.Map is not { } map)
        {
            return null;
        }

        (MapPoint Point, ConfigurationRow Row)[] placed = [.. map.Points.Select(point => (point, view.Configuration(point.Id))).Where(each => each.Item2 is not null).Select(each => (each.point, each.Item2!))];
        MetEnergies? met = MetEnergies.Of(view);
        var scene = new SceneBuilder(Left + Pitch + Side + 20, Top + Side + Foot);
        AxisScale x = AxisScale.Linear(placed.Select(each => each.Point.First)), y = AxisScale.Linear(placed.Select(each => each.Point.Second));
        string[] labels = [.. map.Axes.Select((axis, place) => $"Component {place + 1} ({Numbers.Fixed(100 * axis.ExplainedVariance, 0)} % of the variance)")];
        string[] schemes = [.. StudyView.Order(placed.Select(each => each.Row.Scheme))];
        Legend.Draw(scene, Left + (Side / 2), 20, Side + 60, [.. schemes.Select(scheme => new LegendKey(Claims.Kind(scheme)) { Marker = Palette.Marker(scheme), MarkerFill = Palette.Of(scheme) })]);
        var where = new Panel(scene, new PageRectangle(Left, Top, Side, Side), x, y);
        foreach (string scheme in schemes)
        {
            where.Markers(Points(placed.Where(each => each.Row.Scheme == scheme)), Palette.Marker(scheme), scheme == TrajectoryPlace.Scheme ? 3 : 2.1, Palette.Of(scheme).WithOpacity(scheme == TrajectoryPlace.Scheme ? 0.9 : 0.55));
        }

        scene.PanelTitle(Left - 44, Top - 9, "a", "By scheme");
        where.Finish(labels[0], labels[1]);
        double second = Left + Pitch;
        var energies = new Panel(scene, new PageRectangle(second, Top, Side, Side), x, y);
        bool IsMet(ConfigurationRow row) => met is { } range && range.Holds(StudyView.Label(row, Property.EnergyPerAtom));
        Legend.Draw(scene, second + (Side / 2), 20, Side + 60, met is null ? [] :
        [
            new LegendKey("energy met in molecular dynamics") { Marker = MarkerShape.Circle, MarkerFill = Palette.Combined },
            new LegendKey("outside") { Marker = MarkerShape.Circle, MarkerStroke = new Stroke(Palette.Baseline, 0.8) },
        ]);
        foreach (string scheme in schemes)
        {
            (MapPoint, ConfigurationRow Row)[] own = [.. placed.Where(each => each.Row.Scheme == scheme)];
            energies.Markers(Points(own.Where(each => !IsMet(each.Row))), Palette.Marker(scheme), 1.9, null, new Stroke(Palette.Baseline, 0.7));
            energies.Markers(Points(own.Where(each => IsMet(each.Row))), Palette.Marker(scheme), 2.3, Palette.Combined.WithOpacity(0.75));
        }

        scene.PanelTitle(second - 44, Top - 9, "b", "By energy");
        energies.Finish(labels[0], labels[1]);
        var data = new CsvTable("id", "scheme", "temperature_K", "width_A", "component_1", "component_2", "energy_met");
        foreach ((MapPoint point, ConfigurationRow row) in placed)
        {
            data.Add(point.Id, row.Scheme, Numbers.Csv(row.TemperatureKelvin), Numbers.Csv(row.WidthAngstrom), Numbers.Csv(point.First), Numbers.Csv(point.Second), met is null ? "" : IsMet(row) ? "true" : "false");
        }

        return new ReportFigure(
            "figure-3-map",
            "Figure 3 (map)",
            "Configurations in the plane in which they differ most",
            $"Principal components of the {map.Descriptor}, from the drawn configurations alone; frames of molecular dynamics are put into their plane. "
            + string.Concat(map.Axes.Select((axis, place) => $"Component {place + 1} grows most with {axis.Positive} and falls most with {axis.Negative}{Correlations(placed, place)}. "))
            + (met is null
                ? "(b) No frames of molecular dynamics were given: what energies are met thermally is not shown."
                : $"(b) Filled: energies per atom between {Numbers.Significant(met.Low - view.Origin(Property.EnergyPerAtom).Offset)} and {Numbers.Significant(met.High - view.Origin(Property.EnergyPerAtom).Offset)} eV{(view.Origin(Property.EnergyPerAtom).Offset != 0 ? " from the undisplaced cell" : "")}, as the {met.Frames} frames have them."),
            scene.Build(),
            data);
    }

    private static string Correlations((MapPoint Point, ConfigurationRow Row)[] placed, int place)
    {
        (MapPoint Point, ConfigurationRow Row)[] drawn = [.. placed.Where(each => each.Row.Scheme != TrajectoryPlace.Scheme)];
        double[] along = [.. drawn.Select(each => place == 0 ? each.Point.First : each.Point.Second)];
        string Rank(Func<ConfigurationRow, double> value) => Numbers.Fixed(Learning.Evaluation.RankCorrelation.Of(along, [.. drawn.Select(each => value(each.Row))]), 2);
        return $" (rank correlation with the r.m.s. displacement {Rank(row => row.RmsDisplacementAngstrom)}, the energy {Rank(row => StudyView.Label(row, Property.EnergyPerAtom))}, the band gap {Rank(row => StudyView.Label(row, Property.BandGap))})";
    }

    private static IEnumerable<(double X, double Y)> Points(IEnumerable<(MapPoint Point, ConfigurationRow Row)> placed) => placed.Select(each => (each.Point.First, each.Point.Second));
}
