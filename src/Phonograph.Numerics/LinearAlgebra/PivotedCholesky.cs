using System.Numerics;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Cholesky factorisation P A Pᵀ = L Lᵀ of a symmetric positive semidefinite matrix with the largest remaining diagonal element first (G. Golub, C. Van Loan, Matrix Computations, 4th ed., section
/// 4.2.8), after scaling to a unit diagonal. It stops where the rest is rounding, and so tells the rank.
/// </summary>
public sealed class PivotedCholesky
{
    /// <summary>Diagonal elements of the matrix below this, relative to the largest, are squares of rounding.</summary>
    private const double SmallestDiagonal = 1e-26;

    private readonly double[] _factor, _scale;
    private readonly int[] _pivots;

    private PivotedCholesky(double[] factor, double[] scale, int[] pivots, int rank)
    {
        _factor = factor;
        _scale = scale;
        _pivots = pivots;
        Rank = rank;
    }

    /// <summary>Number of rows of the matrix.</summary>
    public int Order => _pivots.Length;

    /// <summary>Number of directions the matrix determines.</summary>
    public int Rank { get; }

    /// <summary>Factorises a matrix.</summary>
    /// <param name="matrix">Elements by rows, order × order; the lower triangle is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <param name="relativeTolerance">A remaining diagonal element below this, relative to the scaled diagonal of one, is rounding.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, or an element is not finite.</exception>
    public static PivotedCholesky Decompose(ReadOnlySpan<double> matrix, int order, double relativeTolerance = 1e-11)
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

        var work = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double element = matrix[(row * order) + column] * scale[row] * scale[column];
                if (!double.IsFinite(element))
                {
                    throw new ArgumentException("A matrix element is not a finite number.", nameof(matrix));
                }

                work[(row * order) + column] = work[(column * order) + row] = element;
            }
        }

        // Rows of 'work' become rows of Lᵀ: after step k, row k holds column k of L.
        int[] pivots = [.. Enumerable.Range(0, order)];
        int rank = 0;
        for (; rank < order; rank++)
        {
            int pivot = rank;
            for (int candidate = rank + 1; candidate < order; candidate++)
            {
                if (work[(candidate * order) + candidate] > work[(pivot * order) + pivot])
                {
                    pivot = candidate;
                }
            }

            if (!(work[(pivot * order) + pivot] > relativeTolerance))
            {
                break;
            }

            Swap(work, order, rank, pivot);
            (pivots[rank], pivots[pivot]) = (pivots[pivot], pivots[rank]);
            Eliminate(work, order, rank);
        }

        return new PivotedCholesky(work, scale, pivots, rank);
    }

    /// <summary>Solves A x = b for a matrix of full rank.</summary>
    /// <exception cref="InvalidOperationException">The matrix does not have full rank.</exception>
    public double[] Solve(ReadOnlySpan<double> rightSide)
    {
        int order = Order;
        if (Rank < order)
        {
            throw new InvalidOperationException($"The matrix of order {order} has rank {Rank}.");
        }

        var work = new double[order];
        for (int row = 0; row < order; row++)
        {
            work[row] = rightSide[_pivots[row]] * _scale[_pivots[row]];
        }

        for (int row = 0; row < order; row++)
        {
            work[row] /= _factor[(row * order) + row];
            Subtract(work.AsSpan(row + 1), _factor.AsSpan((row * order) + row + 1, order - row - 1), work[row]);
        }

        for (int row = order - 1; row >= 0; row--)
        {
            double sum = work[row];
            for (int column = row + 1; column < order; column++)
            {
                sum -= _factor[(row * order) + column] * work[column];
            }

            work[row] = sum / _factor[(row * order) + row];
        }

        var solution = new double[order];
        for (int row = 0; row < order; row++)
        {
            solution[_pivots[row]] = work[row] * _scale[_pivots[row]];
        }

        return solution;
    }

    /// <summary>The inverse matrix by rows, for a matrix of full rank.</summary>
    /// <exception cref="InvalidOperationException">The matrix does not have full rank.</exception>
    public double[] Inverse()
    {
        int order = Order;
        var inverse = new double[order * order];
        var unit = new double[order];
        for (int column = 0; column < order; column++)
        {
            unit[column] = 1;
            Solve(unit).CopyTo(inverse, column * order);
            unit[column] = 0;
        }

        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < row; column++)
            {
                double mean = 0.5 * (inverse[(row * order) + column] + inverse[(column * order) + row]);
                inverse[(row * order) + column] = inverse[(column * order) + row] = mean;
            }
        }

        return inverse;
    }

    /// <summary>Exchanges two rows and columns of the symmetric rest, and two columns of the finished rows.</summary>
    private static void Swap(double[] work, int order, int first, int second)
    {
        if (first == second)
        {
            return;
        }

        for (int column = 0; column < order; column++)
        {
            (work[(first * order) + column], work[(second * order) + column]) = (work[(second * order) + column], work[(first * order) + column]);
        }

        for (int row = 0; row < order; row++)
        {
            (work[(row * order) + first], work[(row * order) + second]) = (work[(row * order) + second], work[(row * order) + first]);
        }
    }

    private static void Eliminate(double[] work, int order, int step)
    {
        double root = Math.Sqrt(work[(step * order) + step]);
        Span<double> line = work.AsSpan(step * order, order);
        for (int column = step; column < order; column++)
        {
            line[column] /= root;
        }

        for (int row = step + 1; row < order; row++)
        {
            if (line[row] != 0)
            {
                // The whole row, not only the triangle: exchanges then need no special cases.
                Subtract(work.AsSpan((row * order) + step + 1, order - step - 1), line[(step + 1)..], line[row]);
            }
        }
    }

    private static void Subtract(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        int index = 0;
        for (; index + Vector<double>.Count <= target.Length; index += Vector<double>.Count)
        {
            (new Vector<double>(target[index..]) - (factor * new Vector<double>(source[index..]))).CopyTo(target[index..]);
        }

        for (; index < target.Length; index++)
        {
            target[index] -= factor * source[index];
        }
    }
}
