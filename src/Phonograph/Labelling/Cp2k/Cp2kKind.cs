using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;

namespace Phonograph.Labelling.Cp2k;

/// <summary>What CP2K calls a kind: atoms that share element and mass.</summary>
/// <param name="Label">Name in the list of coordinates.</param>
/// <param name="Element">Element.</param>
/// <param name="MassAmu">Mass, amu; null where no atom moves and CP2K's own mass does no harm.</param>
internal sealed record Cp2kKind(string Label, Element Element, double? MassAmu)
{
    /// <summary>The kind of each atom of a crystal at rest.</summary>
    internal static ImmutableArray<Cp2kKind> ByElement(Crystal crystal) => [.. crystal.Elements.Select(element => new Cp2kKind(element.Symbol, element, null))];

    /// <summary>The kind of each atom of a crystal that moves: further masses of an element get a label with a number, as in <c>Ag2</c>.</summary>
    internal static ImmutableArray<Cp2kKind> ByMass(Crystal crystal)
    {
        var masses = new Dictionary<Element, List<double>>();
        var kinds = ImmutableArray.CreateBuilder<Cp2kKind>(crystal.AtomCount);
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            Element element = crystal.Elements[atom];
            double mass = crystal.MassesAmu[atom];
            List<double> known = masses.TryGetValue(element, out List<double>? list) ? list : masses[element] = [];
            if (!known.Contains(mass))
            {
                known.Add(mass);
            }

            int number = known.IndexOf(mass) + 1;
            kinds.Add(new Cp2kKind(number == 1 ? element.Symbol : string.Create(CultureInfo.InvariantCulture, $"{element.Symbol}{number}"), element, mass));
        }

        return kinds.MoveToImmutable();
    }

    /// <summary>Each kind once, by atomic number.</summary>
    internal static IEnumerable<Cp2kKind> Distinct(IEnumerable<Cp2kKind> kinds) => kinds.Distinct().OrderBy(kind => kind.Element.AtomicNumber);
}
