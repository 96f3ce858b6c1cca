namespace Phonograph.Learning.Evaluation;

/// <summary>How many labels one way to train saves against another at equal error.</summary>
/// <param name="Error">The error, that of the worse of the two mean curves at the largest size measured for both, so that both reach it without going far beyond what was measured.</param>
/// <param name="FirstSize">Cells that the first way needs for it.</param>
/// <param name="SecondSize">Cells that the second way needs for it.</param>
/// <param name="Ratio">Second over first, paired by draw, with its interval over draws: above 1 when the first way saves labels.</param>
public sealed record LabelSaving(double Error, SizeEstimate FirstSize, SizeEstimate SecondSize, Interval Ratio)
{
    /// <summary>False when one of the two sizes could not be had; then the ratio means nothing.</summary>
    public bool IsReached => FirstSize.Standing != SizeStanding.NotReached && SecondSize.Standing != SizeStanding.NotReached;

    /// <summary>Compares two curves whose draws belong together.</summary>
    /// <param name="first">Curve of the first way.</param>
    /// <param name="second">Curve of the second way; as many draws.</param>
    /// <param name="confidence">Probability that intervals aim at.</param>
    /// <exception cref="ArgumentException">The numbers of draws differ.</exception>
    public static LabelSaving Of(CurveFit first, CurveFit second, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Draws.Length != second.Draws.Length)
        {
            throw new ArgumentException($"{first.Draws.Length} and {second.Draws.Length} draws: they must be paired.", nameof(second));
        }

        double size = Math.Min(first.Sizes[^1], second.Sizes[^1]), error = Math.Max(first.Mean.At(size), second.Mean.At(size));
        Interval ratio = CurveFit.OverDraws(
            [.. first.Draws.Zip(second.Draws, (one, other) => other.SizeAt(error) / one.SizeAt(error))], second.Mean.SizeAt(error) / first.Mean.SizeAt(error), confidence);
        return new LabelSaving(error, first.SizeAt(error, confidence), second.SizeAt(error, confidence), ratio);
    }
}
