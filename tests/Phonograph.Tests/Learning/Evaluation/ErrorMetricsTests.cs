using CsCheck;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Tests.Learning.Evaluation;

public sealed class ErrorMetricsTests
{
    [Fact]
    public void A_small_case_by_hand_is_exact()
    {
        // Labels 1, 2, 3, 6: mean 3, squares 4 + 1 + 0 + 9 = 14. Errors 0, 1, -1, 2: MAE 1, squares 6.
        ErrorMetrics metrics = ErrorMetrics.Of([1, 2, 3, 6], [1, 3, 2, 8]);
        Assert.Equal(4, metrics.Count);
        Assert.Equal(Math.Sqrt(14.0 / 4), metrics.LabelStandardDeviation);
        Assert.Equal(1.0, metrics.MeanAbsoluteError);
        Assert.Equal(Math.Sqrt(1.5), metrics.RootMeanSquareError);
        Assert.Equal(1 - (6.0 / 14), metrics.RSquared);
        Assert.Equal(2.0, metrics.MaximumError);
    }

    [Fact]
    public void Predicting_the_mean_gives_R_squared_zero() =>
        Assert.Equal(0, ErrorMetrics.Of([1, 2, 3, 6], [3, 3, 3, 3]).RSquared);

    [Fact]
    public void R_squared_is_undefined_when_labels_have_no_spread()
    {
        // 0.1 is not representable: the mean of three differs from it in the last bit.
        ErrorMetrics metrics = ErrorMetrics.Of([0.1, 0.1, 0.1], [0.1, 0.2, 0.1]);
        Assert.True(double.IsNaN(metrics.RSquared));
        Assert.Equal(0, metrics.LabelStandardDeviation);
        Assert.Equal(0.1, metrics.MaximumError, 15);
    }

    [Fact]
    public void No_cell_or_unequal_counts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ErrorMetrics.Of([], []));
        Assert.Throws<ArgumentException>(() => ErrorMetrics.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => ErrorMetrics.Of([1, 2], [1, 2], [0, 0]));
    }

    [Fact]
    public void Weights_equal_repetition()
    {
        ErrorMetrics repeated = ErrorMetrics.Of([1, 1, 4, 9], [2, 2, 4, 7]);
        ErrorMetrics weighted = ErrorMetrics.Of([1, 4, 9, 50], [2, 4, 7, 0], [2, 1, 1, 0]);
        Assert.Equal(repeated, weighted);
    }

    [Fact]
    public void Metrics_keep_their_identities_for_any_numbers() =>
        Gen.Select(Gen.Double[-10, 10], Gen.Double[-10, 10]).Array[2, 40].Sample(pairs =>
        {
            ErrorMetrics metrics = ErrorMetrics.Of([.. pairs.Select(pair => pair.Item1)], [.. pairs.Select(pair => pair.Item2)]);
            Assert.True(metrics.MeanAbsoluteError <= metrics.RootMeanSquareError * (1 + 1e-12));
            Assert.True(metrics.RootMeanSquareError <= metrics.MaximumError * (1 + 1e-12));
            if (metrics.LabelStandardDeviation > 1e-3)
            {
                double ratio = metrics.RootMeanSquareError / metrics.LabelStandardDeviation;
                Assert.Equal(1 - (ratio * ratio), metrics.RSquared, 1e-9 * (1 + (ratio * ratio)));
            }
        });
}
