using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Units;

namespace Phonograph.Labelling;

/// <summary>One moment of a trajectory.</summary>
/// <param name="Step">Number of the time step, from 0.</param>
/// <param name="PotentialEnergyElectronvolt">Energy of the cell, eV, as a label has it.</param>
/// <param name="ConservedEnergyElectronvolt">Potential and kinetic energy less the heat the thermostat gave, eV; constant but for the errors of step and forces.</param>
/// <param name="GapElectronvolt">Band gap, eV; null when the engine does not say.</param>
/// <param name="DisplacementsCartesian">Displacement of each atom off its site, Cartesian, Å, not wrapped.</param>
/// <param name="VelocitiesCartesian">Velocity of each atom at the same moment, Cartesian, Å/fs.</param>
/// <param name="Forces">Force on each atom, Cartesian, eV/Å.</param>
public sealed record DynamicsFrame(
    int Step,
    double PotentialEnergyElectronvolt,
    double ConservedEnergyElectronvolt,
    double? GapElectronvolt,
    ImmutableArray<Vector3D> DisplacementsCartesian,
    ImmutableArray<Vector3D> VelocitiesCartesian,
    ImmutableArray<Vector3D> Forces)
{
    /// <summary>Kinetic energy, eV.</summary>
    public double KineticEnergyElectronvolt(Crystal crystal) => KineticEnergy(crystal, VelocitiesCartesian.AsSpan());

    /// <summary>Temperature, K, of the 3N - 3 degrees of freedom that a resting centre of mass leaves.</summary>
    public double TemperatureKelvin(Crystal crystal) =>
        2 * KineticEnergyElectronvolt(crystal) / (DegreesOfFreedom(crystal) * PhysicalConstants.BoltzmannElectronvoltPerKelvin);

    /// <summary>Degrees of freedom with the centre of mass at rest, 3N - 3.</summary>
    public static int DegreesOfFreedom(Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        return (3 * crystal.AtomCount) - 3;
    }

    /// <summary>Kinetic energy, eV, of velocities in Å/fs.</summary>
    public static double KineticEnergy(Crystal crystal, ReadOnlySpan<Vector3D> velocitiesCartesian)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        double sum = 0;
        for (int atom = 0; atom < velocitiesCartesian.Length; atom++)
        {
            sum += crystal.MassesAmu[atom] * velocitiesCartesian[atom].LengthSquared;
        }

        return sum / (2 * PhysicalConstants.AccelerationOfUnitForce);
    }
}
