using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons displacements</c>: displaced supercells, ready to be labelled.</summary>
internal static class DisplacementsVerb
{
    internal static Command Create()
    {
        var crystal = new Argument<string>("crystal") { Description = SupercellInput.CrystalDescription };
        Option<string> supercell = SupercellInput.CreateOption();
        var amplitude = new Option<double>("--amplitude") { Description = "Length of every displacement, Å.", DefaultValueFactory = _ => 0.01 };
        var plusMinus = new Option<string>("--plus-minus")
        {
            Description = "When the opposite of a displacement is added: auto (where symmetry does not give its forces), always, never.",
            DefaultValueFactory = _ => "auto",
        };
        plusMinus.AcceptOnlyFromAmong("auto", "always", "never");
        var all = new Option<bool>("--all") { Description = "Every atom of the unit cell along ±x, ±y, ±z, without use of symmetry." };
        Option<double> tolerance = ToleranceOption.Create();
        var yaml = new Option<string?>("--yaml") { Description = "Also write the displacements as phonopy_disp.yaml, for phonopy's own tools (.xz, .gz)." };
        var output = new Option<string>("--output") { Description = "Extended XYZ file to write (.gz compresses).", Required = true };
        var command = new Command(
            "displacements",
            "Write supercells with one displaced atom each, ready for 'phonograph label': the fewest from which symmetry gives all force constants.\n"
            + "Example: phonograph phonons displacements POSCAR --supercell 2,2,2 --amplitude 0.01 --output displacements.xyz")
        {
            crystal, supercell, amplitude, plusMinus, all, tolerance, yaml, output,
        };
        return CliRun.Verb(command, run =>
        {
            PhonopyDocument document = SupercellInput.Read(run, run.Get(crystal), supercell);
            Supercell cell = document.Supercell;
            double length = run.Get(amplitude);
            if (!(length is > 0 and < 1))
            {
                throw new InputException($"--amplitude: found {length.ToString(CultureInfo.InvariantCulture)}; expected a length between 0 and 1 Å. 0.01 is usual.");
            }

            var symmetry = SupercellSymmetry.Of(cell, ToleranceOption.Read(run, tolerance));
            OppositeDisplacements opposites = run.Get(plusMinus) switch
            {
                "always" => OppositeDisplacements.Always,
                "never" => OppositeDisplacements.Never,
                _ => OppositeDisplacements.WhereDistinct,
            };
            ImmutableArray<AtomDisplacement> displacements = run.Get(all) ? AtomDisplacement.CartesianPairs(cell, length) : SymmetryDistinctDisplacements.Of(symmetry, length, opposites);
            ExtendedXyz.Write(run.Get(output), DisplacedFrames.Write(cell, displacements));
            if (run.Get(yaml) is { } file)
            {
                PhonopyYamlFile.Write(file, document with { Displacements = displacements, ForceSets = [], Snapshots = [], Constants = null });
            }

            PhononOutput.Print(
                run,
                string.Create(CultureInfo.InvariantCulture, $"{displacements.Length} displaced supercells of {cell.Crystal.AtomCount} atoms, {length} Å, {symmetry.SpaceGroup.Order} symmetry operations: {run.Get(output)}{(run.Get(yaml) is { } also ? $", {also}" : "")}"),
                new
                {
                    frames = displacements.Length,
                    atoms_supercell = cell.Crystal.AtomCount,
                    amplitude_A = length,
                    symmetry_operations = symmetry.SpaceGroup.Order,
                    output = run.Get(output),
                });
            return Task.FromResult(0);
        });
    }
}
