using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// The passes of batch normalisation with ReLU over a matrix [Rows, Columns]; what is saved is x alone: whether an element passed the ReLU is
/// computed again, by the very same operations.
/// </summary>
internal unsafe struct Normalisation<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RowsPerBlock = 256;

    /// <summary>Which pass.</summary>
    internal enum Pass
    {
        /// <summary>y = f((x - mean)·factor + shift).</summary>
        Forward,

        /// <summary>Partial sums of g and of g·(x - mean), with g = dy·f'.</summary>
        Sums,

        /// <summary>dx (+)= factor·g - offset - slope·(x - mean).</summary>
        InputGradient,
    }

    /// <summary>Input, and per column: mean, factor = γ/√(σ² + ε), shift β.</summary>
    internal T* X, Mean, Factor, Shift;

    /// <summary>Output of the forward pass, or its gradient in the others.</summary>
    internal T* Y;

    /// <summary>Sums: [blocks, 2·Columns]. Input gradient: dx.</summary>
    internal T* Result;

    /// <summary>Per column, for the input gradient.</summary>
    internal T* Offset, Slope;

    /// <summary>Shape.</summary>
    internal int Rows, Columns;

    /// <summary>Whether f is the ReLU rather than the identity.</summary>
    internal bool Relu;

    /// <summary>Whether to add to dx.</summary>
    internal bool Accumulate;

    /// <summary>The pass that <see cref="Execute"/> does.</summary>
    internal Pass Kind;

    /// <summary>Number of blocks.</summary>
    internal readonly int BlockCount => (Rows + RowsPerBlock - 1) / RowsPerBlock;

    /// <summary>Does all rows.</summary>
    internal readonly void Run(WorkerPool pool) => pool.Run(BlockCount, this, large: (long)Rows * Columns > 100_000);

    public readonly void Execute(int block, int worker)
    {
        int end = Math.Min(Rows, (block + 1) * RowsPerBlock);
        T* sums = Result + (2L * block * Columns);
        if (Kind == Pass.Sums)
        {
            new Span<T>(sums, 2 * Columns).Clear();
        }

        for (int row = block * RowsPerBlock; row < end; row++)
        {
            T* x = X + ((long)row * Columns);
            T* y = Y + ((long)row * Columns);
            switch (Kind)
            {
                case Pass.Forward:
                    ForwardRow(x, y);
                    break;
                case Pass.Sums:
                    SumRow(x, y, sums);
                    break;
                default:
                    GradientRow(x, y, Result + ((long)row * Columns));
                    break;
            }
        }
    }

    private readonly void ForwardRow(T* x, T* y)
    {
        int c = 0;
        for (; c <= Columns - Vector<T>.Count; c += Vector<T>.Count)
        {
            Vector<T> value = ((Vector.Load(x + c) - Vector.Load(Mean + c)) * Vector.Load(Factor + c)) + Vector.Load(Shift + c);
            (Relu ? Vector.ConditionalSelect(Vector.LessThanOrEqual(value, Vector<T>.Zero), Vector<T>.Zero, value) : value).Store(y + c);
        }

        for (; c < Columns; c++)
        {
            T value = ((x[c] - Mean[c]) * Factor[c]) + Shift[c];
            y[c] = Relu && value <= T.Zero ? T.Zero : value;
        }
    }

    private readonly void SumRow(T* x, T* dy, T* sums)
    {
        int c = 0;
        for (; c <= Columns - Vector<T>.Count; c += Vector<T>.Count)
        {
            Vector<T> centred = Vector.Load(x + c) - Vector.Load(Mean + c);
            Vector<T> g = Pull(Vector.Load(dy + c), centred, c);
            (Vector.Load(sums + c) + g).Store(sums + c);
            (Vector.Load(sums + Columns + c) + (g * centred)).Store(sums + Columns + c);
        }

        for (; c < Columns; c++)
        {
            T centred = x[c] - Mean[c];
            T g = Pull(dy[c], centred, c);
            sums[c] += g;
            sums[Columns + c] += g * centred;
        }
    }

    private readonly void GradientRow(T* x, T* dy, T* dx)
    {
        int c = 0;
        for (; c <= Columns - Vector<T>.Count; c += Vector<T>.Count)
        {
            Vector<T> centred = Vector.Load(x + c) - Vector.Load(Mean + c);
            Vector<T> g = Pull(Vector.Load(dy + c), centred, c);
            Vector<T> d = (g * Vector.Load(Factor + c)) - Vector.Load(Offset + c) - (centred * Vector.Load(Slope + c));
            (Accumulate ? Vector.Load(dx + c) + d : d).Store(dx + c);
        }

        for (; c < Columns; c++)
        {
            T centred = x[c] - Mean[c];
            T d = (Pull(dy[c], centred, c) * Factor[c]) - Offset[c] - (centred * Slope[c]);
            dx[c] = Accumulate ? dx[c] + d : d;
        }
    }

    private readonly Vector<T> Pull(Vector<T> dy, Vector<T> centred, int column)
    {
        if (!Relu)
        {
            return dy;
        }

        Vector<T> value = (centred * Vector.Load(Factor + column)) + Vector.Load(Shift + column);
        return Vector.ConditionalSelect(Vector.LessThanOrEqual(value, Vector<T>.Zero), Vector<T>.Zero, dy);
    }

    private readonly T Pull(T dy, T centred, int column) => Relu && (centred * Factor[column]) + Shift[column] <= T.Zero ? T.Zero : dy;
}
