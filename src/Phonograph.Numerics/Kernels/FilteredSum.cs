using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// y[i] = Σ over the edges e that end at i of factor[e]·filter[row[e]]∘x[source[e]], and the ways back; messages live in registers. Cut into nodes, or into columns
/// where edges that share a row of the filter add to its gradient; each element is one chain of additions in the order of the edges.
/// </summary>
internal unsafe struct FilteredSum<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Which pass.</summary>
    internal enum Pass
    {
        /// <summary>y from x and filter.</summary>
        Forward,

        /// <summary>Result[j] = Σ over the edges that leave j of factor·filter∘dy[target].</summary>
        Source,

        /// <summary>Result[row[e]] (+)= factor·dy[target]∘x[source].</summary>
        Filter,

        /// <summary>Result[e] += Σ over the columns of filter[row[e]]∘x[source]∘dy[target]: one number per edge.</summary>
        Factor,
    }

    /// <summary>Edges by target (<see cref="Pass.Forward"/>, <see cref="Pass.Filter"/>) or by source: first edge of each node, the other node, and (by source) the number of the edge.</summary>
    internal int* Start, Other, Edge;

    /// <summary>Row of the filter of each edge; null where each edge has its own. With it, <see cref="Pass.Filter"/> adds.</summary>
    internal int* Row;

    /// <summary>One number per edge.</summary>
    internal T* Factor;

    /// <summary>Filter [rows, Columns]; x or dy [nodes, Columns]; dy of <see cref="Pass.Filter"/> and <see cref="Pass.Factor"/>.</summary>
    internal T* Weights, X, Dy;

    /// <summary>What the pass writes.</summary>
    internal T* Result;

    /// <summary>Sizes.</summary>
    internal int Nodes, Columns;

    /// <summary>Whether to add to the result.</summary>
    internal bool Accumulate;

    /// <summary>The pass that <see cref="Execute"/> does.</summary>
    internal Pass Kind;

    private readonly NodeOrColumnBlocks Blocks => new(Nodes, Columns, AreOfColumns: Kind == Pass.Filter && Row is not null);

    /// <summary>Does all nodes.</summary>
    internal readonly void Run(WorkerPool pool) => pool.Run(Blocks.Count, this, large: (long)Start[Nodes] * Columns > 100_000);

    public readonly void Execute(int block, int worker)
    {
        (int first, int end) = Blocks.NodesOf(block);
        (int firstColumn, int endColumn) = Blocks.ColumnsOf(block);
        for (int node = first; node < end; node++)
        {
            if (Kind == Pass.Factor)
            {
                FactorsOf(node);
                continue;
            }

            int column = Do<VectorLane<T>>(node, firstColumn, endColumn);
            Do<ScalarLane<T>>(node, column, endColumn);
        }
    }

    private readonly int Do<TLane>(int node, int column, int end)
        where TLane : struct, ILane<TLane, T>
    {
        for (; column <= end - TLane.Width; column += TLane.Width)
        {
            if (Kind == Pass.Filter)
            {
                FilterColumns<TLane>(node, column);
            }
            else
            {
                SumColumns<TLane>(node, column);
            }
        }

        return column;
    }

    private readonly void SumColumns<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane sum = TLane.Zero;
        for (int place = Start[node]; place < Start[node + 1]; place++)
        {
            int edge = Edge is null ? place : Edge[place];
            sum += TLane.Load(Weights + RowOf(edge) + column) * TLane.Load(X + ((long)Other[place] * Columns) + column) * Factor[edge];
        }

        T* result = Result + ((long)node * Columns) + column;
        (Accumulate ? TLane.Load(result) + sum : sum).Store(result);
    }

    private readonly void FactorsOf(int node)
    {
        T* dy = Dy + ((long)node * Columns);
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            T* filter = Weights + RowOf(edge);
            T* x = X + ((long)Other[edge] * Columns);
            VectorLane<T> lanes = VectorLane<T>.Zero;
            int column = 0;
            for (; column <= Columns - VectorLane<T>.Width; column += VectorLane<T>.Width)
            {
                lanes += VectorLane<T>.Load(filter + column) * VectorLane<T>.Load(x + column) * VectorLane<T>.Load(dy + column);
            }

            T sum = lanes.Total();
            for (; column < Columns; column++)
            {
                sum += filter[column] * x[column] * dy[column];
            }

            Result[edge] += sum;
        }
    }

    private readonly void FilterColumns<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane dy = TLane.Load(Dy + ((long)node * Columns) + column);
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            TLane d = dy * TLane.Load(X + ((long)Other[edge] * Columns) + column) * Factor[edge];
            T* result = Result + RowOf(edge) + column;
            (Accumulate ? TLane.Load(result) + d : d).Store(result);
        }
    }

    private readonly long RowOf(int edge) => (long)(Row is null ? edge : Row[edge]) * Columns;
}
