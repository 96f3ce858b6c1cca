using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;

namespace Phonograph.Cli.Verbs;

/// <summary>What <c>phonograph tune</c> prints.</summary>
internal static class TuningOutput
{
    private const int Shown = 5;
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The best trials of each set, and the command that trains with the best settings.</summary>
    internal static void Print(CliRun run, TuningResult result, ImmutableArray<string> files, string data, ulong splitSeed, double cutoff)
    {
        string Command(SetTuning set) => set.Best is not { } best ? "" : string.Create(
            CultureInfo.InvariantCulture, $"phonograph train {data} --property {result.Property.Key} {HyperParameter.CommandLine(best.Settings)} --split-seed {splitSeed} --cutoff {cutoff} --output best.safetensors");
        if (run.IsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new
                {
                    unit = result.Property.Unit,
                    sets = result.Sets.Select(set => new
                    {
                        set = set.Name,
                        training_cells = set.TrainingSize,
                        validation_cells = set.ValidationSize,
                        trials = set.Trials.Length,
                        diverged = set.Trials.Count(trial => trial.Outcome == TrialOutcome.Diverged),
                        graph_steps = set.GraphSteps,
                        best_trial = set.Best?.Number,
                        best_validation_mae = set.Best?.ValidationMeanAbsoluteError,
                        train = Command(set),
                    }),
                    files,
                },
                Indented));
            return;
        }

        foreach (SetTuning set in result.Sets)
        {
            Console.Out.WriteLine($"{set.Name}: {set.Trials.Length} trials on {set.TrainingSize} training and {set.ValidationSize} validation cells, {set.GraphSteps} graph-steps, {set.Trials.Count(trial => trial.Outcome == TrialOutcome.Diverged)} diverged");
            TextTable.Write(
                Console.Out,
                ["rank", "trial", "settings", "epochs", $"validation MAE ({result.Property.Unit})"],
                set.Trials.Take(Shown).Select((trial, rank) => (string[])[$"{rank + 1}", $"{trial.Number}", Short(trial.Settings), $"{trial.Epochs}", Error(trial.ValidationMeanAbsoluteError)]));
            Console.Out.WriteLine(set.Best is null ? "No trial has a validation error: all diverged. Lower the learning rates of the space.\n" : $"{Command(set)}\n");
        }

        Console.Out.WriteLine(string.Join('\n', files));
    }

    /// <summary>Searches side by side.</summary>
    internal static void PrintComparison(CliRun run, IReadOnlyList<(string Name, TuningResult Result)> searches, ImmutableArray<string> files)
    {
        if (run.IsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { files }, Indented));
            return;
        }

        Property property = searches[0].Result.Property;
        TextTable.Write(
            Console.Out,
            ["search", "set", "strategy", "trials", "graph-steps", "of the first", $"best validation MAE ({property.Unit})", "settings"],
            from search in searches
            from set in search.Result.Sets
            let first = searches[0].Result.Sets.FirstOrDefault(each => each.Name == set.Name) ?? searches[0].Result.Sets[0]
            select (string[])
            [
                search.Name, set.Name, search.Result.Strategy.ToString().ToLowerInvariant(), $"{set.Trials.Length}", $"{set.GraphSteps}",
                string.Create(CultureInfo.InvariantCulture, $"{100.0 * set.GraphSteps / first.GraphSteps:F1} %"), Error(set.Best?.ValidationMeanAbsoluteError), set.Best is { } best ? Short(best.Settings) : "",
            ]);
        Console.Out.WriteLine(string.Join('\n', files));
    }

    /// <summary>What differs from the defaults of <c>phonograph train</c>, and the model.</summary>
    internal static string Short(TrainingOptions settings)
    {
        var defaults = new TrainingOptions();
        return string.Join(' ', HyperParameter.All.Where(each => each.Name == "model" || each.Read(settings) != each.Read(defaults)).Select(each => each.Name == "model" ? each.Read(settings) : $"{each.Name} {each.Read(settings)}"));
    }

    internal static string Error(double? error) => error?.ToString("G5", CultureInfo.InvariantCulture) ?? "none";
}

/// <summary>One line on stderr whenever another trial is the best.</summary>
internal sealed class TuningLines(CliRun run, Property property) : IProgress<TuningNews>
{
    public void Report(TuningNews value) => run.Progress.Say(
        $"{value.Set}: trial {value.Point.Trial} ({TuningOutput.Short(value.Settings)}) after {value.Point.Epochs} epochs: validation MAE {TuningOutput.Error(value.Point.ValidationMeanAbsoluteError)} {property.Unit}, {value.Point.GraphSteps} graph-steps so far");
}
