using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.LinearAlgebra;

public sealed class VectorRowsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(37)]
    public void Rows_are_those_of_plain_loops_to_the_last_bit(int length)
    {
        var random = new Philox(11, (ulong)length);
        double[] target = Numbers(random, length), x = Numbers(random, length), y = Numbers(random, length);
        double[] added = [.. target], subtracted = [.. target], multiplied = [.. target];
        VectorRows.Add(added, x, 0.37);
        VectorRows.SubtractBoth(subtracted, x, y, 0.37, -1.9, 1.01);
        VectorRows.Multiply(multiplied, x, 0.37);
        Assert.Equal(Enumerable.Range(0, length).Select(place => target[place] + (0.37 * x[place])), added);
        Assert.Equal(Enumerable.Range(0, length).Select(place => 1.01 * (target[place] - ((0.37 * x[place]) + (-1.9 * y[place])))), subtracted);
        Assert.Equal(Enumerable.Range(0, length).Select(place => 0.37 * x[place] * target[place]), multiplied);
    }

    [Fact]
    public void Rows_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => VectorRows.Add(new double[2], new double[3], 1));
        Assert.Throws<ArgumentException>(() => VectorRows.SubtractBoth(new double[2], new double[2], new double[3], 1, 1, 1));
        Assert.Throws<ArgumentException>(() => VectorRows.Multiply(new double[2], new double[1], 1));
    }

    private static double[] Numbers(Philox random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
}
