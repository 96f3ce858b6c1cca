using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Scalar products and scaling of vector features, three rows (x, y, z) per node: s[n] (+)= Σ over k of x[n, k]∘y[n, k], or z[n, k] (+)= s[n]∘x[n, k]. Cut into nodes.
/// </summary>
internal unsafe struct VectorFeatures<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int NodesPerBlock = 64;

    /// <summary>Vectors [3·nodes, Columns]; Y is not read when scaling.</summary>
    internal T* X, Y;

    /// <summary>Scalars [nodes, Columns], read when scaling.</summary>
    internal T* Scale;

    /// <summary>What is written.</summary>
    internal T* Result;

    /// <summary>Sizes.</summary>
    internal int Nodes, Columns;

    /// <summary>Whether to add to the result, and whether to scale instead of to multiply.</summary>
    internal bool Accumulate, IsScaling;

    /// <summary>s (+)= x·y.</summary>
    internal static void Dot(WorkerPool pool, T* x, T* y, T* result, int nodes, int columns, bool accumulate) =>
        new VectorFeatures<T> { X = x, Y = y, Result = result, Nodes = nodes, Columns = columns, Accumulate = accumulate }.Run(pool);

    /// <summary>z (+)= s∘x.</summary>
    internal static void Multiply(WorkerPool pool, T* scale, T* x, T* result, int nodes, int columns, bool accumulate) =>
        new VectorFeatures<T> { X = x, Scale = scale, Result = result, Nodes = nodes, Columns = columns, Accumulate = accumulate, IsScaling = true }.Run(pool);

    public readonly void Execute(int block, int worker)
    {
        int end = Math.Min(Nodes, (block + 1) * NodesPerBlock);
        for (int node = block * NodesPerBlock; node < end; node++)
        {
            int column = Do<VectorLane<T>>(node, 0);
            Do<ScalarLane<T>>(node, column);
        }
    }

    private readonly void Run(WorkerPool pool) => pool.Run((Nodes + NodesPerBlock - 1) / NodesPerBlock, this, large: (long)Nodes * Columns > 30_000);

    private readonly int Do<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        for (; column <= Columns - TLane.Width; column += TLane.Width)
        {
            long scalar = ((long)node * Columns) + column, vector = (3L * node * Columns) + column;
            if (IsScaling)
            {
                TLane scale = TLane.Load(Scale + scalar);
                for (int component = 0; component < 3; component++, vector += Columns)
                {
                    Put(scale * TLane.Load(X + vector), Result + vector);
                }
            }
            else
            {
                TLane sum = TLane.Load(X + vector) * TLane.Load(Y + vector);
                sum += TLane.Load(X + vector + Columns) * TLane.Load(Y + vector + Columns);
                sum += TLane.Load(X + vector + (2 * Columns)) * TLane.Load(Y + vector + (2 * Columns));
                Put(sum, Result + scalar);
            }
        }

        return column;
    }

    private readonly void Put<TLane>(TLane value, T* row)
        where TLane : struct, ILane<TLane, T> => (Accumulate ? TLane.Load(row) + value : value).Store(row);
}
