using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary><c>phonograph phonons export</c>: the same crystal in phonopy's files.</summary>
internal static class ExportVerb
{
    internal static Command Create()
    {
        var input = new PhononInput();
        var yaml = new Option<string?>("--yaml") { Description = "phonopy YAML file to write, with force constants and Born charges (.xz, .gz)." };
        var constants = new Option<string?>("--write-force-constants") { Description = "FORCE_CONSTANTS file to write (eV/Å²)." };
        var compact = new Option<bool>("--compact") { Description = "Write FORCE_CONSTANTS in the compact form." };
        var born = new Option<string?>("--write-born") { Description = "BORN file to write." };
        var command = new Command(
            "export",
            "Write a crystal with its force constants (eV/Å²) in phonopy's files, its primitive cell as unit cell; for programs that read these.\n"
            + "Example: phonograph phonons export phonopy_params.yaml.xz --write-force-constants FORCE_CONSTANTS --compact");
        input.AddTo(command);
        foreach (Option option in new Option[] { yaml, constants, compact, born })
        {
            command.Add(option);
        }

        return CliRun.Verb(command, run =>
        {
            string?[] wanted = [run.Get(yaml), run.Get(constants), run.Get(born)];
            if (wanted.All(path => path is null))
            {
                throw new InputException("Found nothing to write; expected --yaml, --write-force-constants or --write-born.");
            }

            HarmonicCrystal crystal = input.Load(run);
            if (run.Get(yaml) is { } document)
            {
                PhonopyYamlFile.Write(document, new PhonopyDocument(crystal.Constants.Supercell, crystal.PrimitiveCell) { Constants = crystal.Constants, Charges = crystal.Charges });
            }

            if (run.Get(constants) is { } table)
            {
                ForceConstantsFile.Write(table, crystal.Constants, run.Get(compact));
            }

            if (run.Get(born) is { } charges)
            {
                BornFile.Write(charges, crystal.Charges ?? throw new InputException("--write-born: there are no Born charges. Give --born, or a YAML file that holds them."), crystal.Group);
            }

            string[] files = [.. wanted.OfType<string>()];
            PhononOutput.Print(run, $"{input.Describe(run, crystal)}\n{string.Join(", ", files)}", new { source = crystal.Source, files });
            return Task.FromResult(0);
        });
    }
}
