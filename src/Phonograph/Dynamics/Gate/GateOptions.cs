using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Dynamics.Gate;

/// <summary>Where the gate draws its lines; docs/gate.md gives the reasons.</summary>
public sealed record GateOptions
{
    /// <summary>Share of each run that is left out at its start.</summary>
    public double SettlingFraction { get; init; } = 0.25;

    /// <summary>Number of blocks each run is cut into for standard errors.</summary>
    public int Blocks { get; init; } = 5;

    /// <summary>A block whose mean potential energy lies this far below the reference crystal's says that the crystal leaves, eV per atom.</summary>
    public double BelowReferencePerAtomElectronvolt { get; init; } = 0.001;

    /// <summary>Time-averaged places further from the sites than this multiple of the thermal amplitude say that the crystal leaves.</summary>
    public double DriftMultiple { get; init; } = 1;

    /// <summary>A root mean square displacement above this multiple of the ensemble's says that the crystal leaves.</summary>
    public double AmplitudeMultiple { get; init; } = 1.5;

    /// <summary>Nothing but the energy is judged before this time after settling, fs.</summary>
    public double LeastTimeFemtosecond { get; init; } = 500;

    /// <summary>The same without force constants, when nothing is known of slow vibrations, fs.</summary>
    public double LeastTimeWithoutEnsembleFemtosecond { get; init; } = 1000;

    /// <summary>And not before this many periods of the slowest vibration of the ensemble.</summary>
    public double LeastPeriods { get; init; } = 0.5;

    /// <summary>A crystal that stays has at least this share of the harmonic potential energy.</summary>
    public double LeastEnergyShare { get; init; } = 0.5;

    /// <summary>Largest relative deviation of the mean temperature, beyond three standard errors.</summary>
    public double TemperatureTolerance { get; init; } = 0.1;

    /// <summary>Largest change of the conserved energy after settling, as a share of the kinetic energy.</summary>
    public double ConservedTolerance { get; init; } = 0.1;

    /// <summary>Refuses numbers that make no gate.</summary>
    /// <exception cref="InputException">A number is out of range.</exception>
    public void Check()
    {
        if (!(SettlingFraction >= 0 && SettlingFraction < 1))
        {
            throw new InputException($"The settling fraction is {SettlingFraction.ToString(CultureInfo.InvariantCulture)}; expected a number from 0 to below 1.");
        }

        if (Blocks < 2)
        {
            throw new InputException($"{Blocks} blocks: at least 2 are needed for a standard error.");
        }
    }
}
