using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>Partial sums over the rows of a matrix: one row of sums per block of rows, to be added up in order.</summary>
internal unsafe struct ColumnSum<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerBlock = 256;

    /// <summary>Matrix [Rows, Columns] and partial sums [blocks, Columns].</summary>
    internal T* X, Partials;

    /// <summary>Shape of the matrix.</summary>
    internal int Rows, Columns;

    /// <summary>sum[c] (+)= Σ over rows r of x[r, c].</summary>
    internal static void Add(Workspace workspace, T* x, T* sum, int rows, int columns, bool accumulate)
    {
        int blocks = Math.Max(1, (rows + RowsPerBlock - 1) / RowsPerBlock);
        var work = new ColumnSum<T> { X = x, Rows = rows, Columns = columns, Partials = workspace.Partials<T>(checked(blocks * columns)) };
        workspace.Pool.Run(blocks, work, large: (long)rows * columns > 100_000);
        var total = new PartialSum<T>
        {
            Partials = work.Partials,
            Count = blocks,
            Length = columns,
            Stride = columns,
            C = sum,
            Rows = 1,
            Columns = columns,
            Accumulate = accumulate,
        };
        workspace.Pool.Run(total.BlockCount, total, large: false);
    }

    public readonly void Execute(int block, int worker)
    {
        T* sum = Partials + ((long)block * Columns);
        new Span<T>(sum, Columns).Clear();
        int end = Math.Min(Rows, (block + 1) * RowsPerBlock);
        for (int row = block * RowsPerBlock; row < end; row++)
        {
            T* x = X + ((long)row * Columns);
            int column = 0;
            for (; column <= Columns - Vector<T>.Count; column += Vector<T>.Count)
            {
                (Vector.Load(sum + column) + Vector.Load(x + column)).Store(sum + column);
            }

            for (; column < Columns; column++)
            {
                sum[column] += x[column];
            }
        }
    }
}
