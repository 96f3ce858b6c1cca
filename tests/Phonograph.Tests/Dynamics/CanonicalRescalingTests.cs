using Phonograph.Dynamics;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Dynamics;

public sealed class CanonicalRescalingTests
{
    private const int Freedoms = 12;

    [Fact]
    public void The_kinetic_energy_walks_through_its_canonical_distribution()
    {
        // Gamma distribution of f/2 in units of kT: mean f/2, variance f/2, third central moment f.
        const int steps = 200_000;
        var random = new Philox(1, 0);
        double kinetic = 20;
        var values = new double[steps];
        for (int step = 0; step < steps; step++)
        {
            double factor = CanonicalRescaling.Factor(kinetic, 1, Freedoms, 0.2, random);
            kinetic *= factor * factor;
            values[step] = kinetic;
        }

        double mean = values.Average(), variance = values.Average(value => (value - mean) * (value - mean)), third = values.Average(value => Math.Pow(value - mean, 3));
        Assert.InRange(mean, 5.92, 6.08);
        Assert.InRange(variance, 5.7, 6.3);
        Assert.InRange(third, 10, 14);
    }

    [Fact]
    public void On_average_the_kinetic_energy_relaxes_exponentially()
    {
        // Equation (7) of the paper: d<K> = (K̄ - <K>) dt/τ, in one step of any length.
        const int draws = 100_000;
        var random = new Philox(2, 0);
        double mean = Enumerable.Range(0, draws).Average(_ =>
        {
            double factor = CanonicalRescaling.Factor(30, 1, Freedoms, 0.7, random);
            return 30 * factor * factor;
        });
        double expected = 6 + (24 * Math.Exp(-0.7));
        Assert.InRange(mean, expected - 0.1, expected + 0.1);
    }

    [Fact]
    public void A_step_without_time_changes_nothing() => Assert.Equal(1, CanonicalRescaling.Factor(3, 1, Freedoms, 0, new Philox(3, 0)));

    [Fact]
    public void Atoms_at_rest_stay_at_rest() => Assert.Equal(1, CanonicalRescaling.Factor(0, 1, Freedoms, 0.1, new Philox(3, 0)));
}
