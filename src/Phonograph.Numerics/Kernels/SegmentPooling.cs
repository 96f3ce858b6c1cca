using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>Mean or largest value over the rows of each segment, and the way back. Cut into segments.</summary>
internal unsafe struct SegmentPooling<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SegmentsPerBlock = 8;

    /// <summary>Which pass.</summary>
    internal enum Pass
    {
        /// <summary>y = mean of the rows.</summary>
        Mean,

        /// <summary>dx (+)= dy/n for each row.</summary>
        MeanGradient,

        /// <summary>y = largest of the rows (not-a-number if any is), and the number of the row within its segment that has it first.</summary>
        Maximum,

        /// <summary>dx (+)= dy in the row of the maximum; elsewhere zero is written unless the gradient is to be added to.</summary>
        MaximumGradient,
    }

    /// <summary>Rows of segment s are Start[s] up to, not including, Start[s + 1]; none is empty.</summary>
    internal int* Start;

    /// <summary>Number of segments and of columns.</summary>
    internal int Segments, Columns;

    /// <summary>Rows (x, or dx to write) and segments (y to write, or dy).</summary>
    internal T* X, Y;

    /// <summary>Row of each maximum within its segment, as a number of the same type, so that lanes match.</summary>
    internal T* Row;

    /// <summary>Whether to add to dx.</summary>
    internal bool Accumulate;

    /// <summary>The pass that <see cref="Execute"/> does.</summary>
    internal Pass Kind;

    /// <summary>Does all segments.</summary>
    internal readonly void Run(WorkerPool pool) =>
        pool.Run((Segments + SegmentsPerBlock - 1) / SegmentsPerBlock, this, large: (long)Start[Segments] * Columns > 100_000);

    public readonly void Execute(int block, int worker)
    {
        int end = Math.Min(Segments, (block + 1) * SegmentsPerBlock);
        for (int segment = block * SegmentsPerBlock; segment < end; segment++)
        {
            T* rows = X + ((long)Start[segment] * Columns);
            T* y = Y + ((long)segment * Columns);
            int count = Start[segment + 1] - Start[segment];
            switch (Kind)
            {
                case Pass.Mean:
                    Mean(rows, count, y);
                    break;
                case Pass.MeanGradient:
                    MeanGradient(rows, count, y);
                    break;
                case Pass.Maximum:
                    Maximum(rows, count, y, Row + ((long)segment * Columns));
                    break;
                default:
                    MaximumGradient(rows, count, y, Row + ((long)segment * Columns));
                    break;
            }
        }
    }

    private readonly void Mean(T* rows, int count, T* y)
    {
        T share = T.One / T.CreateChecked(count);
        int c = 0;
        for (; c <= Columns - Vector<T>.Count; c += Vector<T>.Count)
        {
            Vector<T> sum = Vector.Load(rows + c);
            for (int row = 1; row < count; row++)
            {
                sum += Vector.Load(rows + ((long)row * Columns) + c);
            }

            (sum * share).Store(y + c);
        }

        for (; c < Columns; c++)
        {
            T sum = rows[c];
            for (int row = 1; row < count; row++)
            {
                sum += rows[((long)row * Columns) + c];
            }

            y[c] = sum * share;
        }
    }

    private readonly void MeanGradient(T* rows, int count, T* dy)
    {
        T share = T.One / T.CreateChecked(count);
        for (int row = 0; row < count; row++, rows += Columns)
        {
            int c = 0;
            for (; c <= Columns - Vector<T>.Count; c += Vector<T>.Count)
            {
                Vector<T> d = Vector.Load(dy + c) * share;
                (Accumulate ? Vector.Load(rows + c) + d : d).Store(rows + c);
            }

            for (; c < Columns; c++)
            {
                T d = dy[c] * share;
                rows[c] = Accumulate ? rows[c] + d : d;
            }
        }
    }

    private readonly void Maximum(T* rows, int count, T* y, T* best)
    {
        int c = 0;
        for (; c <= Columns - Vector<T>.Count; c += Vector<T>.Count)
        {
            Vector<T> largest = Vector.Load(rows + c), place = Vector<T>.Zero, here = Vector<T>.Zero;
            for (int row = 1; row < count; row++)
            {
                Vector<T> value = Vector.Load(rows + ((long)row * Columns) + c);
                here += Vector<T>.One;
                Vector<T> larger = Vector.GreaterThan(value, largest) | ~Vector.Equals(value, value);
                largest = Vector.ConditionalSelect(larger, value, largest);
                place = Vector.ConditionalSelect(larger, here, place);
            }

            largest.Store(y + c);
            place.Store(best + c);
        }

        for (; c < Columns; c++)
        {
            T largest = rows[c];
            int place = 0;
            for (int row = 1; row < count; row++)
            {
                T value = rows[((long)row * Columns) + c];
                if (value > largest || T.IsNaN(value))
                {
                    largest = value;
                    place = row;
                }
            }

            y[c] = largest;
            best[c] = T.CreateTruncating(place);
        }
    }

    private readonly void MaximumGradient(T* rows, int count, T* dy, T* best)
    {
        if (!Accumulate)
        {
            new Span<T>(rows, count * Columns).Clear();
        }

        for (int c = 0; c < Columns; c++)
        {
            rows[((long)int.CreateTruncating(best[c]) * Columns) + c] += dy[c];
        }
    }
}
