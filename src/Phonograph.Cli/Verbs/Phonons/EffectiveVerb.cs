using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.EffectivePhonons;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons effective</c>: force constants at a temperature.</summary>
internal static class EffectiveVerb
{
    private const string Description = """
        Effective force constants at a temperature: draw cells from the current ones, label them, lead the constants to the ones that reproduce themselves, again until frequencies and free energy stand still.

        May be killed at any moment; the same command continues. Exit code 1 when --iterations ended before the numbers stood still; the files are written, and more iterations continue the run.

        Examples: phonograph phonons effective POSCAR --supercell 2,2,2 --temperature 300 --engine cp2k --level gfn1-xtb --workers 2 --work run/300K --output effective-300K
                  phonograph phonons effective POSCAR --supercell 2,2,2 --fit trajectory.xyz.gz --block 20 --output effective-md
        """;

    private static readonly Argument<string> CrystalFile = new("crystal") { Description = "POSCAR of the unit cell (Å)." };
    private static readonly Option<string> SupercellText = SupercellOption.Create();
    private static readonly Option<double> Temperature = new("--temperature") { Description = "Temperature, K.", DefaultValueFactory = _ => 300 };
    private static readonly Option<string> Statistics = new("--statistics") { Description = "Statistics of the vibrations.", DefaultValueFactory = _ => "quantum" };
    private static readonly Option<string> SoftModes = new("--soft-modes")
    {
        Description = "Rule for modes that are imaginary or too soft on the way: floor:THZ, absolute-floor:THZ or reject. Every mode must move.",
        HelpName = "reject|floor:THZ|absolute-floor:THZ",
        DefaultValueFactory = _ => "absolute-floor:0.5",
    };

    private static readonly Option<string?> Start = new("--start") { Description = "FORCE_CONSTANTS of the supercell to begin with (eV/Å²). Default: harmonic ones, which the engine computes first." };
    private static readonly Option<string?> Fit = new("--fit") { Description = "Instead of drawing: one fit to the labelled cells or the trajectory of this file (extended XYZ with REF_forces, or FORCE_SETS of type 2)." };
    private static readonly Option<int> Block = new("--block") { Description = "Frames that follow each other and are resampled together for the errors of --fit; more than one for a trajectory.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string> Engine = new("--engine") { Description = "Engine; 'phonograph engines' lists them.", DefaultValueFactory = _ => "cp2k" };
    private static readonly Option<string?> Level = new("--level") { Description = "Level of theory. Default: the engine's first." };
    private static readonly Option<int> Workers = new("--workers") { Description = "Labels computed at the same time.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Niceness = new("--nice") { Description = "Lower the priority of the engine's processes by this much, 0 to 19.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> Cells = new("--cells") { Description = "Cells drawn in each iteration.", DefaultValueFactory = _ => new EffectiveOptions(0).CellsPerIteration };
    private static readonly Option<int> Iterations = new("--iterations") { Description = "Most iterations.", DefaultValueFactory = _ => new EffectiveOptions(0).MostIterations };
    private static readonly Option<double> Mixing = new("--mixing") { Description = "Share of each step towards a fit that is taken.", DefaultValueFactory = _ => new EffectiveOptions(0).Mixing };
    private static readonly Option<double> Tolerance = new("--tolerance") { Description = "Frequencies stand still when they move by less than this or 1.5 of their errors, THz r.m.s.", DefaultValueFactory = _ => new EffectiveOptions(0).FrequencyToleranceTerahertz };
    private static readonly Option<double> Precision = new("--precision") { Description = "Go on drawing until the error of the frequencies is at most this, THz r.m.s.", DefaultValueFactory = _ => new EffectiveOptions(0).PrecisionTerahertz };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of the draws.", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Resamples = new("--resamples") { Description = "Resampled sets behind the errors.", DefaultValueFactory = _ => new EffectiveOptions(0).Resamples };
    private static readonly Option<string?> Work = new("--work") { Description = "Folder of the run: cells, labels, force constants of each iteration. Made when missing; the same command continues what is there." };
    private static readonly Option<string> Output = new("--output") { Description = "Folder for FORCE_CONSTANTS, effective.json, frequencies.csv, iterations.csv and the labelled cells (cells.xyz.gz).", Required = true };

    internal static Command Create()
    {
        var command = new Command("effective", Description)
        {
            CrystalFile, SupercellText, Temperature, Statistics, SoftModes, Start, Fit, Block, Engine, Level, Workers, Niceness, Cells, Iterations, Mixing, Tolerance, Precision, Seed, Resamples, Work, Output,
        };
        Statistics.AcceptOnlyFromAmong("quantum", "classical");
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(CrystalFile)), run.Get(SupercellText));
            var symmetry = SupercellSymmetry.Of(cell);
            return run.Get(Fit) is { } file ? Task.FromResult(FitSet(run, file, symmetry)) : IterateAsync(run, symmetry);
        });
    }

    private static async Task<int> IterateAsync(CliRun run, SupercellSymmetry symmetry)
    {
        string work = run.Get(Work) ?? throw new InputException("--work: found nothing; expected the folder of the run. It is made when missing, and the same command continues what is there.");
        if (run.Get(Resamples) < 2 || run.Get(Workers) < 1 || run.Get(Niceness) is < 0 or > 19)
        {
            throw new InputException("Expected --resamples of 2 or more, --workers of 1 or more and --nice from 0 to 19.");
        }

        IElectronicStructureEngine engine = ElectronicStructureEngines.Find(run.Get(Engine), run.Get(Niceness));
        string level = run.Get(Level) ?? engine.Levels[0];
        var options = new EffectiveOptions(run.Get(Temperature))
        {
            Statistics = run.Get(Statistics) == "classical" ? ThermalStatistics.Classical : ThermalStatistics.Quantum,
            Policy = SoftModePolicy.Parse(run.Get(SoftModes)),
            CellsPerIteration = run.Get(Cells),
            MostIterations = run.Get(Iterations),
            Mixing = run.Get(Mixing),
            FrequencyToleranceTerahertz = run.Get(Tolerance),
            PrecisionTerahertz = run.Get(Precision),
            Seed = run.Get(Seed),
            Resamples = run.Get(Resamples),
        };
        CompactForceConstants? start = run.Get(Start) is { } file ? CompactForceConstants.Of(ForceConstantsFile.Read(file, symmetry.Supercell), symmetry) : null;
        OutputPlace.Prepare(run.Get(Output));
        EffectiveResult result = await SelfConsistentRun.RunAsync(
            work, symmetry, start, options, new CampaignOptions(engine, level) { Workers = run.Get(Workers) }, run.Progress, new IterationLines(run), run.Cancellation);
        string program = $"{engine.Name} {engine.Probe().Version}";
        EffectiveFiles.Write(run.Get(Output), result, program, level);
        SelfConsistentRun.Export(work, engine, result, Path.Combine(run.Get(Output), "cells.xyz.gz"));
        PhononOutput.Print(run, Text(result, program, level, run.Get(Output)), EffectiveFiles.Document(result, program, level));
        return result.IsConverged ? 0 : 1;
    }

    private static int FitSet(CliRun run, string file, SupercellSymmetry symmetry)
    {
        if (run.Get(Block) < 1 || run.Get(Resamples) < 2)
        {
            throw new InputException("Expected --block of 1 or more and --resamples of 2 or more.");
        }

        ImmutableArray<DisplacedSnapshot> snapshots = SnapshotForceSetsFile.Matches(file) ? SnapshotForceSetsFile.Read(file, symmetry.Supercell) : DisplacedFrames.ReadSnapshots(file, symmetry.Supercell);
        LabelledSetFit fit = LabelledSetFit.Of(symmetry, snapshots, run.Get(Block), run.Get(Resamples), run.Get(Seed));
        string constants = Path.Combine(run.Get(Output), "FORCE_CONSTANTS");
        OutputPlace.Prepare(run.Get(Output));
        ForceConstantsFile.Write(constants, fit.Fit.Constants.ToFull());
        double error = Math.Sqrt(fit.FrequencyErrorsTerahertz.Average(each => each * each));
        PhononOutput.Print(
            run,
            string.Create(CultureInfo.InvariantCulture, $"{fit.Fit.Snapshots} cells, {fit.Fit.Basis.Count} independent parameters, {fit.Fit.DegreesOfFreedom} degrees of freedom, R2 of forces {fit.Fit.RSquared:F4}, residual {fit.Fit.ResidualRmsElectronvoltPerAngstrom:G3} eV/Å r.m.s.\n")
                + string.Create(CultureInfo.InvariantCulture, $"{fit.Modes.Count} modes from {fit.Modes.FrequenciesTerahertz[0]:F3} ± {fit.FrequencyErrorsTerahertz[0]:F3} to {fit.Modes.FrequenciesTerahertz[^1]:F3} ± {fit.FrequencyErrorsTerahertz[^1]:F3} THz, {fit.Modes.ImaginaryCount} imaginary (negative); error {error:F3} THz r.m.s.\n{constants}"),
            new
            {
                cells = fit.Fit.Snapshots,
                independent_parameters = fit.Fit.Basis.Count,
                degrees_of_freedom = fit.Fit.DegreesOfFreedom,
                r2_forces = fit.Fit.RSquared,
                residual_rms_eV_per_A = fit.Fit.ResidualRmsElectronvoltPerAngstrom,
                imaginary_modes = fit.Modes.ImaginaryCount,
                frequencies_THz = fit.Modes.FrequenciesTerahertz,
                frequency_errors_THz = fit.FrequencyErrorsTerahertz.Select(each => double.IsFinite(each) ? each : (double?)null),
                block_frames = fit.BlockLength,
                output = run.Get(Output),
            });
        return 0;
    }

    private static string Text(EffectiveResult result, string engine, string level, string output)
    {
        int atoms = result.AtomCount;
        ImmutableArray<double> frequencies = result.Ensemble.Modes.FrequenciesTerahertz, errors = result.Errors.FrequenciesTerahertz;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {(result.IsConverged ? "converged" : "NOT converged")} after {result.Iterations.Length} iterations at {result.Options.TemperatureKelvin} K, {engine} {level}: {result.Labels} labels ({result.EffectiveDraws:F0} effective), {result.Failures} failed, {result.OtherLabels} for the start
            {frequencies.Length} modes from {frequencies[0]:F3} ± {errors[0]:F3} to {frequencies[^1]:F3} ± {errors[^1]:F3} THz, {result.Ensemble.Modes.ImaginaryCount} imaginary (negative), {result.Ensemble.SoftModesTouched} touched by {result.Options.Policy}; error {result.Errors.RootMeanSquareTerahertz:F3} THz r.m.s.
            free energy {1000 * result.FreeEnergy.TotalElectronvolt / atoms:F2} ± {1000 * result.Errors.FreeEnergyElectronvolt / atoms:F2} meV/atom (harmonic {1000 * result.FreeEnergy.HarmonicElectronvolt / atoms:F2}, correction {1000 * result.FreeEnergy.CorrectionElectronvolt / atoms:F2})
            R2 of forces {result.Quality.RSquared:F4}, residual {result.Quality.ResidualRmsElectronvoltPerAngstrom:F3} eV/Å r.m.s., largest mean force that symmetry allows {result.MeanForceElectronvoltPerAngstrom:F4} eV/Å
            {output}: FORCE_CONSTANTS, effective.json, frequencies.csv, iterations.csv, cells.xyz.gz
            """);
    }

    /// <summary>One line for each iteration on stderr.</summary>
    private sealed class IterationLines(CliRun run) : IProgress<EffectiveIteration>
    {
        public void Report(EffectiveIteration value)
        {
            run.Progress.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"iteration {value.Number}: {value.LabelsSoFar} labels ({value.EffectiveDraws:F0} effective), shift {value.ShiftTerahertz:F3}, error {value.ErrorTerahertz:F3} THz r.m.s., lowest {value.LowestTerahertz:F3} THz, {value.ImaginaryModes} imaginary, F {1000 * value.FreeEnergyElectronvoltPerAtom:F2} ± {1000 * value.FreeEnergyErrorElectronvoltPerAtom:F2} meV/atom, {value.Fits} fits{(value.IsFixed ? "" : ", labels ran out")}{(value.StandsStill ? ", stands still" : "")}"));
        }
    }
}
