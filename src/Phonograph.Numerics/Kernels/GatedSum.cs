using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// y[i] = Σ over the edges e that end at i of σ(g)∘softplus(h), where (g | h) = target[i] + source[source[e]] + edge[e], rows of twice the columns of y;
/// and the ways back. Cut into nodes.
/// </summary>
internal unsafe partial struct GatedSum<T> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int NodesPerBlock = 32;

    /// <summary>Which pass.</summary>
    internal enum Pass
    {
        /// <summary>y.</summary>
        Forward,

        /// <summary>Gradient of each edge's row into <see cref="EdgeResult"/>, and their sum per target into <see cref="Result"/>.</summary>
        Edges,

        /// <summary>y, each message times its <see cref="Factor"/>.</summary>
        WeightedForward,

        /// <summary><see cref="Edges"/> of <see cref="WeightedForward"/>, and the gradient of each factor into <see cref="FactorResult"/>.</summary>
        WeightedEdges,

        /// <summary>Sum of the edges' gradients per source into <see cref="Result"/>.</summary>
        Sources,
    }

    /// <summary>Edges by target, or by source for <see cref="Pass.Sources"/>: first place of each node, and source or number of the edge of each place.</summary>
    internal int* Start, Index;

    /// <summary>Rows of nodes and edges, 2·Columns wide.</summary>
    internal T* Target, Source, Edge;

    /// <summary>Gradient of y.</summary>
    internal T* Dy;

    /// <summary>What the pass writes per node; null to write nothing.</summary>
    internal T* Result;

    /// <summary>Gradient of the edges' rows: written by <see cref="Pass.Edges"/>, read by <see cref="Pass.Sources"/>.</summary>
    internal T* EdgeResult;

    /// <summary>Factor of each edge in the weighted passes.</summary>
    internal T* Factor;

    /// <summary>Gradient of the factors, added to; null to leave out.</summary>
    internal T* FactorResult;

    /// <summary>Sizes; Columns is that of y.</summary>
    internal int Nodes, Columns;

    /// <summary>Whether to add to the result per node.</summary>
    internal bool Accumulate;

    /// <summary>The pass that <see cref="Execute"/> does.</summary>
    internal Pass Kind;

    /// <summary>Does all nodes.</summary>
    internal readonly void Run(WorkerPool pool) =>
        pool.Run((Nodes + NodesPerBlock - 1) / NodesPerBlock, this, large: (long)Start[Nodes] * Columns > 10_000);

    public readonly void Execute(int block, int worker)
    {
        int end = Math.Min(Nodes, (block + 1) * NodesPerBlock);
        for (int node = block * NodesPerBlock; node < end; node++)
        {
            int column = Do<VectorLane<T>>(node, 0);
            Do<ScalarLane<T>>(node, column);
        }
    }

    private readonly int Do<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        for (; column <= Columns - TLane.Width; column += TLane.Width)
        {
            switch (Kind)
            {
                case Pass.Forward:
                    Forward<TLane>(node, column);
                    break;
                case Pass.Edges:
                    Edges<TLane>(node, column);
                    break;
                case Pass.WeightedForward:
                    WeightedForward<TLane>(node, column);
                    break;
                case Pass.WeightedEdges:
                    WeightedEdges<TLane>(node, column);
                    break;
                default:
                    Sources<TLane>(node, column);
                    Sources<TLane>(node, Columns + column);
                    break;
            }
        }

        return column;
    }

    private readonly void Forward<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane sum = TLane.Zero;
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            sum += TLane.Sigmoid(Argument<TLane>(node, edge, column)) * TLane.Softplus(Argument<TLane>(node, edge, Columns + column));
        }

        sum.Store(Result + ((long)node * Columns) + column);
    }

    private readonly void Edges<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane dy = TLane.Load(Dy + ((long)node * Columns) + column), gateSum = TLane.Zero, coreSum = TLane.Zero;
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            TLane gate = TLane.Sigmoid(Argument<TLane>(node, edge, column));
            TLane coreArgument = Argument<TLane>(node, edge, Columns + column);
            TLane through = dy * gate;
            TLane gateGradient = (through - (through * gate)) * TLane.Softplus(coreArgument), coreGradient = through * TLane.Sigmoid(coreArgument);
            gateSum += gateGradient;
            coreSum += coreGradient;
            T* result = EdgeResult + (2L * edge * Columns) + column;
            gateGradient.Store(result);
            coreGradient.Store(result + Columns);
        }

        if (Result is not null)
        {
            T* result = Result + (2L * node * Columns) + column;
            (Accumulate ? TLane.Load(result) + gateSum : gateSum).Store(result);
            (Accumulate ? TLane.Load(result + Columns) + coreSum : coreSum).Store(result + Columns);
        }
    }

    private readonly void Sources<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane sum = TLane.Zero;
        for (int place = Start[node]; place < Start[node + 1]; place++)
        {
            sum += TLane.Load(EdgeResult + (2L * Index[place] * Columns) + column);
        }

        T* result = Result + (2L * node * Columns) + column;
        (Accumulate ? TLane.Load(result) + sum : sum).Store(result);
    }

    private readonly TLane Argument<TLane>(int node, int edge, int column)
        where TLane : struct, ILane<TLane, T> =>
        TLane.Load(Target + (2L * node * Columns) + column) + TLane.Load(Source + (2L * Index[edge] * Columns) + column) + TLane.Load(Edge + (2L * edge * Columns) + column);
}
