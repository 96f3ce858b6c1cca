using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Phonograph.Files;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Reporting.Figures;

namespace Phonograph.Reporting;

/// <summary>Files of a search for settings, and of several searches side by side.</summary>
public static class TuningFiles
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes <c>trials.csv</c> (all trials of each set, ranked), <c>best.json</c> and <c>best-SET.yaml</c> (the best settings, the latter as a space of one), <c>tune.json</c>, and the
    /// figure <c>tuning</c> as SVG, PNG and CSV.
    /// </summary>
    /// <param name="folder">Folder; made when missing.</param>
    /// <param name="result">The search.</param>
    /// <returns>Paths of the files.</returns>
    public static ImmutableArray<string> Write(string folder, TuningResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string trials = Path.Combine(folder, "trials.csv"), best = Path.Combine(folder, "best.json");
        AtomicFile.WriteText(trials, Trials(result).ToString());
        AtomicFile.WriteText(best, Best(result) + "\n");
        var spaces = ImmutableArray.CreateBuilder<string>();
        foreach (SetTuning set in result.Sets)
        {
            if (set.Best is { } trial)
            {
                spaces.Add(Path.Combine(folder, $"best-{set.Name}.yaml"));
                AtomicFile.WriteText(spaces[^1], string.Concat(Settings(trial.Settings).Select(each => $"{each.Key}: {each.Value}\n")));
            }
        }

        return [trials, best, .. spaces, TuningResultFile.Write(result, folder), .. FigureFiles.Write(Path.Combine(folder, "tuning"), TuningFigure.Draw(result.Property, [.. result.Sets.Select(set => (set.Name, set))]))];
    }

    /// <summary>Writes <c>comparison.csv</c> and the figure <c>tuning</c>: each set of each search, beside that of the first search.</summary>
    /// <param name="folder">Folder; made when missing.</param>
    /// <param name="searches">Names and searches of one property; the first is what the others are measured by.</param>
    /// <returns>Paths of the files.</returns>
    /// <exception cref="InputException">There is none, or they learned different properties.</exception>
    public static ImmutableArray<string> WriteComparison(string folder, IReadOnlyList<(string Name, TuningResult Result)> searches)
    {
        ArgumentNullException.ThrowIfNull(searches);
        if (searches.Count == 0 || searches.Any(search => search.Result.Property != searches[0].Result.Property))
        {
            throw new InputException($"The searches learned {string.Join(", ", searches.Select(search => search.Result.Property.Key).Distinct())}; expected one property. Compare those of one property.");
        }

        string table = Path.Combine(folder, "comparison.csv");
        AtomicFile.WriteText(table, Comparison(searches).ToString());
        (string, SetTuning)[] lines = [.. searches.SelectMany(search => search.Result.Sets.Select(set => (search.Result.Sets.Length == 1 ? search.Name : $"{search.Name} {set.Name}", set)))];
        return [table, .. FigureFiles.Write(Path.Combine(folder, "tuning"), TuningFigure.Draw(searches[0].Result.Property, lines))];
    }

    private static CsvTable Trials(TuningResult result)
    {
        var table = new CsvTable([
            "set", "rank", "trial", .. HyperParameter.All.Select(each => each.Name.Replace('-', '_')), "epochs", "graph_steps", "validation_mae", "unit", "validation_mae_of_each_seed", "best_epoch_of_each_seed", "outcome", "validation_mae_of_each_rung",
        ]);
        foreach (SetTuning set in result.Sets)
        {
            int rank = 0;
            foreach (TrialRecord trial in set.Trials)
            {
                table.Add([
                    set.Name, Numbers.Csv(++rank), Numbers.Csv(trial.Number), .. Values(trial.Settings), Numbers.Csv(trial.Epochs), Numbers.Csv(trial.GraphSteps), Numbers.Csv(trial.ValidationMeanAbsoluteError), result.Property.Unit,
                    OfSeeds(trial), string.Join(' ', trial.Trainings.Select(training => training.BestEpoch)), Name(trial.Outcome),
                    string.Join(' ', trial.Rungs.Select(rung => $"{rung.Epochs}:{Numbers.Csv(rung.ValidationMeanAbsoluteError)}{(rung.IsPromoted ? ":promoted" : "")}")),
                ]);
            }
        }

        return table;
    }

    private static CsvTable Comparison(IReadOnlyList<(string Name, TuningResult Result)> searches)
    {
        var table = new CsvTable([
            "search", "set", "strategy", "seed", "trials", "finished", "diverged", "graph_steps", "share_of_first", "best_validation_mae", "difference_from_first", "unit", "validation_mae_of_each_seed", "graph_steps_to_first", .. HyperParameter.All.Select(each => each.Name.Replace('-', '_')),
        ]);
        foreach ((string name, TuningResult result) in searches)
        {
            foreach (SetTuning set in result.Sets)
            {
                SetTuning first = searches[0].Result.Sets.FirstOrDefault(each => each.Name == set.Name) ?? searches[0].Result.Sets[0];
                double? error = set.Best?.ValidationMeanAbsoluteError, level = first.Best?.ValidationMeanAbsoluteError;
                long? reached = set.Course.Where(point => point.ValidationMeanAbsoluteError <= level).Select(point => (long?)point.GraphSteps).FirstOrDefault();
                table.Add([
                    name, set.Name, result.Strategy.ToString().ToLowerInvariant(), $"{result.Seed}", Numbers.Csv(set.Trials.Length),
                    Numbers.Csv(set.Trials.Count(trial => trial.Outcome is TrialOutcome.Finished or TrialOutcome.StoppedEarly)), Numbers.Csv(set.Trials.Count(trial => trial.Outcome == TrialOutcome.Diverged)),
                    Numbers.Csv(set.GraphSteps), Numbers.Csv(set.GraphSteps / (double)first.GraphSteps), Numbers.Csv(error), Numbers.Csv(error - level), result.Property.Unit, set.Best is { } best ? OfSeeds(best) : "",
                    reached is { } steps ? Numbers.Csv(steps) : "", .. set.Best is { } winner ? Values(winner.Settings) : HyperParameter.All.Select(_ => ""),
                ]);
            }
        }

        return table;
    }

    private static string Best(TuningResult result) => JsonSerializer.Serialize(
        new
        {
            property = result.Property.Key,
            unit = result.Property.Unit,
            sets = result.Sets.Select(set => set.Best is not { } best ? (object)new { set = set.Name } : new
            {
                set = set.Name,
                training_cells = set.TrainingSize,
                validation_cells = set.ValidationSize,
                trial = best.Number,
                validation_mae = best.ValidationMeanAbsoluteError,
                epochs_run = best.Epochs,
                settings = Settings(best.Settings).ToDictionary(each => each.Key, each => each.Value),
                train_options = HyperParameter.CommandLine(best.Settings),
            }),
        },
        Indented);

    private static IEnumerable<KeyValuePair<string, string>> Settings(TrainingOptions options) =>
        HyperParameter.All.Select(each => KeyValuePair.Create(each.Name, each.Read(options))).Where(each => each.Value.Length > 0);

    private static IEnumerable<string> Values(TrainingOptions options) => HyperParameter.All.Select(each => each.Read(options));

    private static string OfSeeds(TrialRecord trial) => string.Join(' ', trial.Trainings.Select(training => Numbers.Csv(training.ValidationMeanAbsoluteError)));

    private static string Name(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.StoppedEarly => "stopped early",
        TrialOutcome.NotPromoted => "not promoted",
        TrialOutcome.NotBegun => "not begun",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
