using Phonograph.Files;

namespace Phonograph.Learning.Ensembles;

/// <summary>
/// Turns the spread of an ensemble into a standard error: σ² = a² + (s·spread)². The part a is the error that the members share, which no spread shows; s scales what they do not share. Both are those under which the
/// errors of the validation cells, taken as normal with standard deviation σ, are most probable. Members stop training on the same validation cells, so σ is a little too small; the test cells show by how much.
/// </summary>
/// <param name="Factor">s.</param>
/// <param name="Shared">a, in the unit of the property.</param>
/// <param name="Cells">Number of validation cells behind them.</param>
public sealed record SpreadCalibration(double Factor, double Shared, int Cells)
{
    // Ratios a/(s·r.m.s. spread) that are tried: at the lower end spread alone, at the upper end a constant.
    private const double SmallestRatio = 1e-3, LargestRatio = 1e3;
    private const int Steps = 240;

    /// <summary>
    /// Fits both parts. For a given ratio r = a/s the best factor is s² = mean(error²/(r² + spread²)); r itself is the best of a grid, refined between its neighbours by golden sections.
    /// </summary>
    /// <param name="validation">Predictions on the validation cells.</param>
    /// <exception cref="InputException">There are none, all members predict the same, or every label is predicted exactly.</exception>
    public static SpreadCalibration Fit(IReadOnlyCollection<SpreadPrediction> validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        if (validation.Count == 0)
        {
            throw new InputException("There are no validation configurations to calibrate the spread with. Give more labelled configurations.");
        }

        (double Error, double Spread)[] squares = [.. validation.Select(each => (each.Error * each.Error, each.Spread * each.Spread))];
        double meanSpread = squares.Average(each => each.Spread), meanError = squares.Average(each => each.Error);
        if (!(meanSpread > 0) || !(meanError > 0) || !double.IsFinite(meanSpread + meanError))
        {
            throw new InputException("The members of the ensemble predict the same for every validation configuration, or predict their labels exactly, so there is no spread to calibrate. Train with other settings.");
        }

        double Ratio(double step) => SmallestRatio * Math.Pow(LargestRatio / SmallestRatio, step / Steps);
        double Cost(double step)
        {
            double ratio = Ratio(step) * Ratio(step) * meanSpread, square = squares.Average(each => each.Error / (ratio + each.Spread));
            return Math.Log(square) + squares.Average(each => Math.Log(ratio + each.Spread));
        }

        int best = Enumerable.Range(0, Steps + 1).MinBy(step => Cost(step));
        double low = Math.Max(0, best - 1), high = Math.Min(Steps, best + 1), golden = 0.5 * (Math.Sqrt(5) - 1);
        for (int section = 0; section < 40; section++)
        {
            double left = high - (golden * (high - low)), right = low + (golden * (high - low));
            (low, high) = Cost(left) < Cost(right) ? (low, right) : (left, high);
        }

        double chosen = Ratio(0.5 * (low + high)) * Math.Sqrt(meanSpread);
        double factor = Math.Sqrt(squares.Average(each => each.Error / ((chosen * chosen) + each.Spread)));
        return new SpreadCalibration(factor, factor * chosen, validation.Count);
    }

    /// <summary>Calibrated standard error, in the unit of the property.</summary>
    /// <param name="spread">Standard deviation over the members.</param>
    public double StandardError(double spread) => Math.Sqrt((Shared * Shared) + (Factor * Factor * spread * spread));
}
