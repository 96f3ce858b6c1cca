using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.LinearAlgebra;

public sealed class WeightedSumsTests
{
    [Theory]
    [InlineData(1, 7, 5)]
    [InlineData(3, 12, 16)]
    [InlineData(4, 33, 40)]
    [InlineData(9, 21, 67)]
    public void Sums_are_those_of_a_plain_loop_to_the_last_bit_however_many_are_made_together(int count, int terms, int length)
    {
        var random = new Philox(5, (ulong)((count * 10000) + (terms * 100) + length));
        double[] weights = Numbers(random, count * terms), rows = Numbers(random, terms * length);
        var expected = new double[count * length];
        for (int sum = 0; sum < count; sum++)
        {
            for (int place = 0; place < length; place++)
            {
                double value = 0;
                for (int term = 0; term < terms; term++)
                {
                    value += weights[(sum * terms) + term] * rows[(term * length) + place];
                }

                expected[(sum * length) + place] = value;
            }
        }

        double[] found = Numbers(random, count * length);
        VectorRows.WeightedSums(found, weights, rows, count);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => VectorRows.WeightedSums(new double[4], new double[2], new double[5], 2));
        Assert.Throws<ArgumentException>(() => VectorRows.WeightedSums(new double[4], new double[2], new double[4], 0));
    }

    private static double[] Numbers(Philox random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
}
