using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Terminal;
using Phonograph.Files;
using Phonograph.Studies;

namespace Phonograph.Cli.Verbs;

/// <summary>The tables of <c>phonograph study --select</c> and <c>--select-hamiltonian</c>.</summary>
internal static class SettingsTable
{
    private const int Shown = 10;
    private static readonly string[] Header = ["model", "hidden", "learning_rate", "dropout", "validation_mae_eV", "of_each_draw_eV"];

    private static readonly string[] HamiltonianHeader = ["orbitals", "cutoff_A", "radial_functions", "noise_eV", "prior_scale", "validation_mae_eV", "of_each_draw_eV"];

    /// <summary>Writes all trials as CSV, and shows the best on stdout.</summary>
    internal static void Write(CliRun run, ImmutableArray<SettingsTrial> trials, string path)
    {
        Write(run, Header, [.. trials.Select(Row)], path);
    }

    /// <summary>The same for learned Hamiltonians.</summary>
    internal static void Write(CliRun run, ImmutableArray<HamiltonianTrial> trials, string path) => Write(run, HamiltonianHeader, [.. trials.Select(Row)], path);

    private static void Write(CliRun run, string[] header, string[][] rows, string path)
    {
        run.Progress.Finish();
        AtomicFile.WriteText(path, string.Concat(rows.Prepend(header).Select(row => string.Join(',', row) + "\n")));
        if (run.IsJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(new { trials = rows.Length, table = path, best = header.Zip(rows[0]).ToDictionary(pair => pair.First, pair => pair.Second) }));
            return;
        }

        TextTable.Write(Console.Out, header, rows.Take(Shown));
        Console.Out.WriteLine($"{path}: all {rows.Length} settings, the lowest validation error first");
    }

    private static string[] Row(HamiltonianTrial trial)
    {
        static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
        return
        [
            Text($"{trial.Settings.Orbitals}").ToLowerInvariant(), Text($"{trial.Settings.CutoffAngstrom}"), Text($"{trial.Settings.RadialFunctions}"), Text($"{trial.Settings.NoiseElectronvolt}"), Text($"{trial.Settings.PriorScale}"),
            Text($"{trial.MeanError:F5}"), string.Join(' ', trial.ValidationMeanAbsoluteErrors.Select(error => Text($"{error:F5}"))),
        ];
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
