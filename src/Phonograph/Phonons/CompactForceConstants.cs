using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// Force constants of a supercell by the rows of one atom of each class of atoms that inner translations carry into each other: as many numbers as the primitive cell needs, where
/// <see cref="ForceConstants"/> repeats them for every lattice point.
/// </summary>
public sealed class CompactForceConstants
{
    private readonly TranslationTable _translations;
    private readonly double[] _elements;

    /// <summary>Takes the rows of the <see cref="RowAtoms"/>.</summary>
    /// <param name="symmetry">Supercell and its translations.</param>
    /// <param name="elements">Row atoms × atoms blocks, 3 × 3 numbers each by rows, eV/Å²: element [((row · atoms) + atom) · 9 + 3α + β]. The array is copied.</param>
    /// <exception cref="ArgumentException">The count is wrong or a number is not finite.</exception>
    public CompactForceConstants(SupercellSymmetry symmetry, ReadOnlySpan<double> elements)
        : this(Checked(symmetry).Supercell, symmetry.Translations, elements.ToArray())
    {
    }

    internal CompactForceConstants(Supercell supercell, TranslationTable translations, double[] elements)
    {
        int expected = 9 * translations.FirstAtom.Length * supercell.Crystal.AtomCount;
        if (elements.Length != expected)
        {
            throw new ArgumentException($"{elements.Length} force constants; {expected} are needed.", nameof(elements));
        }

        if (Array.Exists(elements, element => !double.IsFinite(element)))
        {
            throw new ArgumentException("A force constant is not a finite number.", nameof(elements));
        }

        Supercell = supercell;
        _translations = translations;
        _elements = elements;
    }

    /// <summary>The supercell whose atoms are coupled.</summary>
    public Supercell Supercell { get; }

    /// <summary>The atom of each row: the first of its class.</summary>
    public ImmutableArray<int> RowAtoms => _translations.FirstAtom;

    /// <summary>All numbers, in the order of the constructor, eV/Å².</summary>
    public ReadOnlySpan<double> Elements => _elements;

    internal TranslationTable Translations => _translations;

    /// <summary>The mean over translations of full force constants; no loss when they repeat with the translations, as all but raw fits do.</summary>
    /// <param name="constants">Full force constants.</param>
    /// <param name="symmetry">Symmetry of their supercell.</param>
    public static CompactForceConstants Of(ForceConstants constants, SupercellSymmetry symmetry)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(symmetry);
        TranslationTable translations = symmetry.Translations;
        int atoms = constants.Supercell.Crystal.AtomCount, order = constants.Order;
        if (atoms != symmetry.Supercell.Crystal.AtomCount)
        {
            throw new ArgumentException($"Force constants of {atoms} atoms for the symmetry of {symmetry.Supercell.Crystal.AtomCount}.", nameof(symmetry));
        }

        ReadOnlySpan<double> full = constants.Elements;
        var elements = new double[9 * translations.FirstAtom.Length * atoms];
        for (int row = 0; row < translations.FirstAtom.Length; row++)
        {
            for (int translation = 0; translation < translations.Count; translation++)
            {
                int first = translations.Carry(translation, translations.FirstAtom[row]);
                for (int atom = 0; atom < atoms; atom++)
                {
                    Span<double> block = elements.AsSpan(9 * ((row * atoms) + atom), 9);
                    int start = (3 * first * order) + (3 * translations.Carry(translation, atom));
                    for (int index = 0; index < 9; index++)
                    {
                        block[index] += full[start + (index / 3 * order) + (index % 3)];
                    }
                }
            }
        }

        if (translations.Count > 1)
        {
            for (int index = 0; index < elements.Length; index++)
            {
                elements[index] /= translations.Count;
            }
        }

        return new CompactForceConstants(constants.Supercell, translations, elements);
    }

    /// <summary>Coupling of any two atoms, eV/Å²; row: direction of the first atom, column: of the second.</summary>
    public Matrix3x3 Block(int first, int second)
    {
        int atom = _translations.CarryBack(_translations.TranslationOf[first], second);
        ReadOnlySpan<double> b = _elements.AsSpan(9 * ((_translations.ClassOf[first] * Supercell.Crystal.AtomCount) + atom), 9);
        return new Matrix3x3(new(b[0], b[1], b[2]), new(b[3], b[4], b[5]), new(b[6], b[7], b[8]));
    }

    /// <summary>Harmonic forces on all atoms, Cartesian, eV/Å.</summary>
    /// <param name="displacementsCartesian">Displacement of each atom, Cartesian, Å.</param>
    public ImmutableArray<Vector3D> Forces(ReadOnlySpan<Vector3D> displacementsCartesian)
    {
        int atoms = Supercell.Crystal.AtomCount;
        if (displacementsCartesian.Length != atoms)
        {
            throw new ArgumentException($"{displacementsCartesian.Length} displacements for {atoms} atoms.", nameof(displacementsCartesian));
        }

        var forces = new Vector3D[atoms];
        for (int first = 0; first < atoms; first++)
        {
            int translation = _translations.TranslationOf[first];
            ReadOnlySpan<double> row = _elements.AsSpan(9 * _translations.ClassOf[first] * atoms, 9 * atoms);
            double x = 0, y = 0, z = 0;
            for (int atom = 0; atom < atoms; atom++)
            {
                Vector3D u = displacementsCartesian[_translations.Carry(translation, atom)];
                ReadOnlySpan<double> b = row.Slice(9 * atom, 9);
                x -= (b[0] * u.X) + (b[1] * u.Y) + (b[2] * u.Z);
                y -= (b[3] * u.X) + (b[4] * u.Y) + (b[5] * u.Z);
                z -= (b[6] * u.X) + (b[7] * u.Y) + (b[8] * u.Z);
            }

            forces[first] = new Vector3D(x, y, z);
        }

        return [.. forces];
    }

    /// <summary>The same constants with the rows of all atoms.</summary>
    public ForceConstants ToFull()
    {
        int atoms = Supercell.Crystal.AtomCount, order = 3 * atoms;
        var full = new double[order * order];
        for (int first = 0; first < atoms; first++)
        {
            int translation = _translations.TranslationOf[first];
            ReadOnlySpan<double> row = _elements.AsSpan(9 * _translations.ClassOf[first] * atoms, 9 * atoms);
            for (int atom = 0; atom < atoms; atom++)
            {
                int start = (3 * first * order) + (3 * _translations.Carry(translation, atom));
                for (int alpha = 0; alpha < 3; alpha++)
                {
                    row.Slice((9 * atom) + (3 * alpha), 3).CopyTo(full.AsSpan(start + (alpha * order), 3));
                }
            }
        }

        return new ForceConstants(Supercell, full);
    }

    private static SupercellSymmetry Checked(SupercellSymmetry symmetry)
    {
        ArgumentNullException.ThrowIfNull(symmetry);
        return symmetry;
    }
}
