using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Storage;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph evaluate</c>: compares a model with labels it has not seen.</summary>
internal static class EvaluateVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var model = new Argument<string>("model") { Description = "Model file (safetensors) of 'phonograph train'." };
        var data = new Argument<string[]>("data") { Description = "Extended XYZ files of labelled configurations (.gz by name).", Arity = ArgumentArity.OneOrMore };
        var includeSeen = new Option<bool>("--include-seen") { Description = "Also count configurations that trained or validated the model. The errors then say little about new ones." };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the bootstrap.", DefaultValueFactory = _ => BootstrapOptions.Default.Seed };
        var command = new Command(
            "evaluate",
            "Compare a model with labels: errors with 95 % intervals (bootstrap over test cells), per scheme and together. Configurations that the model, or a model it began from, has seen are left out. A model of several properties has rows for each.\n"
            + "Example: phonograph evaluate gap.safetensors phonon.xyz.gz uniform.xyz.gz --json")
        {
            model, data, includeSeen, seed,
        };
        return CliRun.Verb(command, run =>
        {
            TrainedModel trained = ModelFile.Read(run.Get(model));
            ModelDescription description = trained.Description;
            Dataset dataset = Dataset.Read(run.Get(data));
            if (dataset.Engine != description.Engine || dataset.Level != description.Level)
            {
                throw new InputException(
                    $"The model learned labels of {description.Engine} {description.Level}; the files hold {dataset.Engine} {dataset.Level}. Give labels of the same engine and level.");
            }

            var graphs = GraphLibrary.Build(dataset.Configurations, description.GraphOptions, run.Progress, run.Cancellation);
            var seen = new SeenCells(trained);
            ImmutableArray<LabelledGraph> tested = graphs.Of(dataset.Configurations, description.Properties);
            tested = run.Get(includeSeen) ? tested : [.. tested.Where(each => !seen.HasIdentifier(each.Configuration) && !seen.HasCell(each.Graph))];
            int leftOut = dataset.Configurations.Length - tested.Length;
            if (tested.IsEmpty)
            {
                throw new InputException($"All {leftOut} configurations trained or validated the model, so none is left to test it. Give other files, or add --include-seen.");
            }

            ImmutableArray<ImmutableArray<Prediction>> properties = new Predictor(trained).PredictProperties(tested, "test");
            ImmutableArray<Prediction> predictions = properties[0];
            run.Progress.Finish();
            int without = predictions.Count(prediction => !double.IsFinite(prediction.Predicted));
            int outside = Enumerable.Range(0, tested.Length).Count(cell => properties.Any(property => property[cell].IsOutsideTrainingRange));
            if (without == predictions.Length)
            {
                throw new InputException("No configuration can be predicted: all hold elements without tabulated features. Give other files.");
            }

            ImmutableArray<MetricRecord> metrics = SchemeMetrics.OfProperties(description, properties, BootstrapOptions.Default with { Seed = run.Get(seed) });
            Console.Out.WriteLine(run.IsJson
                ? new JsonObject
                {
                    ["model"] = run.Get(model),
                    ["left_out_as_seen"] = leftOut,
                    ["outside_training_range"] = outside,
                    ["without_prediction"] = without,
                    ["metrics"] = MetricTable.Json(metrics),
                }.ToJsonString(Indented)
                : $"{string.Join(", ", description.Properties.Select(property => property.Title))}, {description.Model} trained on {description.Training.TrainingSize} configurations ({description.Training.TrainedOn}), 95 % intervals in brackets\n"
                    + $"{MetricTable.Text(metrics)}\n{leftOut} configurations left out because the model has seen them, {outside} of {predictions.Length} outside the training range, {without} without prediction");
            return Task.FromResult(0);
        });
    }
}
