using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Baselines;
using Phonograph.Learning.Ensembles;
using Phonograph.Learning.Evaluation;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph evaluate</c>: compares a model with labels it has not seen.</summary>
internal static class EvaluateVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var model = new Argument<string>("model") { Description = ModelInput.ArgumentDescription };
        var data = new Argument<string[]>("data") { Description = "Extended XYZ files of labelled configurations (.gz by name).", Arity = ArgumentArity.OneOrMore };
        var includeSeen = new Option<bool>("--include-seen") { Description = "Also count configurations that trained or validated the model. The errors then say little about new ones." };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the bootstrap.", DefaultValueFactory = _ => BootstrapOptions.Default.Seed };
        var calibration = new Option<string?>("--calibration")
        {
            Description = "For an ensemble: write STEM.svg, STEM.png and STEM.csv with observed against nominal coverage and error against standard error.",
            HelpName = "STEM",
        };
        var command = new Command(
            "evaluate",
            "Compare a model with labels: errors with 95 % intervals (bootstrap over test cells), per scheme and together. Configurations that the model, or a model it began from, has seen are left out. A model of several properties has rows for each.\n"
            + "Example: phonograph evaluate gap.safetensors phonon.xyz.gz uniform.xyz.gz --json")
        {
            model, data, includeSeen, seed, calibration,
        };
        return CliRun.Verb(command, run =>
        {
            var trained = ModelInput.Read(run.Get(model));
            ModelDescription description = trained.Description;
            if (run.Get(calibration) is not null && trained.Ensemble is null)
            {
                throw new InputException("--calibration: found with a single model, which has no spread; expected with an ensemble. Train one with 'phonograph train --ensemble'.");
            }

            Dataset dataset = Dataset.Read(run.Get(data));
            if (dataset.Engine != description.Engine || dataset.Level != description.Level)
            {
                throw new InputException(
                    $"The model learned labels of {description.Engine} {description.Level}; the files hold {dataset.Engine} {dataset.Level}. Give labels of the same engine and level.");
            }

            var graphs = GraphLibrary.Build(dataset.Configurations, description.GraphOptions, run.Progress, run.Cancellation);
            ImmutableArray<LabelledGraph> tested = [.. graphs.Of(dataset.Configurations, description.Properties).Where(each => run.Get(includeSeen) || !trained.HasSeen(each))];
            int leftOut = dataset.Configurations.Length - tested.Length;
            if (tested.IsEmpty)
            {
                throw new InputException($"All {leftOut} configurations trained or validated the model, so none is left to test it. Give other files, or add --include-seen.");
            }

            ImmutableArray<ImmutableArray<SpreadPrediction>> spreads = trained.Predict(tested, "test");
            ImmutableArray<ImmutableArray<Prediction>> properties = [.. spreads.Select(property => property.Select(each => each.Prediction).ToImmutableArray())];
            ImmutableArray<Prediction> predictions = properties[0];
            run.Progress.Finish();
            int without = predictions.Count(prediction => !double.IsFinite(prediction.Predicted));
            int outside = Enumerable.Range(0, tested.Length).Count(cell => properties.Any(property => property[cell].IsOutsideTrainingRange));
            if (without == predictions.Length)
            {
                throw new InputException("No configuration can be predicted: all hold elements without tabulated features. Give other files.");
            }

            ImmutableArray<MetricRecord> metrics = SchemeMetrics.OfProperties(description, properties, BootstrapOptions.Default with { Seed = run.Get(seed) });
            CalibrationReport? report = trained.Ensemble is { } ensemble ? CalibrationReport.Of(spreads[0], ensemble.Calibration) : null;
            if (run.Get(calibration) is { } stem)
            {
                CalibrationFigures.Write(stem, report!, description.Property);
            }

            ImmutableArray<BaselineComparison> baselines = Baselines(run, description, dataset, graphs, properties);
            if (run.IsJson)
            {
                var json = new JsonObject
                {
                    ["model"] = run.Get(model),
                    ["left_out_as_seen"] = leftOut,
                    ["outside_training_range"] = outside,
                    ["without_prediction"] = without,
                    ["metrics"] = MetricTable.Json(metrics),
                    ["baselines"] = BaselineTable.Json(baselines),
                };
                if (report is not null)
                {
                    json["members"] = trained.Ensemble!.Members.Length;
                    json["calibration"] = CalibrationTable.Json(trained.Ensemble.Calibration, report);
                }

                Console.Out.WriteLine(json.ToJsonString(Indented));
                return Task.FromResult(0);
            }

            Console.Out.WriteLine(
                $"{string.Join(", ", description.Properties.Select(property => property.Title))}, {(trained.Ensemble is { } models ? $"mean of {models.Members.Length} " : "")}{description.Model} trained on {description.Training.TrainingSize} configurations ({description.Training.TrainedOn}), 95 % intervals in brackets\n"
                    + $"{MetricTable.Text(metrics)}\n{(report is null ? "" : CalibrationTable.Text(trained.Ensemble!.Calibration, report, description.Property) + "\n")}{leftOut} configurations left out because the model has seen them, {outside} of {predictions.Length} outside the training range, {without} without prediction\n"
                    + (baselines.IsEmpty ? "no baselines: not all training and validation configurations of the model are in the files" : BaselineTable.Text(baselines).TrimEnd()));
            return Task.FromResult(0);
        });
    }

    /// <summary>The simple baselines, fitted to the training cells of the model, where the files hold all of them; else none.</summary>
    private static ImmutableArray<BaselineComparison> Baselines(
        CliRun run, ModelDescription description, Dataset dataset, GraphLibrary graphs, ImmutableArray<ImmutableArray<Prediction>> predictions)
    {
        Dictionary<string, LabelledConfiguration> cells = dataset.Configurations.ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        string[] training = [.. description.Training.TrainingConfigurations.Distinct(StringComparer.Ordinal)], validation = [.. description.Training.ValidationConfigurations];
        if (!training.Concat(validation).All(cells.ContainsKey))
        {
            return [];
        }

        var split = new Split([.. training.Select(id => cells[id])], [.. validation.Select(id => cells[id])], [.. predictions[0].Select(each => cells[each.Configuration])]);
        return BaselineTable.Of(graphs, split, description.Properties, predictions, run);
    }
}
