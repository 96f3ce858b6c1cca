using Phonograph.Learning.Evaluation;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class BinomialIntervalTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 12)]
    [InlineData(57, 60)]
    [InlineData(300, 1000)]
    public void From_each_end_the_count_or_one_further_out_has_a_chance_of_a_fortieth(int count, int trials)
    {
        Interval interval = BinomialInterval.Of(count, trials);
        Assert.Equal((double)count / trials, interval.Value);
        Assert.Equal(0.025, Enumerable.Range(count, trials - count + 1).Sum(k => Chance(k, trials, interval.Low)), 1e-9);
        Assert.Equal(count == trials ? 1 : 0.025, Enumerable.Range(0, count + 1).Sum(k => Chance(k, trials, interval.High)), 1e-9);
    }

    [Fact]
    public void Successes_and_failures_mirror_each_other_and_the_ends_have_closed_forms()
    {
        for (int count = 0; count <= 9; count++)
        {
            Interval successes = BinomialInterval.Of(count, 9), failures = BinomialInterval.Of(9 - count, 9);
            Assert.Equal(successes.Low, 1 - failures.High, 1e-12);
            Assert.True(successes.Low <= successes.Value && successes.Value <= successes.High);
        }

        Assert.Equal(0, BinomialInterval.Of(0, 9).Low);
        Assert.Equal(1 - Math.Pow(0.025, 1.0 / 9), BinomialInterval.Of(0, 9).High, 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => BinomialInterval.Of(3, 2));
    }

    private static double Chance(int k, int n, double share)
    {
        double logarithm = (k > 0 ? k * Math.Log(share) : 0) + (k < n ? (n - k) * Math.Log(1 - share) : 0);
        for (int factor = 1; factor <= k; factor++)
        {
            logarithm += Math.Log((double)(n - k + factor) / factor);
        }

        return Math.Exp(logarithm);
    }
}
