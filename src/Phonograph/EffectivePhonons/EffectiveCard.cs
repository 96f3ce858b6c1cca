using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Phonograph.Files;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// The card of effective phonons, from the files that lie in their folder: <c>effective.json</c>, <c>iterations.csv</c> and <c>frequencies.csv</c>, the run with another start in
/// <c>second-start.json</c>, and the verdict of the gate in <c>gate.json</c>, where they are there. The same files give the same text.
/// </summary>
public static class EffectiveCard
{
    private const string Advice = "Write the folder again with 'phonograph phonons effective'.";

    /// <summary>Writes the card as Markdown.</summary>
    /// <param name="folder">Folder that <c>phonograph phonons effective</c> wrote.</param>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public static string Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var run = CardDocument.Read(Path.Combine(folder, "effective.json"));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Effective phonons: {run.Text("formula")} at {run.Number("temperature_K")} K, {run.Text("engine")} {run.Text("level")}\n\nWritten by `phonograph phonons card` from the files of the folder.\n\n");
        Table(text, ["", ""], Facts(run));
        string second = Path.Combine(folder, "second-start.json"), gate = Path.Combine(folder, "gate.json");
        if (File.Exists(second))
        {
            Starts(text, run, CardDocument.Read(second));
        }

        if (File.Exists(gate))
        {
            Gate(text, CardDocument.Read(gate));
        }

        text.Append("\n## Iterations\n\n");
        Csv(text, Path.Combine(folder, "iterations.csv"));
        text.Append("\n## Frequencies\n\nAt each wave vector of the supercell, in units of the unit cell's reciprocal vectors; negative: imaginary. Equal ones stand once for each band.\n\n");
        Frequencies(text, Path.Combine(folder, "frequencies.csv"));
        text.Append("\n## Files\n\n");
        Table(text, ["file", "bytes", "SHA-256"], Directory.GetFiles(folder).Order(StringComparer.Ordinal).Where(file => Path.GetFileName(file) != "CARD.md").Select(file => new[]
        {
            Path.GetFileName(file), new FileInfo(file).Length.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))),
        }));
        return text.ToString();
    }

    private static IEnumerable<string[]> Facts(CardDocument run) =>
    [
        ["cell", $"{run.Text("formula")}, {run.Number("atoms_supercell")} atoms, lattice fixed"],
        ["statistics", run.Text("statistics")],
        ["state", run.Flag("converged") ? $"converged after {run.Number("iterations")} iterations" : $"NOT converged after {run.Number("iterations")} iterations"],
        ["labels", $"{run.Number("labels")} in the fit ({run.Number("effective_draws")} effective), {run.Number("labels_failed")} failed, {run.Number("labels_of_start")} for the start and the crystal at rest"],
        ["fit", $"R2 of forces {run.Number("r2_forces")}, residual {run.Number("residual_rms_eV_per_A")} eV/Å r.m.s., {run.Number("independent_parameters")} parameters, {run.Number("degrees_of_freedom")} degrees of freedom"],
        ["free energy", $"{run.Number("free_energy_eV_per_atom")} ± {run.Number("free_energy_error_eV_per_atom")} eV/atom above the crystal at rest (harmonic {run.Number("free_energy_harmonic_eV_per_atom")}, correction {run.Number("free_energy_correction_eV_per_atom")}): an upper bound"],
        ["soft modes", $"rule {run.Text("soft_mode_policy")}: {run.Number("soft_modes_touched")} of {run.Count("frequencies_THz")} modes touched, {run.Number("imaginary_modes")} imaginary"],
        ["error of the frequencies", $"{run.Number("frequency_error_rms_THz")} THz r.m.s."],
        ["r.m.s. displacement", $"{run.Number("rms_displacement_A")} Å"],
        ["largest mean force that symmetry allows", $"{run.Number("mean_force_eV_per_A")} eV/Å"],
        ["settings", $"{run.Number("cells_per_iteration")} cells an iteration, seed {run.Number("seed")}, mixing {run.Number("mixing")}, tolerances {run.Number("frequency_tolerance_THz")} THz and {run.Number("free_energy_tolerance_eV_per_atom")} eV/atom, precision {run.Number("precision_THz")} THz, {run.Number("resamples")} resamples"],
    ];

    private static void Starts(StringBuilder text, CardDocument first, CardDocument second)
    {
        double error = double.Hypot(first.Real("free_energy_error_eV_per_atom"), second.Real("free_energy_error_eV_per_atom"));
        var comparison = StartComparison.Of(
            first.Reals("frequencies_THz"), first.Reals("frequency_errors_THz"), second.Reals("frequencies_THz"), second.Reals("frequency_errors_THz"),
            (first.Real("free_energy_eV_per_atom") - second.Real("free_energy_eV_per_atom")) / error);
        text.Append(CultureInfo.InvariantCulture, $"\n## Another start\n\nA run with another start and seed {second.Number("seed")} ({second.Number("labels")} labels of its own, {(second.Flag("converged") ? "converged" : "NOT converged")} after {second.Number("iterations")} iterations) ");
        text.Append(CultureInfo.InvariantCulture, $"differs by {comparison.RootMeanSquareTerahertz:F3} THz r.m.s.; {100 * comparison.WithinOneError:F0} % of the modes lie within one standard error of the difference, {100 * comparison.WithinTwoErrors:F0} % within two, the furthest {comparison.LargestInErrors:F1}. ");
        text.Append(CultureInfo.InvariantCulture, $"Its free energy is {second.Number("free_energy_eV_per_atom")} ± {second.Number("free_energy_error_eV_per_atom")} eV/atom, {comparison.FreeEnergyInErrors:F1} standard errors away.\n");
    }

    private static void Gate(StringBuilder text, CardDocument gate)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## Gate\n\nMolecular dynamics at {gate.Number("temperature_K")} K, {gate.Text("level")}, {gate.Number("steps")} steps of {gate.Number("time_step_fs")} fs: **{gate.Text("verdict")}**.\n\n");
        foreach (string reason in gate.Texts("reasons").Concat(gate.Texts("cautions")))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {reason}\n");
        }
    }

    private static void Frequencies(StringBuilder text, string path)
    {
        (_, ImmutableArray<(int Line, string[] Values)> rows) = Rows(path);
        double Value(int line, string[] values, int column) => column < values.Length && double.TryParse(values[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw InputException.At(path, line, $"'{string.Join(',', values)}'", "wave vector, band, frequency and its error", Advice);
        Table(text, ["wave vector", "frequencies ± standard errors (THz)"], rows.Select(row => (Vector: string.Join(' ', row.Values.Take(3)), Frequency: string.Create(CultureInfo.InvariantCulture, $"{Value(row.Line, row.Values, 4):F3} ± {Value(row.Line, row.Values, 5):F3}")))
            .GroupBy(row => row.Vector).Select(group => new[] { group.Key, string.Join(", ", group.Select(row => row.Frequency)) }));
    }

    private static void Csv(StringBuilder text, string path)
    {
        (string[] titles, ImmutableArray<(int Line, string[] Values)> rows) = Rows(path);
        Table(text, [.. titles.Select(title => title.Replace('_', ' '))], rows.Select(row => row.Values));
    }

    /// <summary>Titles and rows of a table, each row with as many values as there are titles.</summary>
    private static (string[] Titles, ImmutableArray<(int Line, string[] Values)> Rows) Rows(string path)
    {
        string[] lines = File.Exists(path) ? File.ReadAllLines(path) : throw new InputException($"{path}: no such file. {Advice}");
        string[] titles = lines.Length > 0 ? lines[0].Split(',') : throw InputException.At(path, 0, "an empty file", "a table with a line of titles", Advice);
        ImmutableArray<(int, string[])> rows = [.. lines.Skip(1).Select((line, place) => (place + 2, line.Split(',')))];
        (int bad, string[] values) = rows.FirstOrDefault(row => row.Item2.Length != titles.Length);
        return bad == 0 ? (titles, rows) : throw InputException.At(path, bad, $"{values.Length} values", $"{titles.Length}, as many as there are titles", Advice);
    }

    private static void Table(StringBuilder text, string[] titles, IEnumerable<string[]> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", titles)} |\n|{string.Concat(Enumerable.Repeat(" --- |", titles.Length))}\n");
        foreach (string[] row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }
    }
}
