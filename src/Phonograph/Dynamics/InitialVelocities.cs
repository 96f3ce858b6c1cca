using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Units;

namespace Phonograph.Dynamics;

/// <summary>Velocities to start from.</summary>
public static class InitialVelocities
{
    /// <summary>
    /// Draws from the distribution of Maxwell and Boltzmann, then brings the centre of mass to rest. The kinetic energy is the draw's, with the mean
    /// (3N - 3) kT / 2.
    /// </summary>
    /// <param name="crystal">Whose masses move.</param>
    /// <param name="temperatureKelvin">Temperature, K.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="run">Number of the run within the seed, from 0.</param>
    /// <returns>Velocity of each atom, Cartesian, Å/fs.</returns>
    public static ImmutableArray<Vector3D> Draw(Crystal crystal, double temperatureKelvin, ulong seed, int run)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentOutOfRangeException.ThrowIfNegative(run);
        Philox random = DynamicsRandom.ForVelocities(seed, run);
        var velocities = new Vector3D[crystal.AtomCount];
        Vector3D momentum = Vector3D.Zero;
        double total = 0;
        for (int atom = 0; atom < velocities.Length; atom++)
        {
            double mass = crystal.MassesAmu[atom];
            double deviation = Math.Sqrt(PhysicalConstants.BoltzmannElectronvoltPerKelvin * temperatureKelvin * PhysicalConstants.AccelerationOfUnitForce / mass);
            velocities[atom] = deviation * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal());
            momentum += mass * velocities[atom];
            total += mass;
        }

        Vector3D drift = momentum / total;
        return [.. velocities.Select(velocity => velocity - drift)];
    }
}
