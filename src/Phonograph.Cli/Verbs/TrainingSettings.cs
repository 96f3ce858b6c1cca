using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Phonograph.Cli.Terminal;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Cli.Verbs;

/// <summary>The options of <c>phonograph train</c> that decide the weights, apart from the data. Without an architecture everything begins from the settings of the start model, or from <see cref="TrainingOptions.Recommended"/>.</summary>
internal static class TrainingSettings
{
    private static readonly TrainingOptions Named = new(), Unnamed = TrainingOptions.Recommended;

    private static readonly Option<string?> Model = new("--model")
    {
        Description = $"Architecture: {string.Join("; ", GraphNetworks.Names.Select(name => $"{name}: {GraphNetworks.Describe(name)}"))}. Not given: that of --start with its settings, or {Unnamed.Model} with settings of its own, the second of the defaults below where there are two.",
    };

    private static readonly Option<int?> Layers = new("--layers") { Description = $"Number of convolutions of cgcnn, schnet and painn. {Defaults(GraphNetworks.DefaultLayers, Unnamed.Layers!)}" };
    private static readonly Option<string?> ReadOut = new("--read-out") { Description = "From atoms to crystal: mean, max, or attention (mean with learnt weights); that of the model when not given (mean for cgcnn, schnet and painn)." };
    private static readonly Option<int?> Hidden = new("--hidden") { Description = $"Features per node. {Defaults(Named.Hidden, Unnamed.Hidden)}" };
    private static readonly Option<double?> LearningRate = new("--learning-rate") { Description = $"First learning rate of Adam. {Defaults(Named.LearningRate, Unnamed.LearningRate)}" };
    private static readonly Option<string?> Schedule = new("--schedule")
    {
        Description = $"Learning rate: constant; halved when the validation loss has not improved for 20 epochs (plateau); or rising over --warmup epochs, then falling along a cosine to zero at --epochs (cosine). {Defaults(LearningRateSchedules.Name(Named.Schedule), LearningRateSchedules.Name(Unnamed.Schedule))}",
    };

    private static readonly Option<int?> Warmup = new("--warmup") { Description = $"Epochs over which the learning rate rises, with --schedule cosine. {Defaults(Named.WarmupEpochs, Unnamed.WarmupEpochs)}" };
    private static readonly Option<double?> WeightDecay = new("--weight-decay") { Description = $"Share of the learning rate by which each step shrinks every weight (AdamW); 0 for plain Adam. {Defaults(Named.WeightDecay, Unnamed.WeightDecay)}" };

    private static readonly Option<double?> Clip = new("--clip") { Description = $"Largest norm of the gradient over all weights; 0 for no limit. {Defaults(Named.GradientNormLimit, Unnamed.GradientNormLimit)}" };
    private static readonly Option<double?> Average = new("--average") { Description = $"Keep a running average of the weights (EMA), of which each step leaves this share, for example 0.99; 0 for none. {Defaults(Named.AverageDecay, Unnamed.AverageDecay)}" };

    private static readonly Option<double?> Dropout = new("--dropout") { Description = $"Share of pooled features set to zero in training, 0 to below 1. {Defaults(Named.Dropout, Unnamed.Dropout)}" };
    private static readonly Option<int?> Batch = new("--batch") { Description = $"Largest number of graphs in one step. {Defaults(Named.BatchSize, Unnamed.BatchSize)}" };
    private static readonly Option<int?> Epochs = new("--epochs") { Description = $"Largest number of passes over the training data. {Defaults(Named.Epochs, Unnamed.Epochs)}" };
    private static readonly Option<int?> Patience = new("--patience") { Description = $"Passes without improvement on the validation data before training stops. {Defaults(Named.Patience, Unnamed.Patience)}" };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "Seed of weights, shuffles and dropout.", DefaultValueFactory = _ => Named.Seed };

    static TrainingSettings()
    {
        Model.AcceptOnlyFromAmong([.. GraphNetworks.Names]);
        ReadOut.AcceptOnlyFromAmong("mean", "max", "attention");
        Schedule.AcceptOnlyFromAmong([.. LearningRateSchedules.Names]);
    }

    /// <summary>All of them, in the order of the help text.</summary>
    internal static ImmutableArray<Option> All { get; } = [Model, Layers, ReadOut, Hidden, LearningRate, Schedule, Warmup, WeightDecay, Clip, Average, Dropout, Batch, Epochs, Patience, Seed];

    internal static TrainingOptions Read(CliRun run, StartModel? start)
    {
        TrainingOptions plain = run.Get(Model) is { } model ? Named with { Model = model } : start?.Model.Description.Training.Options ?? Unnamed;
        plain = plain.Lasting(run.Get(Epochs) ?? plain.Epochs);
        return plain with
        {
            Layers = run.Get(Layers) ?? plain.Layers,
            ReadOut = run.Get(ReadOut) is { } readOut ? Enum.Parse<Pooling>(readOut, ignoreCase: true) : plain.ReadOut,
            Hidden = run.Get(Hidden) ?? plain.Hidden,
            Dropout = run.Get(Dropout) ?? plain.Dropout,
            LearningRate = run.Get(LearningRate) ?? plain.LearningRate,
            Schedule = run.Get(Schedule) is { } schedule ? LearningRateSchedules.Of(schedule)!.Value : plain.Schedule,
            WarmupEpochs = run.Get(Warmup) ?? plain.WarmupEpochs,
            WeightDecay = run.Get(WeightDecay) ?? plain.WeightDecay,
            GradientNormLimit = run.Get(Clip) ?? plain.GradientNormLimit,
            AverageDecay = run.Get(Average) ?? plain.AverageDecay,
            BatchSize = run.Get(Batch) ?? plain.BatchSize,
            Patience = run.Get(Patience) ?? plain.Patience,
            Seed = run.Get(Seed),
        };
    }

    private static string Defaults(object named, object unnamed) => Equals(named, unnamed)
        ? string.Create(CultureInfo.InvariantCulture, $"[default: {named}]")
        : string.Create(CultureInfo.InvariantCulture, $"[default: {named}; without --model {unnamed}]");
}
