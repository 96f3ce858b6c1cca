using Phonograph.Learning.Models;

namespace Phonograph.Tests.Learning.Models;

public sealed class RadialFunctionsTests
{
    private static readonly double[] Lengths = [1e-3, 0.49, 1.7, 2.0, 3.3333, 5.4999, 5.5, 7.2];

    [Theory]
    [InlineData(25)]
    [InlineData(12.5)]
    [InlineData(300)]
    public void Gaussians_by_products_are_those_of_the_formula(double exponent)
    {
        const int Count = 29;
        var values = new double[Lengths.Length * Count];
        RadialFunctions.Gaussians<double>(Lengths, 0.2, exponent, values);
        for (int index = 0; index < values.Length; index++)
        {
            double offset = Lengths[index / Count] - (0.2 * (index % Count)), expected = Math.Exp(-exponent * offset * offset);
            Assert.Equal(expected, values[index], (1e-12 * expected) + 1e-300);
        }
    }

    [Fact]
    public void Spherical_waves_by_recurrence_are_those_of_the_formula_and_vanish_at_the_cutoff()
    {
        const int Count = 20;
        var values = new double[Lengths.Length * Count];
        RadialFunctions.SphericalWaves<double>(Lengths, 5.5, values);
        for (int index = 0; index < values.Length; index++)
        {
            double length = Lengths[index / Count];
            Assert.Equal(Math.Sin(Math.PI * ((index % Count) + 1) * length / 5.5) / length, values[index], 1e-10);
        }
    }

    [Fact]
    public void The_cutoff_falls_from_one_to_zero_with_its_slope_and_stays_there()
    {
        var values = new double[Lengths.Length];
        RadialFunctions.CosineCutoff<double>(Lengths, 5.5, values);
        Assert.Equal(1, values[0], 1e-6);
        Assert.Equal([.. values.OrderDescending()], values);
        Assert.InRange(values[5], 0, 1e-8);
        Assert.Equal([0, 0], values[6..]);
    }
}
