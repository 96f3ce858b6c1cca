using System.Collections.Immutable;

namespace Phonograph.Learning.Evaluation;

/// <summary>How a size on a learning curve is known.</summary>
public enum SizeStanding
{
    /// <summary>Inside the measured sizes.</summary>
    Measured,

    /// <summary>Outside the measured sizes, by at most a factor of <see cref="CurveFit.FarthestFactor"/>.</summary>
    Extrapolated,

    /// <summary>Farther outside, or below the floor of the curve.</summary>
    NotReached,
}

/// <summary>A number of training cells at which an error is reached.</summary>
/// <param name="Size">The number with its interval over training draws; the upper end is infinite where a draw never reaches the error.</param>
/// <param name="Standing">Whether it was measured.</param>
public sealed record SizeEstimate(Interval Size, SizeStanding Standing);

/// <summary>
/// Power laws of a learning curve: one for the mean over training draws, and one for each draw, from which intervals come. Draws of one pool overlap and share their test cells, so these intervals speak of the choice of training
/// cells and weights and are too narrow for fresh labels.
/// </summary>
/// <param name="Sizes">Numbers of training cells, rising.</param>
/// <param name="Mean">Law of the errors averaged over draws.</param>
/// <param name="Draws">Law of each draw.</param>
/// <param name="HasFloor">
/// Whether the laws have a floor: they do when that of the mean has a corrected information criterion (C. Hurvich, C.-L. Tsai, Biometrika 76, 297 (1989)) lower by more than 2. It needs six sizes.
/// </param>
/// <param name="Exponent">Mean exponent of the draws with Student's interval.</param>
public sealed record CurveFit(ImmutableArray<int> Sizes, PowerLaw Mean, ImmutableArray<PowerLaw> Draws, bool HasFloor, Interval Exponent)
{
    /// <summary>Sizes beyond this factor of the largest size, or below the smallest over it, are called not reached.</summary>
    public const double FarthestFactor = 10;

    private const double CriterionMargin = 2;

    /// <summary>Fits a curve.</summary>
    /// <param name="sizes">Numbers of training cells, rising, at least two.</param>
    /// <param name="errors">Positive error of each draw at each size.</param>
    /// <param name="confidence">Probability that intervals aim at.</param>
    public static CurveFit Of(IReadOnlyList<int> sizes, IReadOnlyList<IReadOnlyList<double>> errors, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(errors);
        double[] x = [.. sizes.Select(size => (double)size)], mean = [.. Enumerable.Range(0, x.Length).Select(place => errors.Average(draw => draw[place]))];
        var pure = PowerLaw.Fit(x, mean);
        bool hasFloor = false;
        if (x.Length >= 6)
        {
            var floored = PowerLaw.Fit(x, mean, hasFloor: true);
            hasFloor = Criterion(floored.Residual(x, mean), x.Length, 4) < Criterion(pure.Residual(x, mean), x.Length, 3) - CriterionMargin;
            pure = hasFloor ? floored : pure;
        }

        ImmutableArray<PowerLaw> draws = [.. errors.Select(draw => PowerLaw.Fit(x, [.. draw], hasFloor))];
        return new CurveFit([.. sizes], pure, draws, hasFloor, CorrectedResampling.Of([.. draws.Select(law => law.Exponent)], 0, confidence).Interval);
    }

    /// <summary>The size at which the error falls to a value, with the interval of its logarithm over draws.</summary>
    /// <param name="error">The error.</param>
    /// <param name="confidence">Probability the interval aims at.</param>
    public SizeEstimate SizeAt(double error, double confidence = 0.95)
    {
        Interval size = OverDraws([.. Draws.Select(law => law.SizeAt(error))], Mean.SizeAt(error), confidence);
        return new SizeEstimate(size, StandingOf(size.Value));
    }

    /// <summary>How a size is known.</summary>
    internal SizeStanding StandingOf(double size) =>
        !(size <= FarthestFactor * Sizes[^1]) || size < Sizes[0] / FarthestFactor ? SizeStanding.NotReached
        : size > Sizes[^1] || size < Sizes[0] ? SizeStanding.Extrapolated
        : SizeStanding.Measured;

    /// <summary>Geometric mean over draws with Student's interval of the logarithm. Where a draw is infinite: the value of the mean curve, from the smallest draw to infinity.</summary>
    internal static Interval OverDraws(IReadOnlyList<double> values, double ofMean, double confidence)
    {
        if (values.Any(value => !double.IsFinite(value) || value <= 0))
        {
            return new Interval(ofMean, values.Min(), double.PositiveInfinity);
        }

        Interval logarithm = CorrectedResampling.Of([.. values.Select(value => Math.Log(value))], 0, confidence).Interval;
        return new Interval(Math.Exp(logarithm.Value), Math.Exp(logarithm.Low), Math.Exp(logarithm.High));
    }

    private static double Criterion(double residual, int points, int parameters) => points <= parameters + 1
        ? double.PositiveInfinity
        : (points * Math.Log(Math.Max(residual, 1e-30) / points)) + (2 * parameters) + (2.0 * parameters * (parameters + 1) / (points - parameters - 1));
}
