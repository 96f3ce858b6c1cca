using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>
/// All operations that carry a crystal, in the cell it is given in, into itself: found by trying, so any cell and any setting will do. A cell that is
/// not primitive shows its inner translations as operations, as spglib does.
/// </summary>
public sealed class SpaceGroup
{
    private const int MostTightenings = 60;
    private readonly Lazy<ImmutableArray<SymmetryOperation>> _operations;
    private readonly Lazy<ImmutableArray<int>> _equivalentAtoms;

    private SpaceGroup(Crystal crystal, double toleranceAngstrom, ImmutableArray<SymmetryOperation> translations, ImmutableArray<SymmetryOperation> representatives)
    {
        Crystal = crystal;
        ToleranceAngstrom = toleranceAngstrom;
        InnerTranslations = translations;
        Representatives = representatives;
        _operations = new(() => [.. from operation in Representatives from translation in InnerTranslations select operation.Then(translation)]);
        _equivalentAtoms = new(Orbits);
    }

    /// <summary>The crystal.</summary>
    public Crystal Crystal { get; }

    /// <summary>The tolerance at which the operations form a group, Å: the one asked for, or a tighter one when that one let in operations without their products.</summary>
    public double ToleranceAngstrom { get; }

    /// <summary>Pure translations of the cell into itself; the identity is the first, and alone in a primitive cell.</summary>
    public ImmutableArray<SymmetryOperation> InnerTranslations { get; }

    /// <summary>One operation for each rotation; the identity is the first. Every operation is one of these followed by a translation.</summary>
    public ImmutableArray<SymmetryOperation> Representatives { get; }

    /// <summary>Number of operations.</summary>
    public int Order => InnerTranslations.Length * Representatives.Length;

    /// <summary>The operations; the identity is the first. Made when first asked for: a large supercell has tens of thousands.</summary>
    public ImmutableArray<SymmetryOperation> Operations => _operations.Value;

    /// <summary>For each atom the lowest index among the atoms that operations carry it onto.</summary>
    public ImmutableArray<int> EquivalentAtoms => _equivalentAtoms.Value;

    /// <summary>Finds the operations.</summary>
    /// <param name="crystal">Crystal with at least one atom; atoms are the same when their elements are, masses play no part.</param>
    /// <param name="toleranceAngstrom">How far an atom or the end of a lattice vector may lie from where an operation puts it, Å; phonopy uses 1e-5.</param>
    public static SpaceGroup Of(Crystal crystal, double toleranceAngstrom = 1e-5)
    {
        double tolerance = toleranceAngstrom;
        for (int attempt = 0; attempt <= MostTightenings; attempt++, tolerance *= 0.8)
        {
            if (Find(crystal, tolerance) is { } group)
            {
                return group;
            }
        }

        throw new ArgumentException("No tolerance makes the operations of this crystal a group.", nameof(toleranceAngstrom));
    }

    /// <summary>The translations alone that carry a crystal into itself; the identity is the first.</summary>
    /// <param name="crystal">Crystal with at least one atom.</param>
    /// <param name="toleranceAngstrom">How far an atom may lie from where a translation puts it, Å.</param>
    public static ImmutableArray<SymmetryOperation> Translations(Crystal crystal, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(toleranceAngstrom);
        return crystal.AtomCount == 0
            ? throw new ArgumentException("A crystal without atoms has no symmetry.", nameof(crystal))
            : [.. Candidates(crystal, new SiteIndex(crystal, toleranceAngstrom), Rarest(crystal), IntegerMatrix3.Identity, Matrix3x3.Identity)];
    }

    /// <summary>Rotations and rotoinversions that carry a lattice into itself, for fractional row vectors; the identity is among them.</summary>
    public static ImmutableArray<IntegerMatrix3> LatticeRotations(Lattice lattice, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        return LatticeSymmetry.Rotations(lattice, toleranceAngstrom);
    }

    /// <summary>The operations that leave an atom (or one of its periodic images) in its place, one for each rotation of the site's point group; the identity is the first.</summary>
    public ImmutableArray<SymmetryOperation> SiteSymmetry(int atom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atom);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(atom, Crystal.AtomCount);
        return
        [
            .. from operation in Representatives
               let back = InnerTranslations.FirstOrDefault(translation => translation.Images[operation.Images[atom]] == atom)
               where back is not null
               select operation.Then(back),
        ];
    }

    /// <summary>The operations at one tolerance, or null when they are no group.</summary>
    private static SpaceGroup? Find(Crystal crystal, double tolerance)
    {
        ImmutableArray<SymmetryOperation> translations = Translations(crystal, tolerance);
        ImmutableArray<IntegerMatrix3> rotations = LatticeSymmetry.Rotations(crystal.Lattice, tolerance);
        if (!GroupClosure.HoldsFor(translations) || !GroupClosure.HoldsFor(rotations))
        {
            return null;
        }

        var sites = new SiteIndex(crystal, tolerance);
        int[] rarest = Rarest(crystal);
        Matrix3x3 rows = LatticeSymmetry.Symmetrised(crystal.Lattice.Rows, rotations), inverse = rows.Inverse();
        var representatives = ImmutableArray.CreateBuilder<SymmetryOperation>();
        representatives.Add(translations[0]);
        foreach (IntegerMatrix3 rotation in rotations)
        {
            Matrix3x3 cartesian = (inverse * rotation.ToMatrix3x3() * rows).Transposed;
            if (rotation != IntegerMatrix3.Identity && Candidates(crystal, sites, rarest, rotation, cartesian).FirstOrDefault() is { } operation)
            {
                representatives.Add(operation);
            }
        }

        return GroupClosure.HoldsFor(representatives, TranslationTable.Of(translations))
            ? new SpaceGroup(crystal, tolerance, translations, representatives.ToImmutable())
            : null;
    }

    /// <summary>Atoms of the element with the fewest atoms: the fewest translations to try.</summary>
    private static int[] Rarest(Crystal crystal) =>
        [.. Enumerable.Range(0, crystal.AtomCount).GroupBy(atom => crystal.Elements[atom]).OrderBy(group => group.Count()).First()];

    private static IEnumerable<SymmetryOperation> Candidates(Crystal crystal, SiteIndex sites, int[] rarest, IntegerMatrix3 rotation, Matrix3x3 cartesian)
    {
        Matrix3x3 matrix = rotation.ToMatrix3x3();
        Vector3D start = crystal.PositionsFractional[rarest[0]] * matrix;
        foreach (int target in rarest)
        {
            Vector3D translation = SiteIndex.Wrapped(crystal.PositionsFractional[target] - start);
            if (ImagesUnder(crystal, sites, matrix, translation) is { } images)
            {
                yield return new SymmetryOperation(rotation, translation, cartesian, images);
            }
        }
    }

    private static ImmutableArray<int>? ImagesUnder(Crystal crystal, SiteIndex sites, Matrix3x3 matrix, Vector3D translation)
    {
        var images = ImmutableArray.CreateBuilder<int>(crystal.AtomCount);
        var taken = new bool[crystal.AtomCount];
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            int image = sites.Find(crystal.Elements[atom], (crystal.PositionsFractional[atom] * matrix) + translation);
            if (image < 0 || taken[image])
            {
                return null;
            }

            taken[image] = true;
            images.Add(image);
        }

        return images.MoveToImmutable();
    }

    private ImmutableArray<int> Orbits()
    {
        int[] orbit = [.. Enumerable.Repeat(-1, Crystal.AtomCount)];
        for (int atom = 0; atom < orbit.Length; atom++)
        {
            if (orbit[atom] >= 0)
            {
                continue;
            }

            foreach (SymmetryOperation operation in Representatives)
            {
                foreach (SymmetryOperation translation in InnerTranslations)
                {
                    orbit[translation.Images[operation.Images[atom]]] = atom;
                }
            }
        }

        return [.. orbit];
    }
}
