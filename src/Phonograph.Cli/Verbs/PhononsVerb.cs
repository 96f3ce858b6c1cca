using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph phonons</c>: displaced supercells, force constants, vibrations.</summary>
internal static class PhononsVerb
{
    internal static Command Create() => new("phonons", "Displace a supercell, turn forces into force constants; vibrations, bands, densities of states, thermal properties.")
    {
        Displacements(),
        Constants(),
        Modes(),
        PhononBandsVerb.Create(),
        PhononDensityVerb.Create(),
        PhononThermalVerb.Create(),
        PhononDisplacementsVerb.Create(),
        PhononAnimationVerb.Create(),
        PhononExportVerb.Create(),
    };

    private static Command Displacements()
    {
        var crystal = new Argument<string>("crystal") { Description = "POSCAR of the unit cell (Å)." };
        Option<string> supercell = SupercellOption.Create();
        var amplitude = new Option<double>("--amplitude") { Description = "Length of every displacement, Å.", DefaultValueFactory = _ => 0.01 };
        var output = new Option<string>("--output") { Description = "Extended XYZ file to write (.gz compresses).", Required = true };
        var command = new Command(
            "displacements",
            "Write supercells with one displaced atom each, ready for 'phonograph label'.\n"
            + "Example: phonograph phonons displacements POSCAR --supercell 2,2,2 --amplitude 0.01 --output displacements.xyz")
        {
            crystal, supercell, amplitude, output,
        };
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(crystal)), run.Get(supercell));
            double length = run.Get(amplitude);
            if (!(length is > 0 and < 1))
            {
                throw new InputException($"--amplitude: found {length.ToString(CultureInfo.InvariantCulture)}; expected a length between 0 and 1 Å. 0.01 is usual.");
            }

            ImmutableArray<AtomDisplacement> displacements = AtomDisplacement.CartesianPairs(cell, length);
            ExtendedXyz.Write(run.Get(output), DisplacedFrames.Write(cell, displacements));
            Print(
                run,
                string.Create(CultureInfo.InvariantCulture, $"{displacements.Length} displaced supercells of {cell.Crystal.AtomCount} atoms, {length} Å: {run.Get(output)}"),
                new { frames = displacements.Length, atoms_supercell = cell.Crystal.AtomCount, amplitude_A = length, output = run.Get(output) });
            return Task.FromResult(0);
        });
    }

    private static Command Constants()
    {
        var forces = new Argument<string>("forces")
        {
            Description = "Displaced supercells with REF_forces (eV/Å) as extended XYZ (.xyz, .extxyz, also .gz), or a FORCE_SETS file of phonopy (type 1 or 2).",
        };
        var crystal = new Argument<string>("crystal") { Description = "POSCAR of the unit cell (Å)." };
        Option<string> supercell = SupercellOption.Create();
        var output = new Option<string>("--output") { Description = "Folder for FORCE_SETS (Å, eV/Å) and FORCE_CONSTANTS (eV/Å²), in phonopy's atom order.", Required = true };
        var command = new Command(
            "constants",
            "Turn the forces of displaced supercells into force constants, with the crystal's symmetry, the acoustic sum rule and the permutation symmetry.\n"
            + "Example: phonograph phonons constants forces.xyz.gz POSCAR --supercell 2,2,2 --output phonons")
        {
            forces, crystal, supercell, output,
        };
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(crystal)), run.Get(supercell));
            (string file, string folder) = (run.Get(forces), run.Get(output));
            ImmutableArray<ForceSet> sets = [];
            ImmutableArray<DisplacedSnapshot> snapshots;
            if (!IsExtendedXyz(file) && SnapshotForceSetsFile.Matches(file))
            {
                snapshots = SnapshotForceSetsFile.Read(file, cell);
            }
            else
            {
                sets = IsExtendedXyz(file) ? DisplacedFrames.Read(file, cell) : ForceSetsFile.Read(file, cell);
                snapshots = [.. sets.Select(DisplacedSnapshot.Of)];
            }

            ForceConstants fitted = sets.IsEmpty ? SnapshotFit.Fit(cell, snapshots) : ForceConstantsFit.Fit(cell, sets);
            ForceConsistency.Check(file, fitted, snapshots);
            ForceConstants constants = fitted.Symmetrised();
            if (sets.IsEmpty)
            {
                SnapshotForceSetsFile.Write(Path.Combine(folder, "FORCE_SETS"), cell, snapshots);
            }
            else
            {
                ForceSetsFile.Write(Path.Combine(folder, "FORCE_SETS"), cell, sets);
            }

            ForceConstantsFile.Write(Path.Combine(folder, "FORCE_CONSTANTS"), constants);
            var modes = PhononModes.Of(constants);
            double netForce = snapshots.Max(snapshot => snapshot.ForcesCartesian.Aggregate((sum, force) => sum + force).Length);
            double unexplained = ForceConsistency.UnexplainedShare(constants, snapshots);
            Print(
                run,
                string.Create(CultureInfo.InvariantCulture, $"""
                    {snapshots.Length} force sets of {cell.Crystal.AtomCount} atoms; largest net force {netForce:G3} eV/Å; {unexplained:P2} of the forces (r.m.s.) not harmonic
                    before enforcing: acoustic sum rule broken by {fitted.AcousticSumRuleViolation():G3} eV/Å², permutation symmetry by {fitted.PermutationAsymmetry():G3} eV/Å²
                    {modes.Count} modes from {modes.FrequenciesTerahertz[0]:F3} to {modes.FrequenciesTerahertz[^1]:F3} THz, {modes.ImaginaryCount} imaginary (negative)
                    {Path.Combine(folder, "FORCE_SETS")}, {Path.Combine(folder, "FORCE_CONSTANTS")}
                    """),
                new
                {
                    force_sets = snapshots.Length,
                    atoms_supercell = cell.Crystal.AtomCount,
                    largest_net_force_eV_per_A = netForce,
                    unexplained_force_share = unexplained,
                    acoustic_sum_rule_violation_eV_per_A2 = fitted.AcousticSumRuleViolation(),
                    permutation_asymmetry_eV_per_A2 = fitted.PermutationAsymmetry(),
                    modes = modes.Count,
                    imaginary_modes = modes.ImaginaryCount,
                    lowest_frequency_THz = modes.FrequenciesTerahertz[0],
                    highest_frequency_THz = modes.FrequenciesTerahertz[^1],
                    output = folder,
                });
            return Task.FromResult(0);
        });
    }

    private static Command Modes()
    {
        var constants = new Argument<string>("force-constants") { Description = "FORCE_CONSTANTS file of the supercell (eV/Å²), full or compact." };
        var crystal = new Argument<string>("crystal") { Description = "POSCAR of the unit cell (Å)." };
        Option<string> supercell = SupercellOption.Create();
        var temperature = new Option<double>("--temperature") { Description = "Temperature of the mean square displacements, K.", DefaultValueFactory = _ => 300 };
        var statistics = new Option<string>("--statistics") { Description = "Statistics of the vibrations.", DefaultValueFactory = _ => "quantum" };
        statistics.AcceptOnlyFromAmong("quantum", "classical");
        var softModes = new Option<string>("--soft-modes")
        {
            Description = "Rule for imaginary and near-zero modes in the mean square displacements: freeze, absolute, reject (each below 0.01 THz, or as in absolute:0.05) or floor:THZ.",
            HelpName = "reject|freeze|absolute|floor:THZ",
            DefaultValueFactory = _ => "freeze",
        };
        var command = new Command(
            "modes",
            "Print the vibrations of the supercell (THz, imaginary ones negative), the share of imaginary modes and the mean square displacements (Å²).\n"
            + "Example: phonograph phonons modes FORCE_CONSTANTS POSCAR --supercell 2,2,2 --temperature 300 --soft-modes absolute")
        {
            constants, crystal, supercell, temperature, statistics, softModes,
        };
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(crystal)), run.Get(supercell));
            var modes = PhononModes.Of(ForceConstantsFile.Read(run.Get(constants), cell));
            ThermalEnsemble ensemble = SampleVerb.Ensemble(modes, run.Get(temperature), run.Get(statistics), run.Get(softModes));
            ModesReport report = ModesReport.Of(ensemble);
            Print(run, report.ToText(), report.ToDocument());
            return Task.FromResult(0);
        });
    }

    private static bool IsExtendedXyz(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".xyz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".extxyz", StringComparison.OrdinalIgnoreCase);
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static void Print(CliRun run, string text, object document)
    {
        run.Progress.Finish();
        Console.Out.WriteLine(run.IsJson ? JsonSerializer.Serialize(document, Indented) : text);
    }
}
