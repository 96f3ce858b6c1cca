using Phonograph.Learning.Evaluation;

namespace Phonograph.Explaining.Networks;

/// <summary>How well a number separates what it should find from the rest.</summary>
public static class Separation
{
    /// <summary>
    /// Area under the receiver operating characteristic: the share of pairs of one sought and one other in which the sought has the larger number, where equal numbers count half (J. A. Hanley, B. J. McNeil, Radiology 143, 29 (1982)).
    /// </summary>
    /// <param name="numbers">One number for each.</param>
    /// <param name="isSought">Whether it is sought.</param>
    /// <returns>0 to 1; 0.5 says nothing; NaN where all are sought or none is.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Area(IReadOnlyList<double> numbers, IReadOnlyList<bool> isSought)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(isSought);
        if (numbers.Count != isSought.Count)
        {
            throw new ArgumentException($"{numbers.Count} numbers for {isSought.Count} things.", nameof(isSought));
        }

        double[] ranks = RankCorrelation.Ranks([.. numbers]);
        double sum = 0, sought = 0;
        for (int place = 0; place < ranks.Length; place++)
        {
            if (isSought[place])
            {
                sum += ranks[place];
                sought++;
            }
        }

        double others = ranks.Length - sought;
        return sought > 0 && others > 0 ? (sum - (0.5 * sought * (sought - 1))) / (sought * others) : double.NaN;
    }
}
