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
using Phonograph.Learning.Baselines;
using Phonograph.Learning.Ensembles;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;
using Phonograph.Reporting;

namespace Phonograph.Cli.Verbs;

/// <summary><c>phonograph train</c>: trains a network on labelled configurations.</summary>
internal static class TrainVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Option<ulong> SplitSeed = new("--split-seed") { Description = "Seed of the division into 70 % training, 15 % validation, 15 % test." };
    private static readonly Option<double> Cutoff = new("--cutoff") { Description = "Longest edge of a graph, Å.", DefaultValueFactory = _ => GraphOptions.DefaultCutoffAngstrom };
    private static readonly Option<bool> Legacy = new("--legacy") { Description = "Use the published graph builder and normalisation, for comparison only." };
    private static readonly Option<ulong?> ShuffleLabels = new("--shuffle-labels") { Description = "Deal the labels out anew among the cells with this seed: a control for 'explain --control' that learns nothing about the crystal.", HelpName = "SEED" };
    private static readonly Option<int?> Threads = new("--threads") { Description = "Number of threads; all processors when not given. It does not change the weights." };
    private static readonly Option<double> CheckpointSeconds = new("--checkpoint-interval")
    {
        Description = "Seconds between checkpoints, written at the end of an epoch: what a kill loses at most, beside the epoch in hand.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<string?> Last = new("--last") { Description = "Also write the model after the last epoch, beside that of the best epoch in OUTPUT." };
    private static readonly Option<string?> Log = new("--log") { Description = "CSV file of losses, renewed with each checkpoint: epoch, training_loss, validation_loss, validation_mae, learning_rate." };
    private static readonly Option<string?> Figure = new("--figure") { Description = "Figure of the losses, by its name .svg or .png." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace another model under the name of the output." };

    internal static Command Create()
    {
        var data = new Argument<string[]>("data") { Description = "Extended XYZ files of labelled configurations (.gz by name).", Arity = ArgumentArity.OneOrMore };
        Option<string> property = PropertyOption.CreateSeveral();
        var output = new Option<string>("--output") { Description = "Model file to write (safetensors). A killed training continues from OUTPUT.checkpoint.", Required = true };
        var command = new Command(
            "train",
            "Train a graph network on labelled configurations; 15 % are kept for a test, and 15 % decide when to stop. On a terminal the losses are shown as it trains.\n"
            + "Example: phonograph train phonon.xyz.gz --property band_gap --output gap.safetensors")
        {
            data, property,
        };
        foreach (Option option in (Option[])
        [
            PropertyOption.Head, .. TrainingSettings.All, StartOptions.Start, StartOptions.Freeze, SplitSeed, Cutoff, Legacy, ShuffleLabels, Threads, CheckpointSeconds, Last, Log, Figure, Overwrite, .. EnsembleTraining.All, output,
        ])
        {
            command.Options.Add(option);
        }

        return CliRun.Verb(command, run => Task.FromResult(Train(run, run.Get(data), PropertyOption.Of(run, property), run.Get(output))));
    }

    private static int Train(CliRun run, string[] files, ImmutableArray<Property> properties, string output)
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

        TrainingFigures.Check(run.Get(Figure) ?? ".svg");
        StartModel? start = StartOptions.Read(run);
        TrainingOptions options = (TrainingSettings.Read(run, start) with { LegacyNormalization = run.Get(Legacy), Head = PropertyOption.HeadOf(run), Freeze = run.Get(StartOptions.Freeze) }).Validated();
        EnsembleOptions? ensemble = EnsembleTraining.Read(run, properties, run.Get(Last), run.Get(Log), run.Get(Figure));
        foreach (string file in (string[])[output, .. new[] { run.Get(Last), run.Get(Log), run.Get(Figure) }.OfType<string>()])
        {
            OutputPlace.Prepare(Path.GetDirectoryName(Path.GetFullPath(file))!);
        }

        Dataset dataset = Dataset.Read(files);
        var split = Split.Create(dataset.Configurations, new SplitOptions { Seed = run.Get(SplitSeed) });
        var graphs = GraphLibrary.Build(dataset.Configurations, new GraphOptions { CutoffAngstrom = cutoff, Legacy = run.Get(Legacy) }, run.Progress, run.Cancellation);
        var training = new TrainingData(properties[0], graphs.Of(split.Training, properties), graphs.Of(split.Validation, properties), graphs.Options, dataset.Engine, dataset.Level)
        {
            FurtherProperties = properties.RemoveAt(0),
            Start = start,
        };
        training = run.Get(ShuffleLabels) is { } shuffle ? ShuffledLabels.Of(training, shuffle) : training;
        ImmutableArray<LabelledGraph> test = StartOptions.Unseen(run, start, graphs.Of(split.Test, properties));
        if (ensemble is not null)
        {
            return EnsembleTraining.Train(run, training, test, graphs, split, options, ensemble, output, threads, run.Get(Overwrite));
        }

        using WorkerPool? pool = threads is { } count ? new WorkerPool(count) : null;
        TrainedModel model = TrainOrRead(run, training, options, output, pool);
        if (run.Get(Log) is { } log)
        {
            TrainingLog.Write(log, model.History);
        }

        if (run.Get(Figure) is { } figure)
        {
            TrainingFigures.Write(figure, model);
        }

        run.Progress.Finish();

        var predictor = new Predictor(model, pool);
        ImmutableArray<ImmutableArray<Prediction>> tested = predictor.PredictProperties(test, "test");
        ImmutableArray<MetricRecord> metrics = SchemeMetrics.OfProperties(model.Description, tested);
        ImmutableArray<BaselineComparison> baselines = BaselineTable.Of(graphs, split, properties, tested, run);
        TrainingProvenance made = model.Description.Training;
        Console.Out.WriteLine(run.IsJson
            ? StartOptions.Added(run, made.Start, new JsonObject
            {
                ["model"] = output,
                ["parameters"] = model.Network.ParameterCount,
                ["training_size"] = made.TrainingSize,
                ["validation_size"] = made.ValidationConfigurations.Length,
                ["epochs"] = made.EpochsRun,
                ["best_epoch"] = made.BestEpoch,
                ["validation_mae"] = made.ValidationMeanAbsoluteError,
                ["unit"] = properties[0].Unit,
                ["fingerprint"] = made.Fingerprint,
                ["test"] = MetricTable.Json(metrics),
                ["baselines"] = BaselineTable.Json(baselines),
            }).ToJsonString(Indented)
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{output}: {model.Description.Model}, {model.Network.ParameterCount} weights, trained on {made.TrainingSize} configurations ({made.TrainedOn})\n{StartOptions.Text(run, made.Start)}"
                + $"stopped after epoch {made.EpochsRun}, best epoch {made.BestEpoch}, validation MAE {made.ValidationMeanAbsoluteError:0.0000} {properties[0].Unit}{(properties.Length > 1 ? $" ({properties[0].Key})" : "")}\n{MetricTable.Text(metrics)}\n{BaselineTable.Text(baselines).TrimEnd()}"));
        return 0;
    }

    private static TrainedModel TrainOrRead(CliRun run, TrainingData training, TrainingOptions options, string output, WorkerPool? pool)
    {
        string checkpoint = output + ".checkpoint";
        if (File.Exists(output))
        {
            string fingerprint = TrainingFingerprint.Of(training, options);
            bool isKnown = IsSame(output, fingerprint);
            if (isKnown && (run.Get(Last) is not { } last || (File.Exists(last) && IsSame(last, fingerprint))))
            {
                return ModelFile.Read(output);
            }

            if (!isKnown && !run.Get(Overwrite))
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
                LastModelPath = run.Get(Last),
                LogPath = run.Get(Log),
                Progress = run.Progress,
                Losses = new LossTable(run.Progress, options.Epochs, training.Property.Unit),
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
}
