using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Explaining.Networks;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Cli.Verbs;

/// <summary>The files and texts of <c>explain</c>.</summary>
internal sealed class ExplanationOutput(string folder, NetworkExplainer explainer)
{
    internal static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly Property _property = explainer.Description.Properties[explainer.Models[0].Property];
    private ImmutableArray<ShellImportance> _shells = [], _control = [];

    /// <summary>Writes the files with a row for each bond and for each atom of each structure.</summary>
    internal void WriteStructures(Action<TextWriter, TextWriter> write) =>
        AtomicFile.WriteText(Path.Combine(folder, "bonds.csv"), bonds => AtomicFile.WriteText(Path.Combine(folder, "atoms.csv"), atoms =>
        {
            bonds.WriteLine("structure,first,second,first_element,second_element,image_a,image_b,image_c,length_A,importance,importance_std,d_prediction_d_length");
            atoms.WriteLine("structure,atom,element,d_prediction_dx,d_prediction_dy,d_prediction_dz," + string.Join(',', NodeFeatures.Names));
            write(bonds, atoms);
        }));

    /// <summary>The bonds of one structure.</summary>
    internal static void WriteBonds(TextWriter writer, string structure, CellExplanation explanation)
    {
        string name = PredictVerb.Quoted(structure);
        ImmutableArray<double>[] runs = [.. explanation.Runs.SelectMany(model => model)];
        for (int place = 0; place < explanation.Bonds.Length; place++)
        {
            Bond bond = explanation.Bonds[place];
            double mean = explanation.Importance[place];
            double deviation = runs.Length < 2 ? double.NaN : Math.Sqrt(runs.Sum(run => (run[place] - mean) * (run[place] - mean)) / (runs.Length - 1));
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name},{bond.First + 1},{bond.Second + 1},{bond.FirstElement.Symbol},{bond.SecondElement.Symbol},{bond.Image.X},{bond.Image.Y},{bond.Image.Z},{bond.LengthAngstrom:0.######},{Number(mean)},{Number(deviation)},{Number(explanation.ByLength[place])}"));
        }
    }

    /// <summary>The atoms of one structure.</summary>
    internal static void WriteAtoms(TextWriter writer, string structure, CrystalGraph graph, CellExplanation explanation)
    {
        string name = PredictVerb.Quoted(structure);
        for (int atom = 0; atom < graph.NodeCount; atom++)
        {
            Vector3D gradient = explanation.ByPosition[atom];
            IEnumerable<double> features = explanation.NodeImportance.Skip(atom * NodeFeatures.Count).Take(NodeFeatures.Count);
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name},{atom + 1},{graph.Elements[atom].Symbol},{Number(gradient.X)},{Number(gradient.Y)},{Number(gradient.Z)},{string.Join(',', features.Select(Number))}"));
        }
    }

    /// <summary>Writes the files about all structures.</summary>
    /// <returns>What <c>explanation.json</c> holds.</returns>
    internal JsonObject Finish(string method, ImportanceSummary summary, ImportanceSummary? control, ExplanationQuality? quality, QualityOptions options, int leftOut, IReadOnlyList<string> figures)
    {
        _shells = summary.Shells();
        ExplanationTables.WritePairs(Path.Combine(folder, "pairs.csv"), _shells);
        ExplanationTables.WriteDensities(Path.Combine(folder, "densities.csv"), summary.Densities());
        ExplanationTables.WriteFeatures(Path.Combine(folder, "features.csv"), summary.Features(), _property.Unit);
        ExplanationTables.WriteQuality(Path.Combine(folder, "quality.csv"), quality, _property.Unit);
        if (control is not null)
        {
            _control = control.Shells();
            ExplanationTables.WritePairs(Path.Combine(folder, "control-pairs.csv"), _control);
            ExplanationTables.WriteDensities(Path.Combine(folder, "control-densities.csv"), control.Densities());
            ExplanationTables.WriteFeatures(Path.Combine(folder, "control-features.csv"), control.Features(), _property.Unit);
        }

        JsonObject document = Document(method, summary, quality, options, leftOut, figures);
        AtomicFile.WriteText(Path.Combine(folder, "explanation.json"), document.ToJsonString(Indented) + "\n");
        return document;
    }

    /// <summary>What is printed: pairs, and the quality in a few lines.</summary>
    internal string Text(ImportanceSummary summary, ExplanationQuality? quality, int leftOut)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        string[] controls = _control.IsEmpty ? [] : ["share of importance, control"];
        TextTable.Write(writer, ["bonds", "per structure", "share of bonds", "share of importance", .. controls, $"without them, change / {_property.Unit}"], _shells.Where(shell => shell.IsAllLengths).Select(shell => (string[])
        [
            shell.Pair.ToString(), shell.BondsPerStructure.ToString("0.#", CultureInfo.InvariantCulture), Text(shell.BondShare), Text(shell.Share),
            .. controls.Select(_ => Text(_control.Single(each => each.IsAllLengths && each.Pair == shell.Pair).Share)), Text(shell.Change),
        ]));
        if (quality is not null)
        {
            writer.WriteLine();
            TextTable.Write(writer, ["quality", "of", "value"], quality.Rows.Where(row => row.Measure is "deletion_area" or "insertion_area" or "rank_correlation").Select(row => (string[])
            [
                row.Measure.Replace('_', ' ') + (row.HasUnit ? $" / {_property.Unit}" : ""), row.Of, Text(row.Value),
            ]));
        }

        writer.Write($"{summary.Count} structures{(leftOut > 0 ? $", {leftOut} left out" : "")}: {folder}");
        return writer.ToString();
    }

    private JsonObject Document(string method, ImportanceSummary summary, ExplanationQuality? quality, QualityOptions options, int leftOut, IReadOnlyList<string> figures) => new()
    {
        ["property"] = _property.Key,
        ["unit"] = _property.Unit,
        ["model"] = explainer.Description.Model,
        ["members"] = explainer.Models.Length,
        ["fingerprints"] = new JsonArray([.. explainer.Models.Select(model => JsonValue.Create(model.Description.Training.Fingerprint))]),
        ["method"] = method,
        ["importance_unit"] = explainer.Options.Method == ImportanceMethod.Mask ? "1" : _property.Unit,
        ["seeds"] = explainer.Options.Method == ImportanceMethod.Mask ? explainer.Options.Mask.Restarts : 1,
        ["structures"] = summary.Count,
        ["left_out"] = leftOut,
        ["pairs"] = Pairs(_shells),
        ["control_pairs"] = Pairs(_control),
        ["features"] = new JsonArray([.. summary.Features().Select(feature => new JsonObject { ["element"] = feature.Element ?? "all", ["feature"] = feature.Feature, ["change"] = Json(feature.Change) })]),
        ["fidelity_at_share_of_bonds"] = options.Share,
        ["prediction_spread"] = Json(quality?.PredictionSpread ?? double.NaN),
        ["quality"] = new JsonArray([.. (quality?.Rows ?? []).Select(row => new JsonObject
        {
            ["measure"] = row.Measure, ["of"] = row.Of, ["unit"] = row.HasUnit ? _property.Unit : "1", ["value"] = Json(row.Value), ["structures"] = row.Structures,
        })]),
        ["figures"] = new JsonArray([.. figures.Select(file => JsonValue.Create(file))]),
        ["output"] = folder,
    };

    private static JsonArray Pairs(IEnumerable<ShellImportance> shells) => [.. shells.Where(shell => shell.IsAllLengths).Select(shell => new JsonObject
    {
        ["first"] = shell.Pair.First,
        ["second"] = shell.Pair.Second,
        ["bonds_per_structure"] = shell.BondsPerStructure,
        ["share_of_bonds"] = Json(shell.BondShare),
        ["share_of_importance"] = Json(shell.Share),
        ["importance"] = Json(shell.Importance),
        ["change_without"] = Json(shell.Change),
    })];

    private static JsonObject Json(Interval interval) => new() { ["value"] = Json(interval.Value), ["low"] = Json(interval.Low), ["high"] = Json(interval.High) };

    private static JsonValue? Json(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string Number(double value) => PredictVerb.Number(value);

    private static string Text(Interval interval) => interval.Value.ToString("0.000", CultureInfo.InvariantCulture)
        + (double.IsNaN(interval.Low) ? "" : string.Create(CultureInfo.InvariantCulture, $" [{interval.Low:0.000}, {interval.High:0.000}]"));
}
