namespace Phonograph.Learning.Evaluation;

/// <summary>An error against a number of training cells: scale · n^-exponent + floor (C. Cortes et al., NIPS 6, 327 (1993)).</summary>
/// <param name="Scale">Error of one cell above the floor.</param>
/// <param name="Exponent">How fast it falls.</param>
/// <param name="Floor">Error that no number of cells goes below; 0 for a pure power law.</param>
public readonly record struct PowerLaw(double Scale, double Exponent, double Floor)
{
    /// <summary>The error at a size.</summary>
    public double At(double size) => (Scale * Math.Pow(size, -Exponent)) + Floor;

    /// <summary>The size at which the error falls to a value; infinite where it never does.</summary>
    public double SizeAt(double error) => Exponent > 0 && error > Floor ? Math.Pow(Scale / (error - Floor), 1 / Exponent) : double.PositiveInfinity;

    /// <summary>Least squares in the logarithm of the error, so that relative errors count alike at all sizes.</summary>
    /// <param name="sizes">Numbers of training cells; at least two different ones.</param>
    /// <param name="errors">Positive errors.</param>
    /// <param name="hasFloor">Whether a floor is fitted too; then at least three sizes are needed.</param>
    public static PowerLaw Fit(ReadOnlySpan<double> sizes, ReadOnlySpan<double> errors, bool hasFloor = false)
    {
        if (sizes.Length != errors.Length || sizes.Length < (hasFloor ? 3 : 2))
        {
            throw new ArgumentException($"{sizes.Length} sizes and {errors.Length} errors: a power law needs as many of both, at least {(hasFloor ? 3 : 2)}.", nameof(sizes));
        }

        PowerLaw pure = Line(sizes, errors);
        return hasFloor ? Refined(sizes, errors, pure) : pure;
    }

    /// <summary>Sum of the squared differences of the logarithms.</summary>
    public double Residual(ReadOnlySpan<double> sizes, ReadOnlySpan<double> errors)
    {
        double sum = 0;
        for (int place = 0; place < sizes.Length; place++)
        {
            double difference = Math.Log(errors[place] / At(sizes[place]));
            sum += difference * difference;
        }

        return sum;
    }

    private static PowerLaw Line(ReadOnlySpan<double> sizes, ReadOnlySpan<double> errors)
    {
        double x = 0, y = 0, xx = 0, xy = 0;
        foreach ((double size, double error) in Pairs(sizes, errors))
        {
            x += Math.Log(size) / sizes.Length;
            y += Math.Log(error) / sizes.Length;
        }

        foreach ((double size, double error) in Pairs(sizes, errors))
        {
            xx += (Math.Log(size) - x) * (Math.Log(size) - x);
            xy += (Math.Log(size) - x) * (Math.Log(error) - y);
        }

        return new PowerLaw(Math.Exp(y - (xy / xx * x)), -xy / xx, 0);
    }

    /// <summary>
    /// With the floor as a share γ of the scale the logarithm of the error is ln(scale) + ln(n^-b + γ), so the best scale is known for each b and γ: these two are searched on a grid that is drawn closer around its best point.
    /// </summary>
    private static PowerLaw Refined(ReadOnlySpan<double> sizes, ReadOnlySpan<double> errors, PowerLaw pure)
    {
        const int Points = 24, Rounds = 14;
        (double Low, double High) exponents = (0.01, 4), shares = (0, 1);
        PowerLaw best = pure;
        double least = pure.Residual(sizes, errors);
        for (int round = 0; round < Rounds; round++)
        {
            (double bestExponent, double bestShare) = (0.5 * (exponents.Low + exponents.High), 0.5 * (shares.Low + shares.High));
            double leastHere = double.PositiveInfinity;
            for (int i = 0; i <= Points; i++)
            {
                double exponent = exponents.Low + ((exponents.High - exponents.Low) * i / Points);
                for (int j = 0; j <= Points; j++)
                {
                    // The share is that of the floor in the error at the largest size.
                    double share = Math.Min(0.9999, shares.Low + ((shares.High - shares.Low) * j / Points));
                    PowerLaw law = Scaled(sizes, errors, exponent, share);
                    double residual = law.Residual(sizes, errors);
                    if (residual < leastHere)
                    {
                        (leastHere, bestExponent, bestShare) = (residual, exponent, share);
                        (least, best) = residual < least ? (residual, law) : (least, best);
                    }
                }
            }

            exponents = Around(exponents, bestExponent, 0.01, 4);
            shares = Around(shares, bestShare, 0, 1);
        }

        return best;
    }

    private static PowerLaw Scaled(ReadOnlySpan<double> sizes, ReadOnlySpan<double> errors, double exponent, double share)
    {
        double largest = 0, logarithm = 0;
        foreach (double size in sizes)
        {
            largest = Math.Max(largest, size);
        }

        double floor = Math.Pow(largest, -exponent) * share / (1 - share);
        foreach ((double size, double error) in Pairs(sizes, errors))
        {
            logarithm += (Math.Log(error) - Math.Log(Math.Pow(size, -exponent) + floor)) / sizes.Length;
        }

        return new PowerLaw(Math.Exp(logarithm), exponent, Math.Exp(logarithm) * floor);
    }

    /// <summary>A third of the range about a point, inside the limits.</summary>
    private static (double Low, double High) Around((double Low, double High) range, double point, double low, double high)
    {
        double half = (range.High - range.Low) / 6;
        return (Math.Max(low, point - half), Math.Min(high, point + half));
    }

    private static IEnumerable<(double Size, double Error)> Pairs(ReadOnlySpan<double> sizes, ReadOnlySpan<double> errors) => sizes.ToArray().Zip(errors.ToArray());
}
