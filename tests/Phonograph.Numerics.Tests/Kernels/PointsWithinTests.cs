using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.Kernels;

[Trait("Runs", "EveryVectorPath")]
public sealed class PointsWithinTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(403)]
    public void Points_within_are_those_of_a_plain_loop_in_their_order(int count)
    {
        var random = new Philox(5, (ulong)count);
        double[] Coordinates() => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] x = Coordinates(), y = Coordinates(), z = Coordinates();
        int[] found = new int[count + PointsWithin.Margin];
        foreach (double squared in new[] { 0, 0.05, 0.4, 1, 12 })
        {
            var centre = new Vector3D(0.1, -0.2, 0.3);
            int[] expected = [.. Enumerable.Range(0, count).Where(i => (new Vector3D(x[i], y[i], z[i]) - centre).LengthSquared <= squared)];
            int number = PointsWithin.Find(x, y, z, centre, squared, found);
            Assert.Equal(expected, found[..number]);
        }
    }

    [Fact]
    public void A_point_at_the_largest_distance_is_within()
    {
        double[] x = [.. Enumerable.Range(0, 9).Select(i => (double)i)], zero = new double[9];
        int[] found = new int[9 + PointsWithin.Margin];
        Assert.Equal(4, PointsWithin.Find(x, zero, zero, Vector3D.Zero, 9, found));
        Assert.Equal([0, 1, 2, 3], found[..4]);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PointsWithin.Find(new double[3], new double[2], new double[3], Vector3D.Zero, 1, new int[20]));
        Assert.Throws<ArgumentException>(() => PointsWithin.Find(new double[3], new double[3], new double[3], Vector3D.Zero, 1, new int[3]));
    }
}
