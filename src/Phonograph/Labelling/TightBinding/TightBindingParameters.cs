using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// Everything a tight-binding model knows: levels of its elements and interactions of its pairs. Immutable, so that a model with chosen
/// bonds is made from another by <see cref="WithBond"/> or <see cref="WithoutBond"/>. Atoms of a pair that is not listed do not interact.
/// </summary>
/// <param name="Name">Name of the set, kept with the labels; a changed set takes a new name.</param>
/// <param name="Atoms">Levels of each element.</param>
/// <param name="Bonds">Interaction of each pair of elements.</param>
public sealed record TightBindingParameters(
    string Name,
    ImmutableDictionary<Element, AtomicLevels> Atoms,
    ImmutableDictionary<ElementPair, BondParameters> Bonds)
{
    /// <summary>Na, S, Cl, Cu, Zn, Se, Br, Ag and I by the rules of <see cref="HarrisonRules"/>.</summary>
    public static TightBindingParameters Default { get; } = HarrisonRules.Build();

    /// <summary>Longest distance at which any two atoms interact, Å; zero without bonds.</summary>
    public double LongestCutoffAngstrom => Bonds.IsEmpty ? 0 : Bonds.Values.Max(bond => bond.CutoffEndAngstrom);

    /// <summary>Levels of an element.</summary>
    /// <exception cref="InputException">The set does not know the element.</exception>
    public AtomicLevels LevelsOf(Element element) => Atoms.TryGetValue(element, out AtomicLevels? levels)
        ? levels
        : throw new InputException(
            $"The tight-binding set '{Name}' has no parameters for {element}; it knows {string.Join(", ", Atoms.Keys.OrderBy(known => known.AtomicNumber))}. Use another engine or another crystal.");

    /// <summary>The same set under a new name with one pair changed; a pair that was not listed starts from the rules.</summary>
    public TightBindingParameters WithBond(string name, Element one, Element other, Func<BondParameters, BondParameters> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var pair = new ElementPair(one, other);
        BondParameters start = Bonds.TryGetValue(pair, out BondParameters? bond) ? bond : HarrisonRules.Bond(pair);
        return this with { Name = name, Bonds = Bonds.SetItem(pair, change(start)) };
    }

    /// <summary>The same set under a new name with one pair that no longer interacts.</summary>
    public TightBindingParameters WithoutBond(string name, Element one, Element other) =>
        this with { Name = name, Bonds = Bonds.Remove(new ElementPair(one, other)) };
}
