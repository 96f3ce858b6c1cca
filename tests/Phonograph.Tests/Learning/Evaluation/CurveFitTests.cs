using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class CurveFitTests
{
    private static readonly int[] Sizes = [16, 32, 64, 128], Many = [10, 20, 40, 80, 160, 320, 640, 1280];

    [Fact]
    public void A_power_law_is_found_exactly_and_inverted()
    {
        CurveFit fit = CurveFit.Of(Sizes, [Errors(Sizes, new PowerLaw(2, 0.4, 0)), Errors(Sizes, new PowerLaw(3, 0.5, 0))]);
        Assert.False(fit.HasFloor);
        Assert.Equal(0.4, fit.Draws[0].Exponent, 10);
        Assert.Equal(3, fit.Draws[1].Scale, 9);
        Assert.Equal(0.45, fit.Exponent.Value, 10);
        Assert.Equal(50, fit.Draws[0].SizeAt(fit.Draws[0].At(50)), 8);
    }

    [Fact]
    public void A_floor_is_found_where_there_is_one_and_not_where_there_is_none()
    {
        var exact = new PowerLaw(1.5, 0.7, 0.05);
        CurveFit floored = CurveFit.Of(Many, [Errors(Many, exact), Errors(Many, exact)]);
        Assert.True(floored.HasFloor);
        Assert.Equal(0.05, floored.Mean.Floor, 0.001);
        Assert.Equal(0.7, floored.Mean.Exponent, 0.01);
        Assert.Equal(SizeStanding.NotReached, floored.SizeAt(0.049).Standing);
        int found = 0;
        for (ulong trial = 0; trial < 60; trial++)
        {
            var random = new Philox(7, trial);
            found += CurveFit.Of(Many, [.. Enumerable.Range(0, 5).Select(_ => Noisy(Many, new PowerLaw(1.5, 0.5, 0), 0.05, random))]).HasFloor ? 1 : 0;
        }

        Assert.InRange(found, 0, 12);
        Assert.False(CurveFit.Of(Sizes, [Errors(Sizes, exact), Errors(Sizes, exact)]).HasFloor);
    }

    [Fact]
    public void Labels_saved_follow_from_the_two_laws()
    {
        PowerLaw better = new(1, 0.5, 0), worse = new(2, 0.5, 0);
        LabelSaving saving = LabelSaving.Of(CurveFit.Of(Sizes, [Errors(Sizes, better), Errors(Sizes, better)]), CurveFit.Of(Sizes, [Errors(Sizes, worse), Errors(Sizes, worse)]));
        Assert.Equal(worse.At(128), saving.Error, 10);
        Assert.Equal(128, saving.SecondSize.Size.Value, 8);
        Assert.Equal(32, saving.FirstSize.Size.Value, 8);
        Assert.Equal(4, saving.Ratio.Value, 8);
        Assert.Equal(SizeStanding.Measured, saving.FirstSize.Standing);
        Assert.True(saving.IsReached);
    }

    [Fact]
    public void Sizes_beyond_the_measured_ones_are_named_so_and_errors_that_rise_reach_nothing()
    {
        CurveFit fit = CurveFit.Of(Sizes, [Errors(Sizes, new PowerLaw(1, 0.5, 0)), Errors(Sizes, new PowerLaw(1, 0.5, 0))]);
        Assert.Equal(SizeStanding.Measured, fit.SizeAt(1 / Math.Sqrt(100)).Standing);
        Assert.Equal(SizeStanding.Extrapolated, fit.SizeAt(1 / Math.Sqrt(400)).Standing);
        Assert.Equal(SizeStanding.NotReached, fit.SizeAt(1 / Math.Sqrt(2000)).Standing);
        CurveFit rising = CurveFit.Of(Sizes, [Errors(Sizes, new PowerLaw(1, 0.5, 0)), Errors(Sizes, new PowerLaw(0.1, -0.1, 0))]);
        Assert.True(double.IsPositiveInfinity(rising.SizeAt(0.05).Size.High));
        Assert.Equal(SizeStanding.NotReached, CurveFit.Of(Sizes, [Errors(Sizes, new PowerLaw(0.1, -0.1, 0)), Errors(Sizes, new PowerLaw(0.1, -0.2, 0))]).SizeAt(0.05).Standing);
    }

    [Fact]
    public void Intervals_over_draws_hold_the_true_numbers_about_nineteen_times_in_twenty()
    {
        const int Trials = 300;
        PowerLaw better = new(1, 0.45, 0), worse = new(1.6, 0.4, 0);
        int exponent = 0, size = 0, ratio = 0;
        for (ulong trial = 0; trial < Trials; trial++)
        {
            var random = new Philox(77, trial);
            CurveFit first = CurveFit.Of(Sizes, [.. Enumerable.Range(0, 10).Select(_ => Noisy(Sizes, better, 0.08, random))]);
            CurveFit second = CurveFit.Of(Sizes, [.. Enumerable.Range(0, 10).Select(_ => Noisy(Sizes, worse, 0.08, random))]);
            exponent += Covers(first.Exponent, 0.45);
            size += Covers(first.SizeAt(0.15).Size, better.SizeAt(0.15));
            LabelSaving saving = LabelSaving.Of(first, second);
            ratio += Covers(saving.Ratio, worse.SizeAt(saving.Error) / better.SizeAt(saving.Error));
        }

        // Binomial scatter of 300 trials at 95 %: 285 ± 3.8; three of them either way.
        Assert.InRange(exponent, 274, 297);
        Assert.InRange(size, 274, 297);
        Assert.InRange(ratio, 274, 297);

        static int Covers(Interval interval, double truth) => interval.Low <= truth && truth <= interval.High ? 1 : 0;
    }

    private static double[] Errors(int[] sizes, PowerLaw law) => [.. sizes.Select(size => law.At(size))];

    /// <summary>Scatter of each size by itself, and of a whole draw.</summary>
    private static double[] Noisy(int[] sizes, PowerLaw law, double noise, Philox random)
    {
        double draw = noise * random.NextNormal();
        return [.. sizes.Select(size => law.At(size) * Math.Exp(draw + (noise * random.NextNormal())))];
    }
}
