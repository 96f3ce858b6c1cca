using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// C = Aggregate(x)·B₁ + x·B₂ + bias in one pass: each block of rows is aggregated and multiplied while it is in the cache. Forward, B are the
/// transposed weights; backward, x is the gradient of the output, the edges are the transposed ones and B the weights themselves.
/// </summary>
internal unsafe struct ConvolutionProduct<T, TTile> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTile : struct, IMatrixTile<T>
{
    private Aggregation<T> _aggregation;
    private RowProduct<T, TTile> _product;

    public readonly void Execute(int block, int worker)
    {
        int first = block * RowProduct<T, TTile>.RowsPerBlock;
        int count = Math.Min(RowProduct<T, TTile>.RowsPerBlock, _product.Rows - first);
        T* aggregated = _aggregation.Y is null
            ? _product.Workspace.Worker<T>(worker) + RowProduct<T, TTile>.ScratchLength(_product.Steps1)
            : _aggregation.Y + ((long)first * _aggregation.Columns);
        _aggregation.Rows(first, count, aggregated);
        _product.Multiply(first, count, worker, aggregated);
    }

    /// <summary>Packs both matrices and does all rows.</summary>
    /// <param name="workspace">Threads and scratch.</param>
    /// <param name="aggregation">The edges and x; a null Y keeps the sums in scratch only.</param>
    /// <param name="neighbour">B₁ or its transpose.</param>
    /// <param name="root">B₂ or its transpose.</param>
    /// <param name="transposed">Whether the two are [n, k] instead of [k, n].</param>
    /// <param name="bias">Bias of n numbers, or null for none.</param>
    /// <param name="c">Result [nodes, n].</param>
    /// <param name="n">Number of columns of the result.</param>
    /// <param name="accumulate">Whether to add to the result; then there is no bias.</param>
    internal static void Run(
        Workspace workspace, in Aggregation<T> aggregation, T* neighbour, T* root, bool transposed, T* bias, T* c, int n, bool accumulate)
    {
        int k = aggregation.Columns;
        int packed = PanelPacking.Length(2 * k, n, TTile.Columns);
        T* panels = workspace.Panels<T>(packed + (PanelPacking.Panels(n, TTile.Columns) * TTile.Columns));
        if (transposed)
        {
            PanelPacking.PackTransposed(neighbour, k, n, TTile.Columns, panels, 2 * k);
            PanelPacking.PackTransposed(root, k, n, TTile.Columns, panels + ((long)k * TTile.Columns), 2 * k);
        }
        else
        {
            PanelPacking.Pack(neighbour, n, k, n, TTile.Columns, panels, 2 * k);
            PanelPacking.Pack(root, n, k, n, TTile.Columns, panels + ((long)k * TTile.Columns), 2 * k);
        }

        workspace.ReserveWorkers<T>(RowProduct<T, TTile>.ScratchLength(k) + (RowProduct<T, TTile>.RowsPerBlock * k));
        var work = new ConvolutionProduct<T, TTile>
        {
            _aggregation = aggregation,
            _product = new()
            {
                A2 = aggregation.X,
                Steps1 = k,
                Steps2 = k,
                Panels = panels,
                Start = accumulate ? null : MatrixProduct.StartRow<T, TTile>(bias, n, panels + packed),
                C = c,
                Rows = aggregation.Nodes,
                Columns = n,
                Workspace = workspace,
            },
        };
        workspace.Pool.Run(work._product.BlockCount, work, work._product.IsLarge);
    }
}
