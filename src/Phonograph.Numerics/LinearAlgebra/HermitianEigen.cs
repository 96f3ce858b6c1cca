using System.Numerics;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>Eigenvalues and eigenvectors of one complex Hermitian matrix; for many of them use <see cref="HermitianSolver"/>.</summary>
public sealed class HermitianEigen
{
    private readonly Complex[] _vectors;

    private HermitianEigen(double[] values, Complex[] vectors)
    {
        Eigenvalues = values;
        _vectors = vectors;
    }

    /// <summary>Eigenvalues, rising, in the unit of the matrix.</summary>
    public ReadOnlyMemory<double> Eigenvalues { get; }

    /// <summary>Unit eigenvector of the eigenvalue with the same index; its phase is not defined.</summary>
    public ReadOnlySpan<Complex> Vector(int index) => _vectors.AsSpan(index * Eigenvalues.Length, Eigenvalues.Length);

    /// <summary>Decomposes a Hermitian matrix.</summary>
    /// <param name="matrix">Elements by rows, order × order; only the Hermitian part is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, or an element is not finite.</exception>
    public static HermitianEigen Decompose(ReadOnlySpan<Complex> matrix, int order)
    {
        HermitianSolver solver = Solved(matrix, order, withVectors: true);
        var vectors = new Complex[order * order];
        for (int row = 0; row < order; row++)
        {
            ReadOnlySpan<double> real = solver.VectorReal(row), imaginary = solver.VectorImaginary(row);
            for (int j = 0; j < order; j++)
            {
                vectors[(row * order) + j] = new Complex(real[j], imaginary[j]);
            }
        }

        return new HermitianEigen(solver.Values.ToArray(), vectors);
    }

    /// <summary>Rising eigenvalues, in the unit of the matrix.</summary>
    /// <param name="matrix">Elements by rows, order × order; only the Hermitian part is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, or an element is not finite.</exception>
    public static double[] Values(ReadOnlySpan<Complex> matrix, int order) => Solved(matrix, order, withVectors: false).Values.ToArray();

    private static HermitianSolver Solved(ReadOnlySpan<Complex> matrix, int order, bool withVectors)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        if (matrix.Length != order * order)
        {
            throw new ArgumentException($"{matrix.Length} elements for a matrix of order {order}.", nameof(matrix));
        }

        var solver = new HermitianSolver(order);
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                Complex element = 0.5 * (matrix[(row * order) + column] + Complex.Conjugate(matrix[(column * order) + row]));
                solver.Real[(row * order) + column] = element.Real;
                solver.Imaginary[(row * order) + column] = element.Imaginary;
            }
        }

        solver.Solve(withVectors);
        return solver;
    }
}
