using System.Collections.Immutable;

namespace Phonograph.EffectivePhonons;

/// <summary>Two runs with different starts and seeds, mode by mode: whether they found the same phonons within their errors.</summary>
/// <param name="RootMeanSquareTerahertz">Difference of the frequencies, THz r.m.s. over the modes.</param>
/// <param name="WithinOneError">Share of the modes that differ by less than one standard error of the difference.</param>
/// <param name="WithinTwoErrors">Share of the modes that differ by less than two.</param>
/// <param name="LargestInErrors">Largest difference in standard errors. With tens of independent numbers 3 is not rare.</param>
/// <param name="FreeEnergyInErrors">Difference of the free energies in standard errors.</param>
public sealed record StartComparison(double RootMeanSquareTerahertz, double WithinOneError, double WithinTwoErrors, double LargestInErrors, double FreeEnergyInErrors)
{
    /// <summary>Compares frequencies with their errors.</summary>
    /// <param name="first">Frequencies of one run, THz, rising.</param>
    /// <param name="firstErrors">Their standard errors, THz.</param>
    /// <param name="second">Frequencies of the other, THz.</param>
    /// <param name="secondErrors">Their standard errors, THz.</param>
    /// <param name="freeEnergyInErrors">Difference of the free energies over its standard error.</param>
    public static StartComparison Of(ImmutableArray<double> first, ImmutableArray<double> firstErrors, ImmutableArray<double> second, ImmutableArray<double> secondErrors, double freeEnergyInErrors)
    {
        double[] differences = [.. first.Zip(second, (a, b) => a - b)];
        double[] inErrors = [.. differences.Select((difference, mode) => Math.Abs(difference) / double.Hypot(firstErrors[mode], secondErrors[mode]))];
        return new StartComparison(
            Math.Sqrt(differences.Average(difference => difference * difference)),
            inErrors.Count(each => each < 1) / (double)inErrors.Length,
            inErrors.Count(each => each < 2) / (double)inErrors.Length,
            inErrors.Max(),
            Math.Abs(freeEnergyInErrors));
    }
}
