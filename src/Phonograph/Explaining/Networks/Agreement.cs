namespace Phonograph.Explaining.Networks;

/// <summary>How alike two explanations of the same bonds are.</summary>
/// <param name="RankCorrelation">Rank correlation (Spearman) of the importance of the bonds, -1 to 1; NaN where one of them is the same for all bonds.</param>
/// <param name="Cosine">Cosine of the angle between them as vectors, -1 to 1; NaN where one is zero.</param>
public readonly record struct Agreement(double RankCorrelation, double Cosine)
{
    /// <summary>Compares two explanations.</summary>
    /// <exception cref="ArgumentException">They have different lengths.</exception>
    public static Agreement Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} bonds beside {second.Count}.", nameof(second));
        }

        double product = 0, firstSquare = 0, secondSquare = 0;
        for (int bond = 0; bond < first.Count; bond++)
        {
            product += first[bond] * second[bond];
            firstSquare += first[bond] * first[bond];
            secondSquare += second[bond] * second[bond];
        }

        return new Agreement(
            Learning.Evaluation.RankCorrelation.Of([.. first], [.. second]),
            firstSquare > 0 && secondSquare > 0 ? product / Math.Sqrt(firstSquare * secondSquare) : double.NaN);
    }

    /// <summary>Mean over all pairs; NaN for fewer than two explanations.</summary>
    public static Agreement Among(IReadOnlyList<IReadOnlyList<double>> explanations)
    {
        ArgumentNullException.ThrowIfNull(explanations);
        Agreement[] pairs = [.. from first in Enumerable.Range(0, explanations.Count) from second in Enumerable.Range(0, first) select Of(explanations[first], explanations[second])];
        return pairs.Length == 0
            ? new Agreement(double.NaN, double.NaN)
            : new Agreement(pairs.Average(pair => pair.RankCorrelation), pairs.Average(pair => pair.Cosine));
    }
}
