using System.Globalization;
using System.Text.Json.Nodes;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Cli.Verbs;

/// <summary>Metrics with their intervals as text and as JSON, for the verbs that evaluate models.</summary>
internal static class MetricTable
{
    /// <summary>Aligned lines, one per record, with the 95 % interval in brackets; a table with a title for each property where there are several.</summary>
    internal static string Text(IReadOnlyList<MetricRecord> records)
    {
        MetricRecord[][] properties = [.. records.GroupBy(record => record.Property.Key).Select(group => group.ToArray())];
        if (properties.Length > 1)
        {
            return string.Join('\n', properties.Select(property => $"{property[0].Property.Title}\n{Text(property)}"));
        }

        string unit = records[0].Property.Unit;
        string[][] rows =
        [
            ["tested on", "cells", $"MAE / {unit}", $"RMSE / {unit}", "R²", $"largest / {unit}", $"spread / {unit}"],
            .. records.Select(record => new[]
            {
                record.TestedOn,
                record.TestCount.ToString(CultureInfo.InvariantCulture),
                Text(record.MeanAbsoluteError),
                Text(record.RootMeanSquareError),
                Text(record.RSquared),
                record.MaximumError.Value.ToString("0.0000", CultureInfo.InvariantCulture),
                record.LabelStandardDeviation.Value.ToString("0.0000", CultureInfo.InvariantCulture),
            }),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }

    /// <summary>One object per record, keys as in <c>metrics.json</c> of a study; what is not defined is null.</summary>
    internal static JsonArray Json(IReadOnlyList<MetricRecord> records) =>
    [
        .. records.Select(record =>
        {
            var json = new JsonObject
            {
                ["property"] = record.Property.Key,
                ["unit"] = record.Property.Unit,
                ["model"] = record.Model,
                ["trained_on"] = record.TrainedOn,
                ["tested_on"] = record.TestedOn,
                ["training_size"] = record.TrainingSize,
                ["n"] = record.TestCount,
            };
            Add(json, "label_std", record.LabelStandardDeviation);
            Add(json, "mae", record.MeanAbsoluteError);
            Add(json, "rmse", record.RootMeanSquareError);
            Add(json, "r2", record.RSquared);
            Add(json, "max_error", record.MaximumError);
            return json;
        }),
    ];

    private static void Add(JsonObject json, string key, Interval interval)
    {
        json[key] = Number(interval.Value);
        json[key + "_low"] = Number(interval.Low);
        json[key + "_high"] = Number(interval.High);
    }

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string Text(Interval interval) => double.IsNaN(interval.Value)
        ? "undefined"
        : string.Create(CultureInfo.InvariantCulture, $"{interval.Value:0.0000} [{interval.Low:0.0000}, {interval.High:0.0000}]");
}
