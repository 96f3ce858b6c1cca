namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>A 3×3 matrix of doubles stored by rows: <c>RowA</c> is the first row.</summary>
/// <param name="RowA">First row.</param>
/// <param name="RowB">Second row.</param>
/// <param name="RowC">Third row.</param>
public readonly record struct Matrix3x3(Vector3D RowA, Vector3D RowB, Vector3D RowC)
{
    /// <summary>The unit matrix.</summary>
    public static Matrix3x3 Identity => Diagonal(1, 1, 1);

    /// <summary>Row by index 0, 1 or 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not 0, 1 or 2.</exception>
    public Vector3D this[int row] => row switch
    {
        0 => RowA,
        1 => RowB,
        2 => RowC,
        _ => throw new ArgumentOutOfRangeException(nameof(row)),
    };

    /// <summary>Element by row and column.</summary>
    public double this[int row, int column] => this[row][column];

    /// <summary>Sum of the diagonal.</summary>
    public double Trace => RowA.X + RowB.Y + RowC.Z;

    /// <summary>Determinant.</summary>
    public double Determinant => Vector3D.Dot(RowA, Vector3D.Cross(RowB, RowC));

    /// <summary>Transposed matrix.</summary>
    public Matrix3x3 Transposed => new(
        new(RowA.X, RowB.X, RowC.X),
        new(RowA.Y, RowB.Y, RowC.Y),
        new(RowA.Z, RowB.Z, RowC.Z));

    /// <summary>True when no element is NaN or infinite.</summary>
    public bool IsFinite => RowA.IsFinite && RowB.IsFinite && RowC.IsFinite;

    /// <summary>A diagonal matrix.</summary>
    public static Matrix3x3 Diagonal(double a, double b, double c) => new(new(a, 0, 0), new(0, b, 0), new(0, 0, c));

    /// <summary>The dyadic product a bᵀ.</summary>
    public static Matrix3x3 Outer(Vector3D a, Vector3D b) => new(a.X * b, a.Y * b, a.Z * b);

    /// <summary>Inverse matrix.</summary>
    /// <exception cref="InvalidOperationException">The determinant is zero or not finite.</exception>
    public Matrix3x3 Inverse()
    {
        double determinant = Determinant;
        if (determinant == 0 || !double.IsFinite(determinant))
        {
            throw new InvalidOperationException("The matrix is singular.");
        }

        Vector3D x = Vector3D.Cross(RowB, RowC) / determinant;
        Vector3D y = Vector3D.Cross(RowC, RowA) / determinant;
        Vector3D z = Vector3D.Cross(RowA, RowB) / determinant;
        return new Matrix3x3(x, y, z).Transposed;
    }

    /// <summary>The three rows; the generated text would print the transposed matrix, and that its own, without end.</summary>
    public override string ToString() => $"[{RowA}, {RowB}, {RowC}]";

    /// <summary>Row vector times matrix: with lattice vectors as rows, fractional to Cartesian.</summary>
    public static Vector3D operator *(Vector3D row, Matrix3x3 m) => (row.X * m.RowA) + (row.Y * m.RowB) + (row.Z * m.RowC);

    /// <summary>Matrix times column vector.</summary>
    public static Vector3D operator *(Matrix3x3 m, Vector3D column) =>
        new(Vector3D.Dot(m.RowA, column), Vector3D.Dot(m.RowB, column), Vector3D.Dot(m.RowC, column));

    /// <summary>Matrix product.</summary>
    public static Matrix3x3 operator *(Matrix3x3 a, Matrix3x3 b) => new(a.RowA * b, a.RowB * b, a.RowC * b);

    /// <summary>Scaled matrix.</summary>
    public static Matrix3x3 operator *(double s, Matrix3x3 m) => new(s * m.RowA, s * m.RowB, s * m.RowC);

    /// <summary>Element-wise sum.</summary>
    public static Matrix3x3 operator +(Matrix3x3 a, Matrix3x3 b) => new(a.RowA + b.RowA, a.RowB + b.RowB, a.RowC + b.RowC);

    /// <summary>Element-wise difference.</summary>
    public static Matrix3x3 operator -(Matrix3x3 a, Matrix3x3 b) => new(a.RowA - b.RowA, a.RowB - b.RowB, a.RowC - b.RowC);
}
