using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Cli.Verbs.Phonons;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Explaining.Modes;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Reporting;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph electrons regress</c>: which modes change the gap, and which bonds these modes stretch.</summary>
internal static class ModeRegressionVerb
{
    internal static Command Create()
    {
        var cells = new Argument<string>("cells") { Description = "Labelled displaced cells of one supercell: extended XYZ, gzip by name." };
        var crystal = new Argument<string>("crystal") { Description = "POSCAR of the unit cell at rest (Å)." };
        Option<string> supercell = SupercellOption.Create();
        var constants = new Option<string>("--force-constants") { Description = "FORCE_CONSTANTS file of the supercell (eV/Å²), full or compact: its modes.", Required = true };
        var property = new Option<string>("--property") { Description = "What is regressed.", DefaultValueFactory = _ => Property.BandGap.Key };
        property.AcceptOnlyFromAmong([.. Property.All.Select(each => each.Key)]);
        var scheme = new Option<string?>("--scheme") { Description = "Take only cells of this scheme, for example phonon. Not given: all.", HelpName = "NAME" };
        var temperature = new Option<double>("--temperature") { Description = "Temperature of the thermal means, K.", DefaultValueFactory = _ => 300 };
        var statistics = new Option<string>("--statistics") { Description = "Statistics of the vibrations.", DefaultValueFactory = _ => "quantum" };
        statistics.AcceptOnlyFromAmong("quantum", "classical");
        var softModes = new Option<string>("--soft-modes")
        {
            Description = "Rule for imaginary and near-zero modes in the thermal means: freeze, absolute, reject (each below 0.01 THz, or as in absolute:0.05), floor:THZ or absolute-floor:THZ. That of the draws fits.",
            HelpName = "RULE",
            DefaultValueFactory = _ => "freeze",
        };
        var folds = new Option<int>("--folds") { Description = "Parts of the cross-validation.", DefaultValueFactory = _ => 10 };
        var resamples = new Option<int>("--resamples") { Description = "Bootstrap resamples of the cells.", DefaultValueFactory = _ => 1000 };
        var cutoff = new Option<double>("--cutoff") { Description = "Longest bond whose stretch is told, Å.", DefaultValueFactory = _ => 5.5 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of folds and resamples.", DefaultValueFactory = _ => 1UL };
        var output = new Option<string>("--output") { Description = "Folder for mode-regression.svg, .png and .csv.", Required = true };
        var command = new Command(
            "regress",
            "Regress a property on the squared amplitudes of normal modes, degenerate ones together: share of the variance, change at a temperature (unit of the property), and the stretch of bonds by the same modes (Å²).\n"
            + "Example: phonograph electrons regress cells.xyz.gz POSCAR --supercell 2,2,2 --force-constants FORCE_CONSTANTS --scheme phonon --soft-modes floor:1 --output electrons")
        {
            cells, crystal, supercell, constants, property, scheme, temperature, statistics, softModes, folds, resamples, cutoff, seed, output,
        };
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(crystal)), run.Get(supercell));
            ThermalEnsemble ensemble = SchemeOptions.Ensemble(PhononModes.Of(ForceConstantsFile.Read(run.Get(constants), cell)), run.Get(temperature), run.Get(statistics), run.Get(softModes));
            LabelledConfiguration[] labelled = [.. Dataset.Read([run.Get(cells)]).Configurations];
            LabelledConfiguration[] chosen = [.. labelled.Where(each => run.Get(scheme) is not { } name || each.Scheme == name)];
            if (chosen.Length == 0)
            {
                throw new InputException($"--scheme: found '{run.Get(scheme)}'; expected a scheme of the cells: {string.Join(", ", labelled.Select(each => each.Scheme).Distinct().Order(StringComparer.Ordinal))}.");
            }

            var options = new ModeRegressionOptions { Folds = run.Get(folds), Resamples = run.Get(resamples), CutoffAngstrom = run.Get(cutoff), Seed = run.Get(seed) };
            var regression = ModeRegression.Of(chosen, PropertyOption.Of(run.Get(property)), cell, ensemble, options);
            OutputPlace.Prepare(run.Get(output));
            ImmutableArray<string> files = ModeFigures.Write(Path.Combine(run.Get(output), "mode-regression"), regression);
            PhononOutput.Print(run, Text(regression, chosen.Count(each => each.IsMetallic), files), Document(regression, files));
            return Task.FromResult(0);
        });
    }

    private static string Text(ModeRegression found, int metallic, ImmutableArray<string> files)
    {
        string unit = found.Property.Unit;
        ShellStretch[] nearest = [.. found.Shells.Where(shell => shell.Shell == 1)];
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        writer.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Cells} cells{(metallic > 0 ? $" ({metallic} without a gap)" : "")}, {found.Rows.Length} sets of modes: R2 in cross-validation {Short(found.RSquared)}, ridge {found.Strength:G2}"));
        writer.WriteLine($"{found.Property.Title} at zero amplitude {Short(found.AtRest)} {unit}, change at {found.TemperatureKelvin.ToString(CultureInfo.InvariantCulture)} K {Short(found.ThermalChange)} {unit}");
        writer.WriteLine();
        TextTable.Write(
            writer,
            ["THz", "modes", "q", "share", $"change / {unit}", .. nearest.Select(shell => $"{shell.Pair} / Å²")],
            found.Rows.Select((row, place) => (row, place)).OrderBy(each => each.row.ThermalChange.Value).Select(each => (string[])
            [
                Number(each.row.Set.FrequencyTerahertz, "F2"), each.row.Set.Count.ToString(CultureInfo.InvariantCulture), Place(each.row.Set), Short(each.row.Share), Short(each.row.ThermalChange),
                .. nearest.Select(shell => Number(shell.MeanSquares[each.place], "F5")),
            ]));
        writer.WriteLine();
        TextTable.Write(
            writer, ["bonds", "Å", "per cell", "stretch / Å²", "correlation with lowering"],
            found.Shells.Select(shell => (string[])[shell.Pair.ToString(), Number(shell.LengthAngstrom, "F3"), Number(shell.BondsPerCell, "0.##"), Number(shell.Total, "F5"), Number(found.LoweringByStretch(shell), "F2")]));
        writer.WriteLine();
        writer.Write(string.Join(", ", files));
        return writer.ToString();
    }

    private static object Document(ModeRegression found, ImmutableArray<string> files) => new
    {
        property = found.Property.Key,
        unit = found.Property.Unit,
        temperature_K = found.TemperatureKelvin,
        cells = found.Cells,
        ridge = found.Strength,
        r2 = Ends(found.RSquared),
        at_rest = Ends(found.AtRest),
        thermal_change = Ends(found.ThermalChange),
        sets = found.Rows.Select((row, place) => new
        {
            frequency_THz = row.Set.FrequencyTerahertz,
            modes = row.Set.Count,
            wave_vector = new[] { row.Set.WaveVector.X, row.Set.WaveVector.Y, row.Set.WaveVector.Z },
            wave_vectors = row.Set.WaveVectors,
            mean_square_amplitude_A2_amu = row.Set.MeanSquare,
            share = Ends(row.Share),
            slope_per_A2_amu = Ends(row.Coefficient),
            thermal_change = Ends(row.ThermalChange),
            stretch_A2 = found.Shells.Select(shell => shell.MeanSquares[place]),
        }),
        shells = found.Shells.Select(shell => new { pair = shell.Pair.ToString(), shell = shell.Shell, length_A = shell.LengthAngstrom, bonds_per_cell = shell.BondsPerCell, stretch_A2 = shell.Total, correlation_with_lowering = found.LoweringByStretch(shell) }),
        files,
    };

    private static double[] Ends(Interval interval) => [interval.Value, interval.Low, interval.High];

    private static string Short(Interval interval) => string.Create(CultureInfo.InvariantCulture, $"{interval.Value:F4} [{interval.Low:F4}, {interval.High:F4}]");

    private static string Place(ModeSet set) => string.Create(CultureInfo.InvariantCulture, $"({set.WaveVector.X:0.###} {set.WaveVector.Y:0.###} {set.WaveVector.Z:0.###}){(set.WaveVectors > 1 ? $"x{set.WaveVectors}" : "")}");

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
