using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph sample</c>: draws displaced supercells.</summary>
internal static class SampleVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var crystal = new Argument<string>("crystal") { Description = "POSCAR of the unit cell (Å)." };
        Option<string> supercell = SupercellOption.Create();
        var scheme = new Option<string>("--scheme") { Description = "How atoms are displaced.", Required = true };
        scheme.AcceptOnlyFromAmong("phonon", "uniform", "gaussian");
        var forceConstants = new Option<string?>("--force-constants") { Description = "FORCE_CONSTANTS file of the supercell (eV/Å²); phonon." };
        var temperature = new Option<double?>("--temperature") { Description = "Temperature, K; phonon." };
        var statistics = new Option<string>("--statistics") { Description = "Statistics of the vibrations; phonon.", DefaultValueFactory = _ => "quantum" };
        statistics.AcceptOnlyFromAmong("quantum", "classical");
        var softModes = new Option<string?>("--soft-modes")
        {
            Description = "Rule for imaginary and near-zero modes; phonon. reject (when not given): refuse to draw. freeze: leave at rest. absolute: draw with |frequency| (phonopy). "
                + "floor:THZ: draw with that frequency. The first three leave modes below 0.01 THz at rest (reject: refuse them); another limit follows a colon, as in absolute:0.05.",
            HelpName = "reject|freeze|absolute|floor:THZ",
        };
        var width = new Option<double?>("--width") { Description = "Full width (uniform) or standard deviation (gaussian) of each coordinate, Å." };
        var count = new Option<int>("--count") { Description = "Number of configurations.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Seed; a draw depends on seed and number alone. Give every set a seed of its own.", Required = true };
        var output = new Option<string>("--output") { Description = "Extended XYZ file to write (.gz compresses).", Required = true };
        var command = new Command(
            "sample",
            "Draw displaced supercells, the lattice and the centre of mass at rest.\n"
            + "Examples: phonograph sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants FORCE_CONSTANTS --temperature 300 --soft-modes absolute --count 100 --seed 1 --output phonon.xyz.gz\n"
            + "          phonograph sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --count 100 --seed 2 --output uniform.xyz.gz")
        {
            crystal, supercell, scheme, forceConstants, temperature, statistics, softModes, width, count, seed, output,
        };
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(crystal)), run.Get(supercell));
            int configurations = run.Get(count);
            if (configurations < 1)
            {
                throw new InputException($"--count: found {configurations}; expected 1 or more.");
            }

            ThermalEnsemble? ensemble = null;
            IDisplacementSampler sampler;
            if (run.Get(scheme) == "phonon")
            {
                Refuse(run.Get(width) is not null, "--width", "phonon");
                ensemble = Ensemble(run, cell, forceConstants, temperature, statistics, softModes);
                sampler = new PhononSampler(ensemble);
            }
            else
            {
                string name = run.Get(scheme);
                Refuse(run.Get(temperature) is not null, "--temperature", name);
                Refuse(run.Get(forceConstants) is not null, "--force-constants", name);
                Refuse(run.Get(softModes) is not null, "--soft-modes", name);
                double chosen = run.Get(width) ?? throw new InputException($"--width: found nothing; expected a length in Å for --scheme {name}. Write for example --width 0.4.");
                if (!(chosen > 0) || !double.IsFinite(chosen))
                {
                    throw new InputException($"--width: found {chosen.ToString(CultureInfo.InvariantCulture)}; expected a positive length in Å.");
                }

                sampler = name == "uniform" ? new UniformSampler(cell.Crystal, chosen) : new GaussianSampler(cell.Crystal, chosen);
            }

            double sumOfSquares = 0;
            ExtendedXyz.Write(run.Get(output), Frames(run, sampler, run.Get(seed), configurations, square => sumOfSquares += square));
            double rootMeanSquare = Math.Sqrt(sumOfSquares / ((double)configurations * cell.Crystal.AtomCount));
            run.Progress.Finish();
            Console.Out.WriteLine(run.IsJson
                ? JsonSerializer.Serialize(
                    new
                    {
                        configurations,
                        atoms_supercell = cell.Crystal.AtomCount,
                        scheme = run.Get(scheme),
                        temperature_K = ensemble?.TemperatureKelvin,
                        width_A = run.Get(width),
                        seed = run.Get(seed),
                        soft_mode_policy = ensemble?.Policy.ToString(),
                        modes = ensemble?.Modes.Count,
                        imaginary_modes = ensemble?.Modes.ImaginaryCount,
                        soft_modes_touched = ensemble?.SoftModesTouched,
                        rms_displacement_A = rootMeanSquare,
                        output = run.Get(output),
                    },
                    Indented)
                : string.Create(CultureInfo.InvariantCulture, $"{configurations} configurations of {cell.Crystal.AtomCount} atoms, r.m.s. displacement {rootMeanSquare:F4} Å: {run.Get(output)}")
                    + (ensemble is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{ensemble.Modes.ImaginaryCount} of {ensemble.Modes.Count} modes are imaginary; the rule {ensemble.Policy} changed {ensemble.SoftModesTouched}")));
            return Task.FromResult(0);
        });
    }

    private static IEnumerable<ExtendedXyzFrame> Frames(CliRun run, IDisplacementSampler sampler, ulong seed, int count, Action<double> addSquare)
    {
        foreach (Configuration configuration in sampler.Draw(seed, 0, count))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            addSquare(configuration.DisplacementsCartesian.Sum(displacement => displacement.LengthSquared));
            yield return ConfigurationFrame.Of(configuration);
            run.Progress.Report(new WorkProgress("sample", configuration.Draw.Index + 1, count));
        }
    }

    private static ThermalEnsemble Ensemble(CliRun run, Supercell cell, Option<string?> forceConstants, Option<double?> temperature, Option<string> statistics, Option<string?> softModes)
    {
        string file = run.Get(forceConstants) ?? throw new InputException("--force-constants: found nothing; expected the FORCE_CONSTANTS file of the supercell. 'phonograph phonons constants' writes one.");
        double kelvin = run.Get(temperature) ?? throw new InputException("--temperature: found nothing; expected a temperature in K. Write for example --temperature 300.");
        return Ensemble(PhononModes.Of(ForceConstantsFile.Read(file, cell)), kelvin, run.Get(statistics), run.Get(softModes) ?? "reject");
    }

    /// <summary>The ensemble that the options --temperature, --statistics and --soft-modes ask for.</summary>
    /// <exception cref="InputException">A value is wrong, or the rule refuses a mode.</exception>
    internal static ThermalEnsemble Ensemble(PhononModes modes, double kelvin, string statistics, string softModes) => kelvin >= 0 && double.IsFinite(kelvin)
        ? new ThermalEnsemble(modes, kelvin, statistics == "classical" ? ThermalStatistics.Classical : ThermalStatistics.Quantum, SoftModePolicy.Parse(softModes))
        : throw new InputException($"--temperature: found {kelvin.ToString(CultureInfo.InvariantCulture)}; expected zero or a positive temperature in K.");

    private static void Refuse(bool given, string option, string scheme)
    {
        if (given)
        {
            throw new InputException($"{option}: found with --scheme {scheme}, where it has no meaning. Take it out, or choose the scheme it belongs to.");
        }
    }
}
