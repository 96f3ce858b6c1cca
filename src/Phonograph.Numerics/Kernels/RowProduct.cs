using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// C = A₁·B₁ + A₂·B₂ + bias, or added to C, where the rows are many (atoms) and both B are small and packed (weights). Cut into blocks of
/// rows; the second product is optional. Each element is one chain of multiply-adds: bias or C first, then A₁'s steps, then A₂'s.
/// </summary>
internal unsafe struct RowProduct<T, TTile> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TTile : struct, IMatrixTile<T>
{
    /// <summary>Rows of one block: a multiple of the rows of every tile; with 128 features a block and its result stay in the second-level cache.</summary>
    internal const int RowsPerBlock = 96;

    /// <summary>Left matrices, row-major without padding.</summary>
    internal T* A1, A2;

    /// <summary>Columns of the left matrices; <see cref="Steps2"/> is 0 when there is no second product.</summary>
    internal int Steps1, Steps2;

    /// <summary>Packed panels: the steps of B₁, then those of B₂, panel by panel.</summary>
    internal T* Panels;

    /// <summary>First value of every row, as long as the panels are wide; null to add to C.</summary>
    internal T* Start;

    /// <summary>Result, row-major without padding.</summary>
    internal T* C;

    /// <summary>Shape of the result.</summary>
    internal int Rows, Columns;

    /// <summary>Scratch for tiles that hang over the edge.</summary>
    internal Workspace Workspace;

    /// <summary>Number of blocks.</summary>
    internal readonly int BlockCount => (Rows + RowsPerBlock - 1) / RowsPerBlock;

    /// <summary>Whether there is enough work to share it among threads.</summary>
    internal readonly bool IsLarge => (long)Rows * Columns * (Steps1 + Steps2) > 1_000_000;

    /// <summary>Elements of scratch that each worker needs.</summary>
    internal static int ScratchLength(int steps) => (TTile.Rows * steps) + (TTile.Rows * TTile.Columns);

    public readonly void Execute(int block, int worker)
    {
        int first = block * RowsPerBlock;
        Multiply(first, Math.Min(RowsPerBlock, Rows - first), worker, A1 + ((long)first * Steps1));
    }

    /// <summary>Does some rows.</summary>
    /// <param name="first">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="worker">Number of the thread.</param>
    /// <param name="a1">These rows of A₁, wherever they are.</param>
    internal readonly void Multiply(int first, int count, int worker, T* a1)
    {
        T* a2 = A2 + ((long)first * Steps2);
        for (int column = 0; column < Columns; column += TTile.Columns)
        {
            T* panel = Panels + ((long)column * (Steps1 + Steps2));
            T* c = C + ((long)first * Columns) + column;
            Segment(a1, Steps1, panel, Start is null ? null : Start + column, c, count, column, worker, cold: column == 0);
            if (Steps2 > 0)
            {
                Segment(a2, Steps2, panel + ((long)Steps1 * TTile.Columns), null, c, count, column, worker, cold: false);
            }
        }
    }

    private readonly void Segment(T* a, int steps, T* panel, T* start, T* c, int count, int column, int worker, bool cold)
    {
        int full = Columns - column >= TTile.Columns ? count - (count % TTile.Rows) : 0;
        for (int row = 0; row < full; row += TTile.Rows)
        {
            T* tile = c + ((long)row * Columns);
            if (cold)
            {
                // The first panel meets rows that are not in the cache yet; the next tile's are fetched while this one is computed.
                Prefetch.Read(a + ((long)(row + TTile.Rows) * steps), TTile.Rows * steps * sizeof(T));
            }

            TTile.Multiply(a + ((long)row * steps), steps, 1, panel, steps, start is null ? tile : start, start is null ? Columns : 0, tile, Columns);
        }

        for (int row = full; row < count; row += TTile.Rows)
        {
            Edge(a + ((long)row * steps), steps, panel, start, c + ((long)row * Columns), Math.Min(TTile.Rows, count - row), Math.Min(TTile.Columns, Columns - column), worker);
        }
    }

    /// <summary>A tile that hangs over the last row or column: computed in scratch, the part inside copied.</summary>
    private readonly void Edge(T* a, int steps, T* panel, T* start, T* c, int rows, int columns, int worker)
    {
        T* tile = Workspace.Worker<T>(worker);
        T* left = tile + (TTile.Rows * TTile.Columns);
        if (rows < TTile.Rows)
        {
            new ReadOnlySpan<T>(a, rows * steps).CopyTo(new Span<T>(left, rows * steps));
            new Span<T>(left + (rows * steps), (TTile.Rows - rows) * steps).Clear();
            a = left;
        }

        if (start is null)
        {
            new Span<T>(tile, TTile.Rows * TTile.Columns).Clear();
            for (int row = 0; row < rows; row++)
            {
                new ReadOnlySpan<T>(c + ((long)row * Columns), columns).CopyTo(new Span<T>(tile + (row * TTile.Columns), columns));
            }
        }

        TTile.Multiply(a, steps, 1, panel, steps, start is null ? tile : start, start is null ? TTile.Columns : 0, tile, TTile.Columns);
        for (int row = 0; row < rows; row++)
        {
            new ReadOnlySpan<T>(tile + (row * TTile.Columns), columns).CopyTo(new Span<T>(c + ((long)row * Columns), columns));
        }
    }
}
