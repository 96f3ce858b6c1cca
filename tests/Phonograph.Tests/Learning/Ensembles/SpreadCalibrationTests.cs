using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Ensembles;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning.Ensembles;

public sealed class SpreadCalibrationTests
{
    [Theory]
    [InlineData(3, 0.05)]
    [InlineData(0.7, 0.2)]
    [InlineData(2, 0.0001)]
    public void The_parts_of_a_known_noise_are_found_again_and_errors_are_what_is_promised(double factor, double shared)
    {
        var calibration = SpreadCalibration.Fit(Noise(20000, factor, shared, seed: 1));
        Assert.Equal(factor, calibration.Factor, 0.06 * factor);
        Assert.Equal(shared, calibration.Shared, Math.Max(0.05 * shared, 0.004));
        var report = CalibrationReport.Of(Noise(4000, factor, shared, seed: 2), calibration);
        Assert.True(report.ExpectedCalibrationError < 0.02);
        Assert.Equal(10, report.Bins.Length);
        Assert.Equal(4000, report.Bins.Sum(bin => bin.Count));
        Assert.All(report.Bins, bin => Assert.Equal(bin.StandardError, bin.RootMeanSquareError, 0.15 * bin.StandardError));
        Assert.True(report.RankCorrelation is > 0 and < 1);
    }

    [Fact]
    public void Of_many_sets_of_cells_with_known_noise_the_binomial_interval_holds_the_nominal_coverage_in_95_percent()
    {
        var calibration = SpreadCalibration.Fit(Noise(20000, 3, 0.05, seed: 1));
        CoverageRow[] rows = [.. Enumerable.Range(10, 60).SelectMany(seed => CalibrationReport.Of(Noise(200, 3, 0.05, (ulong)seed), calibration).Coverage)];
        Assert.Equal([0.5, 0.68, 0.9, 0.95], rows[..4].Select(row => row.Nominal));

        // Of 240 at most 12 miss on average; twice as many leave room for the levels of one set, which miss together.
        Assert.InRange(rows.Count(row => row.Nominal < row.Observed.Low || row.Nominal > row.Observed.High), 0, 24);
        Assert.All(rows.GroupBy(row => row.Nominal), level => Assert.Equal(level.Key, level.Average(row => row.Observed.Value), 0.015));
    }

    [Fact]
    public void No_other_parts_make_the_errors_more_probable()
    {
        ImmutableArray<SpreadPrediction> cells = Noise(60, 2, 0.05, seed: 3);
        double LogLikelihood(SpreadCalibration calibration) => cells.Sum(cell =>
            -Math.Log(calibration.StandardError(cell.Spread)) - (0.5 * Math.Pow(cell.Error / calibration.StandardError(cell.Spread), 2)));
        double best = LogLikelihood(SpreadCalibration.Fit(cells));
        foreach (SpreadCalibration other in from factor in Enumerable.Range(0, 60) from shared in Enumerable.Range(1, 60) select new SpreadCalibration(0.1 * factor, 0.005 * shared, 60))
        {
            Assert.True(LogLikelihood(other) <= best + 1e-9, $"{other}");
        }
    }

    [Fact]
    public void Another_unit_scales_the_shared_part_alone_and_the_order_of_cells_does_not_matter()
    {
        ImmutableArray<SpreadPrediction> cells = Noise(200, 2, 0.05, seed: 4);
        SpreadCalibration here = SpreadCalibration.Fit(cells), there = SpreadCalibration.Fit([.. cells.Reverse().Select(cell => new SpreadPrediction(
            cell.Prediction with { Label = 1000 * cell.Prediction.Label, Predicted = 1000 * cell.Prediction.Predicted }, 1000 * cell.Spread))]);
        Assert.Equal(here.Factor, there.Factor, 1e-6);
        Assert.Equal(1000 * here.Shared, there.Shared, 1e-3);
    }

    [Fact]
    public void A_spread_that_knows_nothing_becomes_a_constant_error()
    {
        var random = new Philox(9, 1);
        ImmutableArray<SpreadPrediction> cells = [.. Enumerable.Range(0, 20000).Select(index => Cell(index, 0.3 * random.NextNormal(), Math.Exp(random.NextNormal())))];
        var calibration = SpreadCalibration.Fit(cells);
        Assert.Equal(0.3, calibration.StandardError(0.1), 0.01);
        Assert.Equal(0.3, calibration.StandardError(3), 0.02);
        Assert.Equal(0, CalibrationReport.Of(cells, calibration).RankCorrelation, 0.05);
    }

    [Fact]
    public void What_cannot_be_calibrated_is_refused()
    {
        Assert.Contains("no validation configurations", Assert.Throws<InputException>(() => SpreadCalibration.Fit([])).Message, StringComparison.Ordinal);
        Assert.Contains("predict the same", Assert.Throws<InputException>(() => SpreadCalibration.Fit([Cell(0, 0.1, 0), Cell(1, 0.2, 0)])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_coverage_is_the_share_of_labels_inside()
    {
        // Standard error 1 for all; errors 0.1, 0.2, ..., 10: of them 6 lie within ±0.674, 19 within ±1.96.
        ImmutableArray<SpreadPrediction> cells = [.. Enumerable.Range(1, 100).Select(index => Cell(index, 0.1 * index, 0))];
        var report = CalibrationReport.Of(cells, new SpreadCalibration(1, 1, 1));
        Assert.Equal(0.06, report.Coverage[0].Observed.Value, 1e-12);
        Assert.Equal(0.19, report.Coverage[3].Observed.Value, 1e-12);
        Assert.Equal(BinomialInterval.Of(19, 100), report.Coverage[3].Observed);
        Assert.Equal(0, report.Coverage[3].ObservedUncalibrated);
        Assert.True(double.IsNaN(report.RankCorrelation));
    }

    /// <summary>Normal errors whose variance is shared² + (factor·spread)².</summary>
    private static ImmutableArray<SpreadPrediction> Noise(int count, double factor, double shared, ulong seed)
    {
        var random = new Philox(seed, 0);
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            double spread = 0.05 * Math.Exp(0.6 * random.NextNormal());
            return Cell(index, Math.Sqrt((shared * shared) + (factor * factor * spread * spread)) * random.NextNormal(), spread);
        })];
    }

    private static SpreadPrediction Cell(int index, double error, double spread) => new(new Prediction($"cell-{index}", "phonon", "test", 1, 1 + error, false), spread);
}
