using System.Numerics;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Eigenvalues of a complex Hermitian matrix H = A + iB through the real symmetric matrix [A, -B; B, A] of twice the order, whose spectrum is that of H with
/// every eigenvalue twice (W. Press et al., Numerical Recipes, 3rd ed., section 11.5).
/// </summary>
public static class HermitianEigen
{
    /// <summary>Rising eigenvalues, in the unit of the matrix.</summary>
    /// <param name="matrix">Elements by rows, order × order; only the Hermitian part is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, or an element is not finite.</exception>
    public static double[] Values(ReadOnlySpan<Complex> matrix, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        if (matrix.Length != order * order)
        {
            throw new ArgumentException($"{matrix.Length} elements for a matrix of order {order}.", nameof(matrix));
        }

        int doubled = 2 * order;
        var real = new double[doubled * doubled];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                Complex element = 0.5 * (matrix[(row * order) + column] + Complex.Conjugate(matrix[(column * order) + row]));
                real[(row * doubled) + column] = element.Real;
                real[((row + order) * doubled) + column + order] = element.Real;
                real[(row * doubled) + column + order] = -element.Imaginary;
                real[((row + order) * doubled) + column] = element.Imaginary;
            }
        }

        ReadOnlySpan<double> twice = SymmetricEigen.Decompose(real, doubled).Values.Span;
        var values = new double[order];
        for (int index = 0; index < order; index++)
        {
            values[index] = 0.5 * (twice[2 * index] + twice[(2 * index) + 1]);
        }

        return values;
    }
}
