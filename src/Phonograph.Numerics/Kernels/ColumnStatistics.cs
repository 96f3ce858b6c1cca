using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Mean and sum of squared deviations of each column. Each block of rows finds its own two numbers in two passes; blocks are joined in order
/// by the update of T. Chan, G. Golub, R. LeVeque, Am. Stat. 37, 242 (1983), eq. (2.1), so that a mean much larger than the spread costs no digits.
/// </summary>
internal unsafe struct ColumnStatistics<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerBlock = 256;

    /// <summary>Matrix [Rows, Columns]; per block a row of means and a row of sums of squares.</summary>
    internal T* X, Partials;

    /// <summary>Shape of the matrix.</summary>
    internal int Rows, Columns;

    /// <summary>mean[c] and squares[c] = Σ over rows r of (x[r, c] - mean[c])²; at least one row.</summary>
    internal static void Compute(Workspace workspace, T* x, T* mean, T* squares, int rows, int columns)
    {
        int blocks = (rows + RowsPerBlock - 1) / RowsPerBlock;
        var work = new ColumnStatistics<T> { X = x, Rows = rows, Columns = columns, Partials = workspace.Partials<T>(checked(2 * blocks * columns)) };
        workspace.Pool.Run(blocks, work, large: (long)rows * columns > 100_000);
        new ReadOnlySpan<T>(work.Partials, columns).CopyTo(new Span<T>(mean, columns));
        new ReadOnlySpan<T>(work.Partials + columns, columns).CopyTo(new Span<T>(squares, columns));
        for (int block = 1; block < blocks; block++)
        {
            T before = T.CreateChecked(block * RowsPerBlock);
            T count = T.CreateChecked(Math.Min(rows, (block + 1) * RowsPerBlock) - (block * RowsPerBlock));
            T share = count / (before + count);
            T* other = work.Partials + (2L * block * columns);
            for (int column = 0; column < columns; column++)
            {
                T difference = other[column] - mean[column];
                mean[column] += difference * share;
                squares[column] += other[columns + column] + (difference * difference * before * share);
            }
        }
    }

    public readonly void Execute(int block, int worker)
    {
        T* mean = Partials + (2L * block * Columns);
        T* squares = mean + Columns;
        int first = block * RowsPerBlock;
        int end = Math.Min(Rows, first + RowsPerBlock);
        T inverse = T.One / T.CreateChecked(end - first);
        int column = 0;
        for (; column <= Columns - (2 * Vector<T>.Count); column += 2 * Vector<T>.Count)
        {
            TwoVectors(first, end, column, mean, squares, inverse);
        }

        for (; column < Columns; column++)
        {
            T sum = T.Zero;
            for (int row = first; row < end; row++)
            {
                sum += X[((long)row * Columns) + column];
            }

            mean[column] = sum * inverse;
            T square = T.Zero;
            for (int row = first; row < end; row++)
            {
                T difference = X[((long)row * Columns) + column] - mean[column];
                square += difference * difference;
            }

            squares[column] = square;
        }
    }

    private readonly void TwoVectors(int first, int end, int column, T* mean, T* squares, T inverse)
    {
        Vector<T> sum0 = Vector<T>.Zero, sum1 = Vector<T>.Zero;
        T* begin = X + ((long)first * Columns) + column;
        T* x = begin;
        for (int row = first; row < end; row++, x += Columns)
        {
            sum0 += Vector.Load(x);
            sum1 += Vector.Load(x + Vector<T>.Count);
        }

        Vector<T> mean0 = sum0 * inverse, mean1 = sum1 * inverse;
        Vector<T> square0 = Vector<T>.Zero, square1 = Vector<T>.Zero;
        x = begin;
        for (int row = first; row < end; row++, x += Columns)
        {
            Vector<T> difference0 = Vector.Load(x) - mean0, difference1 = Vector.Load(x + Vector<T>.Count) - mean1;
            square0 += difference0 * difference0;
            square1 += difference1 * difference1;
        }

        mean0.Store(mean + column);
        mean1.Store(mean + column + Vector<T>.Count);
        square0.Store(squares + column);
        square1.Store(squares + column + Vector<T>.Count);
    }
}
