using Phonograph.Dynamics.Frames;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Dynamics.Frames;

public sealed class AutocorrelationTimeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void An_autoregressive_series_has_the_time_of_its_closed_form(double memory)
    {
        // x(t+1) = φ x(t) + noise has ρ(k) = φ^k, so τ = Δt (1/2 + φ / (1 - φ)).
        double[][] runs = [.. Enumerable.Range(0, 4).Select(run => Autoregressive(memory, 20_000, (ulong)run))];
        AutocorrelationTime time = AutocorrelationTime.Of(runs, 3);
        Assert.True(time.IsResolved);
        Assert.Equal(3 * (0.5 + (memory / (1 - memory))), time.Femtosecond, 0.1 * 3 * (0.5 + (memory / (1 - memory))));
    }

    [Fact]
    public void The_variance_of_means_is_the_one_it_predicts()
    {
        const int length = 400, series = 3000;
        double[][] runs = [.. Enumerable.Range(0, series).Select(run => Autoregressive(0.8, length, 100 + (ulong)run))];
        double variance = runs.Average(run => run.Average(value => value * value));
        double ofMeans = runs.Average(run => Math.Pow(run.Average(), 2));
        AutocorrelationTime time = AutocorrelationTime.Of(runs, 1);
        Assert.Equal(1, ofMeans / (variance * 2 * time.Femtosecond / length), 0.1);
    }

    [Fact]
    public void A_series_shorter_than_its_memory_says_so() =>
        Assert.False(AutocorrelationTime.Of([Enumerable.Range(0, 30).Select(step => (double)step).ToArray()], 1).IsResolved);

    [Fact]
    public void A_constant_has_half_a_step() => Assert.Equal(new AutocorrelationTime(1, true), AutocorrelationTime.Of([new double[50]], 2));

    private static double[] Autoregressive(double memory, int length, ulong seed)
    {
        var random = new Philox(seed, 7);
        var values = new double[length];
        values[0] = random.NextNormal() / Math.Sqrt(1 - (memory * memory));
        for (int step = 1; step < length; step++)
        {
            values[step] = (memory * values[step - 1]) + random.NextNormal();
        }

        return values;
    }
}
