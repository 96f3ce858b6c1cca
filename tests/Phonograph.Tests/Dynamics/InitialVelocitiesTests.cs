using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Dynamics;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;
using Phonograph.Units;

namespace Phonograph.Tests.Dynamics;

public sealed class InitialVelocitiesTests
{
    private static readonly Crystal Reference = TestCrystals.SilverSulphideBromide;

    [Fact]
    public void The_centre_of_mass_is_at_rest()
    {
        ImmutableArray<Vector3D> velocities = InitialVelocities.Draw(Reference, 300, 7, 0);
        Vector3D momentum = Vector3D.Zero;
        for (int atom = 0; atom < Reference.AtomCount; atom++)
        {
            momentum += Reference.MassesAmu[atom] * velocities[atom];
        }

        Assert.InRange(momentum.Length, 0, 1e-14);
        Assert.True(velocities.Sum(velocity => velocity.Length) > 1e-3);
    }

    [Fact]
    public void The_mean_kinetic_energy_is_half_kT_for_each_of_3N_minus_3_degrees_of_freedom()
    {
        const int draws = 4000;
        double[] energies = [.. Enumerable.Range(0, draws).Select(run => DynamicsFrame.KineticEnergy(Reference, InitialVelocities.Draw(Reference, 300, 11, run).AsSpan()))];
        double expected = 12 * PhysicalConstants.BoltzmannElectronvoltPerKelvin * 300 / 2;
        // The kinetic energy of f degrees of freedom scatters by kT √(f/2).
        double error = PhysicalConstants.BoltzmannElectronvoltPerKelvin * 300 * Math.Sqrt(6.0 / draws);
        Assert.InRange(energies.Average(), expected - (4 * error), expected + (4 * error));
    }

    [Fact]
    public void A_free_atom_of_1_amu_at_300_K_has_the_mean_square_speed_of_kinetic_theory()
    {
        // 3kT/m from SI numbers: 3 · 1.380649e-23 J/K · 300 K / 1.66053907e-27 kg = 7.48307e6 m²/s², 1 m/s = 1e-5 Å/fs.
        var light = new Crystal(Lattice.Cubic(5), [Element.Of("H"), Element.Of("U")], [new(0, 0, 0), new(0.5, 0.5, 0.5)], [1, 1e9]);
        const int draws = 6000;
        double mean = Enumerable.Range(0, draws).Average(run => InitialVelocities.Draw(light, 300, 3, run)[0].LengthSquared);
        Assert.InRange(mean, 7.48307e-4 * 0.96, 7.48307e-4 * 1.04);
    }

    [Fact]
    public void Seed_and_run_decide()
    {
        Assert.Equal(InitialVelocities.Draw(Reference, 300, 5, 2), InitialVelocities.Draw(Reference, 300, 5, 2).AsEnumerable());
        Assert.NotEqual(InitialVelocities.Draw(Reference, 300, 5, 2)[0], InitialVelocities.Draw(Reference, 300, 5, 3)[0]);
        Assert.NotEqual(InitialVelocities.Draw(Reference, 300, 5, 2)[0], InitialVelocities.Draw(Reference, 300, 6, 2)[0]);
    }
}
