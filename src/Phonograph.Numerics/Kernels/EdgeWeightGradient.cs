using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>gradient[e] (+)= g[i]·x[source[e]], the scalar product of two rows, for the entries e of each row i. Cut into rows.</summary>
internal unsafe struct EdgeWeightGradient<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerBlock = 96;

    /// <summary>Entries of row i are Start[i] up to, not including, Start[i + 1]; row of x for each entry.</summary>
    internal int* Start, Source;

    /// <summary>Two matrices [nodes, Columns].</summary>
    internal T* G, X;

    /// <summary>Result, one number per entry.</summary>
    internal T* Gradient;

    /// <summary>Sizes.</summary>
    internal int Nodes, Columns;

    /// <summary>Whether to add to the result.</summary>
    internal bool Accumulate;

    /// <summary>Does all rows.</summary>
    internal readonly void Run(WorkerPool pool) =>
        pool.Run((Nodes + RowsPerBlock - 1) / RowsPerBlock, this, large: (long)Start[Nodes] * Columns > 100_000);

    public readonly void Execute(int block, int worker)
    {
        int last = Math.Min(Nodes, (block + 1) * RowsPerBlock);
        for (int row = block * RowsPerBlock; row < last; row++)
        {
            T* g = G + ((long)row * Columns);
            for (int entry = Start[row]; entry < Start[row + 1]; entry++)
            {
                T* x = X + ((long)Source[entry] * Columns);
                Vector<T> lanes = Vector<T>.Zero;
                int column = 0;
                for (; column <= Columns - Vector<T>.Count; column += Vector<T>.Count)
                {
                    lanes = VectorArithmetic.MultiplyAdd(Vector.Load(g + column), Vector.Load(x + column), lanes);
                }

                T sum = Vector.Sum(lanes);
                for (; column < Columns; column++)
                {
                    sum += g[column] * x[column];
                }

                Gradient[entry] = Accumulate ? Gradient[entry] + sum : sum;
            }
        }
    }
}
