using System.Collections.Immutable;
using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons constants</c>: from forces to force constants.</summary>
internal static class ConstantsVerb
{
    internal static Command Create()
    {
        var forces = new Argument<string>("forces")
        {
            Description = "Displaced supercells with REF_forces (eV/Å) as extended XYZ (.xyz, .extxyz, also .gz), a FORCE_SETS file of phonopy (type 1 or 2), or a phonopy YAML file with forces (phonopy_params.yaml).",
        };
        var crystal = new Argument<string?>("crystal") { Description = SupercellInput.CrystalDescription + " Not given: the YAML file of the forces.", Arity = ArgumentArity.ZeroOrOne };
        Option<string> supercell = SupercellInput.CreateOption();
        var method = new Option<string>("--method")
        {
            Description = "displacements: one displaced atom each, solved atom by atom; fit: any displacements, least squares over all parameters that symmetry leaves; auto: by the forces given.",
            DefaultValueFactory = _ => "auto",
        };
        method.AcceptOnlyFromAmong("auto", "displacements", "fit");
        var compact = new Option<string>("--compact") { Description = "Write only the rows of the atoms of the primitive cell (primitive) or of the unit cell (unit-cell), as phonopy's compact file." };
        compact.AcceptOnlyFromAmong("primitive", "unit-cell");
        var atRest = new Option<bool>("--forces-at-rest") { Description = "Fit the forces at zero displacement too, as far as symmetry allows them (eV/Å): for atoms that are not at the minimum." };
        Option<double> tolerance = ToleranceOption.Create();
        var yaml = new Option<string?>("--yaml") { Description = "Also write the forces and force constants as phonopy_params.yaml, for phonopy's own tools (.xz, .gz)." };
        var output = new Option<string>("--output") { Description = "Folder for FORCE_SETS (Å, eV/Å) and FORCE_CONSTANTS (eV/Å²), in phonopy's atom order.", Required = true };
        var command = new Command(
            "constants",
            "Turn the forces of displaced supercells into force constants, with the crystal's symmetry, the acoustic sum rule and the permutation symmetry.\n"
            + "Example: phonograph phonons constants forces.xyz.gz POSCAR --supercell 2,2,2 --output phonons\n"
            + "         phonograph phonons constants forces.xyz.gz phonopy_disp.yaml --yaml phonopy_params.yaml --output phonons")
        {
            forces, crystal, supercell, method, atRest, compact, tolerance, yaml, output,
        };
        return CliRun.Verb(command, run =>
        {
            (string file, string folder) = (run.Get(forces), run.Get(output));
            string cells = run.Get(crystal) ?? (PhonopyYamlFile.Matches(file) ? file : throw new InputException($"crystal: found nothing; expected the unit cell, because {file} is no YAML file. Give a POSCAR with --supercell, or phonopy_disp.yaml."));
            PhonopyDocument document = SupercellInput.Read(run, cells, supercell);
            Supercell cell = document.Supercell;
            var symmetry = SupercellSymmetry.Of(cell, ToleranceOption.Read(run, tolerance));
            (ImmutableArray<ForceSet> sets, ImmutableArray<DisplacedSnapshot> snapshots) = file == cells ? ForcesOf(file, document) : ReadForces(file, document);
            ConstantsReport report = (run.Get(method), sets.IsEmpty) switch
            {
                ("displacements", _) when run.Get(atRest) => throw new InputException("--forces-at-rest: found with --method displacements; expected with a fit. Use --method fit."),
                ("displacements", true) => throw new InputException($"{file}: found snapshots with more or less than one displaced atom; --method displacements expects exactly one in each. Use --method fit."),
                _ when run.Get(atRest) => ConstantsReport.OfFit(SnapshotFit.FitWithForcesAtRest(ForceConstantsBasis.Of(symmetry), snapshots, []), snapshots),
                ("fit", _) or ("auto", true) => ConstantsReport.OfFit(file, SnapshotFit.Fit(ForceConstantsBasis.Of(symmetry), snapshots, []), snapshots, namesAtoms: IsExtendedXyz(file)),
                _ => ConstantsReport.OfDisplacements(file, symmetry, sets, snapshots),
            };
            if (sets.IsEmpty)
            {
                SnapshotForceSetsFile.Write(Path.Combine(folder, "FORCE_SETS"), cell, snapshots);
            }
            else
            {
                ForceSetsFile.Write(Path.Combine(folder, "FORCE_SETS"), cell, sets);
            }

            string constants = Path.Combine(folder, "FORCE_CONSTANTS");
            if (run.Get(compact) is { } rows)
            {
                ForceConstantsFile.Write(constants, CompactForceConstants.Of(report.Constants, symmetry), rows == "primitive" ? CompactRows.PrimitiveCell : CompactRows.UnitCell);
            }
            else
            {
                ForceConstantsFile.Write(constants, report.Constants);
            }

            if (run.Get(yaml) is { } parameters)
            {
                PhonopyYamlFile.Write(parameters, document with { Displacements = [], ForceSets = sets, Snapshots = sets.IsEmpty ? snapshots : [], Constants = report.Constants });
            }

            string also = run.Get(yaml) is { } written ? $", {written}" : "";
            PhononOutput.Print(run, $"{report.ToText()}\n{Path.Combine(folder, "FORCE_SETS")}, {constants}{also}", report.ToDocument(folder));
            return Task.FromResult(0);
        });
    }

    private static (ImmutableArray<ForceSet> Sets, ImmutableArray<DisplacedSnapshot> Snapshots) ReadForces(string file, PhonopyDocument document)
    {
        Supercell cell = document.Supercell;
        if (IsExtendedXyz(file))
        {
            ImmutableArray<DisplacedSnapshot> frames = DisplacedFrames.ReadSnapshots(file, cell);
            return frames.IsEmpty
                ? throw new InputException($"{file}: found no frame; expected displaced supercells with forces. Label the displaced cells first ('phonograph label').")
                : (DisplacedFrames.SingleDisplacements(frames), frames);
        }

        if (PhonopyYamlFile.Matches(file))
        {
            throw new InputException($"{file}: found a YAML file as forces of another crystal's file; expected it alone, for it says its own cell.");
        }

        if (SnapshotForceSetsFile.Matches(file))
        {
            return ([], SnapshotForceSetsFile.Read(file, cell, document.FileOrder));
        }

        ImmutableArray<ForceSet> sets = ForceSetsFile.Read(file, cell, document.FileOrder);
        return (sets, [.. sets.Select(DisplacedSnapshot.Of)]);
    }

    /// <summary>The forces that a YAML file holds itself.</summary>
    private static (ImmutableArray<ForceSet> Sets, ImmutableArray<DisplacedSnapshot> Snapshots) ForcesOf(string file, PhonopyDocument document) =>
        document.ForceSets.Length > 0 ? (document.ForceSets, [.. document.ForceSets.Select(DisplacedSnapshot.Of)])
        : document.Snapshots.Length > 0 ? ([], document.Snapshots)
        : throw new InputException($"{file}: found no forces; expected them with its displacements. Give the forces first and this file after them: phonograph phonons constants FORCE_SETS {file}.");

    private static bool IsExtendedXyz(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".xyz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".extxyz", StringComparison.OrdinalIgnoreCase);
    }
}
