using Phonograph.Datasets;
using Phonograph.Reporting.Drawing;
using Phonograph.Units;

namespace Phonograph.Reporting.Figures;

/// <summary>Figure 3: how far the atoms were moved, what became of the labels, and how both hang together.</summary>
internal static class ConfigurationFigure
{
    private const double Width = 760, Left = 92, Pitch = 133, RidgeWidth = 119, RidgeTop = 38, RowHeight = 24, ScatterHeight = 200, ScatterWidth = 282, RidgeRoom = 14, RidgeBase = 6;

    internal static ReportFigure? Draw(StudyView view)
    {
        Group[] groups = [.. view.Result.Configurations
            .GroupBy(row => (row.Scheme, row.TemperatureKelvin, row.WidthAngstrom))
            .OrderBy(group => StudyView.Order(view.Schemes).ToList().IndexOf(group.Key.Scheme)).ThenBy(group => group.Key.TemperatureKelvin ?? 0).ThenBy(group => group.Key.WidthAngstrom ?? 0)
            .Select(group => new Group(group.Key.Scheme, StudyView.Condition(group.Key.TemperatureKelvin, group.Key.WidthAngstrom), group.Key.TemperatureKelvin, [.. group]))];
        if (groups.Length == 0)
        {
            return null;
        }

        double ridgeBottom = RidgeTop + (groups.Length * RowHeight) + RidgeRoom;
        double scatterTop = ridgeBottom + 88;
        var scene = new SceneBuilder(Width, scatterTop + ScatterHeight + 46);
        var data = new CsvTable(["id", "scheme", "temperature_K", "width_A", "rms_displacement_A", "metallic", .. Property.All.Select(property => property.Key)]);
        foreach (ConfigurationRow row in view.Result.Configurations)
        {
            data.Add([
                row.Id, row.Scheme, Numbers.Csv(row.TemperatureKelvin), Numbers.Csv(row.WidthAngstrom), Numbers.Csv(row.RmsDisplacementAngstrom), row.IsMetallic ? "true" : "false",
                .. Property.All.Select(property => Numbers.Csv(StudyView.Label(row, property)))]);
        }

        DrawRidges(scene, groups, 0, "r.m.s. displacement", "Displacement (Å)", row => row.RmsDisplacementAngstrom, null);
        for (int i = 0; i < Property.All.Count; i++)
        {
            Property property = Property.All[i];
            (double origin, string suffix) = view.Origin(property);
            DrawRidges(scene, groups, i + 1, StudyView.ShortName(property), $"{StudyView.ShortName(property)}{suffix} ({property.Unit})", row => StudyView.Label(row, property) - origin, view.IdealValue(property) - origin);
        }

        DrawScatter(scene, view, groups, scatterTop);
        bool hasMetals = view.Result.Configurations.Any(row => row.IsMetallic);
        return new ReportFigure(
            "figure-3-configurations",
            "Figure 3",
            "Displacements and labels of the configurations",
            $"(a) to (e) Distribution of the r.m.s. displacement and of the four labels for each scheme and temperature or width (Gaussian kernel of Silverman's width, drawn from the smallest to the largest value, equal heights; stroke: mean; dashed: undisplaced cell). VBM: valence band maximum, zero: {view.Result.Material.ValenceBandReference}; stress: hydrostatic. "
            + "(f) Band gap and (g) energy per atom against the r.m.s. displacement of the cell; darker: higher temperature or width"
            + (hasMetals ? "; open markers: metallic cells" : "") + ". "
            + (HasEnergyGuide(view, groups) ? "Horizontal lines in (g): (3N − 3)/(2N) kT per atom above the undisplaced cell, the classical mean potential energy of N atoms in a harmonic well at the temperatures drawn; a guide, not a bound." : ""),
            scene.Build(),
            data);
    }

    private static void DrawRidges(SceneBuilder scene, Group[] groups, int column, string title, string label, Func<ConfigurationRow, double> value, double? ideal)
    {
        double left = Left + (column * Pitch), height = (groups.Length * RowHeight) + RidgeRoom;
        double[] all = [.. groups.SelectMany(group => group.Rows.Select(value)).Where(double.IsFinite)];
        AxisScale x = AxisScale.Linear([.. all, .. ideal is { } number ? new[] { number } : []], 3, margin: 0.08);
        AxisScale y = AxisScale.Linear(0, height).WithTicks([]);
        var panel = new Panel(scene, new PageRectangle(left, RidgeTop, RidgeWidth, height), x, y);
        if (ideal is { } reference)
        {
            panel.Vertical(reference, new Stroke(Palette.Soft, 0.9, [3, 2.5]));
        }

        for (int i = 0; i < groups.Length; i++)
        {
            double level = height - RidgeRoom + RidgeBase - ((i + 1) * RowHeight) + 2;
            double[] values = [.. groups[i].Rows.Select(value).Where(double.IsFinite)];
            Colour colour = groups[i].Shade(groups);
            panel.Horizontal(level, new Stroke(Palette.Grid, 0.8));
            if (values.Length > 1)
            {
                IReadOnlyList<(double X, double Y)> curve = Density.Kernel(values, (x.High - x.Low) / 200);
                double peak = curve.Max(point => point.Y);
                panel.Fill([.. curve.Select(point => (point.X, level + (point.Y / peak * RowHeight * 1.15)))], level, colour.WithOpacity(0.55), new Stroke(colour.Towards(Palette.Ink, 0.25), 1));
            }

            if (values.Length > 0)
            {
                double mean = values.Average();
                panel.Line([(mean, level), (mean, level + (RowHeight * 0.62))], new Stroke(Palette.Ink, 1.1));
            }

            if (column == 0)
            {
                double baseLine = RidgeTop + height - level - 3;
                scene.Text(left - 8, baseLine, groups[i].Condition, new TextStyle(SceneBuilder.TickSize, Palette.Ink, Horizontal: TextAnchor.End));
                if (i == 0 || groups[i - 1].Scheme != groups[i].Scheme)
                {
                    DrawScheme(scene, left, i, groups.Count(group => group.Scheme == groups[i].Scheme), groups[i].Scheme, baseLine);
                }
            }
        }

        scene.PanelTitle(left - 2, RidgeTop - 10, ((char)('a' + column)).ToString(), title);
        panel.Finish(label, null, hasHorizontalGrid: false, hasVerticalTicks: false);
    }

    /// <summary>The name of a scheme beside its rows: upright where they give it room, else in front of the first.</summary>
    private static void DrawScheme(SceneBuilder scene, double left, int first, int count, string scheme, double baseLine)
    {
        const double upright = 64, lying = 42;
        double length = Lettering.Width(scheme, SceneBuilder.LabelSize, isBold: true);
        bool hasRoom = count * RowHeight > length + 4;
        double size = hasRoom ? SceneBuilder.LabelSize : SceneBuilder.LabelSize * Math.Min(1, (left - lying - 2) / length);
        var style = new TextStyle(size, Palette.Of(scheme), IsBold: true, Horizontal: hasRoom ? TextAnchor.Middle : TextAnchor.End, RotationDegrees: hasRoom ? -90 : 0);
        scene.Text(left - (hasRoom ? upright : lying), hasRoom ? RidgeTop + ((first + (count / 2.0)) * RowHeight) + 4 : baseLine, scheme, style);
    }

    private static void DrawScatter(SceneBuilder scene, StudyView view, Group[] groups, double top)
    {
        Legend.Draw(scene, Width / 2, top - 32, Width - 20, [.. groups.Select(group => group.Scheme).Distinct(StringComparer.Ordinal).Select(scheme =>
            new LegendKey($"{scheme}, darker with {(groups.First(group => group.Scheme == scheme).TemperatureKelvin is null ? "width" : "temperature")}") { Marker = Palette.Marker(scheme), MarkerFill = Palette.Of(scheme) })]);
        Property[] properties = [Property.BandGap, Property.EnergyPerAtom];
        for (int i = 0; i < properties.Length; i++)
        {
            Property property = properties[i];
            (double origin, string suffix) = view.Origin(property);
            double left = 66 + (i * 368);
            AxisScale x = AxisScale.Linear(view.Result.Configurations.Select(row => row.RmsDisplacementAngstrom), 6, includeZero: true);
            double[] guides = property == Property.EnergyPerAtom && HasEnergyGuide(view, groups)
                ? [.. groups.Select(group => group.TemperatureKelvin).OfType<double>().Distinct().Order()]
                : [];
            double atoms = view.Result.Material.AtomCount;
            double Guide(double kelvin) => ((3 * atoms) - 3) / (2 * atoms) * PhysicalConstants.BoltzmannElectronvoltPerKelvin * kelvin;
            AxisScale y = AxisScale.Linear(
                [.. view.Result.Configurations.Select(row => StudyView.Label(row, property) - origin), .. guides.Select(Guide)], 5, includeZero: property == Property.BandGap);
            var panel = new Panel(scene, new PageRectangle(left, top, ScatterWidth, ScatterHeight), x, y);
            double free = double.PositiveInfinity;
            foreach (double kelvin in guides)
            {
                // Labels of lines that lie close together climb, each with a stroke to its line.
                panel.Horizontal(Guide(kelvin), new Stroke(Palette.Soft, 0.8, [3, 2.5]));
                double height = panel.At(x.Low, Guide(kelvin)).Y, label = Math.Min(height, free);
                scene.Line(new(left + ScatterWidth, height), new(left + ScatterWidth + 7, label), new Stroke(Palette.Soft, 0.6));
                scene.Text(left + ScatterWidth + 9, label, $"{Numbers.Plain(kelvin)} K", new TextStyle(SceneBuilder.NoteSize - 1, Palette.Soft, Vertical: TextAnchor.Middle));
                free = label - SceneBuilder.NoteSize;
            }

            foreach (Group group in groups)
            {
                Colour colour = group.Shade(groups);
                IEnumerable<(double, double)> Points(bool isMetallic) =>
                    group.Rows.Where(row => row.IsMetallic == isMetallic).Select(row => (row.RmsDisplacementAngstrom, StudyView.Label(row, property) - origin));
                panel.Markers(Points(isMetallic: false), Palette.Marker(group.Scheme), 2, colour.WithOpacity(0.75));
                panel.Markers(Points(isMetallic: true), Palette.Marker(group.Scheme), 2.4, null, new Stroke(colour.Towards(Palette.Ink, 0.3), 1));
            }

            scene.PanelTitle(left - 44, top - 9, ((char)('f' + i)).ToString(), property.Title);
            panel.Finish("r.m.s. displacement (Å)", $"{(property == Property.EnergyPerAtom ? "Energy" : property.Title)}{suffix} ({property.Unit})");
        }
    }

    private static bool HasEnergyGuide(StudyView view, Group[] groups) => view.Origin(Property.EnergyPerAtom).Suffix.Length > 0 && groups.Any(group => group.TemperatureKelvin is not null);

    private sealed record Group(string Scheme, string Condition, double? TemperatureKelvin, ConfigurationRow[] Rows)
    {
        internal Colour Shade(Group[] groups)
        {
            Group[] own = [.. groups.Where(group => group.Scheme == Scheme)];
            return Palette.Shade(Scheme, own.Length < 2 ? 0.6 : (double)Array.IndexOf(own, this) / (own.Length - 1));
        }
    }
}
