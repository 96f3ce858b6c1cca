using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>The supercell of the verbs that displace atoms and read their forces: a POSCAR with <c>--supercell</c>, or a phonopy YAML file that says both.</summary>
internal static class SupercellInput
{
    internal const string CrystalDescription = "POSCAR of the unit cell (Å), or a phonopy YAML file (phonopy_disp.yaml, ...), which says its supercell itself.";

    /// <summary>The option, not required: a YAML file does without it.</summary>
    internal static Option<string> CreateOption()
    {
        Option<string> option = SupercellOption.Create();
        option.Required = false;
        return option;
    }

    /// <summary>Reads the cells, and whatever else a YAML file holds.</summary>
    /// <exception cref="InputException">The file is wrong, or the supercell is said twice or not at all.</exception>
    internal static PhonopyDocument Read(CliRun run, string path, Option<string> supercell)
    {
        string? matrix = run.Arguments.GetValue(supercell);
        if (PhonopyYamlFile.Matches(path))
        {
            return matrix is null ? PhonopyYamlFile.Read(path) : throw new InputException($"--supercell: found with {path}, which says itself what its supercell is; expected with a POSCAR only.");
        }

        if (matrix is null)
        {
            throw new InputException($"--supercell: found nothing; expected the supercell of the displacements, because {path} is no YAML file. Write for example --supercell 2,2,2.");
        }

        var cell = SupercellOption.Build(Poscar.Read(path), matrix);
        return new PhonopyDocument(cell, PrimitiveTransformation.Automatic(cell.Unit).CellOf(cell.Unit)) { FileOrder = PhonopySupercellOrder.ToOwn(cell) };
    }
}
