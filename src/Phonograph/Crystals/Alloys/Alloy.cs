using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;

namespace Phonograph.Crystals.Alloys;

/// <summary>
/// A crystal some of whose sites may hold different elements: a substitutional alloy on one sublattice. Atoms keep their order and their fractional
/// positions in every decorated cell, so force constants of the parent fit all of them.
/// </summary>
public sealed class Alloy
{
    /// <summary>Takes the sites of the substituted element.</summary>
    /// <param name="parent">The crystal, usually a supercell.</param>
    /// <param name="substitution">Which element is replaced by what.</param>
    /// <param name="lengthFactors">
    /// For each species the lengths of the lattice vectors when it fills all sites, in units of the parent's; between them lengths are linear in composition
    /// (L. Vegard, Z. Phys. 5, 17 (1921)). When left out the lattice is the parent's.
    /// </param>
    /// <exception cref="InputException">The crystal has no atom of the substituted element.</exception>
    /// <exception cref="ArgumentException">The factors are not one positive number for each species.</exception>
    public Alloy(Crystal parent, Substitution substitution, ImmutableArray<double>? lengthFactors = null)
    {
        ArgumentNullException.ThrowIfNull(parent);
        ArgumentNullException.ThrowIfNull(substitution);
        ImmutableArray<double> factors = lengthFactors ?? [.. substitution.Species.Select(_ => 1.0)];
        if (factors.Length != substitution.Species.Length || factors.Any(factor => !(factor > 0) || !double.IsFinite(factor)))
        {
            throw new ArgumentException("One positive factor of length is needed for each species.", nameof(lengthFactors));
        }

        Sites = [.. Enumerable.Range(0, parent.AtomCount).Where(atom => parent.Elements[atom] == substitution.Parent)];
        if (Sites.IsEmpty)
        {
            string there = string.Join(", ", parent.Elements.Distinct());
            throw new InputException($"Decoration {substitution}: found no {substitution.Parent} in the crystal; expected one of its elements ({there}) before the equals sign.");
        }

        (Parent, Substitution, LengthFactors) = (parent, substitution, factors);
    }

    /// <summary>The crystal before decoration.</summary>
    public Crystal Parent { get; }

    /// <summary>Which element is replaced by what.</summary>
    public Substitution Substitution { get; }

    /// <summary>Atoms whose element varies, rising.</summary>
    public ImmutableArray<int> Sites { get; }

    /// <summary>For each species the factor of all lengths when it fills all sites.</summary>
    public ImmutableArray<double> LengthFactors { get; }

    /// <summary>Factor of all lengths at a composition, linear in it.</summary>
    /// <param name="counts">Number of sites of each species.</param>
    public double LengthFactor(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        double sum = 0;
        for (int species = 0; species < LengthFactors.Length; species++)
        {
            sum += counts[species] * LengthFactors[species];
        }

        return sum / Sites.Length;
    }

    /// <summary>
    /// The decorated cell. A site that holds the parent's element keeps the parent's mass, another has the mass of the table (<see cref="Element.MassAmu"/>); all other atoms are the parent's.
    /// </summary>
    /// <param name="species">For each site the number of its species, from 0.</param>
    public Crystal Decorated(IReadOnlyList<int> species)
    {
        ArgumentNullException.ThrowIfNull(species);
        if (species.Count != Sites.Length || species.Any(number => number < 0 || number >= Substitution.Species.Length))
        {
            throw new ArgumentException($"{species.Count} species for {Sites.Length} sites, or a number that is not one of a species.", nameof(species));
        }

        ImmutableArray<Element>.Builder elements = Parent.Elements.ToBuilder();
        ImmutableArray<double>.Builder masses = Parent.MassesAmu.ToBuilder();
        var counts = new int[Substitution.Species.Length];
        for (int site = 0; site < Sites.Length; site++)
        {
            Element element = Substitution.Species[species[site]];
            counts[species[site]]++;
            if (element != Substitution.Parent)
            {
                (elements[Sites[site]], masses[Sites[site]]) = (element, element.MassAmu);
            }
        }

        double factor = LengthFactor(counts);
        Lattice lattice = factor == 1 ? Parent.Lattice : new Lattice(factor * Parent.Lattice.Rows);
        return new Crystal(lattice, elements.ToImmutable(), Parent.PositionsFractional, masses.ToImmutable());
    }

    /// <summary>Name of a composition of the sites, for example <c>Br6I2</c>; a species that is absent is left out, a count of one is not written.</summary>
    /// <param name="counts">Number of sites of each species.</param>
    public string CompositionName(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return string.Concat(Substitution.Species.Select((element, species) => counts[species] switch
        {
            0 => "",
            1 => element.Symbol,
            int count => element.Symbol + count.ToString(CultureInfo.InvariantCulture),
        }));
    }
}
