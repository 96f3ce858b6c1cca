using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>y[s] = Σ over the rows n of segment s of p[n]·x[n] with p = softmax of the scores of s, and the way back. Cut into segments.</summary>
internal unsafe struct AttentionPooling<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int SegmentsPerBlock = 8;

    /// <summary>Rows of segment s are Start[s] up to, not including, Start[s + 1]; none is empty.</summary>
    internal int* Start;

    /// <summary>Rows, their scores, and their shares (written by the forward pass).</summary>
    internal T* X, Score, Share;

    /// <summary>Segments: y to write, or y and its gradient to read.</summary>
    internal T* Y, Dy;

    /// <summary>Gradients to write, null to leave out.</summary>
    internal T* Dx, DScore;

    /// <summary>Whether to add to each gradient.</summary>
    internal bool AddX, AddScore;

    /// <summary>Sizes.</summary>
    internal int Segments, Columns;

    /// <summary>Whether this is the way back.</summary>
    internal bool IsBackward;

    /// <summary>Does all segments.</summary>
    internal readonly void Run(WorkerPool pool) =>
        pool.Run((Segments + SegmentsPerBlock - 1) / SegmentsPerBlock, this, large: (long)Start[Segments] * Columns > 100_000);

    public readonly void Execute(int block, int worker)
    {
        int end = Math.Min(Segments, (block + 1) * SegmentsPerBlock);
        for (int segment = block * SegmentsPerBlock; segment < end; segment++)
        {
            if (IsBackward)
            {
                Backward(segment);
            }
            else
            {
                Forward(segment);
            }
        }
    }

    private readonly void Forward(int segment)
    {
        int first = Start[segment], end = Start[segment + 1];
        T largest = Score[first], sum = T.Zero;
        for (int row = first + 1; row < end; row++)
        {
            largest = T.Max(largest, Score[row]);
        }

        for (int row = first; row < end; row++)
        {
            Share[row] = T.Exp(Score[row] - largest);
            sum += Share[row];
        }

        T* y = Y + ((long)segment * Columns);
        new Span<T>(y, Columns).Clear();
        for (int row = first; row < end; row++)
        {
            Share[row] /= sum;
            int column = AddRow<VectorLane<T>>(X + ((long)row * Columns), Share[row], y, add: true, 0);
            AddRow<ScalarLane<T>>(X + ((long)row * Columns), Share[row], y, add: true, column);
        }
    }

    private readonly void Backward(int segment)
    {
        T* dy = Dy + ((long)segment * Columns);
        T mean = Product(Y + ((long)segment * Columns), dy);
        for (int row = Start[segment]; row < Start[segment + 1]; row++)
        {
            if (DScore is not null)
            {
                T d = Share[row] * (Product(X + ((long)row * Columns), dy) - mean);
                DScore[row] = AddScore ? DScore[row] + d : d;
            }

            if (Dx is not null)
            {
                int column = AddRow<VectorLane<T>>(dy, Share[row], Dx + ((long)row * Columns), AddX, 0);
                AddRow<ScalarLane<T>>(dy, Share[row], Dx + ((long)row * Columns), AddX, column);
            }
        }
    }

    private readonly int AddRow<TLane>(T* from, T share, T* to, bool add, int column)
        where TLane : struct, ILane<TLane, T>
    {
        for (; column <= Columns - TLane.Width; column += TLane.Width)
        {
            TLane value = TLane.Load(from + column) * share;
            (add ? TLane.Load(to + column) + value : value).Store(to + column);
        }

        return column;
    }

    private readonly T Product(T* x, T* y)
    {
        TotalOf<VectorLane<T>>(x, y, 0, out T sum, out int column);
        TotalOf<ScalarLane<T>>(x, y, column, out T rest, out _);
        return sum + rest;
    }

    private readonly void TotalOf<TLane>(T* x, T* y, int column, out T total, out int end)
        where TLane : struct, ILane<TLane, T>
    {
        TLane sum = TLane.Zero;
        for (; column <= Columns - TLane.Width; column += TLane.Width)
        {
            sum += TLane.Load(x + column) * TLane.Load(y + column);
        }

        (total, end) = (sum.Total(), column);
    }
}
