namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Adds w Σ r rᵀ over some rows r to the upper triangle of a symmetric matrix. The matrix is walked through in tiles that stay in the cache while all rows are added to them; each element is added up in the
/// order of the rows, four at a time, whatever the vector width.
/// </summary>
internal static class SymmetricRankUpdate
{
    private const int TileRows = 32, TileColumns = 512;

    /// <summary>matrix[i, j] += weight · Σ rows[r, i] · rows[r, j] for first ≤ i ≤ j &lt; end.</summary>
    /// <param name="matrix">Elements by rows, order × order.</param>
    /// <param name="order">Rows and columns of the matrix, and numbers in each row that is added.</param>
    /// <param name="first">First row and column to update.</param>
    /// <param name="end">Row and column at which to stop.</param>
    /// <param name="rows">The rows, without padding.</param>
    /// <param name="weight">Factor of all products.</param>
    internal static void Add(Span<double> matrix, int order, int first, int end, ReadOnlySpan<double> rows, double weight)
    {
        int count = rows.Length / order;
        double[] padded = [];
        if (count % 4 != 0)
        {
            // Rows of zeros make the last four full.
            padded = new double[(count + 3) / 4 * 4 * order];
            rows.CopyTo(padded);
            rows = padded;
            count = padded.Length / order;
        }

        for (int tile = first; tile < end; tile += TileRows)
        {
            int endRow = Math.Min(end, tile + TileRows);
            for (int column = tile; column < end; column += TileColumns)
            {
                int endColumn = Math.Min(end, column + TileColumns);
                for (int row = 0; row < count; row += 4)
                {
                    AddTile(matrix, order, rows.Slice(row * order, 4 * order), tile, endRow, column, endColumn, weight);
                }
            }
        }
    }

    private static void AddTile(Span<double> matrix, int order, ReadOnlySpan<double> four, int startRow, int endRow, int startColumn, int endColumn, double weight)
    {
        for (int i = startRow; i < endRow; i++)
        {
            double a = weight * four[i], b = weight * four[order + i], c = weight * four[(2 * order) + i], d = weight * four[(3 * order) + i];
            if (a == 0 && b == 0 && c == 0 && d == 0)
            {
                continue;
            }

            int j = Math.Max(i, startColumn), length = endColumn - j;
            if (length > 0)
            {
                ScaledSum.Add(
                    matrix.Slice((i * order) + j, length), four.Slice(j, length), four.Slice(order + j, length), four.Slice((2 * order) + j, length), four.Slice((3 * order) + j, length), a, b, c, d);
            }
        }
    }
}
