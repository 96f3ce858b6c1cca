using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>Three lattice vectors as rows, Cartesian, Å.</summary>
public sealed record Lattice
{
    private readonly Matrix3x3 _inverse;

    /// <summary>Builds a lattice from its rows, Å.</summary>
    /// <exception cref="ArgumentException">The vectors are not finite or span no volume.</exception>
    public Lattice(Matrix3x3 rowsAngstrom)
    {
        double scale = rowsAngstrom.RowA.Length * rowsAngstrom.RowB.Length * rowsAngstrom.RowC.Length;
        if (!rowsAngstrom.IsFinite || !(Math.Abs(rowsAngstrom.Determinant) > 1e-9 * scale))
        {
            throw new ArgumentException("The lattice vectors are not finite or span no volume.", nameof(rowsAngstrom));
        }

        Rows = rowsAngstrom;
        _inverse = rowsAngstrom.Inverse();
    }

    /// <summary>Lattice vectors as rows, Å.</summary>
    public Matrix3x3 Rows { get; }

    /// <summary>First lattice vector, Å.</summary>
    public Vector3D A => Rows.RowA;

    /// <summary>Second lattice vector, Å.</summary>
    public Vector3D B => Rows.RowB;

    /// <summary>Third lattice vector, Å.</summary>
    public Vector3D C => Rows.RowC;

    /// <summary>Cell volume, Å³, positive for left-handed lattices too.</summary>
    public double Volume => Math.Abs(Rows.Determinant);

    /// <summary>Reciprocal lattice vectors as rows, 1/Å, without the factor 2π.</summary>
    public Matrix3x3 ReciprocalRows => _inverse.Transposed;

    /// <summary>A cube of the given edge, Å.</summary>
    public static Lattice Cubic(double edgeAngstrom) => new(Matrix3x3.Diagonal(edgeAngstrom, edgeAngstrom, edgeAngstrom));

    /// <summary>Fractional to Cartesian (Å).</summary>
    public Vector3D ToCartesian(Vector3D fractional) => fractional * Rows;

    /// <summary>Cartesian (Å) to fractional, not wrapped.</summary>
    public Vector3D ToFractional(Vector3D cartesian) => cartesian * _inverse;

    /// <summary>Angles between the second and third, first and third, first and second lattice vector, degrees.</summary>
    public Vector3D AnglesDegrees => new(Angle(B, C), Angle(A, C), Angle(A, B));

    private static double Angle(Vector3D a, Vector3D b) => Math.Atan2(Vector3D.Cross(a, b).Length, Vector3D.Dot(a, b)) * (180 / Math.PI);
}
