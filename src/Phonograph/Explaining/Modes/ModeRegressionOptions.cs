using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Explaining.Modes;

/// <summary>How a property is regressed on mode amplitudes.</summary>
public sealed record ModeRegressionOptions
{
    /// <summary>Parts of the cross-validation.</summary>
    public int Folds { get; init; } = 10;

    /// <summary>Bootstrap resamples of the cells.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>Seed of the folds and the resamples.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Longest bond whose stretch is told, Å.</summary>
    public double CutoffAngstrom { get; init; } = 5.5;

    /// <summary>Neighbours in frequency at most so far apart are one set, THz.</summary>
    public double DegeneracyTerahertz { get; init; } = 1e-3;

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">A value is out of its range; the message names it.</exception>
    public ModeRegressionOptions Validated()
    {
        Require(Folds is >= 2 and <= 100, "number of folds", Folds, "2 to 100");
        Require(Resamples is >= 10 and <= 100_000, "number of resamples", Resamples, "10 to 100000");
        Require(CutoffAngstrom is > 0 and <= 20, "longest bond", CutoffAngstrom, "a length up to 20 Å");
        Require(DegeneracyTerahertz is >= 0 and <= 1, "tolerance of frequencies", DegeneracyTerahertz, "0 to 1 THz");
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
