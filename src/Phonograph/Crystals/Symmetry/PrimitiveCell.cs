using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>
/// The primitive cell of a crystal given in any cell, with the place of every atom in it. Nothing is turned: the primitive lattice has the orientation of the crystal. A
/// crystal that is primitive keeps its lattice vectors; otherwise the primitive ones are compact (shortened pair by pair), of the same handedness.
/// </summary>
public sealed class PrimitiveCell
{
    private PrimitiveCell(Crystal crystal, IntegerMatrix3 matrix, ImmutableArray<int> firstAtom, ImmutableArray<int> primitiveAtom, ImmutableArray<IntegerVector3> primitiveImage)
    {
        Crystal = crystal;
        Matrix = matrix;
        FirstAtom = firstAtom;
        PrimitiveAtom = primitiveAtom;
        PrimitiveImage = primitiveImage;
    }

    /// <summary>The primitive cell; its atoms are the first of each set of atoms that translations carry into each other, at their places and with their masses.</summary>
    public Crystal Crystal { get; }

    /// <summary>Rows of the original lattice = this matrix · rows of the primitive lattice. Its determinant is the number of primitive cells in the original one.</summary>
    public IntegerMatrix3 Matrix { get; }

    /// <summary>For each atom of the primitive cell the atom of the original cell that it is.</summary>
    public ImmutableArray<int> FirstAtom { get; }

    /// <summary>For each atom of the original cell the atom of the primitive cell that it repeats.</summary>
    public ImmutableArray<int> PrimitiveAtom { get; }

    /// <summary>For each atom of the original cell the primitive lattice translation that carries the primitive-cell atom onto it.</summary>
    public ImmutableArray<IntegerVector3> PrimitiveImage { get; }

    /// <summary>Finds the primitive cell.</summary>
    /// <param name="crystal">Crystal with at least one atom.</param>
    /// <param name="toleranceAngstrom">How far an atom may lie from where a translation puts it, Å.</param>
    public static PrimitiveCell Of(Crystal crystal, double toleranceAngstrom = 1e-5) => Of(SpaceGroup.Of(crystal, toleranceAngstrom));

    /// <summary>The primitive cell of a crystal whose symmetry is known.</summary>
    public static PrimitiveCell Of(SpaceGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        Crystal crystal = group.Crystal;
        (Lattice lattice, IntegerMatrix3 matrix) = PrimitiveLattice(crystal.Lattice, group.InnerTranslations);
        Matrix3x3 toPrimitive = matrix.ToMatrix3x3();
        var classes = TranslationTable.Of(group);
        ImmutableArray<Vector3D> places = [.. crystal.PositionsFractional.Select(position => position * toPrimitive)];
        IntegerVector3 Image(int atom)
        {
            Vector3D step = places[atom] - places[classes.FirstAtom[classes.ClassOf[atom]]];
            return new IntegerVector3((int)Math.Round(step.X), (int)Math.Round(step.Y), (int)Math.Round(step.Z));
        }

        var primitive = new Crystal(
            lattice,
            [.. classes.FirstAtom.Select(atom => crystal.Elements[atom])],
            [.. classes.FirstAtom.Select(atom => places[atom])],
            [.. classes.FirstAtom.Select(atom => crystal.MassesAmu[atom])]);
        return new PrimitiveCell(primitive, matrix, classes.FirstAtom, classes.ClassOf, [.. Enumerable.Range(0, crystal.AtomCount).Select(Image)]);
    }

    /// <summary>The supercell of the original cell built from this primitive cell instead; its atoms are listed in another order.</summary>
    /// <param name="matrix">Supercell matrix in units of the original cell.</param>
    public Supercell Supercell(IntegerMatrix3 matrix) => Crystals.Supercell.Of(Crystal, matrix * Matrix);

    private static (Lattice Lattice, IntegerMatrix3 Matrix) PrimitiveLattice(Lattice lattice, ImmutableArray<SymmetryOperation> translations)
    {
        int count = translations.Length;
        if (count == 1)
        {
            return (lattice, IntegerMatrix3.Identity);
        }

        IntegerMatrix3 basis = TranslationLattice.Basis(translations) ?? throw new ArgumentException("The translations are no group.", nameof(translations));
        var reduced = ReducedCell.Of(new Lattice((1.0 / count) * (basis.ToMatrix3x3() * lattice.Rows)));
        Matrix3x3 rows = reduced.Rows;
        Matrix3x3 exact = lattice.Rows * rows.Inverse();
        int sign = Math.Sign(exact.Determinant);
        IntegerVector3 Rounded(Vector3D row) => new(sign * (int)Math.Round(row.X), sign * (int)Math.Round(row.Y), sign * (int)Math.Round(row.Z));
        var matrix = new IntegerMatrix3(Rounded(exact.RowA), Rounded(exact.RowB), Rounded(exact.RowC));

        // From the original rows, so that the supercell of the primitive cell is the original one to rounding.
        return (new Lattice(matrix.ToMatrix3x3().Inverse() * lattice.Rows), matrix);
    }
}
