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
            "Compare a model with labels: errors with 95 % intervals (bootstrap over test cells), per scheme and together. Configurations that the model has seen are left out.\n"
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

            ISet<string> seen = trained.Seen;
            LabelledConfiguration[] tested = [.. dataset.Configurations.Where(each => run.Get(includeSeen) || !seen.Contains(each.Id))];
            int leftOut = dataset.Configurations.Length - tested.Length;
            if (tested.Length == 0)
            {
                throw new InputException($"All {leftOut} configurations trained or validated the model, so none is left to test it. Give other files, or add --include-seen.");
            }

            var graphs = GraphLibrary.Build(tested, description.GraphOptions, run.Progress, run.Cancellation);
            ImmutableArray<SpreadPrediction> spreads = trained.Predict(graphs.Of(tested, description.Property), "test");
            ImmutableArray<Prediction> predictions = [.. spreads.Select(each => each.Prediction)];
            run.Progress.Finish();
            int without = predictions.Count(prediction => !double.IsFinite(prediction.Predicted)), outside = predictions.Count(prediction => prediction.IsOutsideTrainingRange);
            if (without == predictions.Length)
            {
                throw new InputException("No configuration can be predicted: all hold elements without tabulated features. Give other files.");
            }

            ImmutableArray<MetricRecord> metrics = SchemeMetrics.Of(description, predictions, BootstrapOptions.Default with { Seed = run.Get(seed) });
            CalibrationReport? report = trained.Ensemble is { } ensemble ? CalibrationReport.Of(spreads, ensemble.Calibration) : null;
            if (run.Get(calibration) is { } stem)
            {
                CalibrationFigures.Write(stem, report!, description.Property);
            }

            ImmutableArray<BaselineComparison> baselines = Baselines(run, description, dataset, tested, predictions);
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
                $"{description.Property.Title}, {(trained.Ensemble is { } models ? $"mean of {models.Members.Length} " : "")}{description.Model} trained on {description.Training.TrainingSize} configurations ({description.Training.TrainedOn}), 95 % intervals in brackets\n"
                    + $"{MetricTable.Text(metrics)}\n{(report is null ? "" : CalibrationTable.Text(trained.Ensemble!.Calibration, report, description.Property) + "\n")}{leftOut} configurations left out because the model has seen them, {outside} of {predictions.Length} outside the training range, {without} without prediction\n"
                    + (baselines.IsEmpty ? "no baselines: not all training and validation configurations of the model are in the files" : BaselineTable.Text(baselines, description.Property).TrimEnd()));
            return Task.FromResult(0);
        });
    }

    /// <summary>The simple baselines, fitted to the training cells of the model, where the files hold all of them; else none.</summary>
    private static ImmutableArray<BaselineComparison> Baselines(CliRun run, ModelDescription description, Dataset dataset, LabelledConfiguration[] tested, ImmutableArray<Prediction> predictions)
    {
        Dictionary<string, LabelledConfiguration> cells = dataset.Configurations.ToDictionary(cell => cell.Id, StringComparer.Ordinal);
        string[] training = [.. description.Training.TrainingConfigurations.Distinct(StringComparer.Ordinal)], validation = [.. description.Training.ValidationConfigurations];
        if (!training.Concat(validation).All(cells.ContainsKey))
        {
            return [];
        }

        var split = new Split([.. training.Select(id => cells[id])], [.. validation.Select(id => cells[id])], [.. tested]);
        var graphs = GraphLibrary.Build(dataset.Configurations, description.GraphOptions, run.Progress, run.Cancellation);
        return BaselineTable.Of(graphs, split, description.Property, predictions, run);
    }
}
