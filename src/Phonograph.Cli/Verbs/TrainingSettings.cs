using System.Collections.Immutable;
using System.CommandLine;
using Phonograph.Cli.Terminal;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of <c>phonograph train</c> that decide the weights, apart from the data.</summary>
internal static class TrainingSettings
{
    private static readonly TrainingOptions Defaults = new();

    private static readonly Option<string> Model = new("--model")
    {
        Description = $"Architecture: {string.Join("; ", GraphNetworks.Names.Select(name => $"{name}: {GraphNetworks.Describe(name)}"))}.",
        DefaultValueFactory = _ => Defaults.Model,
    };

    private static readonly Option<int?> Layers = new("--layers") { Description = $"Number of convolutions of cgcnn, schnet and painn; {GraphNetworks.DefaultLayers} when not given." };
    private static readonly Option<string?> ReadOut = new("--read-out") { Description = "From atoms to crystal: mean, max, or attention (mean with learnt weights); that of the model when not given (mean for cgcnn, schnet and painn)." };
    private static readonly Option<int> Hidden = new("--hidden") { Description = "Features per node.", DefaultValueFactory = _ => Defaults.Hidden };
    private static readonly Option<double> LearningRate = new("--learning-rate") { Description = "First learning rate of Adam.", DefaultValueFactory = _ => Defaults.LearningRate };
    private static readonly Option<string> Schedule = new("--schedule")
    {
        Description = "Learning rate: constant; halved when the validation loss has not improved for 20 epochs (plateau); or rising over --warmup epochs, then falling along a cosine to zero at --epochs (cosine).",
        DefaultValueFactory = _ => "plateau",
    };

    private static readonly Option<int> Warmup = new("--warmup") { Description = "Epochs over which the learning rate rises, with --schedule cosine.", DefaultValueFactory = _ => Defaults.WarmupEpochs };
    private static readonly Option<double> WeightDecay = new("--weight-decay")
    {
        Description = "Share of the learning rate by which each step shrinks every weight (AdamW); 0 for plain Adam.",
        DefaultValueFactory = _ => Defaults.WeightDecay,
    };

    private static readonly Option<double> Clip = new("--clip") { Description = "Largest norm of the gradient over all weights; 0 for no limit.", DefaultValueFactory = _ => Defaults.GradientNormLimit };
    private static readonly Option<double> Average = new("--average")
    {
        Description = "Keep a running average of the weights (EMA), of which each step leaves this share, for example 0.99; 0 for none.",
        DefaultValueFactory = _ => Defaults.AverageDecay,
    };

    private static readonly Option<double> Dropout = new("--dropout") { Description = "Share of pooled features set to zero in training, 0 to below 1.", DefaultValueFactory = _ => Defaults.Dropout };
    private static readonly Option<int> Batch = new("--batch") { Description = "Largest number of graphs in one step.", DefaultValueFactory = _ => Defaults.BatchSize };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "Largest number of passes over the training data.", DefaultValueFactory = _ => Defaults.Epochs };
    private static readonly Option<int> Patience = new("--patience") { Description = "Passes without improvement on the validation data before training stops.", DefaultValueFactory = _ => Defaults.Patience };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of weights, shuffles and dropout.", DefaultValueFactory = _ => Defaults.Seed };

    static TrainingSettings()
    {
        Model.AcceptOnlyFromAmong([.. GraphNetworks.Names]);
        ReadOut.AcceptOnlyFromAmong("mean", "max", "attention");
        Schedule.AcceptOnlyFromAmong([.. LearningRateSchedules.Names]);
    }

    /// <summary>All of them, in the order of the help text.</summary>
    internal static ImmutableArray<Option> All { get; } = [Model, Layers, ReadOut, Hidden, LearningRate, Schedule, Warmup, WeightDecay, Clip, Average, Dropout, Batch, Epochs, Patience, Seed];

    internal static TrainingOptions Read(CliRun run) => new()
    {
        Model = run.Get(Model),
        Layers = run.Get(Layers),
        ReadOut = run.Get(ReadOut) is { } readOut ? Enum.Parse<Pooling>(readOut, ignoreCase: true) : null,
        Hidden = run.Get(Hidden),
        Dropout = run.Get(Dropout),
        LearningRate = run.Get(LearningRate),
        Schedule = LearningRateSchedules.Of(run.Get(Schedule))!.Value,
        WarmupEpochs = run.Get(Warmup),
        WeightDecay = run.Get(WeightDecay),
        GradientNormLimit = run.Get(Clip),
        AverageDecay = run.Get(Average),
        BatchSize = run.Get(Batch),
        Epochs = run.Get(Epochs),
        Patience = run.Get(Patience),
        Seed = run.Get(Seed),
    };
}
