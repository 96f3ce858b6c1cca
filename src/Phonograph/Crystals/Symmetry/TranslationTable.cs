using System.Collections.Immutable;

namespace Phonograph.Crystals.Symmetry;

/// <summary>
/// Atoms sorted into classes of equal atoms under translations. Every atom is reached from the first of its class by exactly one translation, so pairs of atoms, and with them force
/// constants, are known from the pairs whose first atom is the first of its class.
/// </summary>
internal sealed class TranslationTable
{
    private readonly ImmutableArray<SymmetryOperation> _translations;
    private readonly int[] _inverse;

    private TranslationTable(ImmutableArray<SymmetryOperation> translations)
    {
        _translations = translations;
        int atoms = translations[0].Images.Length;
        int[] classOf = [.. Enumerable.Repeat(-1, atoms)], translationOf = new int[atoms];
        var first = ImmutableArray.CreateBuilder<int>();
        for (int atom = 0; atom < atoms; atom++)
        {
            if (classOf[atom] >= 0)
            {
                continue;
            }

            for (int translation = 0; translation < translations.Length; translation++)
            {
                int image = translations[translation].Images[atom];
                classOf[image] = first.Count;
                translationOf[image] = translation;
            }

            first.Add(atom);
        }

        FirstAtom = first.ToImmutable();
        ClassOf = [.. classOf];
        TranslationOf = [.. translationOf];
        _inverse = new int[translations.Length];
        for (int translation = 0; translation < translations.Length; translation++)
        {
            // Of the class of atom 0: the translation that carries it to the atom which this translation carries to 0.
            _inverse[translation] = TranslationOf[translations[translation].Images.IndexOf(0)];
        }
    }

    /// <summary>First atom of each class.</summary>
    internal ImmutableArray<int> FirstAtom { get; }

    /// <summary>Class of each atom.</summary>
    internal ImmutableArray<int> ClassOf { get; }

    /// <summary>For each atom the translation that carries the first atom of its class onto it; the identity, 0, for first atoms.</summary>
    internal ImmutableArray<int> TranslationOf { get; }

    /// <summary>Number of translations.</summary>
    internal int Count => _translations.Length;

    internal static TranslationTable Of(SpaceGroup group) => new(group.InnerTranslations);

    /// <summary>Sorts atoms by translations that form a group, the identity first.</summary>
    internal static TranslationTable Of(ImmutableArray<SymmetryOperation> translations) => new(translations);

    /// <summary>The atom onto which a translation carries an atom.</summary>
    internal int Carry(int translation, int atom) => _translations[translation].Images[atom];

    /// <summary>The atom onto which the opposite of a translation carries an atom.</summary>
    internal int CarryBack(int translation, int atom) => _translations[_inverse[translation]].Images[atom];

    /// <summary>The translation that carries one atom onto another of the same class.</summary>
    internal int Between(int from, int to) => TranslationOf[CarryBack(TranslationOf[from], to)];
}
