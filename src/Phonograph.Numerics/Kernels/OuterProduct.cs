using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Partial sums of C[m, n] = Σ over rows r of A[r, m]·B[r, n], where the rows are many (atoms) and the result is small (weights): one partial
/// result for each block of rows. The blocks depend on the number of rows alone, and <see cref="PartialSum{T}"/> adds them up in order.
/// </summary>
internal unsafe struct OuterProduct<T, TTile> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTile : struct, IMatrixTile<T>
{
    /// <summary>Rows that are packed at a time: a panel of B is then 16 KiB and stays in the first-level cache.</summary>
    internal const int RowsPerPanel = 128;
    private const int SmallestBlock = 256;
    private const int MostBlocks = 64;

    /// <summary>Left matrix [rows, m] and right matrix [rows, n], row-major without padding.</summary>
    internal T* A, B;

    /// <summary>Sizes.</summary>
    internal int Rows, M, N;

    /// <summary>Partial results, each of <see cref="PartialLength"/>, row-major with rows of <see cref="Stride"/>.</summary>
    internal T* Partials;

    /// <summary>Scratch for packed panels.</summary>
    internal Workspace Workspace;

    /// <summary>Rows of one block.</summary>
    internal readonly int RowsPerBlock => Math.Max(SmallestBlock, (Rows + (MostBlocks * RowsPerPanel) - 1) / (MostBlocks * RowsPerPanel) * RowsPerPanel);

    /// <summary>Number of blocks; at least one, so that no rows give zeros.</summary>
    internal readonly int BlockCount => Math.Max(1, (Rows + RowsPerBlock - 1) / RowsPerBlock);

    /// <summary>Distance of rows of a partial result.</summary>
    internal readonly int Stride => PanelPacking.Panels(N, TTile.Columns) * TTile.Columns;

    /// <summary>Elements of a partial result.</summary>
    internal readonly int PartialLength => checked(PanelPacking.Panels(M, TTile.Rows) * TTile.Rows * Stride);

    /// <summary>Elements of scratch that each worker needs.</summary>
    internal readonly int ScratchLength => RowsPerPanel * Stride;

    /// <summary>Whether there is enough work to share it among threads.</summary>
    internal readonly bool IsLarge => (long)Rows * M * N > 1_000_000;

    /// <summary>Work in units of tiles when A is on the left: tells which of the two matrices had better be there.</summary>
    internal static long Cost(int m, int n) => (long)PanelPacking.Panels(m, TTile.Rows) * PanelPacking.Panels(n, TTile.Columns);

    public readonly void Execute(int block, int worker)
    {
        T* partial = Partials + ((long)block * PartialLength);
        new Span<T>(partial, PartialLength).Clear();
        T* panels = Workspace.Worker<T>(worker);
        int stride = Stride;
        int end = Math.Min(Rows, (block + 1) * RowsPerBlock);
        for (int first = block * RowsPerBlock; first < end; first += RowsPerPanel)
        {
            int steps = Math.Min(RowsPerPanel, end - first);
            Prefetch.Read(A + ((long)first * M), steps * M * sizeof(T));
            PanelPacking.Pack(B + ((long)first * N), N, steps, N, TTile.Columns, panels, steps);
            for (int column = 0; column < N; column += TTile.Columns)
            {
                for (int row = 0; row < M; row += TTile.Rows)
                {
                    // A tile over the last column of A reads into the next row, and in the last row into the spare bytes behind the buffer;
                    // what it makes of that stands in rows of the partial result that nobody reads.
                    T* c = partial + ((long)row * stride) + column;
                    TTile.Multiply(A + ((long)first * M) + row, 1, M, panels + ((long)column * steps), steps, c, stride, c, stride);
                }
            }
        }
    }
}
