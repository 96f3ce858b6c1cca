using System.Globalization;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Crystals;

/// <summary>A 3×3 integer matrix by rows: supercell matrices, rotations in lattice coordinates.</summary>
/// <param name="RowA">First row.</param>
/// <param name="RowB">Second row.</param>
/// <param name="RowC">Third row.</param>
public readonly record struct IntegerMatrix3(IntegerVector3 RowA, IntegerVector3 RowB, IntegerVector3 RowC)
{
    /// <summary>The unit matrix.</summary>
    public static IntegerMatrix3 Identity => Diagonal(1, 1, 1);

    /// <summary>Determinant.</summary>
    /// <exception cref="OverflowException">It does not fit into an int.</exception>
    public int Determinant => checked((int)(
        (RowA.X * (((long)RowB.Y * RowC.Z) - ((long)RowB.Z * RowC.Y)))
        - (RowA.Y * (((long)RowB.X * RowC.Z) - ((long)RowB.Z * RowC.X)))
        + (RowA.Z * (((long)RowB.X * RowC.Y) - ((long)RowB.Y * RowC.X)))));

    /// <summary>Adjugate matrix: the inverse times the determinant.</summary>
    public IntegerMatrix3 Adjugate => new(
        new((RowB.Y * RowC.Z) - (RowB.Z * RowC.Y), (RowA.Z * RowC.Y) - (RowA.Y * RowC.Z), (RowA.Y * RowB.Z) - (RowA.Z * RowB.Y)),
        new((RowB.Z * RowC.X) - (RowB.X * RowC.Z), (RowA.X * RowC.Z) - (RowA.Z * RowC.X), (RowA.Z * RowB.X) - (RowA.X * RowB.Z)),
        new((RowB.X * RowC.Y) - (RowB.Y * RowC.X), (RowA.Y * RowC.X) - (RowA.X * RowC.Y), (RowA.X * RowB.Y) - (RowA.Y * RowB.X)));

    /// <summary>A diagonal matrix.</summary>
    public static IntegerMatrix3 Diagonal(int a, int b, int c) => new(new(a, 0, 0), new(0, b, 0), new(0, 0, c));

    /// <summary>The nine numbers by rows; the generated text would print the adjugate matrix, and that its own, without end.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"[{RowA.X} {RowA.Y} {RowA.Z}; {RowB.X} {RowB.Y} {RowB.Z}; {RowC.X} {RowC.Y} {RowC.Z}]");

    /// <summary>Matrix product.</summary>
    public static IntegerMatrix3 operator *(IntegerMatrix3 a, IntegerMatrix3 b) => new(a.RowA * b, a.RowB * b, a.RowC * b);

    /// <summary>The same numbers as doubles.</summary>
    public Matrix3x3 ToMatrix3x3() => new(RowA.ToVector3D(), RowB.ToVector3D(), RowC.ToVector3D());
}
