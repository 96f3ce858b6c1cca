using System.Collections.Immutable;
using Phonograph.Sampling;

namespace Phonograph.EffectivePhonons;

/// <summary>
/// Labelled draws of several Gaussian ensembles, weighted so that together they stand for another one. The weight of a draw is the wanted density over the density of the mixture
/// it came from (balance heuristic: E. Veach, L. Guibas, SIGGRAPH 95, 419 (1995), eq. 10), so no draw counts more than the size of the pool over the size of its own ensemble when that
/// ensemble is wanted.
/// </summary>
public sealed class DrawPool
{
    private readonly List<Population> _populations = [];
    private readonly List<LabelledDraw> _draws = [];
    private readonly List<double> _logMixture = [];

    /// <summary>All draws, ensemble after ensemble.</summary>
    public IReadOnlyList<LabelledDraw> Draws => _draws;

    /// <summary>For each draw the number of its ensemble, from 0.</summary>
    public ImmutableArray<int> PopulationOf => [.. _populations.SelectMany((population, index) => Enumerable.Repeat(index, population.Count))];

    /// <summary>Adds the draws of an ensemble.</summary>
    /// <param name="ensemble">The ensemble they were drawn from; it leaves no mode at rest.</param>
    /// <param name="draws">Draws that have a label.</param>
    /// <exception cref="ArgumentException">The ensemble leaves a mode at rest, so it has no density.</exception>
    public void Add(ThermalEnsemble ensemble, IReadOnlyList<LabelledDraw> draws)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        ArgumentNullException.ThrowIfNull(draws);
        if (draws.Count == 0)
        {
            return;
        }

        var density = new EnsembleDensity(ensemble);
        double[] ofOld = density.Logarithms(_draws);
        _draws.AddRange(draws);
        _populations.Add(new Population(density, draws.Count));
        double share = Math.Log(draws.Count);
        for (int index = 0; index < ofOld.Length; index++)
        {
            _logMixture[index] = LogOfSum(_logMixture[index], share + ofOld[index]);
        }

        double[][] ofNew = [.. _populations.Select(population => population.Density.Logarithms(draws))];
        for (int draw = 0; draw < draws.Count; draw++)
        {
            double sum = double.NegativeInfinity;
            for (int index = 0; index < ofNew.Length; index++)
            {
                sum = LogOfSum(sum, Math.Log(_populations[index].Count) + ofNew[index][draw]);
            }

            _logMixture.Add(sum);
        }
    }

    /// <summary>Weights that make the pool stand for an ensemble.</summary>
    /// <param name="ensemble">The wanted ensemble; it leaves no mode at rest.</param>
    /// <param name="multiplicities">How often each draw counts (bootstrap); null: once.</param>
    public DrawWeights Weigh(ThermalEnsemble ensemble, IReadOnlyList<int>? multiplicities = null)
    {
        ArgumentNullException.ThrowIfNull(ensemble);
        double[] logarithms = new EnsembleDensity(ensemble).Logarithms(_draws);
        double largest = double.NegativeInfinity;
        for (int draw = 0; draw < logarithms.Length; draw++)
        {
            logarithms[draw] -= _logMixture[draw];
            largest = multiplicities is null || multiplicities[draw] > 0 ? Math.Max(largest, logarithms[draw]) : largest;
        }

        return DrawWeights.Of([.. logarithms.Select((logarithm, draw) => (multiplicities?[draw] ?? 1) is > 0 and var count ? count * Math.Exp(logarithm - largest) : 0)]);
    }

    private static double LogOfSum(double a, double b)
    {
        double larger = Math.Max(a, b), smaller = Math.Min(a, b);
        return double.IsNegativeInfinity(smaller) ? larger : larger + Math.Log(1 + Math.Exp(smaller - larger));
    }

    private sealed record Population(EnsembleDensity Density, int Count);
}

/// <summary>Weights of draws.</summary>
/// <param name="Shares">Weight of each draw; they sum to one.</param>
/// <param name="EffectiveDraws">Kish's number of equally weighted draws with the same scatter of a mean, 1 / Σ w².</param>
public sealed record DrawWeights(ImmutableArray<double> Shares, double EffectiveDraws)
{
    internal static DrawWeights Of(double[] weights)
    {
        double sum = weights.Sum();
        return new DrawWeights([.. weights.Select(weight => weight / sum)], sum * sum / weights.Sum(weight => weight * weight));
    }

    /// <summary>Weighted mean.</summary>
    internal double Mean(IEnumerable<double> values) => values.Zip(Shares, (value, share) => value * share).Sum();
}
