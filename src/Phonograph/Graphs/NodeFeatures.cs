using System.Collections.Concurrent;
using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Graphs;

/// <summary>What a node knows about its element: atomic number, Pauling electronegativity, mass (amu), covalent radius (pm).</summary>
public static class NodeFeatures
{
    /// <summary>Number of features.</summary>
    public const int Count = 4;

    private static readonly ConcurrentDictionary<Element, ImmutableArray<double>> ByElement = new();

    /// <summary>Names with units, in order.</summary>
    public static ImmutableArray<string> Names { get; } = ["atomic_number", "pauling_electronegativity", "mass_amu", "covalent_radius_pm"];

    /// <summary>Features of an element, in the units of <see cref="Names"/>.</summary>
    /// <exception cref="InputException">The element has no Pauling electronegativity (light noble gases).</exception>
    public static ImmutableArray<double> Of(Element element) => ByElement.GetOrAdd(element, known =>
        known.PaulingElectronegativity is { } electronegativity
            ? [known.AtomicNumber, electronegativity, known.MassAmu, known.CovalentRadiusPicometre]
            : throw new InputException($"{known.Name} ({known.Symbol}) has no Pauling electronegativity, and graphs need one for every atom. Leave crystals with {known.Symbol} out."));
}
