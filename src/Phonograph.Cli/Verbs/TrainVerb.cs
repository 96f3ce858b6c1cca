using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Phonograph.Cli.Terminal;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph train</c>: trains a network on labelled configurations.</summary>
internal static class TrainVerb
{
    private static readonly TrainingOptions Defaults = new();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Option<string> Model = new("--model")
    {
        Description = $"Architecture: {string.Join("; ", GraphConvVariant.All.Select(variant => $"{variant.Name}: {variant.Describe()}"))}.",
        DefaultValueFactory = _ => Defaults.Model,
    };

    private static readonly Option<int> Hidden = new("--hidden") { Description = "Features per node.", DefaultValueFactory = _ => Defaults.Hidden };
    private static readonly Option<double> LearningRate = new("--learning-rate") { Description = "First learning rate of Adam.", DefaultValueFactory = _ => Defaults.LearningRate };
    private static readonly Option<string> Schedule = new("--schedule")
    {
        Description = "Learning rate: constant, or halved when the validation loss has not improved for 20 epochs (plateau).",
        DefaultValueFactory = _ => "plateau",
    };

    private static readonly Option<double> Dropout = new("--dropout") { Description = "Share of pooled features set to zero in training, 0 to below 1.", DefaultValueFactory = _ => Defaults.Dropout };
    private static readonly Option<int> Batch = new("--batch") { Description = "Largest number of graphs in one step.", DefaultValueFactory = _ => Defaults.BatchSize };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "Largest number of passes over the training data.", DefaultValueFactory = _ => Defaults.Epochs };
    private static readonly Option<int> Patience = new("--patience") { Description = "Passes without improvement on the validation data before training stops.", DefaultValueFactory = _ => Defaults.Patience };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of weights, shuffles and dropout.", DefaultValueFactory = _ => Defaults.Seed };
    private static readonly Option<ulong> SplitSeed = new("--split-seed") { Description = "Seed of the division into 70 % training, 15 % validation, 15 % test." };
    private static readonly Option<double> Cutoff = new("--cutoff") { Description = "Longest edge of a graph, Å.", DefaultValueFactory = _ => GraphOptions.DefaultCutoffAngstrom };
    private static readonly Option<bool> Legacy = new("--legacy") { Description = "Use the published graph builder and normalisation, for comparison only." };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Number of threads; all processors when not given. It does not change the weights." };
    private static readonly Option<double> CheckpointSeconds = new("--checkpoint-interval")
    {
        Description = "Seconds between checkpoints, written at the end of an epoch: what a kill loses at most, beside the epoch in hand.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace another model under the name of the output." };

    internal static Command Create()
    {
        var data = new Argument<string[]>("data") { Description = "Extended XYZ files of labelled configurations (.gz by name).", Arity = ArgumentArity.OneOrMore };
        Option<string> property = PropertyOption.Create();
        var output = new Option<string>("--output") { Description = "Model file to write (safetensors). A killed training continues from OUTPUT.checkpoint.", Required = true };
        Model.AcceptOnlyFromAmong([.. GraphConvVariant.All.Select(variant => variant.Name)]);
        Schedule.AcceptOnlyFromAmong("constant", "plateau");
        var command = new Command(
            "train",
            "Train a graph network on labelled configurations; 15 % are kept for a test, and 15 % decide when to stop.\n"
            + "Example: phonograph train phonon.xyz.gz --property band_gap --model m5 --hidden 64 --output gap.safetensors")
        {
            data, property, Model, Hidden, LearningRate, Schedule, Dropout, Batch, Epochs, Patience, Seed, SplitSeed, Cutoff, Legacy, Threads, CheckpointSeconds, Overwrite, output,
        };
        return CliRun.Verb(command, run => Task.FromResult(Train(run, run.Get(data), PropertyOption.Of(run.Get(property)), run.Get(output))));
    }

    private static int Train(CliRun run, string[] files, Property property, string output)
    {
        double cutoff = run.Get(Cutoff);
        if (!(cutoff > 0) || !double.IsFinite(cutoff))
        {
            throw new InputException($"--cutoff: found {cutoff.ToString(CultureInfo.InvariantCulture)}; expected a positive length in Å.");
        }

        int? threads = run.Get(Threads);
        if (threads is < 1 or > 256)
        {
            throw new InputException($"--threads {threads}: expected 1 to 256.");
        }

        TrainingOptions options = Options(run).Validated();
        OutputPlace.Prepare(Path.GetDirectoryName(Path.GetFullPath(output))!);
        Dataset dataset = Dataset.Read(files);
        var split = Split.Create(dataset.Configurations, new SplitOptions { Seed = run.Get(SplitSeed) });
        var graphs = GraphLibrary.Build(dataset.Configurations, new GraphOptions { CutoffAngstrom = cutoff, Legacy = run.Get(Legacy) }, run.Progress, run.Cancellation);
        var training = new TrainingData(property, graphs.Of(split.Training, property), graphs.Of(split.Validation, property), graphs.Options, dataset.Engine, dataset.Level);
        using WorkerPool? pool = threads is { } count ? new WorkerPool(count) : null;
        TrainedModel model = TrainOrRead(run, training, options, output, pool);
        run.Progress.Finish();

        var predictor = new Predictor(model, pool);
        ImmutableArray<MetricRecord> metrics = SchemeMetrics.Of(model.Description, predictor.Predict(graphs.Of(split.Test, property), "test"));
        TrainingProvenance made = model.Description.Training;
        Console.Out.WriteLine(run.IsJson
            ? new JsonObject
            {
                ["model"] = output,
                ["parameters"] = model.Network.ParameterCount,
                ["training_size"] = made.TrainingSize,
                ["validation_size"] = made.ValidationConfigurations.Length,
                ["epochs"] = made.EpochsRun,
                ["best_epoch"] = made.BestEpoch,
                ["validation_mae"] = made.ValidationMeanAbsoluteError,
                ["unit"] = property.Unit,
                ["fingerprint"] = made.Fingerprint,
                ["test"] = MetricTable.Json(metrics),
            }.ToJsonString(Indented)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{output}: {model.Description.Model}, {model.Network.ParameterCount} weights, trained on {made.TrainingSize} configurations ({made.TrainedOn})\n"
                + $"stopped after epoch {made.EpochsRun}, best epoch {made.BestEpoch}, validation MAE {made.ValidationMeanAbsoluteError:0.0000} {property.Unit}\n{MetricTable.Text(metrics)}"));
        return 0;
    }

    private static TrainedModel TrainOrRead(CliRun run, TrainingData training, TrainingOptions options, string output, WorkerPool? pool)
    {
        string checkpoint = output + ".checkpoint";
        if (File.Exists(output))
        {
            if (IsSame(output, TrainingFingerprint.Of(training, options)))
            {
                return ModelFile.Read(output);
            }

            if (!run.Get(Overwrite))
            {
                throw new InputException($"{output}: another file or a model of another training has this name. Choose another --output, or add --overwrite.");
            }
        }

        if (run.Get(Overwrite) && File.Exists(checkpoint) && !IsSame(checkpoint, TrainingFingerprint.Of(training, options)))
        {
            File.Delete(checkpoint);
        }

        TrainedModel model = Trainer.Train(
            training,
            options,
            new TrainingRun
            {
                Pool = pool,
                CheckpointPath = checkpoint,
                CheckpointInterval = TimeSpan.FromSeconds(Math.Clamp(run.Get(CheckpointSeconds), 0, 86400)),
                Progress = run.Progress,
                Cancellation = run.Cancellation,
            });
        ModelFile.Write(output, model);
        File.Delete(checkpoint);
        return model;
    }

    private static bool IsSame(string path, string fingerprint)
    {
        try
        {
            SafetensorsFile file = SafetensorsFile.Read(path);
            return file.Metadata.GetValueOrDefault("fingerprint") == fingerprint || ModelFile.Read(path).Description.Training.Fingerprint == fingerprint;
        }
        catch (InputException)
        {
            // Whatever it is, it is not the model of this training.
            return false;
        }
    }

    private static TrainingOptions Options(CliRun run) => new()
    {
        Model = run.Get(Model),
        Hidden = run.Get(Hidden),
        Dropout = run.Get(Dropout),
        LearningRate = run.Get(LearningRate),
        Schedule = run.Get(Schedule) == "constant" ? LearningRateSchedule.Constant : LearningRateSchedule.ReduceOnPlateau,
        BatchSize = run.Get(Batch),
        Epochs = run.Get(Epochs),
        Patience = run.Get(Patience),
        Seed = run.Get(Seed),
        LegacyNormalization = run.Get(Legacy),
    };
}
