using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Execution;
using Phonograph.Files;
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
        var schemes = new SchemeOptions();
        var alloy = new AlloyDrawOptions();
        var count = new Option<int>("--count") { Description = "Number of configurations.", Required = true };
        var output = new Option<string>("--output") { Description = "Extended XYZ file to write (.gz compresses).", Required = true };
        var command = new Command(
            "sample",
            "Draw displaced supercells, the lattice and the centre of mass at rest.\n"
            + "Examples: phonograph sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants FORCE_CONSTANTS --temperature 300 --soft-modes absolute --count 100 --seed 1 --output phonon.xyz.gz\n"
            + "          phonograph sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --count 100 --seed 2 --output uniform.xyz.gz\n"
            + "          phonograph sample POSCAR --supercell 2,2,2 --scheme einstein --force-constants FORCE_CONSTANTS --temperature 300 --count 100 --seed 3 --output einstein.xyz.gz\n"
            + "          phonograph sample POSCAR --supercell 2,2,2 --scheme special --force-constants FORCE_CONSTANTS --temperature 300 --count 8 --pairs --output special.xyz\n"
            + "          phonograph sample POSCAR --supercell 10,10,2 --scheme phonon --force-constants FORCE_CONSTANTS --constants-supercell 2,2,2 --temperature 300 --count 10 --seed 4 --output large.xyz.gz\n"
            + "          phonograph sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants FORCE_CONSTANTS --temperature 300 --count 100 --seed 5 --decorate Br=Br,I --composition uniform --output alloy.xyz.gz")
        {
            crystal, supercell,
        };
        schemes.AddTo(command);
        alloy.AddTo(command);
        command.Add(count);
        command.Add(output);
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(crystal)), run.Get(supercell));
            int configurations = run.Get(count);
            if (configurations < 1)
            {
                throw new InputException($"--count: found {configurations}; expected 1 or more.");
            }

            if (alloy.Sampler(run, cell) is { } decorations)
            {
                AlloySampling.Run(run, decorations, alloy, schemes, cell, configurations, run.Get(output));
                return Task.FromResult(0);
            }

            HarmonicEnsemble? ensemble = schemes.Ensemble(run, cell, run.Get(supercell));
            ulong? seed = schemes.Seed(run);
            IDisplacementSampler sampler = schemes.Sampler(run, cell.Crystal, ensemble, configurations);
            double sumOfSquares = 0;
            DrawProvenance? last = null;
            ExtendedXyz.Write(run.Get(output), Frames(run, sampler, seed ?? 0, configurations, configuration =>
            {
                sumOfSquares += configuration.DisplacementsCartesian.Sum(displacement => displacement.LengthSquared);
                last = configuration.Draw;
            }));
            double rootMeanSquare = Math.Sqrt(sumOfSquares / ((double)configurations * cell.Crystal.AtomCount));
            int imaginary = ensemble?.FrequenciesTerahertz.Count(frequency => frequency < 0) ?? 0;
            run.Progress.Finish();
            Console.Out.WriteLine(run.IsJson
                ? JsonSerializer.Serialize(
                    new
                    {
                        configurations,
                        atoms_supercell = cell.Crystal.AtomCount,
                        scheme = schemes.Scheme(run),
                        temperature_K = ensemble?.TemperatureKelvin,
                        width_A = last!.WidthAngstrom,
                        seed,
                        soft_mode_policy = ensemble?.Policy.ToString(),
                        modes = ensemble?.FrequenciesTerahertz.Length,
                        imaginary_modes = ensemble is null ? (int?)null : imaginary,
                        soft_modes_touched = ensemble?.SoftModesTouched,
                        mean_energy_ensemble_eV_per_atom = ensemble?.MeanPotentialEnergyElectronvolt / cell.Crystal.AtomCount,
                        rms_displacement_ensemble_A = ensemble is null ? (double?)null : Math.Sqrt(ensemble.MeanSquareDisplacement),
                        rms_displacement_A = rootMeanSquare,
                        details = last.Details,
                        output = run.Get(output),
                    },
                    Indented)
                : string.Create(CultureInfo.InvariantCulture, $"{configurations} configurations of {cell.Crystal.AtomCount} atoms, r.m.s. displacement {rootMeanSquare:F4} Å: {run.Get(output)}")
                    + string.Concat(last!.Details.OrderBy(detail => detail.Key, StringComparer.Ordinal).Select(detail => $"\n{detail.Key} = {detail.Value}"))
                    + (ensemble is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\n{imaginary} of {ensemble.FrequenciesTerahertz.Length} modes are imaginary; the rule {ensemble.Policy} changed {ensemble.SoftModesTouched}")));
            return Task.FromResult(0);
        });
    }

    private static IEnumerable<ExtendedXyzFrame> Frames(CliRun run, IDisplacementSampler sampler, ulong seed, int count, Action<Configuration> visit)
    {
        foreach (Configuration configuration in sampler.Draw(seed, 0, count))
        {
            run.Cancellation.ThrowIfCancellationRequested();
            visit(configuration);
            yield return ConfigurationFrame.Of(configuration);
            run.Progress.Report(new WorkProgress("sample", configuration.Draw.Index + 1, count));
        }
    }
}
