using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Files;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// The card of effective phonons, from the files that lie in their folder: <c>effective.json</c>, <c>iterations.csv</c> and <c>frequencies.csv</c>, the run with another start in
/// <c>second-start.json</c>, and the verdict of the gate in <c>gate.json</c>, where they are there. The same files give the same text.
/// </summary>
public static class EffectiveCard
{
    /// <summary>Writes the card as Markdown.</summary>
    /// <param name="folder">Folder that <c>phonograph phonons effective</c> wrote.</param>
    /// <exception cref="InputException">A file is missing or damaged.</exception>
    public static string Of(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        JsonObject run = Read(Path.Combine(folder, "effective.json"));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Effective phonons: {Text(run, "formula")} at {Number(run, "temperature_K")} K, {Text(run, "engine")} {Text(run, "level")}\n\nWritten by `phonograph phonons card` from the files of the folder.\n\n");
        Table(text, ["", ""], Facts(run));
        string second = Path.Combine(folder, "second-start.json"), gate = Path.Combine(folder, "gate.json");
        if (File.Exists(second))
        {
            Starts(text, run, Read(second));
        }

        if (File.Exists(gate))
        {
            Gate(text, Read(gate));
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

    private static IEnumerable<string[]> Facts(JsonObject run) =>
    [
        ["cell", $"{Text(run, "formula")}, {Number(run, "atoms_supercell")} atoms, lattice fixed"],
        ["statistics", Text(run, "statistics")],
        ["state", Flag(run, "converged") ? $"converged after {Number(run, "iterations")} iterations" : $"NOT converged after {Number(run, "iterations")} iterations"],
        ["labels", $"{Number(run, "labels")} in the fit ({Number(run, "effective_draws")} effective), {Number(run, "labels_failed")} failed, {Number(run, "labels_of_start")} for the start and the crystal at rest"],
        ["fit", $"R2 of forces {Number(run, "r2_forces")}, residual {Number(run, "residual_rms_eV_per_A")} eV/Å r.m.s., {Number(run, "independent_parameters")} parameters, {Number(run, "degrees_of_freedom")} degrees of freedom"],
        ["free energy", $"{Number(run, "free_energy_eV_per_atom")} ± {Number(run, "free_energy_error_eV_per_atom")} eV/atom above the crystal at rest (harmonic {Number(run, "free_energy_harmonic_eV_per_atom")}, correction {Number(run, "free_energy_correction_eV_per_atom")}): an upper bound"],
        ["soft modes", $"rule {Text(run, "soft_mode_policy")}: {Number(run, "soft_modes_touched")} of {run["frequencies_THz"]!.AsArray().Count} modes touched, {Number(run, "imaginary_modes")} imaginary"],
        ["error of the frequencies", $"{Number(run, "frequency_error_rms_THz")} THz r.m.s."],
        ["r.m.s. displacement", $"{Number(run, "rms_displacement_A")} Å"],
        ["largest mean force that symmetry allows", $"{Number(run, "mean_force_eV_per_A")} eV/Å"],
        ["settings", $"{Number(run, "cells_per_iteration")} cells an iteration, seed {Number(run, "seed")}, mixing {Number(run, "mixing")}, tolerances {Number(run, "frequency_tolerance_THz")} THz and {Number(run, "free_energy_tolerance_eV_per_atom")} eV/atom, precision {Number(run, "precision_THz")} THz, {Number(run, "resamples")} resamples"],
    ];

    private static void Starts(StringBuilder text, JsonObject first, JsonObject second)
    {
        double error = double.Hypot(Real(first, "free_energy_error_eV_per_atom"), Real(second, "free_energy_error_eV_per_atom"));
        var comparison = StartComparison.Of(
            Reals(first, "frequencies_THz"), Reals(first, "frequency_errors_THz"), Reals(second, "frequencies_THz"), Reals(second, "frequency_errors_THz"),
            (Real(first, "free_energy_eV_per_atom") - Real(second, "free_energy_eV_per_atom")) / error);
        text.Append(CultureInfo.InvariantCulture, $"\n## Another start\n\nA run with another start and seed {Number(second, "seed")} ({Number(second, "labels")} labels of its own, {(Flag(second, "converged") ? "converged" : "NOT converged")} after {Number(second, "iterations")} iterations) ");
        text.Append(CultureInfo.InvariantCulture, $"differs by {comparison.RootMeanSquareTerahertz:F3} THz r.m.s.; {100 * comparison.WithinOneError:F0} % of the modes lie within one standard error of the difference, {100 * comparison.WithinTwoErrors:F0} % within two, the furthest {comparison.LargestInErrors:F1}. ");
        text.Append(CultureInfo.InvariantCulture, $"Its free energy is {Number(second, "free_energy_eV_per_atom")} ± {Number(second, "free_energy_error_eV_per_atom")} eV/atom, {comparison.FreeEnergyInErrors:F1} standard errors away.\n");
    }

    private static void Gate(StringBuilder text, JsonObject gate)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## Gate\n\nMolecular dynamics at {Number(gate, "temperature_K")} K, {Text(gate, "level")}, {Number(gate, "steps")} steps of {Number(gate, "time_step_fs")} fs: **{Text(gate, "verdict")}**.\n\n");
        foreach (JsonNode? reason in gate["reasons"]!.AsArray().Concat(gate["cautions"]?.AsArray() ?? []))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {reason}\n");
        }
    }

    private static void Frequencies(StringBuilder text, string path)
    {
        string[][] rows = [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];
        Table(text, ["wave vector", "frequencies ± standard errors (THz)"], rows.GroupBy(row => $"{row[0]} {row[1]} {row[2]}").Select(group => new[]
        {
            group.Key,
            string.Join(", ", group.Select(row => string.Create(CultureInfo.InvariantCulture, $"{double.Parse(row[4], CultureInfo.InvariantCulture):F3} ± {double.Parse(row[5], CultureInfo.InvariantCulture):F3}"))),
        }));
    }

    private static void Csv(StringBuilder text, string path)
    {
        string[] lines = File.ReadAllLines(path);
        Table(text, [.. lines[0].Split(',').Select(title => title.Replace('_', ' '))], lines.Skip(1).Select(line => line.Split(',')));
    }

    private static void Table(StringBuilder text, string[] titles, IEnumerable<string[]> rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", titles)} |\n|{string.Concat(Enumerable.Repeat(" --- |", titles.Length))}\n");
        foreach (string[] row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row)} |\n");
        }
    }

    private static JsonObject Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: no such file. Give a folder that 'phonograph phonons effective --output' wrote.");
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("It is no object.");
        }
        catch (JsonException error)
        {
            throw new InputException($"{path}: damaged JSON ({error.Message}). Write it again with the command that made it.", error);
        }
    }

    private static JsonNode Node(JsonObject document, string key) => document[key] ?? throw new InputException($"The document has no '{key}'; it was made by another version. Write it again with the command that made it.");

    private static string Text(JsonObject document, string key) => Node(document, key).ToString();

    private static string Number(JsonObject document, string key) => Real(document, key).ToString("G7", CultureInfo.InvariantCulture);

    private static bool Flag(JsonObject document, string key) => Node(document, key).GetValueKind() == JsonValueKind.True;

    private static double Real(JsonObject document, string key) => Node(document, key).GetValueKind() == JsonValueKind.Number ? Node(document, key).GetValue<double>() : double.NaN;

    private static ImmutableArray<double> Reals(JsonObject document, string key) => [.. Node(document, key).AsArray().Select(value => value?.GetValue<double>() ?? double.NaN)];
}
