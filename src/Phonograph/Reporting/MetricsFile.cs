using System.Text.Encodings.Web;
using System.Text.Json;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Reporting;

/// <summary>Writes <c>metrics.json</c>: a list of records, errors in the unit of the property, each metric with the ends of its 95 % interval.</summary>
internal static class MetricsFile
{
    // The only characters outside ASCII are units and names; they stay readable. The file is never pasted into a page.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(string path, IEnumerable<MetricRecord> records) => AtomicFile.WriteStream(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartArray();
        foreach (MetricRecord record in records)
        {
            json.WriteStartObject();
            json.WriteString("property", record.Property.Key);
            json.WriteString("unit", record.Property.Unit);
            json.WriteString("model", record.Model);
            json.WriteString("trained_on", record.TrainedOn);
            json.WriteString("tested_on", record.TestedOn);
            json.WriteNumber("training_size", record.TrainingSize);
            json.WriteNumber("n", record.TestCount);
            WriteInterval(json, "label_std", record.LabelStandardDeviation);
            WriteInterval(json, "mae", record.MeanAbsoluteError);
            WriteInterval(json, "rmse", record.RootMeanSquareError);
            WriteInterval(json, "r2", record.RSquared);
            WriteInterval(json, "max_error", record.MaximumError);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteInterval(Utf8JsonWriter json, string key, Interval interval)
    {
        WriteNumber(json, key, interval.Value);
        WriteNumber(json, key + "_low", interval.Low);
        WriteNumber(json, key + "_high", interval.High);
    }

    /// <summary>JSON has no NaN: what is not defined is null.</summary>
    private static void WriteNumber(Utf8JsonWriter json, string key, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(key, value);
        }
        else
        {
            json.WriteNull(key);
        }
    }
}
