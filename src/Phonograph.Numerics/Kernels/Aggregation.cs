using System.Numerics;
using System.Runtime.Intrinsics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// y[i] = Σ over the entries e of row i of weight[e]·x[source[e]], rows of features; no message per edge is ever stored. Cut into rows; each
/// element is one chain of multiply-adds in the order of the entries.
/// </summary>
internal unsafe partial struct Aggregation<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerBlock = 96;
    private const int RowsAhead = 48;

    /// <summary>Entries of row i are Start[i] up to, not including, Start[i + 1].</summary>
    internal int* Start;

    /// <summary>Row of x for each entry.</summary>
    internal int* Source;

    /// <summary>Factor of each entry.</summary>
    internal T* Weight;

    /// <summary>Features, [nodes, Columns].</summary>
    internal T* X;

    /// <summary>Result, [nodes, Columns].</summary>
    internal T* Y;

    /// <summary>Number of features.</summary>
    internal int Columns;

    /// <summary>Number of rows.</summary>
    internal int Nodes;

    /// <summary>Does all rows.</summary>
    internal readonly void Run(WorkerPool pool) =>
        pool.Run((Nodes + RowsPerBlock - 1) / RowsPerBlock, this, large: (long)Start[Nodes] * Columns > 100_000);

    public readonly void Execute(int block, int worker)
    {
        int first = block * RowsPerBlock;
        Rows(first, Math.Min(RowsPerBlock, Nodes - first), Y + ((long)first * Columns));
    }

    /// <summary>Does some rows.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="y">Where these rows go.</param>
    internal readonly void Rows(int first, int count, T* y)
    {
        for (int row = first; row < first + count; row++, y += Columns)
        {
            // Sources stand near their target (in the same graph): by the time the next graph begins, its rows are in the cache.
            if (row + RowsAhead < Nodes)
            {
                Prefetch.Read(X + ((long)(row + RowsAhead) * Columns), Columns * sizeof(T));
            }

            int begin = Start[row], end = Start[row + 1];
            int column = 0;
            if (typeof(T) == typeof(float) && VectorPath.Is512)
            {
                column = WideColumns(begin, end, (float*)y);
            }

            for (; column <= Columns - (4 * Vector<T>.Count); column += 4 * Vector<T>.Count)
            {
                FourVectors(begin, end, column, y);
            }

            for (; column <= Columns - Vector<T>.Count; column += Vector<T>.Count)
            {
                Vector<T> sum = Vector<T>.Zero;
                for (int entry = begin; entry < end; entry++)
                {
                    sum = VectorArithmetic.MultiplyAdd(new Vector<T>(Weight[entry]), Vector.Load(X + ((long)Source[entry] * Columns) + column), sum);
                }

                sum.Store(y + column);
            }

            if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
            {
                for (; column <= Columns - 4; column += 4)
                {
                    FourColumns(begin, end, column, (float*)y + column);
                }
            }

            for (; column < Columns; column++)
            {
                T sum = T.Zero;
                for (int entry = begin; entry < end; entry++)
                {
                    sum += Weight[entry] * X[((long)Source[entry] * Columns) + column];
                }

                y[column] = sum;
            }
        }
    }

    private readonly void FourColumns(int begin, int end, int column, float* y)
    {
        float* weights = (float*)Weight;
        float* features = (float*)X + column;
        Vector128<float> sum = Vector128<float>.Zero;
        for (int entry = begin; entry < end; entry++)
        {
            sum = VectorArithmetic.MultiplyAdd(Vector128.Create(weights[entry]), Vector128.Load(features + ((long)Source[entry] * Columns)), sum);
        }

        sum.Store(y);
    }

    private readonly void FourVectors(int begin, int end, int column, T* y)
    {
        Vector<T> sum0 = Vector<T>.Zero, sum1 = Vector<T>.Zero, sum2 = Vector<T>.Zero, sum3 = Vector<T>.Zero;
        for (int entry = begin; entry < end; entry++)
        {
            var weight = new Vector<T>(Weight[entry]);
            T* x = X + ((long)Source[entry] * Columns) + column;
            sum0 = VectorArithmetic.MultiplyAdd(weight, Vector.Load(x), sum0);
            sum1 = VectorArithmetic.MultiplyAdd(weight, Vector.Load(x + Vector<T>.Count), sum1);
            sum2 = VectorArithmetic.MultiplyAdd(weight, Vector.Load(x + (2 * Vector<T>.Count)), sum2);
            sum3 = VectorArithmetic.MultiplyAdd(weight, Vector.Load(x + (3 * Vector<T>.Count)), sum3);
        }

        sum0.Store(y + column);
        sum1.Store(y + column + Vector<T>.Count);
        sum2.Store(y + column + (2 * Vector<T>.Count));
        sum3.Store(y + column + (3 * Vector<T>.Count));
    }
}
