using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Studies;

namespace Phonograph.Cli.Verbs;

/// <summary>The table of <c>phonograph study --select</c>.</summary>
internal static class SettingsTable
{
    private const int Shown = 10;
    private static readonly string[] Header = ["model", "hidden", "learning_rate", "dropout", "validation_mae_eV", "of_each_draw_eV"];

    /// <summary>Writes all trials as CSV, and shows the best on stdout.</summary>
    internal static void Write(CliRun run, ImmutableArray<SettingsTrial> trials, string path)
    {
        run.Progress.Finish();
        string[][] rows = [.. trials.Select(Row)];
        AtomicFile.WriteText(path, string.Concat(rows.Prepend(Header).Select(row => string.Join(',', row) + "\n")));
        if (run.IsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { trials = trials.Length, table = path, best = Header.Zip(rows[0]).ToDictionary(pair => pair.First, pair => pair.Second) }));
            return;
        }

        TextTable.Write(Console.Out, Header, rows.Take(Shown));
        Console.Out.WriteLine($"{path}: all {trials.Length} settings, the lowest validation error first");
    }

    private static string[] Row(SettingsTrial trial)
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        return
        [
            trial.Settings.Model, Text($"{trial.Settings.Hidden}"), Text($"{trial.Settings.LearningRate}"), Text($"{trial.Settings.Dropout}"), Text($"{trial.MeanError:F5}"),
            string.Join(' ', trial.ValidationMeanAbsoluteErrors.Select(error => Text($"{error:F5}"))),
        ];
    }
}
