using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// y[i, k] = Σ over the edges e that end at i of factor[e]·(a[row]∘p[j]∘v[j, k] + direction[e, k]·b[row]∘q[j]) with j = source[e], row = row[e] and k = x, y, z; and the ways back.
/// Vector features take three rows per node. Cut into nodes, or into columns where edges that share a row of the filters add to its gradient.
/// </summary>
internal unsafe partial struct VectorMessage<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Which pass.</summary>
    internal enum Pass
    {
        /// <summary>y into <see cref="First"/>.</summary>
        Forward,

        /// <summary>Gradients of a and b into <see cref="First"/> and <see cref="Second"/>.</summary>
        Filters,

        /// <summary>Gradients of p, q and v into <see cref="First"/>, <see cref="Second"/> and <see cref="Third"/>.</summary>
        Sources,

        /// <summary>Gradients of the factor and of the direction, added to <see cref="First"/> and <see cref="Second"/>: one number and three per edge.</summary>
        Geometry,
    }

    /// <summary>Edges by target, or by source for <see cref="Pass.Sources"/>: first place of each node, the other node, and (by source) the number of the edge.</summary>
    internal int* Start, Other, Edge;

    /// <summary>Row of the filters of each edge; null where each edge has its own. With it, <see cref="Pass.Filters"/> adds.</summary>
    internal int* Row;

    /// <summary>One number, and three, per edge.</summary>
    internal T* Factor, Direction;

    /// <summary>Filters [rows, Columns].</summary>
    internal T* A, B;

    /// <summary>Features [nodes, Columns] and vectors [3·nodes, Columns].</summary>
    internal T* P, Q, V;

    /// <summary>Gradient of y.</summary>
    internal T* Dy;

    /// <summary>What the pass writes; null to leave out.</summary>
    internal T* First, Second, Third;

    /// <summary>Whether to add to each.</summary>
    internal bool AddFirst, AddSecond, AddThird;

    /// <summary>Sizes.</summary>
    internal int Nodes, Columns;

    /// <summary>The pass that <see cref="Execute"/> does.</summary>
    internal Pass Kind;

    private readonly NodeOrColumnBlocks Blocks => new(Nodes, Columns, AreOfColumns: Kind == Pass.Filters && Row is not null);

    /// <summary>Does all nodes.</summary>
    internal readonly void Run(WorkerPool pool) => pool.Run(Blocks.Count, this, large: (long)Start[Nodes] * Columns > 30_000);

    public readonly void Execute(int block, int worker)
    {
        (int first, int end) = Blocks.NodesOf(block);
        (int firstColumn, int endColumn) = Blocks.ColumnsOf(block);
        for (int node = first; node < end; node++)
        {
            if (Kind == Pass.Geometry)
            {
                GeometryOf(node);
                continue;
            }

            int column = Do<VectorLane<T>>(node, firstColumn, endColumn);
            Do<ScalarLane<T>>(node, column, endColumn);
        }
    }

    private static void Put<TLane>(TLane value, T* row, bool add)
        where TLane : struct, ILane<TLane, T>
    {
        if (row is not null)
        {
            (add ? TLane.Load(row) + value : value).Store(row);
        }
    }

    private readonly int Do<TLane>(int node, int column, int end)
        where TLane : struct, ILane<TLane, T>
    {
        for (; column <= end - TLane.Width; column += TLane.Width)
        {
            switch (Kind)
            {
                case Pass.Forward:
                    Forward<TLane>(node, column);
                    break;
                case Pass.Filters:
                    Filters<TLane>(node, column);
                    break;
                default:
                    Sources<TLane>(node, column);
                    break;
            }
        }

        return column;
    }

    private readonly void Forward<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane x = TLane.Zero, y = TLane.Zero, z = TLane.Zero;
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            long source = ((long)Other[edge] * Columns) + column, vector = (3L * Other[edge] * Columns) + column, row = RowOf(edge) + column;
            TLane carried = TLane.Load(A + row) * TLane.Load(P + source) * Factor[edge], along = TLane.Load(B + row) * TLane.Load(Q + source) * Factor[edge];
            x = x + (carried * TLane.Load(V + vector)) + (along * Direction[3 * edge]);
            y = y + (carried * TLane.Load(V + vector + Columns)) + (along * Direction[(3 * edge) + 1]);
            z = z + (carried * TLane.Load(V + vector + (2 * Columns))) + (along * Direction[(3 * edge) + 2]);
        }

        T* result = First + (3L * node * Columns) + column;
        x.Store(result);
        y.Store(result + Columns);
        z.Store(result + (2 * Columns));
    }

    private readonly void Filters<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            long source = ((long)Other[edge] * Columns) + column, row = RowOf(edge) + column;
            (TLane carried, TLane along) = Projections<TLane>(node, Other[edge], edge, column);
            Put(carried * TLane.Load(P + source) * Factor[edge], First is null ? null : First + row, AddFirst);
            Put(along * TLane.Load(Q + source) * Factor[edge], Second is null ? null : Second + row, AddSecond);
        }
    }

    private readonly void Sources<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane p = TLane.Zero, q = TLane.Zero, x = TLane.Zero, y = TLane.Zero, z = TLane.Zero;
        TLane own = TLane.Load(P + ((long)node * Columns) + column);
        for (int place = Start[node]; place < Start[node + 1]; place++)
        {
            int edge = Edge[place];
            long row = RowOf(edge) + column;
            (TLane carried, TLane along) = Projections<TLane>(Other[place], node, edge, column);
            TLane a = TLane.Load(A + row) * Factor[edge];
            p += carried * a;
            q += along * TLane.Load(B + row) * Factor[edge];
            a *= own;
            T* dy = Dy + (3L * Other[place] * Columns) + column;
            x += a * TLane.Load(dy);
            y += a * TLane.Load(dy + Columns);
            z += a * TLane.Load(dy + (2 * Columns));
        }

        long scalar = ((long)node * Columns) + column, vector = (3L * node * Columns) + column;
        Put(p, First is null ? null : First + scalar, AddFirst);
        Put(q, Second is null ? null : Second + scalar, AddSecond);
        if (Third is not null)
        {
            Put(x, Third + vector, AddThird);
            Put(y, Third + vector + Columns, AddThird);
            Put(z, Third + vector + (2 * Columns), AddThird);
        }
    }

    /// <summary>Σ over k of dy[target, k]∘v[source, k], and of dy[target, k]·direction[k].</summary>
    private readonly (TLane Carried, TLane Along) Projections<TLane>(int target, int source, int edge, int column)
        where TLane : struct, ILane<TLane, T>
    {
        T* dy = Dy + (3L * target * Columns) + column;
        T* v = V + (3L * source * Columns) + column;
        TLane x = TLane.Load(dy), y = TLane.Load(dy + Columns), z = TLane.Load(dy + (2 * Columns));
        return (
            (x * TLane.Load(v)) + (y * TLane.Load(v + Columns)) + (z * TLane.Load(v + (2 * Columns))),
            (x * Direction[3 * edge]) + (y * Direction[(3 * edge) + 1]) + (z * Direction[(3 * edge) + 2]));
    }

    private readonly long RowOf(int edge) => (long)(Row is null ? edge : Row[edge]) * Columns;
}
