using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Alloys;

namespace Phonograph.Sampling;

/// <summary>
/// Draws displaced cells of an alloy: first a decoration, then displacements of that decorated cell, with its masses and its lattice, by any scheme. Draws depend on the two seeds and their number alone. Each draw records, besides what its
/// scheme does, <c>decoration</c>, <c>composition</c>, <c>degeneracy</c>, <c>length_factor</c> where it is not 1, <c>composition_rule</c>, <c>alloy_seed</c>, and <c>alloy_temperature_K</c> with Boltzmann factors.
/// </summary>
/// <param name="decorations">Draws the decorations.</param>
/// <param name="schemeOf">The scheme, prepared for a decorated cell; asked once for each decoration that is drawn, and not kept longer than its draws take.</param>
public sealed class AlloySampler(DecorationSampler decorations, Func<Crystal, IDisplacementSampler> schemeOf)
{
    /// <summary>Draws configurations.</summary>
    /// <param name="alloySeed">Seed of the decorations.</param>
    /// <param name="seed">Seed of the displacements.</param>
    /// <param name="first">Number of the first draw, from 0.</param>
    /// <param name="count">Number of draws.</param>
    /// <param name="cancellation">Looked at before each draw.</param>
    /// <returns>The configurations by rising number.</returns>
    public ImmutableArray<Configuration> Draw(ulong alloySeed, ulong seed, int first, int count, CancellationToken cancellation = default)
    {
        var drawn = new Configuration[count];
        foreach (IGrouping<Decoration, int> same in Enumerable.Range(first, count).GroupBy(index => decorations.Draw(alloySeed, index)))
        {
            IDisplacementSampler scheme = schemeOf(decorations.Set.Cell(same.Key));
            ReadOnlyDictionary<string, string> keys = DecorationFrame.Keys(decorations.Set, same.Key);
            foreach (int index in same)
            {
                cancellation.ThrowIfCancellationRequested();
                Configuration configuration = scheme.Draw(seed, index);
                var details = new Dictionary<string, string>(configuration.Draw.Details, StringComparer.Ordinal)
                {
                    ["composition_rule"] = decorations.Rule,
                    ["alloy_seed"] = alloySeed.ToString(CultureInfo.InvariantCulture),
                };
                foreach ((string key, string value) in keys)
                {
                    details.Add(key, value);
                }

                if (decorations.Energies is { } energies)
                {
                    details.Add("alloy_temperature_K", energies.TemperatureKelvin.ToString("R", CultureInfo.InvariantCulture));
                }

                drawn[index - first] = configuration with { Draw = configuration.Draw with { Details = new ReadOnlyDictionary<string, string>(details) } };
            }
        }

        return [.. drawn];
    }
}
