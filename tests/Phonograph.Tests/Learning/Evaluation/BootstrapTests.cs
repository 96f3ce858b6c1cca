using Phonograph.Datasets;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class BootstrapTests
{
    private static readonly BootstrapOptions Quick = new(Resamples: 400);

    [Fact]
    public void Intervals_of_equal_errors_have_no_width()
    {
        Prediction[] cells = [.. Enumerable.Range(0, 20).Select(cell => Cell(cell, cell, cell + 0.5))];
        MetricIntervals intervals = Bootstrap.Of(cells);
        Assert.Equal(new Interval(0.5, 0.5, 0.5), intervals.MeanAbsoluteError);
        Assert.Equal(new Interval(0.5, 0.5, 0.5), intervals.RootMeanSquareError);
        Assert.Equal(20, intervals.TestCount);
        Assert.True(intervals.RSquared.Low < intervals.RSquared.Value && intervals.RSquared.Value < intervals.RSquared.High);
    }

    [Fact]
    public void Two_cells_give_the_exact_quantiles()
    {
        // Errors 0 and 1: a resample of two has MAE 0, 1/2, 1 with probability 1/4, 1/2, 1/4, so both ends are extremes.
        MetricIntervals intervals = Bootstrap.Of([Cell(0, 0, 0), Cell(1, 5, 6)]);
        Assert.Equal(new Interval(0.5, 0, 1), intervals.MeanAbsoluteError);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_does_not()
    {
        Prediction[] cells = Noisy(seed: 1, count: 50, sigma: 1);
        Assert.Equal(Bootstrap.Of(cells, Quick), Bootstrap.Of(cells, Quick));
        Assert.NotEqual(Bootstrap.Of(cells, Quick), Bootstrap.Of(cells, Quick with { Seed = 2 }));
    }

    [Fact]
    public void The_order_of_the_cells_changes_no_bit()
    {
        Prediction[] cells = Noisy(seed: 5, count: 50, sigma: 1), more = Noisy(seed: 6, count: 50, sigma: 1);
        Assert.Equal(Bootstrap.Of([cells, more], Quick), Bootstrap.Of([[.. cells.Reverse()], more], Quick));
    }

    [Fact]
    public void R_squared_without_spread_is_NaN_with_NaN_ends()
    {
        MetricIntervals intervals = Bootstrap.Of([Cell(0, 2, 1), Cell(1, 2, 2), Cell(2, 2, 5)], Quick);
        Assert.True(double.IsNaN(intervals.RSquared.Value) && double.IsNaN(intervals.RSquared.Low) && double.IsNaN(intervals.RSquared.High));
        Assert.False(double.IsNaN(intervals.MeanAbsoluteError.Low));
    }

    [Fact]
    public void Repeats_that_disagree_widen_the_interval()
    {
        Prediction[] cells = Noisy(seed: 3, count: 60, sigma: 0.1);
        Prediction[] worse = [.. cells.Select(cell => cell with { Predicted = cell.Predicted + 3 })];
        Interval alone = Bootstrap.Of(cells, Quick).MeanAbsoluteError;
        MetricIntervals both = Bootstrap.Of([cells, worse, cells, worse], Quick);
        Assert.Equal(4, both.TrainingDraws);
        Assert.Equal(60, both.TestCount);
        Assert.True(both.MeanAbsoluteError.High - both.MeanAbsoluteError.Low > 20 * (alone.High - alone.Low));
        double expected = (ErrorMetrics.Of(cells).MeanAbsoluteError + ErrorMetrics.Of(worse).MeanAbsoluteError) / 2;
        Assert.Equal(expected, both.MeanAbsoluteError.Value, 12);
    }

    [Fact]
    public void Equal_repeats_are_not_mistaken_for_more_cells()
    {
        Prediction[] cells = Noisy(seed: 4, count: 40, sigma: 1);
        Interval once = Bootstrap.Of(cells, new BootstrapOptions(4000)).MeanAbsoluteError;
        Interval often = Bootstrap.Of([.. Enumerable.Repeat(cells, 6)], new BootstrapOptions(4000)).MeanAbsoluteError;
        double ratio = (often.High - often.Low) / (once.High - once.Low);
        Assert.InRange(ratio, 0.93, 1.07);
    }

    [Fact]
    public void A_cell_twice_in_one_test_set_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Bootstrap.Of([Cell(0, 1, 1), Cell(0, 1, 2)]));
        Assert.Contains("cell-0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_interval_covers_the_true_error_about_as_often_as_it_claims()
    {
        // Normal errors of spread 1: the true MAE is √(2/π), the true RMSE 1. 300 experiments, 60 cells each.
        int mean = 0, root = 0;
        const int Experiments = 300;
        for (int experiment = 0; experiment < Experiments; experiment++)
        {
            MetricIntervals intervals = Bootstrap.Of(Noisy((ulong)experiment + 100, 60, 1), Quick);
            mean += Covers(intervals.MeanAbsoluteError, Math.Sqrt(2 / Math.PI)) ? 1 : 0;
            root += Covers(intervals.RootMeanSquareError, 1) ? 1 : 0;
        }

        // Nominal 95 %, true percentile coverage near 93 %; binomial spread 1.5 %.
        Assert.InRange(mean / (double)Experiments, 0.88, 0.985);
        Assert.InRange(root / (double)Experiments, 0.86, 0.985);
    }

    [Fact]
    public void The_interval_covers_the_error_over_training_draws_too()
    {
        // Error of a cell under a draw = draw bias b (normal, spread 0.5, added to 3) + cell noise: the true MAE is 3 to good accuracy.
        int covered = 0, coveredByOneDraw = 0;
        const int Experiments = 200;
        for (int experiment = 0; experiment < Experiments; experiment++)
        {
            var random = new Philox(77, (ulong)experiment);
            double[] noise = [.. Enumerable.Range(0, 40).Select(_ => 0.3 * random.NextNormal())];
            Prediction[][] draws = [.. Enumerable.Range(0, 12).Select(_ =>
            {
                double bias = 3 + (0.5 * random.NextNormal());
                return noise.Select((value, cell) => Cell(cell, cell, cell + bias + value)).ToArray();
            })];
            covered += Covers(Bootstrap.Of(draws, Quick).MeanAbsoluteError, 3) ? 1 : 0;
            coveredByOneDraw += Covers(Bootstrap.Of(draws[0], Quick).MeanAbsoluteError, 3) ? 1 : 0;
        }

        Assert.InRange(covered / (double)Experiments, 0.85, 0.99);
        Assert.True(coveredByOneDraw < covered / 2, "One draw cannot know how training again would change the error.");
    }

    [Fact]
    public void A_record_of_the_study_carries_the_same_numbers()
    {
        MetricIntervals intervals = Bootstrap.Of(Noisy(5, 30, 1), Quick);
        MetricRecord record = intervals.ToRecord(Property.BandGap, "m5", "phonon", "random", 280);
        Assert.Equal(intervals.MeanAbsoluteError, record.MeanAbsoluteError);
        Assert.Equal(intervals.RSquared, record.RSquared);
        Assert.Equal(30, record.TestCount);
        Assert.Equal(280, record.TrainingSize);
    }

    private static bool Covers(Interval interval, double truth) => interval.Low <= truth && truth <= interval.High;

    private static Prediction Cell(int cell, double label, double predicted) => new($"cell-{cell}", "phonon", "test", label, predicted, false);

    private static Prediction[] Noisy(ulong seed, int count, double sigma)
    {
        var random = new Philox(seed, 0);
        return [.. Enumerable.Range(0, count).Select(cell => Cell(cell, cell, cell + (sigma * random.NextNormal())))];
    }
}
