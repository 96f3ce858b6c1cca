using Phonograph.Explaining.Modes;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Sets of modes over frequency: what each changes of a property at a temperature, and how much it stretches the nearest bonds of each pair of elements.</summary>
internal static class ModeRegressionFigure
{
    private const double Left = 78, Top = 76, Width = 500, Height = 180, Pitch = 236;
    private static readonly (Colour Colour, MarkerShape Shape)[] Pairs =
    [
        (Palette.Phonon, MarkerShape.Circle), (Palette.Random, MarkerShape.Square), (Palette.Combined, MarkerShape.Diamond), (Palette.Other, MarkerShape.Triangle), (Palette.Ink, MarkerShape.Cross), (Palette.Baseline, MarkerShape.Circle),
    ];

    internal static ReportFigure Draw(ModeRegression regression)
    {
        var scene = new SceneBuilder(Left + Width + 24, Top + Pitch + Height + 50);
        AxisScale x = AxisScale.Linear(regression.Rows.Select(row => row.Set.FrequencyTerahertz), 7);
        (double scale, string unit) = regression.Property.Unit == "eV" ? (1000, "meV") : (1, regression.Property.Unit);
        var frame = new Panel(scene, new PageRectangle(Left, Top, Width, Height), x, AxisScale.Linear(regression.Rows.SelectMany(row => Ends(row.ThermalChange)).Append(0).Select(value => scale * value), 5));
        frame.Horizontal(0, new Stroke(Palette.Baseline, 0.8));
        frame.Vertical(0, new Stroke(Palette.Baseline, 0.8, [2, 3]));
        foreach (ModeRegressionRow row in regression.Rows)
        {
            double at = row.Set.FrequencyTerahertz;
            frame.ErrorBar(at, 0, scale * row.ThermalChange.Value, new Stroke(Palette.Phonon.Towards(Palette.White, 0.5), 2.4));
            frame.ErrorBar(at, scale * row.ThermalChange.Low, scale * row.ThermalChange.High, new Stroke(Palette.Ink, 0.9));
        }

        frame.Markers(regression.Rows.Select(row => (row.Set.FrequencyTerahertz, scale * row.ThermalChange.Value)), MarkerShape.Circle, 3, Palette.Phonon, new Stroke(Palette.White, 0.6));
        string property = regression.Property.Title.ToLowerInvariant();
        scene.PanelTitle(Left - 48, Top - 14, "a", $"change of the {property} at {Numbers.Plain(regression.TemperatureKelvin)} K by each set of modes");
        frame.Finish(null, $"Change ({unit})");

        ShellStretch[] nearest = [.. regression.Shells.Where(shell => shell.Shell == 1).OrderBy(shell => shell.LengthAngstrom).Take(Pairs.Length)];
        double[] stretches = [.. nearest.SelectMany(shell => shell.MeanSquares).Where(value => value > 0)];
        double least = stretches.Length == 0 ? 1 : stretches.Max() / 1e4;
        var stretch = new Panel(scene, new PageRectangle(Left, Top + Pitch, Width, Height), x, AxisScale.LogarithmicDecades(stretches.Where(value => value >= least)));
        for (int pair = 0; pair < nearest.Length; pair++)
        {
            stretch.Markers(
                regression.Rows.Zip(nearest[pair].MeanSquares, (row, value) => (row.Set.FrequencyTerahertz, value >= least ? value : double.NaN)), Pairs[pair].Shape, 3.2, Pairs[pair].Colour, Outline(pair));
        }

        Legend.Draw(scene, Left + (Width / 2), 20, Width, [.. nearest.Select((shell, pair) => new LegendKey($"{shell.Pair}, {Numbers.Fixed(shell.LengthAngstrom, 2)} Å") { Marker = Pairs[pair].Shape, MarkerFill = Pairs[pair].Colour, MarkerStroke = Outline(pair) })]);
        scene.PanelTitle(Left - 48, Top + Pitch - 14, "b", "mean square stretch of the nearest bonds of each pair by the same modes");
        stretch.Finish("Frequency (THz, imaginary as negative)", "Stretch (Å²)");
        return new ReportFigure(
            "mode-regression", "Modes", $"{regression.Property.Title} by normal modes",
            $"Degenerate modes together. Above: slope of the {property} by the summed squared amplitude of a set, times its thermal mean; bars: 95 % intervals over cells. Below: sets that stretch a pair less than a ten-thousandth of the largest stretch are left out.",
            scene.Build(), Data(regression));
    }

    /// <summary>A cross is nothing but its stroke.</summary>
    private static Stroke Outline(int pair) => Pairs[pair].Shape == MarkerShape.Cross ? new Stroke(Pairs[pair].Colour, 1.4) : new Stroke(Palette.White, 0.5);

    private static CsvTable Data(ModeRegression regression)
    {
        string unit = regression.Property.Unit;
        var data = new CsvTable(
        [
            "frequency_THz", "modes", "q_a", "q_b", "q_c", "wave_vectors", "mean_square_amplitude_A2_amu", "share", "share_low", "share_high", $"slope_{unit}_per_A2_amu", "slope_low", "slope_high", $"change_{unit}", "change_low", "change_high",
            .. regression.Shells.Select(shell => $"stretch_{shell.Pair}_{Numbers.Fixed(shell.LengthAngstrom, 3)}_A2"),
        ]);
        for (int place = 0; place < regression.Rows.Length; place++)
        {
            ModeRegressionRow row = regression.Rows[place];
            ModeSet set = row.Set;
            data.Add(
            [
                Numbers.Csv(set.FrequencyTerahertz), Numbers.Csv(set.Count), Numbers.Csv(set.WaveVector.X), Numbers.Csv(set.WaveVector.Y), Numbers.Csv(set.WaveVector.Z), Numbers.Csv(set.WaveVectors), Numbers.Csv(set.MeanSquare),
                .. new[] { row.Share, row.Coefficient, row.ThermalChange }.SelectMany(interval => new[] { interval.Value, interval.Low, interval.High }.Select(Numbers.Csv)),
                .. regression.Shells.Select(shell => Numbers.Csv(shell.MeanSquares[place])),
            ]);
        }

        return data;
    }

    private static double[] Ends(Interval interval) => [interval.Value, interval.Low, interval.High];
}
