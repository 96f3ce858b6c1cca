using System.Globalization;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Testing;

/// <summary>What one part of an examination found.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Found">The number found.</param>
/// <param name="Limits">What it must be.</param>
/// <param name="IsGood">Whether it is.</param>
public sealed record ExaminationFinding(string What, double Found, string Limits, bool IsGood)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What}: found {Found:G6}, must be {Limits}");

    internal static ExaminationFinding Below(string what, double found, double limit) =>
        new(what, found, string.Create(CultureInfo.InvariantCulture, $"below {limit:G4}"), found < limit);

    internal static ExaminationFinding Above(string what, double found, double limit) =>
        new(what, found, string.Create(CultureInfo.InvariantCulture, $"above {limit:G4}"), found > limit);
}

/// <summary>
/// The whole examination of an engine, built on <see cref="EngineContract"/>: whoever adds an engine fills in an <see cref="EngineExaminationCase"/> and asserts that every
/// finding of every part is good.
/// </summary>
/// <param name="examined">What the engine is examined on.</param>
public sealed class EngineExamination(EngineExaminationCase examined)
{
    /// <summary>Forces or stress must be this many times the tolerance somewhere: zero agrees with everything.</summary>
    private const double Clear = 10;

    private readonly EngineContract _contract = new(examined.Engine, examined.Level);
    private readonly EngineTolerance _tolerance = examined.Tolerance;

    /// <summary>The parts by name, so that each can be a test of its own.</summary>
    public static IReadOnlyDictionary<string, Func<EngineExamination, CancellationToken, Task<IReadOnlyList<ExaminationFinding>>>> Parts { get; } =
        new Dictionary<string, Func<EngineExamination, CancellationToken, Task<IReadOnlyList<ExaminationFinding>>>>
        {
            ["forces are minus the slope of the energy"] = (examination, cancellation) => examination.ForcesAsync(cancellation),
            ["stress is the slope of the energy under strain"] = (examination, cancellation) => examination.StressAsync(cancellation),
            ["one crystal has one label however it is described"] = (examination, cancellation) => examination.EquivalenceAsync(cancellation),
            ["stress is negative in a compressed and positive in a stretched crystal"] = (examination, cancellation) => examination.SignAsync(cancellation),
            ["an insulator has a gap"] = (examination, cancellation) => examination.InsulatorAsync(cancellation),
            ["a metal is flagged"] = (examination, cancellation) => examination.MetalAsync(cancellation),
        };

    /// <summary>Forces against central differences of the energy.</summary>
    public async Task<IReadOnlyList<ExaminationFinding>> ForcesAsync(CancellationToken cancellation = default) => Derivatives(
        "force",
        await _contract.ForcesAsync(examined.Distorted, examined.Atoms, _tolerance.StepAngstrom, cancellation),
        _tolerance.ForceElectronvoltPerAngstrom);

    /// <summary>Stress against central differences of the energy.</summary>
    public async Task<IReadOnlyList<ExaminationFinding>> StressAsync(CancellationToken cancellation = default) => Derivatives(
        "stress",
        await _contract.StressAsync(examined.Distorted, examined.Components, _tolerance.Strain, cancellation),
        _tolerance.StressElectronvoltPerCubicAngstrom);

    /// <summary>Another order of atoms, another origin, another orientation.</summary>
    public async Task<IReadOnlyList<ExaminationFinding>> EquivalenceAsync(CancellationToken cancellation = default) =>
    [
        .. Equal("order", await _contract.PermutationAsync(examined.Distorted, cancellation)),
        .. Equal("origin", await _contract.OriginShiftAsync(examined.Distorted, new Vector3D(0.31, -0.77, 0.05), cancellation)),
        .. Equal("orientation", await _contract.RotationAsync(examined.Distorted, TestCrystals.Rotation(new Vector3D(1, 2, -0.5), 0.7), cancellation)),
    ];

    /// <summary>The sign of the stress, and that its unit is no other by orders of magnitude: 1 to 1000 GPa.</summary>
    public async Task<IReadOnlyList<ExaminationFinding>> SignAsync(CancellationToken cancellation = default)
    {
        double compressed = (await _contract.LabelAsync(examined.Compressed, cancellation)).HydrostaticStressGigapascal;
        double stretched = (await _contract.LabelAsync(examined.Stretched, cancellation)).HydrostaticStressGigapascal;
        return
        [
            new ExaminationFinding("compressed, GPa", compressed, "between -1000 and -1", compressed is > -1000 and < -1),
            new ExaminationFinding("stretched, GPa", stretched, "between 1 and 1000", stretched is > 1 and < 1000),
        ];
    }

    /// <summary>A known insulator: a gap, and no flag.</summary>
    public async Task<IReadOnlyList<ExaminationFinding>> InsulatorAsync(CancellationToken cancellation = default)
    {
        BandEdges edges = (await _contract.LabelAsync(examined.Insulator, cancellation)).BandEdges;
        return
        [
            ExaminationFinding.Above("gap, eV", edges.GapElectronvolt, examined.LeastGapElectronvolt),
            new ExaminationFinding("flagged as metallic", edges.IsMetallic ? 1 : 0, "0", !edges.IsMetallic),
        ];
    }

    /// <summary>A known metal: a label with the flag.</summary>
    public async Task<IReadOnlyList<ExaminationFinding>> MetalAsync(CancellationToken cancellation = default)
    {
        BandEdges edges = (await _contract.LabelAsync(examined.Metal, cancellation)).BandEdges;
        return [new ExaminationFinding("flagged as metallic", edges.IsMetallic ? 1 : 0, "1", edges.IsMetallic)];
    }

    private static IReadOnlyList<ExaminationFinding> Derivatives(string what, IReadOnlyList<DerivativeCheck> checks, double tolerance) =>
    [
        ExaminationFinding.Above($"largest {what}", checks.Max(check => Math.Abs(check.Analytic)), Clear * tolerance),
        .. checks.Select(check => ExaminationFinding.Below(string.Create(CultureInfo.InvariantCulture, $"deviation of {what} {check.Component} ({check.Analytic:G6} against {check.Numeric:G6})"), check.Deviation, tolerance)),
    ];

    private IEnumerable<ExaminationFinding> Equal(string what, EquivalenceDeviation deviation) =>
    [
        ExaminationFinding.Below($"{what}: energy", deviation.EnergyPerAtomElectronvolt, _tolerance.EquivalentEnergyElectronvolt),
        ExaminationFinding.Below($"{what}: force", deviation.ForceElectronvoltPerAngstrom, _tolerance.Equivalent),
        ExaminationFinding.Below($"{what}: stress", deviation.StressElectronvoltPerCubicAngstrom, _tolerance.Equivalent),
        ExaminationFinding.Below($"{what}: gap", deviation.GapElectronvolt, _tolerance.Equivalent),
        ExaminationFinding.Below($"{what}: valence band maximum", deviation.ValenceBandMaximumElectronvolt, _tolerance.Equivalent),
    ];
}
