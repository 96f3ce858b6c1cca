using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>An integer lattice translation in units of the lattice vectors (a periodic image).</summary>
/// <param name="X">Repeats along the first lattice vector.</param>
/// <param name="Y">Repeats along the second lattice vector.</param>
/// <param name="Z">Repeats along the third lattice vector.</param>
public readonly record struct IntegerVector3(int X, int Y, int Z)
{
    /// <summary>The home cell.</summary>
    public static IntegerVector3 Zero => default;

    /// <summary>Sum of two translations.</summary>
    public static IntegerVector3 operator +(IntegerVector3 a, IntegerVector3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference of two translations.</summary>
    public static IntegerVector3 operator -(IntegerVector3 a, IntegerVector3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>The opposite translation.</summary>
    public static IntegerVector3 operator -(IntegerVector3 a) => new(-a.X, -a.Y, -a.Z);

    /// <summary>Row vector times matrix.</summary>
    public static IntegerVector3 operator *(IntegerVector3 row, IntegerMatrix3 m) => new(
        (row.X * m.RowA.X) + (row.Y * m.RowB.X) + (row.Z * m.RowC.X),
        (row.X * m.RowA.Y) + (row.Y * m.RowB.Y) + (row.Z * m.RowC.Y),
        (row.X * m.RowA.Z) + (row.Y * m.RowB.Z) + (row.Z * m.RowC.Z));

    /// <summary>The same numbers as doubles.</summary>
    public Vector3D ToVector3D() => new(X, Y, Z);
}
