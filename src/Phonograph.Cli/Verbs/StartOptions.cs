using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Training;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of fine-tuning, <c>--start</c> and <c>--freeze</c>, and the guard that no test cell is one the start model has seen.</summary>
internal static class StartOptions
{
    internal static readonly Option<string?> Start = new("--start")
    {
        Description = "Model file to begin from (fine-tuning): the same property and architecture, labels of any level and compound. Test cells that it has seen are left out of the test.",
    };

    internal static readonly Option<bool> Freeze = new("--freeze") { Description = "Train only the layers after the pooling, with --start." };

    internal static StartModel? Read(CliRun run) => run.Get(Start) is { } path ? StartModel.Read(path) : null;

    /// <summary>The test cells that the start model has not seen; how many it has is said on stderr.</summary>
    /// <exception cref="InputException">It has seen all of them.</exception>
    internal static ImmutableArray<LabelledGraph> Unseen(CliRun run, StartModel? start, ImmutableArray<LabelledGraph> test)
    {
        if (start is null)
        {
            return test;
        }

        var cells = new SeenCells(start.Model);
        ImmutableArray<LabelledGraph> unseen = [.. test.Where(each => cells.HasSignatures ? !cells.HasCell(each.Graph) : !cells.HasIdentifier(each.Configuration))];
        int seen = test.Length - unseen.Length;
        string how = cells.HasSignatures ? "" : " (by their identifiers: the file of the start model does not hold its cells)";
        if (unseen.IsEmpty)
        {
            throw new InputException($"All {test.Length} test cells trained or validated the start model{how}, so none is left to test on. Give other cells, or another --start.");
        }

        if (seen > 0)
        {
            run.Progress.Finish();
            Console.Error.WriteLine($"phonograph: warning: {seen} of {test.Length} test cells trained or validated the start model{how}; they are left out of the test.");
        }

        return unseen;
    }

    internal static string Text(CliRun run, StartProvenance? start) => start is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"started from {run.Get(Start)} ({start.Engine} {start.Level}, {start.TrainingSize} configurations), validation MAE {start.ValidationMeanAbsoluteError:0.0000} before the first step\n");

    internal static JsonObject Added(CliRun run, StartProvenance? start, JsonObject json)
    {
        if (start is not null)
        {
            json["start"] = new JsonObject
            {
                ["model"] = run.Get(Start),
                ["sha256"] = start.Sha256,
                ["engine"] = start.Engine,
                ["level"] = start.Level,
                ["training_size"] = start.TrainingSize,
                ["validation_mae"] = start.ValidationMeanAbsoluteError,
            };
        }

        return json;
    }
}
