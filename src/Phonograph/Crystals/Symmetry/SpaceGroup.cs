using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>
/// All operations that carry a crystal, in the cell it is given in, into itself: found by trying, so any cell and any setting will do. A cell that is
/// not primitive shows its inner translations as operations, as spglib does.
/// </summary>
public sealed class SpaceGroup
{
    private SpaceGroup(Crystal crystal, ImmutableArray<SymmetryOperation> operations)
    {
        Crystal = crystal;
        Operations = operations;
    }

    /// <summary>The crystal.</summary>
    public Crystal Crystal { get; }

    /// <summary>The operations; the identity is the first.</summary>
    public ImmutableArray<SymmetryOperation> Operations { get; }

    /// <summary>Finds the operations.</summary>
    /// <param name="crystal">Crystal; atoms are the same when their elements are, masses play no part.</param>
    /// <param name="toleranceAngstrom">How far an atom or the end of a lattice vector may lie from where an operation puts it, Å; phonopy uses 1e-5.</param>
    public static SpaceGroup Of(Crystal crystal, double toleranceAngstrom = 1e-5)
    {
        ImmutableArray<SymmetryOperation> translations = Translations(crystal, toleranceAngstrom);
        var sites = new SiteIndex(crystal, toleranceAngstrom);
        int[] rarest = Rarest(crystal);
        var operations = ImmutableArray.CreateBuilder<SymmetryOperation>();
        operations.AddRange(translations);
        foreach (IntegerMatrix3 rotation in LatticeRotations(crystal.Lattice, toleranceAngstrom))
        {
            if (rotation == IntegerMatrix3.Identity || Candidates(crystal, sites, rarest, rotation).FirstOrDefault() is not { } operation)
            {
                continue;
            }

            foreach (SymmetryOperation translation in translations)
            {
                operations.Add(operation with
                {
                    TranslationFractional = SiteIndex.Wrapped(operation.TranslationFractional + translation.TranslationFractional),
                    Images = [.. operation.Images.Select(image => translation.Images[image])],
                });
            }
        }

        return new SpaceGroup(crystal, operations.ToImmutable());
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
            : [.. Candidates(crystal, new SiteIndex(crystal, toleranceAngstrom), Rarest(crystal), IntegerMatrix3.Identity)];
    }

    /// <summary>Rotations and rotoinversions that carry a lattice into itself, for fractional row vectors; the identity is among them.</summary>
    public static ImmutableArray<IntegerMatrix3> LatticeRotations(Lattice lattice, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        Vector3D[] rows = [lattice.A, lattice.B, lattice.C];
        IntegerVector3[][] partners = [.. rows.Select(row => VectorsOfLength(lattice, row.Length, toleranceAngstrom))];
        bool SameAngle(int i, IntegerVector3 first, int j, IntegerVector3 second)
        {
            double angle = Vector3D.Dot(lattice.ToCartesian(first.ToVector3D()), lattice.ToCartesian(second.ToVector3D()));
            return Math.Abs(angle - Vector3D.Dot(rows[i], rows[j])) <= toleranceAngstrom * (rows[i].Length + rows[j].Length);
        }

        return
        [
            .. from a in partners[0]
               from b in partners[1]
               where SameAngle(0, a, 1, b)
               from c in partners[2]
               where SameAngle(0, a, 2, c) && SameAngle(1, b, 2, c)
               let rotation = new IntegerMatrix3(a, b, c)
               where Math.Abs(rotation.Determinant) == 1
               select rotation,
        ];
    }

    private static IntegerVector3[] VectorsOfLength(Lattice lattice, double length, double tolerance)
    {
        // |n_i| is the projection on a reciprocal vector, at most length times its length.
        Matrix3x3 reciprocal = lattice.ReciprocalRows;
        int Limit(Vector3D row) => (int)Math.Floor(((length + tolerance) * row.Length) + 1e-9);
        (int x, int y, int z) = (Limit(reciprocal.RowA), Limit(reciprocal.RowB), Limit(reciprocal.RowC));
        return
        [
            .. from i in Enumerable.Range(-x, (2 * x) + 1)
               from j in Enumerable.Range(-y, (2 * y) + 1)
               from k in Enumerable.Range(-z, (2 * z) + 1)
               let vector = new IntegerVector3(i, j, k)
               where Math.Abs(lattice.ToCartesian(vector.ToVector3D()).Length - length) <= tolerance
               select vector,
        ];
    }

    /// <summary>Atoms of the element with the fewest atoms: the fewest translations to try.</summary>
    private static int[] Rarest(Crystal crystal) =>
        [.. Enumerable.Range(0, crystal.AtomCount).GroupBy(atom => crystal.Elements[atom]).OrderBy(group => group.Count()).First()];

    private static IEnumerable<SymmetryOperation> Candidates(Crystal crystal, SiteIndex sites, int[] rarest, IntegerMatrix3 rotation)
    {
        Matrix3x3 matrix = rotation.ToMatrix3x3();
        Matrix3x3 cartesian = (crystal.Lattice.ReciprocalRows.Transposed * matrix * crystal.Lattice.Rows).Transposed;
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
}
