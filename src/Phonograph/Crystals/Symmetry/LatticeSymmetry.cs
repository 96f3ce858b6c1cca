using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals.Symmetry;

/// <summary>What carries a lattice, without its atoms, into itself.</summary>
internal static class LatticeSymmetry
{
    /// <summary>
    /// Rotations and rotoinversions of a lattice for fractional row vectors, the identity among them. They are looked for in the compact cell of the same
    /// lattice, where few vectors are as short as the cell's, whatever cell a file uses.
    /// </summary>
    internal static ImmutableArray<IntegerMatrix3> Rotations(Lattice lattice, double toleranceAngstrom)
    {
        ReducedCell reduced = ReducedCell.Of(lattice);
        var compact = new Lattice(reduced.Rows);
        IntegerMatrix3 toCompact = reduced.FractionalFromLattice, back = reduced.FromLattice;
        Vector3D[] rows = [compact.A, compact.B, compact.C];
        IntegerVector3[][] partners = [.. rows.Select(row => VectorsOfLength(compact, row.Length, toleranceAngstrom))];
        bool SameAngle(int i, IntegerVector3 first, int j, IntegerVector3 second)
        {
            double angle = Vector3D.Dot(compact.ToCartesian(first.ToVector3D()), compact.ToCartesian(second.ToVector3D()));
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
               select toCompact * rotation * back,
        ];
    }

    /// <summary>
    /// Lattice rows that rotations carry into themselves exactly: the mean of the metric tensor over the group, at the orientation of the given rows. Rows that
    /// obey the rotations to rounding come back untouched.
    /// </summary>
    internal static Matrix3x3 Symmetrised(Matrix3x3 rows, IReadOnlyCollection<IntegerMatrix3> rotations)
    {
        const double Rounding = 1e-12;
        Matrix3x3 metric = rows * rows.Transposed, mean = default;
        foreach (IntegerMatrix3 rotation in rotations)
        {
            Matrix3x3 matrix = rotation.ToMatrix3x3();
            mean += (1.0 / rotations.Count) * (matrix * metric * matrix.Transposed);
        }

        Matrix3x3 difference = mean - metric;
        if (Math.Max(difference.RowA.Length, Math.Max(difference.RowB.Length, difference.RowC.Length)) <= Rounding * metric.Trace)
        {
            return rows;
        }

        // rows · S with S² = rows⁻¹ · mean · rows⁻ᵀ: a strain without a turn.
        Matrix3x3 inverse = rows.Inverse();
        return rows * SquareRoot(inverse * mean * inverse.Transposed);
    }

    private static Matrix3x3 SquareRoot(Matrix3x3 square)
    {
        double[] elements = [.. Enumerable.Range(0, 9).Select(index => square[index / 3, index % 3])];
        var eigen = SymmetricEigen.Decompose(elements, 3);
        Matrix3x3 root = default;
        for (int index = 0; index < 3; index++)
        {
            ReadOnlySpan<double> v = eigen.Vector(index);
            var vector = new Vector3D(v[0], v[1], v[2]);
            root += Math.Sqrt(eigen.Values.Span[index]) * Matrix3x3.Outer(vector, vector);
        }

        return root;
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
}
