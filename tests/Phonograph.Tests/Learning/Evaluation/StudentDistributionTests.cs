using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class StudentDistributionTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    [InlineData(4.5)]
    public void One_and_two_degrees_of_freedom_have_their_closed_forms(double t)
    {
        Assert.Equal(2 / Math.PI * Math.Atan(t), StudentDistribution.CentralProbability(t, 1), 12);
        Assert.Equal(t / Math.Sqrt(2 + (t * t)), StudentDistribution.CentralProbability(-t, 2), 12);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(24)]
    public void The_probability_is_the_integral_of_the_density(int degrees)
    {
        // The density without its constant; the constant follows from the whole integral, taken in the angle x = tan.
        double Integral(double end)
        {
            const int Steps = 4000;
            double limit = Math.Atan(end), sum = 0;
            for (int step = 0; step <= Steps; step++)
            {
                double angle = limit * step / Steps, x = Math.Tan(angle), density = Math.Pow(1 + (x * x / degrees), -(degrees + 1) / 2.0) * (1 + (x * x));
                sum += (step == 0 || step == Steps ? 1 : step % 2 == 1 ? 4 : 2) * density;
            }

            return sum * limit / Steps / 3;
        }

        foreach (double t in new[] { 0.5, 1.7, 3.2 })
        {
            Assert.Equal(Integral(t) / Integral(1e7), StudentDistribution.CentralProbability(t, degrees), 6);
        }
    }

    [Fact]
    public void Many_degrees_of_freedom_are_normal_and_half_widths_invert()
    {
        Assert.Equal(NormalDistribution.CentralProbability(1.3), StudentDistribution.CentralProbability(1.3, 100_000), 5);
        foreach (int degrees in new[] { 1, 2, 7, 30 })
        {
            foreach (double share in new[] { 0.05, 0.5, 0.95, 0.999 })
            {
                Assert.Equal(share, StudentDistribution.CentralProbability(StudentDistribution.HalfWidth(share, degrees), degrees), 10);
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.CentralProbability(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentDistribution.HalfWidth(1, 3));
    }

    [Fact]
    public void The_corrected_interval_is_the_formula_written_out()
    {
        double[] values = [0.3, -0.1, 0.4, 0.25, 0.05];
        double mean = values.Sum() / 5, variance = values.Sum(value => Math.Pow(value - mean, 2)) / 4, error = Math.Sqrt(((1 / 5.0) + (20 / 64.0)) * variance);
        (Interval interval, double pValue) = CorrectedResampling.Of(values, 20 / 64.0);
        Assert.Equal(mean, interval.Value, 12);
        Assert.Equal(mean - (2.7764451051977987 * error), interval.Low, 9);
        Assert.Equal(mean + (2.7764451051977987 * error), interval.High, 9);
        Assert.Equal(1 - StudentDistribution.CentralProbability(mean / error, 4), pValue, 12);
        Assert.True(double.IsNaN(CorrectedResampling.Of([0.2], 0.3).Interval.Low));
        Assert.Equal((new Interval(0, 0, 0), 1.0), CorrectedResampling.Of([0, 0, 0], 0.3));
    }

    [Fact]
    public void Draws_that_share_a_part_are_covered_with_the_correction_and_not_without()
    {
        // Ten draws, each the mean of a part of its own (variance 1) and of a part that all share (variance ρ/(1 - ρ) = n_test/n_train): the model behind the correction.
        const double TestToTraining = 0.25;
        int plain = 0, corrected = 0;
        const int Trials = 600;
        for (ulong trial = 0; trial < Trials; trial++)
        {
            var random = new Philox(91, trial);
            double shared = Math.Sqrt(TestToTraining) * random.NextNormal();
            double[] draws = [.. Enumerable.Range(0, 10).Select(_ => shared + random.NextNormal())];
            plain += Covers(CorrectedResampling.Of(draws, 0).Interval);
            corrected += Covers(CorrectedResampling.Of(draws, TestToTraining).Interval);
        }

        Assert.InRange(corrected, 0.92 * Trials, 0.98 * Trials);
        Assert.InRange(plain, 0.5 * Trials, 0.85 * Trials);

        static int Covers(Interval interval) => interval.Low <= 0 && interval.High >= 0 ? 1 : 0;
    }
}
