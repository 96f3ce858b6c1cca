using System.Globalization;
using Phonograph.Files;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining.Networks;

/// <summary>How the quality of explanations is measured.</summary>
public sealed record QualityOptions
{
    /// <summary>Share of the bonds at which fidelity is measured.</summary>
    public double Share { get; init; } = 0.1;

    /// <summary>Steps of the deletion and insertion curves.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>Seed of random rankings, untrained weights and equivalent cells.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How intervals over structures are computed.</summary>
    public BootstrapOptions Bootstrap { get; init; } = BootstrapOptions.Default;

    /// <summary>A second model whose explanations are a control, such as one trained on shuffled labels; null for none. It must read the same graphs.</summary>
    public ExplainedModel<float>? Control { get; init; }

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">A value is out of its range; the message names it.</exception>
    public QualityOptions Validated()
    {
        if (!(Share is > 0 and < 1))
        {
            throw new InputException($"The share of bonds is {Share.ToString(CultureInfo.InvariantCulture)}; expected a number between 0 and 1.");
        }

        return Steps is >= 2 and <= 1000 ? this : throw new InputException($"The number of steps is {Steps}; expected 2 to 1000.");
    }
}
