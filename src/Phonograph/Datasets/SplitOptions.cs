namespace Phonograph.Datasets;

/// <summary>How a dataset is divided.</summary>
public sealed record SplitOptions
{
    /// <summary>Seed of the permutations.</summary>
    public ulong Seed { get; init; }

    /// <summary>Share of the validation part; the rest beside validation and test is for training.</summary>
    public double ValidationShare { get; init; } = 0.15;

    /// <summary>Share of the test part.</summary>
    public double TestShare { get; init; } = 0.15;
}
