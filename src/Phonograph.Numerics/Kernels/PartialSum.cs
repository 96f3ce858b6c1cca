using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>C[i, j] (+)= Σ over partial results, in order; they may be transposed. Cut into rows of C.</summary>
internal unsafe struct PartialSum<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerBlock = 8;

    /// <summary>Partial results.</summary>
    internal T* Partials;

    /// <summary>Number of partial results, elements of each, and distance of their rows.</summary>
    internal int Count, Length, Stride;

    /// <summary>Whether row i of C is column i of the partial results.</summary>
    internal bool Transposed;

    /// <summary>Result, row-major without padding.</summary>
    internal T* C;

    /// <summary>Shape of the result.</summary>
    internal int Rows, Columns;

    /// <summary>Whether to add to C.</summary>
    internal bool Accumulate;

    /// <summary>Number of blocks.</summary>
    internal readonly int BlockCount => (Rows + RowsPerBlock - 1) / RowsPerBlock;

    /// <summary>Whether there is enough work to share it among threads.</summary>
    internal readonly bool IsLarge => (long)Rows * Columns * Count > 50_000;

    public readonly void Execute(int block, int worker)
    {
        int end = Math.Min(Rows, (block + 1) * RowsPerBlock);
        for (int row = block * RowsPerBlock; row < end; row++)
        {
            T* c = C + ((long)row * Columns);
            int column = 0;
            if (!Transposed)
            {
                for (; column <= Columns - Vector<T>.Count; column += Vector<T>.Count)
                {
                    T* from = Partials + ((long)row * Stride) + column;
                    Vector<T> sum = Vector.Load(from);
                    for (int partial = 1; partial < Count; partial++)
                    {
                        sum += Vector.Load(from + ((long)partial * Length));
                    }

                    (Accumulate ? Vector.Load(c + column) + sum : sum).Store(c + column);
                }
            }

            for (; column < Columns; column++)
            {
                T* from = Partials + (Transposed ? ((long)column * Stride) + row : ((long)row * Stride) + column);
                T sum = *from;
                for (int partial = 1; partial < Count; partial++)
                {
                    sum += from[(long)partial * Length];
                }

                c[column] = Accumulate ? c[column] + sum : sum;
            }
        }
    }
}
