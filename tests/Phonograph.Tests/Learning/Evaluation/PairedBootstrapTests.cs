using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class PairedBootstrapTests
{
    [Fact]
    public void Equal_models_do_not_differ()
    {
        PairedDifference equal = PairedBootstrap.Of([Cells(50, cell => 0.1 * (cell % 7))], [Cells(50, cell => 0.1 * (cell % 7))]);
        Assert.Equal(new Interval(0, 0, 0), equal.Difference);
        Assert.Equal(1, equal.PValue);
    }

    [Fact]
    public void A_constant_shift_is_found_exactly_and_its_sign_follows_the_order()
    {
        PairedDifference shifted = PairedBootstrap.Of([Cells(50, cell => 0.1)], [Cells(50, cell => 0.35)]);
        Assert.Equal(-0.25, shifted.Difference.Value, 12);
        Assert.True(shifted.PValue < 0.01);
    }

    [Fact]
    public void The_interval_agrees_with_the_standard_error()
    {
        // Differences alternate between 0 and 1: standard error sqrt(0.25 / 400) = 0.025, interval 0.5 ± 0.049.
        Interval difference = PairedBootstrap.Of([Cells(400, cell => cell % 2)], [Cells(400, _ => 0)]).Difference;
        Assert.Equal(0.5, difference.Value, 12);
        Assert.InRange(difference.Low, 0.439, 0.463);
        Assert.InRange(difference.High, 0.537, 0.561);
    }

    [Fact]
    public void Scatter_between_training_draws_widens_the_interval()
    {
        var noise = new Philox(3, 0);
        double[] offsets = [.. Enumerable.Range(0, 8).Select(_ => noise.NextNormal() * 0.2)];
        ImmutableArray<Prediction>[] second = [.. offsets.Select(_ => Cells(200, _ => 1))];
        Interval scattered = PairedBootstrap.Of([.. offsets.Select(offset => Cells(200, _ => 1 + offset))], second).Difference;
        Interval quiet = PairedBootstrap.Of([.. offsets.Select(_ => Cells(200, _ => 1 + offsets.Average()))], second).Difference;
        Assert.True(scattered.High - scattered.Low > 0.1);
        Assert.True(quiet.High - quiet.Low < 1e-9);
    }

    [Fact]
    public void Without_a_difference_the_p_value_is_below_one_in_twenty_about_once_in_twenty()
    {
        int small = 0;
        for (ulong trial = 0; trial < 200; trial++)
        {
            var noise = new Philox(11, trial);
            PairedDifference none = PairedBootstrap.Of(
                [Cells(60, _ => Math.Abs(noise.NextNormal()))], [Cells(60, _ => Math.Abs(noise.NextNormal()))], new BootstrapOptions(Resamples: 400, Seed: trial));
            small += none.PValue < 0.05 ? 1 : 0;
        }

        Assert.InRange(small, 2, 24);
    }

    [Fact]
    public void Different_test_cells_are_refused() => Assert.Throws<ArgumentException>(() => PairedBootstrap.Of([Cells(5, _ => 1)], [Cells(6, _ => 1)]));

    [Fact]
    public void Holm_multiplies_and_never_decreases()
    {
        double[] adjusted = [.. HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.5])];
        double[] expected = [0.04, 0.09, 0.09, 0.5];
        for (int test = 0; test < expected.Length; test++)
        {
            Assert.Equal(expected[test], adjusted[test], 12);
        }
    }

    private static ImmutableArray<Prediction> Cells(int count, Func<int, double> error) =>
        [.. Enumerable.Range(0, count).Select(cell => new Prediction($"c{cell}", "phonon", "test", cell, cell + error(cell), false))];
}
