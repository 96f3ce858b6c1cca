using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.WaveVectors;

/// <summary>
/// What kind of lattice a primitive cell spans, judged by its metric alone, and its standard vectors after W. Setyawan and S. Curtarolo, Comput. Mater. Sci. 49,
/// 299 (2010). The number of rotations that carry the lattice into itself tells the system; the shortest lattice vectors along the rotation axes are the
/// conventional cell, and its volume tells the centring.
/// </summary>
public sealed record BravaisLattice
{
    private BravaisLattice(BravaisType type, Matrix3x3 primitiveRows, Vector3D lengths, double angleDegrees)
    {
        (Type, PrimitiveRows, ConventionalLengths, AngleDegrees) = (type, primitiveRows, lengths, angleDegrees);
    }

    /// <summary>Kind of lattice.</summary>
    public BravaisType Type { get; }

    /// <summary>The standard primitive vectors as rows, Cartesian, Å, in the orientation of the crystal.</summary>
    public Matrix3x3 PrimitiveRows { get; }

    /// <summary>Lengths a, b, c of the conventional cell, Å (of the primitive one for rhombohedral, monoclinic and triclinic lattices).</summary>
    public Vector3D ConventionalLengths { get; }

    /// <summary>Angle between the vectors of a rhombohedral cell, degrees; 0 for other lattices.</summary>
    public double AngleDegrees { get; }

    /// <summary>Finds the kind of a lattice.</summary>
    /// <param name="lattice">Vectors of a primitive cell.</param>
    /// <param name="toleranceAngstrom">Vectors count as equally long within this, Å.</param>
    public static BravaisLattice Of(Lattice lattice, double toleranceAngstrom = 1e-3)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        var reduced = new Lattice(ReducedCell.Of(lattice).Rows);
        ImmutableArray<IntegerMatrix3> rotations = SpaceGroup.LatticeRotations(reduced, toleranceAngstrom);
        var axes = new RotationAxes(reduced, rotations, toleranceAngstrom);
        return rotations.Length switch
        {
            48 => Cubic(axes),
            24 => Hexagonal(axes),
            16 => Tetragonal(axes),
            12 => Rhombohedral(axes),
            8 => Orthorhombic(axes, toleranceAngstrom),
            var order => Oblique(lattice, order == 4 ? BravaisType.Monoclinic : BravaisType.Triclinic),
        };
    }

    /// <summary>A wave vector in units of the standard reciprocal vectors, in units of another primitive cell's reciprocal vectors.</summary>
    /// <param name="standard">Wave vector in units of the reciprocal vectors of <see cref="PrimitiveRows"/>.</param>
    /// <param name="lattice">The primitive cell.</param>
    public Vector3D ToReciprocalOf(Vector3D standard, Lattice lattice)
    {
        ArgumentNullException.ThrowIfNull(lattice);
        Vector3D cartesian = standard * PrimitiveRows.Inverse().Transposed;

        // Fractions of reciprocal vectors are scalar products with lattice vectors.
        return lattice.Rows * cartesian;
    }

    private static BravaisLattice Cubic(RotationAxes axes)
    {
        Vector3D[] v = axes.Along(4);
        double a = v[0].Length;
        return axes.Centring(v) switch
        {
            1 => new(BravaisType.Cub, new(v[0], v[1], v[2]), new(a, a, a), 0),
            2 => new(BravaisType.Bcc, BodyCentred(v), new(a, a, a), 0),
            _ => new(BravaisType.Fcc, FaceCentred(v), new(a, a, a), 0),
        };
    }

    private static BravaisLattice Hexagonal(RotationAxes axes)
    {
        Vector3D c = axes.Along(6)[0];
        Vector3D[] inPlane = axes.Perpendicular(c);
        Vector3D a = inPlane[0], b = inPlane.First(other => Math.Abs((Vector3D.Dot(a, other) / a.LengthSquared) + 0.5) < 0.1);
        return new(BravaisType.Hex, new(a, b, c), new(a.Length, b.Length, c.Length), 0);
    }

    private static BravaisLattice Tetragonal(RotationAxes axes)
    {
        Vector3D z = axes.Along(4)[0];
        Vector3D[] inPlane = axes.Perpendicular(z);
        Vector3D x = inPlane[0], y = inPlane.First(other => Math.Abs(Vector3D.Dot(x, other)) < 0.1 * x.LengthSquared);
        (double a, double c) = (x.Length, z.Length);
        Vector3D[] v = [x, y, z];
        return axes.Centring(v) == 1
            ? new(BravaisType.Tet, new(x, y, z), new(a, a, c), 0)
            : new(c < a ? BravaisType.Bct1 : BravaisType.Bct2, BodyCentred(v), new(a, a, c), 0);
    }

    private static BravaisLattice Rhombohedral(RotationAxes axes)
    {
        Matrix3x3 rows = axes.ThreefoldCell();
        double cosine = Vector3D.Dot(rows.RowA, rows.RowB) / rows.RowA.LengthSquared;
        double angle = Math.Acos(cosine) * (180 / Math.PI), a = rows.RowA.Length;
        return new(angle < 90 ? BravaisType.Rhl1 : BravaisType.Rhl2, rows, new(a, a, a), angle);
    }

    private static BravaisLattice Orthorhombic(RotationAxes axes, double tolerance)
    {
        Vector3D[] v = [.. axes.Along(2).OrderBy(vector => vector.Length)];
        int centring = axes.Centring(v);
        if (centring == 1)
        {
            return new(BravaisType.Orc, new(v[0], v[1], v[2]), new(v[0].Length, v[1].Length, v[2].Length), 0);
        }

        if (centring == 4)
        {
            (double a, double b, double c) = (v[0].Length, v[1].Length, v[2].Length);
            double balance = (1 / (a * a)) - (1 / (b * b)) - (1 / (c * c));
            BravaisType type = Math.Abs(balance) < 2 * tolerance / (a * a * a) ? BravaisType.Orcf3 : balance > 0 ? BravaisType.Orcf1 : BravaisType.Orcf2;
            return new(type, FaceCentred(v), new(a, b, c), 0);
        }

        foreach ((int first, int second, int third) in new[] { (0, 1, 2), (0, 2, 1), (1, 2, 0) })
        {
            if (axes.Holds(0.5 * (v[first] + v[second])))
            {
                (Vector3D x, Vector3D y) = (v[first], v[second]);
                return new(BravaisType.Orcc, new(0.5 * (x - y), 0.5 * (x + y), v[third]), new(x.Length, y.Length, v[third].Length), 0);
            }
        }

        return new(BravaisType.Orci, BodyCentred(v), new(v[0].Length, v[1].Length, v[2].Length), 0);
    }

    /// <summary>The cell whose reciprocal vectors are reduced.</summary>
    private static BravaisLattice Oblique(Lattice lattice, BravaisType type)
    {
        Matrix3x3 rows = ReducedCell.Of(new Lattice(lattice.ReciprocalRows)).Rows.Inverse().Transposed;
        return new(type, rows, new(rows.RowA.Length, rows.RowB.Length, rows.RowC.Length), 0);
    }

    private static Matrix3x3 BodyCentred(Vector3D[] v) => new(0.5 * (v[1] + v[2] - v[0]), 0.5 * (v[0] + v[2] - v[1]), 0.5 * (v[0] + v[1] - v[2]));

    private static Matrix3x3 FaceCentred(Vector3D[] v) => new(0.5 * (v[1] + v[2]), 0.5 * (v[0] + v[2]), 0.5 * (v[0] + v[1]));
}
