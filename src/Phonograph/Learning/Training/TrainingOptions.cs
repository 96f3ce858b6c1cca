using System.Text.Json.Serialization;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Models;

namespace Phonograph.Learning.Training;

/// <summary>Everything that, together with the data, decides the trained weights to the last bit.</summary>
public sealed record TrainingOptions
{
    /// <summary>
    /// What trains a network when no architecture is chosen: a small <c>painn</c>, which learns where the published variants do not (crystals of one element, whose node features are all alike), in short
    /// trainings (docs/models.md has the measurements).
    /// </summary>
    public static TrainingOptions Recommended { get; } = new()
    {
        Model = "painn",
        Layers = 2,
        Hidden = 32,
        LearningRate = 2e-3,
        Schedule = LearningRateSchedule.WarmupCosine,
        WarmupEpochs = 3,
        GradientNormLimit = 1,
        BatchSize = 8,
        Epochs = 60,
        Patience = 20,
    };

    /// <summary>Name of the architecture, one of <see cref="GraphNetworks.Names"/>.</summary>
    public string Model { get; init; } = "m5";

    /// <summary>Number of features per node inside the network.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Number of convolutions; that of the architecture when null, and always so for <c>m1</c> to <c>m6</c>.</summary>
    public int? Layers { get; init; }

    /// <summary>From nodes to crystal; that of the architecture when null.</summary>
    public Pooling? ReadOut { get; init; }

    /// <summary>Share of pooled features set to zero in each training step, 0 up to, not including, 1.</summary>
    public double Dropout { get; init; }

    /// <summary>First learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate changes.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.ReduceOnPlateau;

    /// <summary>Factor of a reduction, between 0 and 1.</summary>
    public double PlateauFactor { get; init; } = 0.5;

    /// <summary>Epochs without improvement before a reduction.</summary>
    public int PlateauPatience { get; init; } = 20;

    /// <summary>Epochs over which the learning rate of <see cref="LearningRateSchedule.WarmupCosine"/> rises; below <see cref="Epochs"/>.</summary>
    public int WarmupEpochs { get; init; } = 5;

    /// <summary>
    /// Share of the learning rate by which each step shrinks every weight (decoupled weight decay, AdamW); 0 for none. As in PyTorch it takes
    /// in biases and normalisation.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>Largest Euclidean norm of the gradient over all weights; longer ones are shortened. 0 for no limit.</summary>
    public double GradientNormLimit { get; init; }

    /// <summary>
    /// Share of the running average of weights that stays at each step, 0 for no average. With an average it is what validation measures and
    /// what is kept; weights and running statistics are averaged alike.
    /// </summary>
    public double AverageDecay { get; init; }

    /// <summary>Largest number of graphs in one step; an epoch is cut into steps of equal size, give or take one graph.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Largest number of passes over the training data.</summary>
    public int Epochs { get; init; } = 300;

    /// <summary>Epochs without improvement of the validation loss before training stops; the best weights are kept.</summary>
    public int Patience { get; init; } = 50;

    /// <summary>Seed of weights, shuffles and dropout.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// True for the constants of the published scripts: fixed feature ranges, target range over training and validation data. For
    /// comparison only.
    /// </summary>
    public bool LegacyNormalization { get; init; }

    /// <summary>What the outputs of the network mean.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TargetHead Head { get; init; }

    /// <summary>
    /// True to train only what stands after the pooling, from the weights of a start model (<see cref="TrainingData.Start"/>). The running statistics of the rest
    /// stay too.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Freeze { get; init; }

    /// <summary>The same for another number of epochs; a warm-up that would not fit is shortened.</summary>
    /// <param name="epochs">Largest number of passes, at least 1.</param>
    public TrainingOptions Lasting(int epochs) => this with { Epochs = epochs, WarmupEpochs = Math.Min(WarmupEpochs, Math.Max(0, epochs - 1)) };

    /// <summary>As many steps on fewer cells: everything that counts epochs becomes longer.</summary>
    /// <param name="factor">Steps of an epoch that these settings are for over those there are, at least 1.</param>
    public TrainingOptions Stretched(double factor)
    {
        return this with { Epochs = Long(Epochs), Patience = Long(Patience), PlateauPatience = Long(PlateauPatience), WarmupEpochs = Long(WarmupEpochs) };

        int Long(int epochs) => (int)Math.Round(epochs * factor, MidpointRounding.AwayFromZero);
    }

    /// <summary>Checks every value.</summary>
    /// <returns>These options.</returns>
    /// <exception cref="InputException">A value is out of its range; the message names it.</exception>
    public TrainingOptions Validated()
    {
        GraphNetworks.Check(Network(GraphOptions.DefaultCutoffAngstrom));
        Require(Hidden is >= 1 and <= 1024, "hidden", Hidden, "1 to 1024");
        Require(Dropout is >= 0 and < 1, "dropout", Dropout, "0 up to, not including, 1");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), "learning rate", LearningRate, "a positive number");
        Require(PlateauFactor is > 0 and < 1, "plateau factor", PlateauFactor, "a number between 0 and 1");
        Require(PlateauPatience >= 1, "plateau patience", PlateauPatience, "at least 1");
        Require(Schedule != LearningRateSchedule.WarmupCosine || (WarmupEpochs >= 0 && WarmupEpochs < Epochs), "warm-up", WarmupEpochs, "0 up to, not including, the number of epochs");
        Require(WeightDecay is >= 0 and < 1000, "weight decay", WeightDecay, "0 or a positive number below 1000");
        Require(GradientNormLimit >= 0 && double.IsFinite(GradientNormLimit), "limit of the gradient", GradientNormLimit, "0 (none) or a positive number");
        Require(AverageDecay is >= 0 and < 1, "decay of the average", AverageDecay, "0 (none) up to, not including, 1");
        Require(BatchSize >= 1, "batch", BatchSize, "at least 1");
        Require(Epochs >= 1, "epochs", Epochs, "at least 1");
        Require(Patience >= 1, "patience", Patience, "at least 1");
        Require(!Freeze || Dropout == 0, "dropout", Dropout, "0 where everything but the head is frozen");
        return this;
    }

    /// <summary>The shape of the network.</summary>
    /// <param name="cutoffAngstrom">Longest edge of the graphs, Å.</param>
    public NetworkOptions Network(double cutoffAngstrom) => new(Model, Hidden, Dropout, cutoffAngstrom) { Layers = Layers, ReadOut = ReadOut };

    private static void Require(bool condition, string name, IFormattable found, string expected)
    {
        if (!condition)
        {
            throw new InputException($"The {name} is {found.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}; expected {expected}.");
        }
    }
}
