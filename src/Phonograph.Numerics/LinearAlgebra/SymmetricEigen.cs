namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Eigenvalues and eigenvectors of a real symmetric matrix: reduction to tridiagonal form by Householder reflections, then implicit
/// QR steps with Wilkinson's shift (G. Golub, C. Van Loan, Matrix Computations, 4th ed., sections 8.3.1 and 8.3.5).
/// One thread and a fixed order of operations: the same matrix gives the same bits.
/// </summary>
public sealed class SymmetricEigen
{
    private readonly double[] _vectors;

    private SymmetricEigen(double[] values, double[] vectors)
    {
        Values = values;
        _vectors = vectors;
    }

    /// <summary>Eigenvalues, rising, in the unit of the matrix.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>Number of rows of the matrix.</summary>
    public int Order => Values.Length;

    /// <summary>Unit eigenvector of the eigenvalue with the same index; its sign is not defined.</summary>
    public ReadOnlySpan<double> Vector(int index) => _vectors.AsSpan(index * Order, Order);

    /// <summary>Decomposes a symmetric matrix.</summary>
    /// <param name="matrix">Elements by rows, order × order; only the mean of each pair of mirrored elements is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, or an element is not finite.</exception>
    public static SymmetricEigen Decompose(ReadOnlySpan<double> matrix, int order)
    {
        var form = TridiagonalForm.Of(matrix, order);
        double[] diagonal = form.Diagonal, vectors = form.Transformation();
        TridiagonalQr.Diagonalise(diagonal, form.OffDiagonal, vectors, order);
        return Sorted(diagonal, vectors, order);
    }

    private static SymmetricEigen Sorted(double[] values, double[] vectors, int n)
    {
        var order = Enumerable.Range(0, n).OrderBy(index => values[index]).ToArray();
        var sorted = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            vectors.AsSpan(order[i] * n, n).CopyTo(sorted.AsSpan(i * n, n));
        }

        return new SymmetricEigen([.. order.Select(index => values[index])], sorted);
    }
}
