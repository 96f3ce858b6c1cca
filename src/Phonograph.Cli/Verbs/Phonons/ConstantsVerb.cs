using System.Collections.Immutable;
using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
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
            Description = "Displaced supercells with REF_forces (eV/Å) as extended XYZ (.xyz, .extxyz, also .gz), or a FORCE_SETS file of phonopy (type 1 or 2).",
        };
        var crystal = new Argument<string>("crystal") { Description = "POSCAR of the unit cell (Å)." };
        Option<string> supercell = SupercellOption.Create();
        var method = new Option<string>("--method")
        {
            Description = "displacements: one displaced atom each, solved atom by atom; fit: any displacements, least squares over all parameters that symmetry leaves; auto: by the forces given.",
            DefaultValueFactory = _ => "auto",
        };
        method.AcceptOnlyFromAmong("auto", "displacements", "fit");
        var compact = new Option<string>("--compact") { Description = "Write only the rows of the atoms of the primitive cell (primitive) or of the unit cell (unit-cell), as phonopy's compact file." };
        compact.AcceptOnlyFromAmong("primitive", "unit-cell");
        Option<double> tolerance = ToleranceOption.Create();
        var output = new Option<string>("--output") { Description = "Folder for FORCE_SETS (Å, eV/Å) and FORCE_CONSTANTS (eV/Å²), in phonopy's atom order.", Required = true };
        var command = new Command(
            "constants",
            "Turn the forces of displaced supercells into force constants, with the crystal's symmetry, the acoustic sum rule and the permutation symmetry.\n"
            + "Example: phonograph phonons constants forces.xyz.gz POSCAR --supercell 2,2,2 --output phonons")
        {
            forces, crystal, supercell, method, compact, tolerance, output,
        };
        return CliRun.Verb(command, run =>
        {
            Supercell cell = SupercellOption.Build(Poscar.Read(run.Get(crystal)), run.Get(supercell));
            var symmetry = SupercellSymmetry.Of(cell, ToleranceOption.Read(run, tolerance));
            (string file, string folder) = (run.Get(forces), run.Get(output));
            (ImmutableArray<ForceSet> sets, ImmutableArray<DisplacedSnapshot> snapshots) = ReadForces(file, cell);
            ConstantsReport report = (run.Get(method), sets.IsEmpty) switch
            {
                ("displacements", true) => throw new InputException($"{file}: found snapshots with more or less than one displaced atom; --method displacements expects exactly one in each. Use --method fit."),
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

            PhononOutput.Print(run, $"{report.ToText()}\n{Path.Combine(folder, "FORCE_SETS")}, {constants}", report.ToDocument(folder));
            return Task.FromResult(0);
        });
    }

    private static (ImmutableArray<ForceSet> Sets, ImmutableArray<DisplacedSnapshot> Snapshots) ReadForces(string file, Supercell cell)
    {
        if (IsExtendedXyz(file))
        {
            ImmutableArray<DisplacedSnapshot> frames = DisplacedFrames.ReadSnapshots(file, cell);
            return frames.IsEmpty
                ? throw new InputException($"{file}: found no frame; expected displaced supercells with forces. Label the displaced cells first ('phonograph label').")
                : (DisplacedFrames.SingleDisplacements(frames), frames);
        }

        if (SnapshotForceSetsFile.Matches(file))
        {
            return ([], SnapshotForceSetsFile.Read(file, cell));
        }

        ImmutableArray<ForceSet> sets = ForceSetsFile.Read(file, cell);
        return (sets, [.. sets.Select(DisplacedSnapshot.Of)]);
    }

    private static bool IsExtendedXyz(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return name.EndsWith(".xyz", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".extxyz", StringComparison.OrdinalIgnoreCase);
    }
}
