using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals.Alloys;
using Phonograph.Units;

namespace Phonograph.Sampling;

/// <summary>
/// Draws decorations of an alloy: a composition by a stated rule, and within it a distinct decoration in proportion to its degeneracy, or to degeneracy times Boltzmann factor where energies are given. A draw depends on seed and
/// number alone. The decorations of one composition share its probability whatever their energies, so energies never move the composition.
/// </summary>
public sealed class DecorationSampler
{
    private readonly double[] _cumulative;

    private DecorationSampler(DecorationSet set, string rule, Func<AlloyComposition, double> ofComposition, DecorationEnergies? energies)
    {
        ArgumentNullException.ThrowIfNull(set);
        if (energies is not null && (energies.EnergiesElectronvolt.Length != set.Decorations.Length || !(energies.TemperatureKelvin > 0) || !double.IsFinite(energies.TemperatureKelvin)))
        {
            throw new ArgumentException("One energy for each decoration and a positive temperature are needed.", nameof(energies));
        }

        (Set, Rule, Energies) = (set, rule, energies);
        var probabilities = new double[set.Decorations.Length];
        foreach (AlloyComposition composition in set.Compositions)
        {
            double[] weights = Weights(composition, energies);
            double share = ofComposition(composition) / weights.Sum();
            for (int place = 0; place < weights.Length; place++)
            {
                probabilities[composition.Decorations[place].Number] = share * weights[place];
            }
        }

        Probabilities = [.. probabilities];
        _cumulative = new double[probabilities.Length];
        double sum = 0;
        for (int number = 0; number < probabilities.Length; number++)
        {
            _cumulative[number] = sum += probabilities[number];
        }
    }

    /// <summary>The decorations.</summary>
    public DecorationSet Set { get; }

    /// <summary>Rule of the composition as text: <c>uniform</c>, <c>ideal:Br=0.75,I=0.25</c> or <c>fixed:Br6I2</c>.</summary>
    public string Rule { get; }

    /// <summary>Energies behind the Boltzmann factors; null for degeneracies alone.</summary>
    public DecorationEnergies? Energies { get; }

    /// <summary>Probability of each decoration, in the order of the set; the sum is 1.</summary>
    public ImmutableArray<double> Probabilities { get; }

    /// <summary>Every composition equally probable, the pure ends among them.</summary>
    public static DecorationSampler UniformComposition(DecorationSet set, DecorationEnergies? energies = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new(set, "uniform", _ => 1.0 / set.Compositions.Length, energies);
    }

    /// <summary>Ideal mixing: every site holds a species with the same probability, whatever its neighbours hold, so compositions are multinomial about the mean.</summary>
    /// <param name="set">The decorations.</param>
    /// <param name="fractions">Mean fraction of each species; the sum is 1.</param>
    /// <param name="energies">Energies that order the atoms within each composition; null for none.</param>
    /// <exception cref="ArgumentException">The fractions are none.</exception>
    public static DecorationSampler IdealMixing(DecorationSet set, ImmutableArray<double> fractions, DecorationEnergies? energies = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        ImmutableArray<Crystals.Element> species = set.Alloy.Substitution.Species;
        if (fractions.Length != species.Length || fractions.Any(fraction => !(fraction >= 0)) || Math.Abs(fractions.Sum() - 1) > 1e-9)
        {
            throw new ArgumentException("One fraction for each species is needed, none negative, with the sum 1.", nameof(fractions));
        }

        string rule = "ideal:" + string.Join(',', species.Select((element, place) => $"{element}={fractions[place].ToString("0.######", CultureInfo.InvariantCulture)}"));
        return new(set, rule, composition => composition.PatternCount * composition.Counts.Select((count, place) => Math.Pow(fractions[place], count)).Aggregate(1.0, (product, factor) => product * factor), energies);
    }

    /// <summary>One composition alone.</summary>
    /// <param name="composition">One of the set's.</param>
    /// <param name="set">The decorations.</param>
    /// <param name="energies">Energies that order the atoms; null for none.</param>
    public static DecorationSampler FixedComposition(DecorationSet set, AlloyComposition composition, DecorationEnergies? energies = null)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(composition);
        return set.Compositions.Contains(composition)
            ? new(set, "fixed:" + composition.Name, each => each == composition ? 1 : 0, energies)
            : throw new ArgumentException("The composition is none of the set's.", nameof(composition));
    }

    /// <summary>Draws one decoration.</summary>
    /// <param name="seed">Seed of the set of draws.</param>
    /// <param name="index">Number of the draw, from 0.</param>
    public Decoration Draw(ulong seed, int index)
    {
        // The sum may miss 1 by rounding; a number below it finds a decoration whose probability is not zero.
        double number = DrawStream.Decoration(seed, index).NextDouble() * _cumulative[^1];
        int place = Array.BinarySearch(_cumulative, number);
        place = place < 0 ? ~place : place + 1;
        while (Probabilities[place] == 0)
        {
            place++;
        }

        return Set.Decorations[place];
    }

    private static double[] Weights(AlloyComposition composition, DecorationEnergies? energies)
    {
        if (energies is null)
        {
            return [.. composition.Decorations.Select(decoration => (double)decoration.Degeneracy)];
        }

        double lowest = composition.Decorations.Min(decoration => energies.EnergiesElectronvolt[decoration.Number]);
        double thermal = PhysicalConstants.BoltzmannElectronvoltPerKelvin * energies.TemperatureKelvin;
        return [.. composition.Decorations.Select(decoration => decoration.Degeneracy * Math.Exp((lowest - energies.EnergiesElectronvolt[decoration.Number]) / thermal))];
    }
}
