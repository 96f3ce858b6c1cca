namespace Phonograph.Learning.Evaluation;

/// <summary>Mean absolute error of one way to train against that of another, on the same test cells.</summary>
/// <param name="FirstError">Error of the one, in the unit of the property.</param>
/// <param name="SecondError">Error of the other.</param>
/// <param name="Difference">First minus second with its interval over training draws and test cells or blocks; negative when the first is better.</param>
/// <param name="PValue">Two-sided bootstrap p-value of no difference, not below 2/(resamples + 1).</param>
/// <param name="Ratio">First over second, with the interval of the same resamples.</param>
/// <param name="Corrected">The difference with the interval of Nadeau and Bengio (<see cref="CorrectedResampling"/>); NaN ends with one draw.</param>
/// <param name="CorrectedPValue">The p-value that belongs to it; NaN with one draw.</param>
/// <param name="StandardisedEffect">Mean difference over its standard deviation from test cell to test cell (or block to block), the draws averaged first; NaN without scatter.</param>
public sealed record ErrorDifference(
    double FirstError, double SecondError, Interval Difference, double PValue, Interval Ratio, Interval Corrected, double CorrectedPValue, double StandardisedEffect)
{
    /// <summary>A difference of less than this share of the smaller error is called small.</summary>
    public const double SmallShare = 0.1;

    /// <summary>Size of the difference as a share of the smaller error.</summary>
    public double ShareOfSmallerError => Math.Abs(Difference.Value) / Math.Min(FirstError, SecondError);

    /// <summary>True when the difference is less than a tenth of the smaller error, whatever its interval.</summary>
    public bool IsSmall => ShareOfSmallerError < SmallShare;
}
