using System.Collections.Immutable;
using System.CommandLine;
using System.Text;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph study divide</c>: which cells a study trains and tests on, and which cells of another level may be trained on before it.</summary>
internal static class StudyDivideVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var data = new Argument<string[]>("data") { Description = "Labelled cells and frames (extended XYZ, .gz by name) of one engine and level.", Arity = ArgumentArity.OneOrMore };
        var other = new Option<string[]>("--other-level")
        {
            Description = "Labelled cells of another level, to pre-train on: those that are kin to a test cell (the same, a copy, a ± pair, a neighbour in molecular dynamics) are left out.",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE...",
        };
        var output = new Option<string>("--output", "-o") { Description = "Folder for division.csv, and with --other-level exclusions.csv and pretraining.xyz.gz.", Required = true };
        var command = new Command(
            "divide",
            "Divide labelled cells as 'phonograph study compare' does with the same options, and say which cells of another level a model may see before it is tested on them.\n"
            + "Example: phonograph study divide pbesol.xyz.gz --other-level xtb.xyz.gz --output run/division")
        {
            data, other, output,
        };
        foreach (Option option in DivisionSettings.All)
        {
            command.Add(option);
        }

        return CliRun.Verb(command, run =>
        {
            DivisionOptions options = DivisionSettings.Read(run);
            Dataset dataset = Dataset.Read(run.Get(data));
            var division = Division.Create(dataset.Configurations, options, run.Cancellation);
            Dataset? elsewhere = run.Get(other) is { Length: > 0 } files ? Dataset.Read(files) : null;
            ImmutableArray<Exclusion> exclusions = elsewhere is null ? [] : ExclusionList.Of(elsewhere.Configurations, division, run.Cancellation);
            string folder = run.Get(output);
            OutputPlace.Prepare(folder);
            AtomicFile.WriteText(Path.Combine(folder, "division.csv"), Table(division));
            if (elsewhere is not null)
            {
                HashSet<string> excluded = [.. exclusions.Select(each => each.Id)];
                AtomicFile.WriteText(
                    Path.Combine(folder, "exclusions.csv"), string.Concat(exclusions.Select(each => $"{each.Id},{Name(each.Reason.ToString())},{each.TestCell}\n").Prepend("id,reason,test_cell\n")));
                ExtendedXyz.Write(Path.Combine(folder, "pretraining.xyz.gz"), elsewhere.Configurations.Where(cell => !excluded.Contains(cell.Id)).Select(cell => cell.Frame));
            }

            run.Progress.Finish();
            var counts = division.Parts.GroupBy(each => (each.Cell.Stratum, each.Part)).OrderBy(group => group.Key.Stratum, Stratum.TableOrder).ThenBy(group => group.Key.Part)
                .Select(group => (Cells: group.Key.Stratum.Label, Part: Name(group.Key.Part.ToString()), Count: group.Count())).ToArray();
            var reasons = exclusions.GroupBy(each => each.Reason).OrderBy(group => group.Key).Select(group => (Reason: Name(group.Key.ToString()), Count: group.Count())).ToArray();
            if (run.IsJson)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(
                    new
                    {
                        parts = counts.Select(row => new { cells = row.Cells, part = row.Part, n = row.Count }),
                        block_fs = division.BlockFemtosecond,
                        excluded = reasons.Select(row => new { reason = row.Reason, n = row.Count }),
                        left_to_pretrain = elsewhere is null ? (int?)null : elsewhere.Configurations.Length - exclusions.Length,
                    },
                    Indented));
                return Task.FromResult(0);
            }

            TextTable.Write(Console.Out, ["cells", "part", "n"], counts.Select(row => new[] { row.Cells, row.Part, $"{row.Count}" }));
            if (elsewhere is not null)
            {
                string why = reasons.Length == 0 ? "" : $" ({string.Join(", ", reasons.Select(row => $"{row.Count} {row.Reason}"))})";
                Console.Out.WriteLine($"\n{exclusions.Length} of {elsewhere.Configurations.Length} cells of {elsewhere.Engine} {elsewhere.Level} are kin to test cells and are left out{why}");
            }

            Console.Out.WriteLine($"{folder}: division.csv{(elsewhere is null ? "" : ", exclusions.csv, pretraining.xyz.gz")}");
            return Task.FromResult(0);
        });
    }

    private static string Table(Division division)
    {
        var text = new StringBuilder("id,scheme,stratum,group,block,part\n");
        foreach ((LabelledConfiguration cell, DivisionPart part) in division.Parts)
        {
            text.Append($"{cell.Id},{cell.Scheme},{cell.Stratum.Label},{division.GroupOf(cell)},{division.Blocks.GetValueOrDefault(cell.Id, "")},{Name(part.ToString())}\n");
        }

        return text.ToString();
    }

    /// <summary>SymmetryCopy as <c>symmetry copy</c>.</summary>
    private static string Name(string name) => string.Concat(name.Select((letter, place) => char.IsUpper(letter) ? $"{(place > 0 ? " " : "")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
