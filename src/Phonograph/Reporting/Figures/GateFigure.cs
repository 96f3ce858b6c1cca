using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Dynamics.Gate;
using Phonograph.Reporting.Drawing;

namespace Phonograph.Reporting.Figures;

/// <summary>Potential energy, temperature and root mean square displacement of each species along the runs of a gate.</summary>
internal static class GateFigure
{
    private const double Left = 74, Top = 70, Width = 470, Height = 130, Pitch = 178, Bottom = 46;

    internal static ReportFigure Draw(IReadOnlyList<GateSeries> runs, GateReport report)
    {
        Crystal crystal = runs[0].Trajectory.Reference;
        var scene = new SceneBuilder(Left + Width + 26, Top + (2 * Pitch) + Height + Bottom);
        double target = runs[0].Trajectory.TemperatureKelvin, end = runs.Max(run => run.TimesFemtosecond[^1]) / 1000;
        AxisScale x = AxisScale.Linear(0, end > 0 ? end : 1, 6);
        Stroke level = new(Palette.Ink, 1, [5, 3]), settled = new(Palette.Baseline, 1, [2, 3]);
        Legend.Draw(scene, scene.Width / 2, 18, scene.Width - 20,
        [
            .. runs[0].Species.Select(species => new LegendKey(species) { Line = Line(species) }),
            new LegendKey("classical harmonic ensemble, temperature asked for") { Line = level },
            new LegendKey("end of settling") { Line = settled },
        ]);

        Panel energy = Next(0, runs.SelectMany(run => run.PotentialElectronvolt).Append(report.HarmonicElectronvolt));
        energy.Horizontal(0, new Stroke(Palette.Baseline, 0.8));
        energy.Horizontal(report.HarmonicElectronvolt, level);
        Lines(energy, run => run.PotentialElectronvolt, new Stroke(Palette.Phonon, 1.2));
        Finish(energy, 0, "a", "potential energy above the crystal at rest", "eV per cell");

        Panel temperature = Next(1, runs.SelectMany(run => run.TemperaturesKelvin).Append(target));
        temperature.Horizontal(target, level);
        Lines(temperature, run => run.TemperaturesKelvin, new Stroke(Palette.Phonon, 1.2));
        Finish(temperature, 1, "b", "temperature", "K");

        Panel displacement = Next(2, [0, .. runs.SelectMany(run => run.RootMeanSquareAngstrom.Values.SelectMany(values => values)), .. report.Displacements.Skip(1).Select(row => row.EnsembleClassicalAngstrom ?? 0)]);
        foreach (GateDisplacement row in report.Displacements.Skip(1))
        {
            if (row.EnsembleClassicalAngstrom is { } expected)
            {
                displacement.Horizontal(expected, new Stroke(Line(row.Species).Colour, 1, [5, 3]));
            }

            Lines(displacement, run => run.RootMeanSquareAngstrom[row.Species], Line(row.Species));
        }

        Finish(displacement, 2, "c", "r.m.s. displacement off the sites", "Å");

        string formula = Numbers.Formula(ChemicalFormula.Reduced(crystal));
        return new ReportFigure(
            "gate", "Gate", $"{formula}: molecular dynamics from the crystal at rest, {report.Verdict.ToString().ToLowerInvariant()}",
            "Dashed: the mean potential energy of classical harmonic vibrations, the temperature asked for, and the root mean square displacements of the phonon ensemble in classical statistics.",
            scene.Build(), Data(runs));

        Panel Next(int row, IEnumerable<double> values) =>
            new(scene, new PageRectangle(Left, Top + (row * Pitch), Width, Height), x, AxisScale.Linear(values, 4));

        void Lines(Panel panel, Func<GateSeries, ImmutableArray<double>> series, Stroke stroke)
        {
            foreach (GateSeries run in runs)
            {
                panel.Line(series(run).Select((value, frame) => (run.TimesFemtosecond[frame] / 1000, value)), stroke);
            }
        }

        void Finish(Panel panel, int row, string letter, string title, string unit)
        {
            panel.Vertical(report.SettledFemtosecond / 1000, settled);
            scene.PanelTitle(Left - 40, Top + (row * Pitch) - 10, letter, title);
            panel.Finish(row == 2 ? "Time (ps)" : null, unit);
        }
    }

    private static Stroke Line(string species) => new(ElementColours.Of(species).Towards(Palette.Ink, 0.15), 1.3);

    private static CsvTable Data(IReadOnlyList<GateSeries> runs)
    {
        ImmutableArray<string> species = runs[0].Species.Insert(0, GateSeries.All);
        var data = new CsvTable(["run", "step", "time_fs", "potential_energy_above_reference_eV", "temperature_K", "conserved_energy_change_eV", "band_gap_eV", .. species.Select(name => $"rms_displacement_{name}_A")]);
        for (int run = 0; run < runs.Count; run++)
        {
            GateSeries series = runs[run];
            for (int frame = 0; frame < series.TimesFemtosecond.Length; frame++)
            {
                data.Add(
                [
                    Numbers.Csv(run + 1),
                    Numbers.Csv(series.Trajectory.Frames[frame].Step),
                    Numbers.Csv(series.TimesFemtosecond[frame]),
                    Numbers.Csv(series.PotentialElectronvolt[frame]),
                    Numbers.Csv(series.TemperaturesKelvin[frame]),
                    Numbers.Csv(series.Trajectory.Frames[frame].ConservedEnergyElectronvolt - series.Trajectory.Frames[0].ConservedEnergyElectronvolt),
                    Numbers.Csv(series.Trajectory.Frames[frame].GapElectronvolt),
                    .. species.Select(name => Numbers.Csv(series.RootMeanSquareAngstrom[name][frame])),
                ]);
            }
        }

        return data;
    }
}
