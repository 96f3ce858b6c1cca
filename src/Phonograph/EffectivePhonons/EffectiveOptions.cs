using Phonograph.Files;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>Choices of a self-consistent run.</summary>
/// <param name="TemperatureKelvin">Temperature, K, zero or positive.</param>
public sealed record EffectiveOptions(double TemperatureKelvin)
{
    /// <summary>Statistics of the vibrations.</summary>
    public ThermalStatistics Statistics { get; init; } = ThermalStatistics.Quantum;

    /// <summary>Rule for imaginary and near-zero modes; it must let every mode move, for what is never displaced cannot be learnt.</summary>
    public SoftModePolicy Policy { get; init; } = new AbsoluteFrequencyFloor(0.5);

    /// <summary>Cells drawn in each iteration.</summary>
    public int CellsPerIteration { get; init; } = 24;

    /// <summary>Seed of all draws; each iteration has a seed of its own that follows from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Share of the step towards a fit that is taken.</summary>
    public double Mixing { get; init; } = 0.5;

    /// <summary>Iterations after which the run ends unconverged.</summary>
    public int MostIterations { get; init; } = 12;

    /// <summary>Labels are re-used for moved force constants as long as their effective number keeps this share of what it was for the newest ensemble.</summary>
    public double SmallestEffectiveShare { get; init; } = 0.5;

    /// <summary>Frequencies stand still when they move by less than this or one and a half of their errors, THz r.m.s. over the modes.</summary>
    public double FrequencyToleranceTerahertz { get; init; } = 0.05;

    /// <summary>The free energy stands still when it moves by less than this or one and a half of its errors, eV per atom.</summary>
    public double FreeEnergyToleranceElectronvolt { get; init; } = 0.0005;

    /// <summary>Draws go on until the error of the frequencies is at most this, THz r.m.s. over the modes.</summary>
    public double PrecisionTerahertz { get; init; } = 0.1;

    /// <summary>Resampled pools behind the errors.</summary>
    public int Resamples { get; init; } = 100;

    /// <summary>Changes up to this many standard errors are no movement: two estimates with errors of their own differ by about √2 of one.</summary>
    public const double StandingErrors = 1.5;

    /// <summary>Iterations in a row that must stand still.</summary>
    public const int Patience = 2;

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="InputException">A choice is out of its range.</exception>
    internal EffectiveOptions Checked() => this switch
    {
        { TemperatureKelvin: not >= 0 } or { TemperatureKelvin: double.PositiveInfinity } => throw new InputException("--temperature: expected zero or a positive temperature in K."),
        { CellsPerIteration: < 2 } => throw new InputException($"--cells: found {CellsPerIteration}; expected 2 or more in each iteration."),
        { Mixing: not (> 0 and <= 1) } => throw new InputException("--mixing: expected a share above 0 and at most 1."),
        { MostIterations: < 1 } => throw new InputException($"--iterations: found {MostIterations}; expected 1 or more."),
        { SmallestEffectiveShare: not (> 0 and < 1) } => throw new InputException("--effective-share: expected a share between 0 and 1."),
        { FrequencyToleranceTerahertz: not > 0 } or { PrecisionTerahertz: not > 0 } or { FreeEnergyToleranceElectronvolt: not > 0 } => throw new InputException("A tolerance must be positive."),
        { Policy: RejectSoftModes or FrequencyFloor or AbsoluteFrequencyFloor } => this,
        _ => throw new InputException($"--soft-modes: found {Policy}, which leaves modes at rest; what is never displaced cannot be learnt. Choose floor:THZ, absolute-floor:THZ or reject."),
    };
}
