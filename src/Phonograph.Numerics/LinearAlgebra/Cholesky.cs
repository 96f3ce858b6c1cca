using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Cholesky factorisation A = Uᵀ U of a symmetric positive definite matrix, after scaling to a unit diagonal, block by block (G. Golub, C. Van Loan, Matrix Computations, 4th ed., section 4.2.6). One thread and
/// a fixed order of operations: the same matrix gives the same bits.
/// </summary>
public sealed class Cholesky
{
    private const int BlockRows = 48;

    /// <summary>A pivot below this, relative to the scaled diagonal of one, is rounding.</summary>
    private const double SmallestPivot = 1e-11;

    /// <summary>Diagonal elements of the matrix below this, relative to the largest, are squares of rounding.</summary>
    private const double SmallestDiagonal = 1e-26;

    private readonly double[] _upper, _scale;

    private Cholesky(double[] upper, double[] scale)
    {
        _upper = upper;
        _scale = scale;
    }

    /// <summary>Number of rows of the matrix.</summary>
    public int Order => _scale.Length;

    /// <summary>Factorises a matrix; null when it is not positive definite beyond rounding.</summary>
    /// <param name="matrix">Elements by rows, order × order; the upper triangle is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, or an element is not finite.</exception>
    public static Cholesky? TryDecompose(ReadOnlySpan<double> matrix, int order)
    {
        (double[] upper, double[] scale) = Scaled(matrix, order);
        for (int first = 0; first < order; first += BlockRows)
        {
            int end = Math.Min(order, first + BlockRows);
            for (int row = first; row < end; row++)
            {
                Span<double> line = upper.AsSpan(row * order, order);
                if (!(line[row] > SmallestPivot))
                {
                    return null;
                }

                double root = Math.Sqrt(line[row]);
                for (int column = row; column < order; column++)
                {
                    line[column] /= root;
                }

                for (int below = row + 1; below < end; below++)
                {
                    ScaledSum.Add(upper.AsSpan((below * order) + below, order - below), line[below..], -line[below]);
                }
            }

            if (end < order)
            {
                SymmetricRankUpdate.Add(upper, order, end, order, upper.AsSpan(first * order, (end - first) * order), -1);
            }
        }

        return new Cholesky(upper, scale);
    }

    /// <summary>Number of directions that a positive semidefinite matrix determines: factorisation with the largest remaining pivot first, which stops where the rest is rounding.</summary>
    /// <param name="matrix">Elements by rows, order × order; the upper triangle is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    public static int Rank(ReadOnlySpan<double> matrix, int order)
    {
        (double[] upper, _) = Scaled(matrix, order);
        int[] rest = [.. Enumerable.Range(0, order)];
        double Element(int i, int j) => i <= j ? upper[(i * order) + j] : upper[(j * order) + i];
        for (int rank = 0; rank < order; rank++)
        {
            int largest = rank;
            for (int candidate = rank + 1; candidate < order; candidate++)
            {
                largest = Element(rest[candidate], rest[candidate]) > Element(rest[largest], rest[largest]) ? candidate : largest;
            }

            (rest[rank], rest[largest]) = (rest[largest], rest[rank]);
            int pivot = rest[rank];
            double diagonal = Element(pivot, pivot);
            if (!(diagonal > SmallestPivot))
            {
                return rank;
            }

            double[] column = [.. rest[(rank + 1)..].Select(index => Element(index, pivot))];
            for (int i = rank + 1; i < order; i++)
            {
                double factor = column[i - rank - 1] / diagonal;
                for (int j = i; factor != 0 && j < order; j++)
                {
                    upper[(Math.Min(rest[i], rest[j]) * order) + Math.Max(rest[i], rest[j])] -= factor * column[j - rank - 1];
                }
            }
        }

        return order;
    }

    /// <summary>Solves A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> rightSide)
    {
        int order = Order;
        if (rightSide.Length != order)
        {
            throw new ArgumentException($"{rightSide.Length} numbers for a matrix of order {order}.", nameof(rightSide));
        }

        var x = new double[order];
        for (int row = 0; row < order; row++)
        {
            x[row] = rightSide[row] * _scale[row];
        }

        for (int row = 0; row < order; row++)
        {
            ReadOnlySpan<double> line = _upper.AsSpan(row * order, order);
            x[row] /= line[row];
            ScaledSum.Add(x.AsSpan(row + 1), line[(row + 1)..], -x[row]);
        }

        for (int row = order - 1; row >= 0; row--)
        {
            ReadOnlySpan<double> line = _upper.AsSpan(row * order, order);
            double sum = x[row];
            for (int column = row + 1; column < order; column++)
            {
                sum -= line[column] * x[column];
            }

            x[row] = sum / line[row];
        }

        for (int row = 0; row < order; row++)
        {
            x[row] *= _scale[row];
        }

        return x;
    }

    /// <summary>The inverse matrix by rows: X = U⁻ᵀ, a block of rows at a time, then XᵀX.</summary>
    public double[] Inverse()
    {
        int order = Order;
        var inverse = new double[order * order];
        var lower = new double[order * order];
        for (int first = 0; first < order; first += BlockRows)
        {
            int end = Math.Min(order, first + BlockRows);
            for (int row = first; row < end; row++)
            {
                lower[(row * order) + row] = 1;
            }

            for (int above = 0; above < end; above++)
            {
                // Row 'above' of X is finished once the rows before it are taken off and it is divided.
                Span<double> source = lower.AsSpan(above * order, order);
                if (above >= first)
                {
                    Divide(source[..(above + 1)], _upper[(above * order) + above]);
                }

                for (int row = Math.Max(first, above + 1); row < end; row++)
                {
                    ScaledSum.Add(lower.AsSpan(row * order, above + 1), source, -_upper[(above * order) + row]);
                }
            }

            SymmetricRankUpdate.Add(inverse, order, 0, end, lower.AsSpan(first * order, (end - first) * order), 1);
        }

        for (int row = 0; row < order; row++)
        {
            for (int column = row; column < order; column++)
            {
                double element = inverse[(row * order) + column] * _scale[row] * _scale[column];
                inverse[(row * order) + column] = inverse[(column * order) + row] = element;
            }
        }

        return inverse;
    }

    private static (double[] Upper, double[] Scale) Scaled(ReadOnlySpan<double> matrix, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        if (matrix.Length != order * order)
        {
            throw new ArgumentException($"{matrix.Length} elements for a matrix of order {order}.", nameof(matrix));
        }

        double largest = 0;
        for (int row = 0; row < order; row++)
        {
            largest = Math.Max(largest, matrix[(row * order) + row]);
        }

        var scale = new double[order];
        for (int row = 0; row < order; row++)
        {
            // Scaling must not turn the square of rounding into a direction.
            double diagonal = matrix[(row * order) + row];
            scale[row] = diagonal > SmallestDiagonal * largest ? 1 / Math.Sqrt(diagonal) : 0;
        }

        var upper = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = row; column < order; column++)
            {
                double element = matrix[(row * order) + column];
                upper[(row * order) + column] = double.IsFinite(element)
                    ? element * scale[row] * scale[column]
                    : throw new ArgumentException("A matrix element is not a finite number.", nameof(matrix));
            }
        }

        return (upper, scale);
    }

    private static void Divide(Span<double> row, double divisor)
    {
        for (int index = 0; index < row.Length; index++)
        {
            row[index] /= divisor;
        }
    }
}
