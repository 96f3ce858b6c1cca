using System.Globalization;
using System.Text;
using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting.Comparisons;

/// <summary>A comparison as Markdown: what was done, and its tables.</summary>
internal static class ComparisonText
{
    internal static string Of(ComparisonResult result)
    {
        var text = new StringBuilder();
        ComparisonDesign design = result.Design;
        text.Append(CultureInfo.InvariantCulture, $"# Sampling schemes compared: {design.Formula}, {design.Engine} {design.Level}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{design.TrainingSize} training and {design.ValidationSize} validation cells of each scheme, {design.Draws} draws, seed {design.Seed}. {design.Division} ");
        text.Append(design.GapAboveElectronvolt is { } gap ? string.Create(CultureInfo.InvariantCulture, $"Range filter: only cells with a gap above {gap} eV ({design.FilteredCells} taken out). ") : "No range filter. ");
        text.Append(CultureInfo.InvariantCulture, $"{design.Leakage}\n\nIntervals are 95 %, from {design.Resamples} resamples of training draws and test cells or blocks.\n");
        foreach (string note in result.Notes)
        {
            text.Append($"\n- {note}");
        }

        if (!result.Hypotheses.IsEmpty)
        {
            text.Append("\n\n## What was written down before\n");
            foreach (string sentence in SchemeAnswer.Sentences(result))
            {
                text.Append($"\n- {sentence}");
            }
        }

        text.Append("\n\n## Test sets\n\n");
        Table(text, ["test set", "cells", "blocks", "block (fs)"], result.TestSets.Select(set => new[] { set.Name, $"{set.Cells}", $"{set.Blocks}", set.BlockFemtosecond is { } length ? Numbers.Significant(length) : Numbers.Missing }));
        string[] parts = [.. result.TestSets.Where(set => set.IsPart).Select(set => set.Name)];
        foreach (IGrouping<(Property Property, string TestedOn), SchemeError> group in result.Errors.Where(error => !parts.Contains(error.Metric.TestedOn)).GroupBy(error => (error.Metric.Property, error.Metric.TestedOn)))
        {
            text.Append($"\n## {group.Key.Property.Title} ({group.Key.Property.Unit}) on {group.Key.TestedOn}\n\n");
            Table(
                text, ["model", "trained on", "MAE", "MAE / label spread", "R²"],
                group.OrderBy(error => error.Metric.Model, StringComparer.Ordinal).ThenBy(error => error.Metric.MeanAbsoluteError.Value).Select(error => new[]
                {
                    error.Metric.Model, error.Metric.TrainedOn, Numbers.WithInterval(error.Metric.MeanAbsoluteError), Numbers.WithInterval(error.OverSpread), Numbers.RSquared(error.Metric.RSquared),
                }));
            SchemeDifference[] differences = [.. result.Differences.Where(row => row.Property == group.Key.Property && row.TestedOn == group.Key.TestedOn)];
            if (differences.Length > 0)
            {
                text.Append("\nDifferences of absolute errors on the same cells:\n\n");
                Table(
                    text, ["comparison", "shows", "difference", "Nadeau-Bengio", "ratio", "p (Holm)", "verdict"],
                    differences.Select(row => new[]
                    {
                        row.First.Scheme == row.Second.Scheme ? $"{row.First.Model} - {row.Second.Model}, {row.First.Scheme}" : $"{row.First.Model}: {row.First.Scheme} - {row.Second.Scheme}",
                        row.Meaning, Numbers.WithInterval(row.Numbers.Difference), Numbers.WithInterval(row.Numbers.Corrected), Numbers.WithInterval(row.Numbers.Ratio), Numbers.Significant(row.AdjustedPValue, 2), row.Verdict,
                    }));
            }
        }

        Orders(text, result, parts);
        Parts(text, result, parts);
        Contrasts(text, result);
        Thermal(text, result);
        Curves(text, result);
        text.Append("\n## Settings\n\n");
        Table(text, ["model", "property", "settings tried", "validation MAE", "settings"], result.Settings.Select(row => new[]
        {
            row.Model, row.Property, $"{row.Trials}", row.ValidationMeanAbsoluteError is { } error ? Numbers.Significant(error) : Numbers.Missing, string.Join(", ", row.Values.Select(value => $"{value.Name} {value.Value}")),
        }));
        return text.ToString();
    }

    internal static string Standing(SizeStanding standing) => standing switch
    {
        SizeStanding.NotReached => "not reached",
        _ => standing.ToString().ToLowerInvariant(),
    };

    private static void Orders(StringBuilder text, ComparisonResult result, string[] parts)
    {
        text.Append("\n## Order of the schemes, the lowest error first\n\n");
        Table(
            text, ["property", "tested on", "model", "order"],
            result.Errors.Select(error => error.Metric).Where(metric => !parts.Contains(metric.TestedOn)).Select(metric => (metric.Property, metric.TestedOn, metric.Model)).Distinct()
                .Select(row => new[] { row.Property.Key, row.TestedOn, row.Model, string.Join(" < ", result.Order(row.Property, row.Model, row.TestedOn)) }));
    }

    private static void Parts(StringBuilder text, ComparisonResult result, string[] parts)
    {
        if (parts.Length > 0)
        {
            text.Append("\n## By temperature and width: MAE / label spread\n\n");
            Table(text, ["property", "tested on", "model", "trained on", "MAE", "MAE / label spread"], result.Errors.Where(error => parts.Contains(error.Metric.TestedOn)).Select(error => new[]
            {
                error.Metric.Property.Key, error.Metric.TestedOn, error.Metric.Model, error.Metric.TrainedOn, Numbers.WithInterval(error.Metric.MeanAbsoluteError), Numbers.WithInterval(error.OverSpread),
            }));
        }
    }

    private static void Contrasts(StringBuilder text, ComparisonResult result)
    {
        if (!result.Contrasts.IsEmpty)
        {
            text.Append("\n## Contrasts\n\n");
            Table(text, ["asks", "sum of errors", "property", "model", "tested on", "value", "p"], result.Contrasts.Select(row => new[]
            {
                row.Meaning, row.Formula, row.Property.Key, row.Model, row.TestedOn, Numbers.WithInterval(row.Value), Numbers.Significant(row.PValue, 2),
            }));
        }
    }

    private static void Thermal(StringBuilder text, ComparisonResult result)
    {
        if (!result.ThermalMeans.IsEmpty)
        {
            text.Append("\n## Mean band gap of molecular dynamics (eV)\n\n");
            Table(text, ["frames", "blocks", "model", "trained on", "labelled", "predicted", "error"], result.ThermalMeans.Select(row => new[]
            {
                row.TestedOn, $"{row.Mean.Blocks}", row.Way.Model, row.Way.Scheme, Numbers.WithInterval(row.Mean.Labelled), Numbers.WithInterval(row.Mean.Predicted), Numbers.WithInterval(row.Mean.Error),
            }));
        }
    }

    private static void Curves(StringBuilder text, ComparisonResult result)
    {
        if (result.Curves.Any(curve => curve.Fit is not null))
        {
            text.Append("\n## Learning curves\n\nError = scale · n^-exponent (+ floor); intervals over training draws.\n\n");
            Table(text, ["property", "model", "trained on", "tested on", "sizes", "exponent", "floor", "n for MAE = 0.3 spread"], result.Curves.Where(curve => curve.Fit is not null).Select(curve => new[]
            {
                curve.Curve.Property.Key, curve.Curve.Model, curve.Curve.TrainedOn, curve.Curve.TestedOn, string.Join(' ', curve.Fit!.Sizes), Numbers.WithInterval(curve.Fit.Exponent),
                curve.Fit.HasFloor ? Numbers.Significant(curve.Fit.Mean.Floor) : "none", Size(curve.SizeAtRegisteredShare!),
            }));
        }

        if (!result.Savings.IsEmpty)
        {
            text.Append("\nLabels saved at equal error:\n\n");
            Table(text, ["property", "model", "tested on", "first", "second", "at error", "n first", "n second", "n second / n first"], result.Savings.Select(row => new[]
            {
                row.Property.Key, row.Model, row.TestedOn, row.First, row.Second, Numbers.Significant(row.Saving.Error), Size(row.Saving.FirstSize), Size(row.Saving.SecondSize),
                row.Saving.IsReached ? Numbers.WithInterval(row.Saving.Ratio) : Numbers.Missing,
            }));
        }
    }

    internal static string Size(SizeEstimate size) => size.Standing == SizeStanding.NotReached
        ? "not reached"
        : $"{Numbers.Significant(size.Size.Value)} [{Numbers.Significant(size.Size.Low)}, {(double.IsPositiveInfinity(size.Size.High) ? "∞" : Numbers.Significant(size.Size.High))}]{(size.Standing == SizeStanding.Extrapolated ? " (extrapolated)" : "")}";

    private static void Table(StringBuilder text, string[] header, IEnumerable<string[]> rows)
    {
        foreach (string[] row in new[] { header, [.. header.Select(_ => "---")] }.Concat(rows))
        {
            text.Append($"| {string.Join(" | ", row)} |\n");
        }
    }
}
