using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>Which orbitals of an atom carry the bands next to the gap.</summary>
public enum OrbitalChoice
{
    /// <summary>All of the valence: s and p, and d for groups 3 to 12.</summary>
    Full,

    /// <summary>
    /// Fewer: p alone for groups 13 to 18, whose s electrons lie deep and are left out; s alone for groups 1 and 2; s and d for groups 3 to 12.
    /// </summary>
    Frontier,
}

/// <summary>The orbitals and electrons an atom of an element brings.</summary>
/// <param name="AngularMomenta">0 (s), 1 (p), 2 (d), rising, each once.</param>
/// <param name="Electrons">Electrons of the neutral atom in them.</param>
public sealed record ValenceShells(ImmutableArray<int> AngularMomenta, int Electrons)
{
    private static readonly int[] NobleGases = [2, 10, 18, 36, 54, 86];

    /// <summary>Number of orbitals.</summary>
    public int OrbitalCount => AngularMomenta.Sum(l => (2 * l) + 1);

    /// <summary>The valence of an element by its place in the periodic table.</summary>
    /// <exception cref="InputException">Lanthanides and actinides, whose f orbitals the model does not have, and helium.</exception>
    public static ValenceShells Of(Element element, OrbitalChoice choice)
    {
        ArgumentNullException.ThrowIfNull(element);
        (int group, bool isKnown) = Group(element.AtomicNumber);
        if (!isKnown)
        {
            throw new InputException($"{element.Name}: a learned Hamiltonian has s, p and d orbitals, and this element needs others. Train a network instead ('phonograph train').");
        }

        bool isFull = choice == OrbitalChoice.Full;
        return group switch
        {
            <= 2 => new ValenceShells(isFull && element.AtomicNumber > 1 ? [0, 1] : [0], group),
            <= 12 => new ValenceShells(isFull ? [0, 1, 2] : [0, 2], group),
            _ => isFull ? new ValenceShells([0, 1], group - 10) : new ValenceShells([1], group - 12),
        };
    }

    /// <summary>Group of the periodic table, 1 to 18.</summary>
    private static (int Group, bool IsKnown) Group(int atomicNumber)
    {
        int core = NobleGases.Where(noble => noble < atomicNumber).DefaultIfEmpty(0).Max();
        int end = NobleGases.FirstOrDefault(noble => noble >= atomicNumber, 118);
        int place = atomicNumber - core, length = end - core;
        return (place, length) switch
        {
            (2, 2) => (18, false),
            ( <= 2, _) => (place, true),
            (_, 8) => (place + 10, true),
            (_, 18) => (place, true),

            // Fourteen f elements stand after the second place: lanthanum to ytterbium, actinium to nobelium.
            ( <= 16, _) => (3, false),
            _ => (place - 14, true),
        };
    }
}
