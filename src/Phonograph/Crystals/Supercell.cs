using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>
/// A supercell of a crystal: rows of the supercell lattice are <see cref="Matrix"/> times the rows of the unit lattice. Atoms are ordered
/// by unit-cell atom, then by lattice point, so that atoms of one species stay together as in the unit cell.
/// </summary>
public sealed class Supercell
{
    private Supercell(Crystal unit, IntegerMatrix3 matrix, Crystal crystal, ImmutableArray<int> unitAtom, ImmutableArray<IntegerVector3> unitImage)
    {
        Unit = unit;
        Matrix = matrix;
        Crystal = crystal;
        UnitAtom = unitAtom;
        UnitImage = unitImage;
    }

    /// <summary>The repeated crystal.</summary>
    public Crystal Unit { get; }

    /// <summary>Integer matrix from unit rows to supercell rows; its determinant is not zero.</summary>
    public IntegerMatrix3 Matrix { get; }

    /// <summary>The supercell as a crystal of its own.</summary>
    public Crystal Crystal { get; }

    /// <summary>For each atom of the supercell the atom of the unit cell it repeats.</summary>
    public ImmutableArray<int> UnitAtom { get; }

    /// <summary>For each atom of the supercell the unit lattice translation that carries the unit-cell atom onto it.</summary>
    public ImmutableArray<IntegerVector3> UnitImage { get; }

    /// <summary>Number of unit cells in the supercell.</summary>
    public int CellCount => Math.Abs(Matrix.Determinant);

    /// <summary>Repeats a crystal along its own axes.</summary>
    public static Supercell Of(Crystal unit, int a, int b, int c) => Of(unit, IntegerMatrix3.Diagonal(a, b, c));

    /// <summary>Builds the supercell of any integer matrix.</summary>
    /// <exception cref="ArgumentException">The determinant is zero.</exception>
    public static Supercell Of(Crystal unit, IntegerMatrix3 matrix)
    {
        ArgumentNullException.ThrowIfNull(unit);
        int count = Math.Abs(matrix.Determinant);
        if (count == 0)
        {
            throw new ArgumentException("The supercell matrix has determinant zero.", nameof(matrix));
        }

        var lattice = new Lattice(matrix.ToMatrix3x3() * unit.Lattice.Rows);
        ImmutableArray<IntegerVector3> points = LatticePoints(matrix, count);
        var elements = ImmutableArray.CreateBuilder<Element>(count * unit.AtomCount);
        var positions = ImmutableArray.CreateBuilder<Vector3D>(count * unit.AtomCount);
        var masses = ImmutableArray.CreateBuilder<double>(count * unit.AtomCount);
        var unitAtom = ImmutableArray.CreateBuilder<int>(count * unit.AtomCount);
        var unitImage = ImmutableArray.CreateBuilder<IntegerVector3>(count * unit.AtomCount);
        Matrix3x3 toSupercell = matrix.ToMatrix3x3().Inverse();
        for (int atom = 0; atom < unit.AtomCount; atom++)
        {
            foreach (IntegerVector3 point in points)
            {
                elements.Add(unit.Elements[atom]);
                masses.Add(unit.MassesAmu[atom]);
                positions.Add((unit.PositionsFractional[atom] + point.ToVector3D()) * toSupercell);
                unitAtom.Add(atom);
                unitImage.Add(point);
            }
        }

        var crystal = new Crystal(lattice, elements.MoveToImmutable(), positions.MoveToImmutable(), masses.MoveToImmutable());
        return new Supercell(unit, matrix, crystal, unitAtom.MoveToImmutable(), unitImage.MoveToImmutable());
    }

    /// <summary>Unit lattice translations inside the supercell, in lexicographic order of their supercell coordinates scaled by the determinant.</summary>
    private static ImmutableArray<IntegerVector3> LatticePoints(IntegerMatrix3 matrix, int count)
    {
        // A box as large as the diagonal of the triangular form holds one point of each class; each is then moved into the cell. A point n (in
        // unit rows) has supercell coordinates n·M⁻¹ = n·adj(M)/det: integers modulo det decide without rounding.
        IntegerMatrix3 adjugate = matrix.Adjugate;
        int sign = Math.Sign(matrix.Determinant);
        IntegerVector3 box = TriangularDiagonal(matrix);
        var points = new List<(long, long, long, IntegerVector3)>(count);
        for (int i = 0; i < box.X; i++)
        {
            for (int j = 0; j < box.Y; j++)
            {
                for (int k = 0; k < box.Z; k++)
                {
                    (long x, long y, long z) = Times((i, j, k), adjugate);
                    (x, y, z) = (x * sign, y * sign, z * sign);
                    (long cellX, long cellY, long cellZ) = (Floor(x, count), Floor(y, count), Floor(z, count));
                    (long shiftX, long shiftY, long shiftZ) = Times((cellX, cellY, cellZ), matrix);
                    var inside = new IntegerVector3((int)(i - shiftX), (int)(j - shiftY), (int)(k - shiftZ));
                    points.Add((x - (cellX * count), y - (cellY * count), z - (cellZ * count), inside));
                }
            }
        }

        points.Sort((first, second) => (first.Item1, first.Item2, first.Item3).CompareTo((second.Item1, second.Item2, second.Item3)));
        return [.. points.Select(point => point.Item4)];
    }

    private static (long X, long Y, long Z) Times((long X, long Y, long Z) row, IntegerMatrix3 m) => (
        (row.X * m.RowA.X) + (row.Y * m.RowB.X) + (row.Z * m.RowC.X),
        (row.X * m.RowA.Y) + (row.Y * m.RowB.Y) + (row.Z * m.RowC.Y),
        (row.X * m.RowA.Z) + (row.Y * m.RowB.Z) + (row.Z * m.RowC.Z));

    private static long Floor(long value, long divisor) => (value - (((value % divisor) + divisor) % divisor)) / divisor;

    /// <summary>
    /// Diagonal of the upper triangular form of the rows (Hermite, without reducing what stands above the diagonal): the greatest common divisors
    /// of the 1×1, 2×2 and 3×3 minors of the leading columns, each divided by the one before.
    /// </summary>
    private static IntegerVector3 TriangularDiagonal(IntegerMatrix3 m)
    {
        static long Divisor(long a, long b) => b == 0 ? Math.Abs(a) : Divisor(b, a % b);
        static long Minor(IntegerVector3 a, IntegerVector3 b) => ((long)a.X * b.Y) - ((long)a.Y * b.X);
        long first = Divisor(Divisor(m.RowA.X, m.RowB.X), m.RowC.X);
        long second = Divisor(Divisor(Minor(m.RowA, m.RowB), Minor(m.RowA, m.RowC)), Minor(m.RowB, m.RowC));
        return new IntegerVector3((int)first, (int)(second / first), (int)(Math.Abs(m.Determinant) / second));
    }
}
