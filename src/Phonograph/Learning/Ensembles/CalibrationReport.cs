using System.Collections.Immutable;
using Phonograph.Learning.Evaluation;

namespace Phonograph.Learning.Ensembles;

/// <summary>Whether calibrated intervals hold as many labels as they should.</summary>
/// <param name="Coverage">Coverage of intervals of 50, 68, 90 and 95 %.</param>
/// <param name="Curve">Coverage at 5, 10, ..., 95 %.</param>
/// <param name="ExpectedCalibrationError">Mean of |observed - nominal| over <paramref name="Curve"/>.</param>
/// <param name="Bins">Error against standard error: cells sorted by their standard error, in at most ten parts of equal size.</param>
/// <param name="RankCorrelation">Rank correlation (Spearman) of standard error and absolute error; 0 when the spread does not know where the errors are. NaN when one of them is the same for all cells.</param>
public sealed record CalibrationReport(
    ImmutableArray<CoverageRow> Coverage, ImmutableArray<CoverageRow> Curve, double ExpectedCalibrationError, ImmutableArray<SpreadBin> Bins, double RankCorrelation)
{
    private const int LargestBinCount = 10, SmallestBin = 10;

    private static readonly double[] Levels = [0.5, 0.68, 0.9, 0.95];

    /// <summary>Examines calibrated predictions on cells that neither trained nor calibrated the ensemble.</summary>
    /// <param name="tested">Predictions beside labels; those without a finite number are left out.</param>
    /// <param name="calibration">The calibration.</param>
    /// <exception cref="ArgumentException">No prediction is finite.</exception>
    public static CalibrationReport Of(IEnumerable<SpreadPrediction> tested, SpreadCalibration calibration)
    {
        ArgumentNullException.ThrowIfNull(tested);
        ArgumentNullException.ThrowIfNull(calibration);
        (double Error, double Raw, double Calibrated)[] cells =
        [
            .. tested.Where(each => double.IsFinite(each.Prediction.Predicted))
                .Select(each => (Math.Abs(each.Error), each.Spread, calibration.StandardError(each.Spread)))
                .OrderBy(cell => cell.Item3).ThenBy(cell => cell.Item1),
        ];
        if (cells.Length == 0)
        {
            throw new ArgumentException("No cell has a finite prediction.", nameof(tested));
        }

        CoverageRow Row(double level)
        {
            double width = NormalDistribution.HalfWidth(level);
            return new CoverageRow(
                level, cells.Length,
                BinomialInterval.Of(cells.Count(cell => cell.Error <= width * cell.Calibrated), cells.Length),
                (double)cells.Count(cell => cell.Error <= width * cell.Raw) / cells.Length);
        }

        ImmutableArray<CoverageRow> curve = [.. Enumerable.Range(1, 19).Select(step => Row(0.05 * step))];
        int bins = Math.Clamp(cells.Length / SmallestBin, 1, LargestBinCount);
        return new CalibrationReport(
            [.. Levels.Select(Row)],
            curve,
            curve.Average(row => Math.Abs(row.Observed.Value - row.Nominal)),
            [
                .. Enumerable.Range(0, bins).Select(bin => cells[(bin * cells.Length / bins)..((bin + 1) * cells.Length / bins)]).Select(part => new SpreadBin(
                    part.Length, Math.Sqrt(part.Average(cell => cell.Calibrated * cell.Calibrated)), Math.Sqrt(part.Average(cell => cell.Error * cell.Error)))),
            ],
            Evaluation.RankCorrelation.Of([.. cells.Select(cell => cell.Error)], [.. cells.Select(cell => cell.Calibrated)]));
    }
}

/// <summary>How many labels intervals of one nominal coverage hold.</summary>
/// <param name="Nominal">Share that the intervals should hold.</param>
/// <param name="Count">Number of cells.</param>
/// <param name="Observed">Share that the calibrated intervals hold, with its exact binomial 95 % interval.</param>
/// <param name="ObservedUncalibrated">Share that intervals from the bare spread of the members would hold.</param>
public sealed record CoverageRow(double Nominal, int Count, Interval Observed, double ObservedUncalibrated);

/// <summary>Cells of similar standard error.</summary>
/// <param name="Count">Number of cells.</param>
/// <param name="StandardError">Root mean square of their calibrated standard errors, in the unit of the property.</param>
/// <param name="RootMeanSquareError">Root mean square of their errors: equal to it where the calibration is right.</param>
public sealed record SpreadBin(int Count, double StandardError, double RootMeanSquareError);
