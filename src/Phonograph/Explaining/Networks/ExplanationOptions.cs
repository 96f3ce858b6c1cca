using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Explaining.Networks;

/// <summary>How structures are explained.</summary>
public sealed record ExplanationOptions
{
    /// <summary>How importance is measured.</summary>
    public ImportanceMethod Method { get; init; } = ImportanceMethod.Occlusion;

    /// <summary>Error of integrated gradients to aim at, as a share of the range of the training labels.</summary>
    public double IntegrationTolerance { get; init; } = 1e-3;

    /// <summary>How masks are learned.</summary>
    public MaskOptions Mask { get; init; } = new();

    /// <summary>Width of the ranges of bond lengths, Å.</summary>
    public double ShellWidthAngstrom { get; init; } = 0.5;

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">A value is out of its range; the message names it.</exception>
    public ExplanationOptions Validated()
    {
        if (!(ShellWidthAngstrom is >= 0.01 and <= 20))
        {
            throw new InputException($"The width of the ranges of bond lengths is {ShellWidthAngstrom.ToString(CultureInfo.InvariantCulture)}; expected 0.01 to 20 Å.");
        }

        if (!(IntegrationTolerance is >= 1e-6 and <= 1))
        {
            throw new InputException($"The tolerance of integrated gradients is {IntegrationTolerance.ToString(CultureInfo.InvariantCulture)}; expected 1e-6 to 1.");
        }

        Mask.Validated();
        return this;
    }
}
