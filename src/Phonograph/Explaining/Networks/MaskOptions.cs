using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Explaining.Networks;

/// <summary>How masks are learned.</summary>
public sealed record MaskOptions
{
    /// <summary>Number of masks, each from its own start.</summary>
    public int Restarts { get; init; } = 8;

    /// <summary>Seed of the starts; restart k draws from stream k.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Steps of Adam.</summary>
    public int Epochs { get; init; } = 200;

    /// <summary>Learning rate of Adam.</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Price of a mask that keeps every bond, on the scale of a squared change of the prediction by the range of the training labels.</summary>
    public double SizePenalty { get; init; } = 0.01;

    /// <summary>Price of one nat of mean entropy, which pushes the numbers of a mask to 0 or 1, on the same scale.</summary>
    public double EntropyPenalty { get; init; } = 0.002;

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">A value is out of its range; the message names it.</exception>
    public MaskOptions Validated()
    {
        Require(Restarts is >= 1 and <= 1000, "number of seeds", Restarts, "1 to 1000");
        Require(Epochs is >= 1 and <= 100_000, "number of epochs", Epochs, "1 to 100000");
        Require(LearningRate is > 0 and <= 10, "learning rate", LearningRate, "a positive number up to 10");
        Require(SizePenalty is >= 0 and <= 1e6, "size penalty", SizePenalty, "0 to 1e6");
        Require(EntropyPenalty is >= 0 and <= 1e6, "entropy penalty", EntropyPenalty, "0 to 1e6");
        return this;
    }

    private static void Require(bool condition, string name, IFormattable found, string expected)
    {
        if (!condition)
        {
            throw new InputException($"The {name} is {found.ToString(null, CultureInfo.InvariantCulture)}; expected {expected}.");
        }
    }
}
