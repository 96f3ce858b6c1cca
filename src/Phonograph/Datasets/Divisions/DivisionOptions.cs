using System.Collections.Immutable;
using Phonograph.Files;

namespace Phonograph.Datasets.Divisions;

/// <summary>By what cells are divided.</summary>
public enum DivisionKind
{
    /// <summary>A share of the cells of every stratum is test.</summary>
    Configuration,

    /// <summary>Whole strata are test: a temperature or amplitude that is never trained on.</summary>
    Condition,

    /// <summary>All cells of a chemical system (<c>Ag-Br-S</c>) are test: a compound that is never trained on.</summary>
    Compound,

    /// <summary>All cells of a composition (<c>Ag24S8Br6I2</c>) are test.</summary>
    Composition,
}

/// <summary>How cells are divided into a pool to train on and test cells.</summary>
public sealed record DivisionOptions
{
    /// <summary>The published range filter keeps cells with a gap above this, eV (arXiv 2511.15222).</summary>
    public const double PublishedGapElectronvolt = 0.1;

    /// <summary>By what.</summary>
    public DivisionKind Kind { get; init; }

    /// <summary>Share of each stratum of each chemical system that is test, for <see cref="DivisionKind.Configuration"/>.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>What is test, for the other kinds: labels of strata (<c>phonon 300 K</c>), chemical systems or compositions.</summary>
    public ImmutableArray<string> HeldOut { get; init; } = [];

    /// <summary>Schemes whose cells are all test, whatever the kind.</summary>
    public ImmutableArray<string> TestOnly { get; init; } = [TrajectoryPlace.Scheme];

    /// <summary>Seed of the choice of test cells and of all draws from the pool.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Only cells with a gap above this take part, eV; null for all. Which cells are test does not depend on it.</summary>
    public double? GapAboveElectronvolt { get; init; }

    /// <summary>Length of a block of frames that name none, fs; null for the length that frames state (<c>block_fs</c>), else twice the integrated autocorrelation time of the band gap over them.</summary>
    public double? BlockFemtosecond { get; init; }

    /// <summary>Cells closer than this are the same, Å r.m.s. per atom.</summary>
    public double ToleranceAngstrom { get; init; } = LeakageCheck.DefaultToleranceAngstrom;

    /// <summary>Checks every value.</summary>
    /// <exception cref="InputException">A value is out of its range.</exception>
    public DivisionOptions Validated()
    {
        Require(TestShare is > 0 and < 1, "share of test cells", TestShare, "a number between 0 and 1");
        Require(GapAboveElectronvolt is null or >= 0, "gap of the range filter", GapAboveElectronvolt ?? 0, "0 eV or more");
        Require(BlockFemtosecond is null or > 0, "length of a block", BlockFemtosecond ?? 0, "a positive time in fs");
        Require(ToleranceAngstrom >= 0 && double.IsFinite(ToleranceAngstrom), "tolerance", ToleranceAngstrom, "zero or a positive length in Å");
        return Kind != DivisionKind.Configuration && HeldOut.IsEmpty
            ? throw new InputException($"A division by {Kind.ToString().ToLowerInvariant()} needs what to hold out. Name it.")
            : this;
    }

    private static void Require(bool isSound, string name, double found, string expected)
    {
        if (!isSound)
        {
            throw new InputException($"The {name} is {found.ToString(System.Globalization.CultureInfo.InvariantCulture)}; expected {expected}.");
        }
    }
}
