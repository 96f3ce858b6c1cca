using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Ensembles;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph predict</c>: predicts a property of structures and says where the model extrapolates.</summary>
internal static class PredictVerb
{
    private const int FramesAtATime = 512;
    private static readonly double HalfWidth95 = NormalDistribution.HalfWidth(0.95);
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal const string StructuresDescription = "Extended XYZ files (.xyz, .extxyz, also .gz; all frames), and POSCAR files (any other name).";

    internal static Command Create()
    {
        var model = new Argument<string>("model") { Description = ModelInput.ArgumentDescription };
        var structures = new Argument<string[]>("structures")
        {
            Description = StructuresDescription,
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string>("--output")
        {
            Description = "CSV file to write: structure, property, unit, predicted, outside (true or false), reasons; with an ensemble also spread, standard_error, low_95, high_95; one row for each property of the model.",
            Required = true,
        };
        var command = new Command(
            "predict",
            "Predict properties of structures. Structures or predictions outside what the model was trained on are flagged, and counted on stderr.\n"
            + "Reasons: unknown-element, edge-length (shorter or longer than in training), saturated (at the end of the range of the training labels), no-features (no prediction: NaN).\n"
            + "Example: phonograph predict gap.safetensors POSCAR frames.xyz.gz --output predictions.csv")
        {
            model, structures, output,
        };
        return CliRun.Verb(command, run =>
        {
            var trained = ModelInput.Read(run.Get(model));
            int count = 0, outside = 0, without = 0;
            OutsideReasons reasons = OutsideReasons.None;
            AtomicFile.WriteText(run.Get(output), writer =>
            {
                writer.WriteLine("structure,property,unit,predicted,outside,reasons" + (trained.Ensemble is null ? "" : ",spread,standard_error,low_95,high_95"));
                foreach ((string Name, Crystal Crystal)[] part in run.Get(structures).SelectMany(Read).Chunk(FramesAtATime))
                {
                    ImmutableArray<ImmutableArray<EnsemblePrediction>> predictions = trained.Predict(part.Select(each => each.Crystal), run.Cancellation);
                    for (int index = 0; index < part.Length; index++)
                    {
                        foreach ((Property property, ImmutableArray<EnsemblePrediction> values) in trained.Description.Properties.Zip(predictions))
                        {
                            writer.WriteLine(Row(part[index].Name, property, trained.Ensemble, values[index]));
                            reasons |= values[index].Reasons;
                        }

                        outside += predictions.Any(values => values[index].Reasons != OutsideReasons.None) ? 1 : 0;
                        without += double.IsNaN(predictions[0][index].Value) ? 1 : 0;
                    }

                    count += part.Length;
                    run.Progress.Report(new WorkProgress("predict", count, count));
                }
            });
            run.Progress.Finish();
            if (outside > 0)
            {
                Console.Error.WriteLine(
                    $"phonograph: warning: {outside} of {count} structures lie outside what the model was trained on ({reasons.Describe()}); see the column 'reasons'. Trained elements: {string.Join(", ", trained.Description.Range.Elements)}.");
            }

            Console.Out.WriteLine(run.IsJson
                ? new JsonObject
                {
                    ["property"] = TargetScales.Names(trained.Description.Properties),
                    ["unit"] = string.Join(',', trained.Description.Properties.Select(property => property.Unit)),
                    ["structures"] = count,
                    ["outside_training_range"] = outside,
                    ["without_prediction"] = without,
                    ["output"] = run.Get(output),
                }.ToJsonString(Indented)
                : $"{count} structures, {outside} outside the training range, {without} without prediction: {run.Get(output)}");
            return Task.FromResult(0);
        });
    }

    internal static IEnumerable<(string Name, Crystal Crystal)> Read(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        if (!name.EndsWith(".xyz", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".extxyz", StringComparison.OrdinalIgnoreCase))
        {
            yield return (path, Poscar.Read(path));
            yield break;
        }

        int frame = 0;
        foreach (ExtendedXyzFrame each in ExtendedXyz.Read(path))
        {
            frame++;
            yield return (each.Info.GetValueOrDefault("id") ?? string.Create(CultureInfo.InvariantCulture, $"{path}#{frame}"), each.Crystal);
        }
    }

    /// <summary>A field of CSV.</summary>
    internal static string Quoted(string field) => field.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static string Row(string structure, Property property, Ensemble? models, EnsemblePrediction prediction)
    {
        string row = $"{Quoted(structure)},{property.Key},{property.Unit},{Number(prediction.Value)},{(prediction.Reasons == OutsideReasons.None ? "false" : "true")},{prediction.Reasons.Describe()}";
        if (models is not { } ensemble)
        {
            return row;
        }

        double error = ensemble.Calibration.StandardError(prediction.Spread), half = HalfWidth95 * error;
        return $"{row},{Number(prediction.Spread)},{Number(error)},{Number(prediction.Value - half)},{Number(prediction.Value + half)}";
    }

    internal static string Number(double value) => double.IsNaN(value) ? "NaN" : value.ToString("G7", CultureInfo.InvariantCulture);
}
