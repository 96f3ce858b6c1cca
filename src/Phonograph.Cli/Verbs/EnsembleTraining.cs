using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Baselines;
using Phonograph.Learning.Ensembles;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Training;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of <c>phonograph train</c> that train an ensemble, and its training.</summary>
internal static class EnsembleTraining
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Option<int?> Count = new("--ensemble")
    {
        Description = "Train this many models that differ by their seed, side by side, and calibrate their spread on the validation part; OUTPUT is then a folder, which 'evaluate' and 'predict' read like a model.",
        HelpName = "N",
    };

    private static readonly Option<bool> Resample = new("--resample") { Description = "With --ensemble: train each member on its own resample (bootstrap) of the training part." };

    internal static ImmutableArray<Option> All { get; } = [Count, Resample];

    /// <summary>What was asked for; null for a single model.</summary>
    /// <exception cref="InputException">The options do not go together.</exception>
    internal static EnsembleOptions? Read(CliRun run, ImmutableArray<Property> properties, params string?[] singleModelFiles)
    {
        if (run.Get(Count) is not { } count)
        {
            return run.Get(Resample) ? throw new InputException("--resample: found without --ensemble; expected with it. Add --ensemble N.") : null;
        }

        if (count is < 2 or > EnsembleOptions.LargestCount)
        {
            throw new InputException($"--ensemble {count}: expected 2 to {EnsembleOptions.LargestCount}; one model has no spread. Leave --ensemble out to train a single model.");
        }

        if (properties.Length > 1)
        {
            throw new InputException("--ensemble: found with several properties; expected with one, put out directly. Train an ensemble for each property.");
        }

        return singleModelFiles.All(file => file is null)
            ? new EnsembleOptions(count, run.Get(Resample))
            : throw new InputException("--last, --log and --figure: found with --ensemble; expected with a single model. Each member file holds its losses.");
    }

    /// <summary>Files of the ensemble that lies there; none when its list is damaged and will be replaced.</summary>
    private static ImmutableArray<string> Before(string folder, bool isOverwriting)
    {
        try
        {
            return EnsembleFolder.MemberFiles(folder);
        }
        catch (InputException) when (isOverwriting)
        {
            return [];
        }
    }

    /// <summary>Trains, calibrates, tests and reports.</summary>
    internal static int Train(
        CliRun run, TrainingData data, ImmutableArray<LabelledGraph> test, GraphLibrary graphs, Split split, TrainingOptions options, EnsembleOptions asked, string folder, int? threads, bool isOverwriting)
    {
        OutputPlace.Prepare(folder);
        ImmutableArray<string> before = Before(folder, isOverwriting);
        ImmutableArray<string> members = [.. asked.Requests(data, options).Select(request => request.Fingerprint() + ".safetensors")];
        int common = Math.Min(before.Length, members.Length);
        string[] replaced = [.. before.Except(members)];
        if (!isOverwriting && !before.Take(common).SequenceEqual(members.Take(common)))
        {
            throw new InputException($"{folder}: an ensemble of another training lies there. Choose another --output, or add --overwrite.");
        }

        Ensemble ensemble = Ensemble.Train(data, options, asked, new FitCache(folder), threads, run.Progress, run.Cancellation);
        EnsembleFolder.Write(folder, ensemble);
        foreach (string file in replaced)
        {
            File.Delete(Path.Combine(folder, file));
        }

        run.Progress.Finish();
        Property property = data.Property;
        ImmutableArray<SpreadPrediction> tested = ensemble.Predict(test, "test");
        ImmutableArray<Prediction> means = [.. tested.Select(each => each.Prediction)];
        ImmutableArray<MetricRecord> metrics = SchemeMetrics.Of(ensemble.Description, means);
        ImmutableArray<BaselineComparison> baselines = BaselineTable.Of(graphs, split, [property], [means], run);
        var report = CalibrationReport.Of(tested, ensemble.Calibration);
        Console.Out.WriteLine(run.IsJson
            ? new JsonObject
            {
                ["model"] = folder,
                ["members"] = new JsonArray([.. ensemble.Members.Select((member, place) => new JsonObject
                {
                    ["file"] = members[place],
                    ["seed"] = member.Description.Training.Options.Seed,
                    ["best_epoch"] = member.Description.Training.BestEpoch,
                    ["validation_mae"] = member.Description.Training.ValidationMeanAbsoluteError,
                })]),
                ["resampled"] = asked.IsResampled,
                ["parameters"] = ensemble.Members[0].Network.ParameterCount,
                ["training_size"] = data.Training.Length,
                ["validation_size"] = data.Validation.Length,
                ["unit"] = property.Unit,
                ["test"] = MetricTable.Json(metrics),
                ["calibration"] = CalibrationTable.Json(ensemble.Calibration, report),
                ["baselines"] = BaselineTable.Json(baselines),
            }.ToJsonString(Indented)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{folder}: {ensemble.Members.Length} models {ensemble.Description.Model}, {ensemble.Members[0].Network.ParameterCount} weights each, trained on {data.Training.Length} configurations{(asked.IsResampled ? ", resampled for each" : "")}\n"
                + $"validation MAE of each {string.Join(' ', ensemble.Members.Select(member => member.Description.Training.ValidationMeanAbsoluteError?.ToString("0.0000", CultureInfo.InvariantCulture)))} {property.Unit}; below, that of their mean\n{MetricTable.Text(metrics)}\n")
                + $"{CalibrationTable.Text(ensemble.Calibration, report, property)}\n{BaselineTable.Text(baselines).TrimEnd()}");
        return 0;
    }
}
