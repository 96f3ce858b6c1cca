using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Learning;
using Phonograph.Learning.Baselines;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Cli.Verbs;

/// <summary>The simple baselines beside a network, for the verbs that test one.</summary>
internal static class BaselineTable
{
    /// <summary>Fits the baselines of every property to the cells of the network and compares them on its test cells.</summary>
    /// <param name="graphs">Graphs of all cells.</param>
    /// <param name="split">The cells of the network.</param>
    /// <param name="properties">What it predicts.</param>
    /// <param name="network">Its predictions on test cells, for each property.</param>
    /// <param name="run">Cancellation.</param>
    internal static ImmutableArray<BaselineComparison> Of(GraphLibrary graphs, Split split, ImmutableArray<Property> properties, ImmutableArray<ImmutableArray<Prediction>> network, CliRun run)
    {
        LabelledConfiguration[] cells = [.. split.Training.Concat(split.Validation).Concat(split.Test).DistinctBy(cell => cell.Id)];
        var library = BaselineLibrary.Of(cells, graphs);
        return [.. properties.Zip(network).SelectMany(each => BaselineComparison.Of(each.Second, library.Fit(split, [each.First], run.Cancellation)))];
    }

    /// <summary>Aligned lines, one for each baseline; a table for each property.</summary>
    internal static string Text(IReadOnlyList<BaselineComparison> comparisons)
    {
        var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (IGrouping<Property, BaselineComparison> group in comparisons.GroupBy(comparison => comparison.Baseline.Property))
        {
            string unit = group.Key.Unit;
            bool isAlone = comparisons.All(comparison => comparison.Baseline.Property == group.Key);
            string[] header = [isAlone ? "baseline" : $"baseline for {group.Key.Key}", "ridge strength", $"validation MAE / {unit}", $"test MAE / {unit}", $"MAE(network) - MAE(baseline) / {unit}", "verdict"];
            TextTable.Write(text, header, group.Select(comparison => (string[])
            [
                comparison.Baseline.Name,
                comparison.Baseline.Strength is { } strength ? strength.ToString("0.###e+0", CultureInfo.InvariantCulture) : "-",
                comparison.ValidationMeanAbsoluteError.ToString("0.0000", CultureInfo.InvariantCulture),
                comparison.TestMeanAbsoluteError.ToString("0.0000", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{comparison.Difference.Difference.Value:0.0000} [{comparison.Difference.Difference.Low:0.0000}, {comparison.Difference.Difference.High:0.0000}]"),
                comparison.Verdict,
            ]));
        }

        bool hasModes = comparisons.Any(comparison => comparison.Baseline.Name == BaselineNames.Modes);
        return text.ToString() + (hasModes ? "" : "no baseline on normal-mode amplitudes: not all cells carry amplitudes of one set of modes ('phonograph dataset --amplitudes' writes them)\n");
    }

    /// <summary>One object for each baseline; what is not defined is null.</summary>
    internal static JsonArray Json(IReadOnlyList<BaselineComparison> comparisons) =>
    [
        .. comparisons.Select(comparison => new JsonObject
        {
            ["property"] = comparison.Baseline.Property.Key,
            ["baseline"] = comparison.Baseline.Name,
            ["ridge_strength"] = comparison.Baseline.Strength,
            ["validation_mae"] = Number(comparison.ValidationMeanAbsoluteError),
            ["test_mae"] = Number(comparison.TestMeanAbsoluteError),
            ["mae_difference"] = Number(comparison.Difference.Difference.Value),
            ["mae_difference_low"] = Number(comparison.Difference.Difference.Low),
            ["mae_difference_high"] = Number(comparison.Difference.Difference.High),
            ["verdict"] = comparison.Verdict,
        }),
    ];

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
