using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>y[r] = x[index[r]], cut into rows, and the way back, dx[index[r]] += dy[r] in the order of r, cut into columns.</summary>
internal unsafe struct RowGather<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerBlock = 256, ColumnsPerBlock = 32;

    /// <summary>Row of the few for each row of the many.</summary>
    internal int* Index;

    /// <summary>Few rows: x to read, or dx to add to.</summary>
    internal T* Few;

    /// <summary>Many rows: y to write, or dy to read.</summary>
    internal T* Many;

    /// <summary>Number of the many rows, and of columns.</summary>
    internal int Rows, Columns;

    /// <summary>Whether to add the many to the few.</summary>
    internal bool IsBackward;

    /// <summary>Does all rows.</summary>
    internal readonly void Run(WorkerPool pool) => pool.Run(
        IsBackward ? (Columns + ColumnsPerBlock - 1) / ColumnsPerBlock : (Rows + RowsPerBlock - 1) / RowsPerBlock,
        this,
        large: (long)Rows * Columns > 100_000);

    public readonly void Execute(int block, int worker)
    {
        if (IsBackward)
        {
            Add(block * ColumnsPerBlock, Math.Min(Columns, (block + 1) * ColumnsPerBlock));
            return;
        }

        int end = Math.Min(Rows, (block + 1) * RowsPerBlock);
        for (int row = block * RowsPerBlock; row < end; row++)
        {
            new ReadOnlySpan<T>(Few + ((long)Index[row] * Columns), Columns).CopyTo(new Span<T>(Many + ((long)row * Columns), Columns));
        }
    }

    private readonly void Add(int first, int end)
    {
        for (int row = 0; row < Rows; row++)
        {
            T* from = Many + ((long)row * Columns);
            T* to = Few + ((long)Index[row] * Columns);
            int column = first;
            for (; column <= end - Vector<T>.Count; column += Vector<T>.Count)
            {
                (Vector.Load(to + column) + Vector.Load(from + column)).Store(to + column);
            }

            for (; column < end; column++)
            {
                to[column] += from[column];
            }
        }
    }
}
