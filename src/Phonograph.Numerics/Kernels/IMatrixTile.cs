using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// The innermost kernel of all matrix products: a block of the result that stays in registers while the inner index runs. The value of an
/// element depends on its own row and column only, not on its place in the tile.
/// </summary>
internal unsafe interface IMatrixTile<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows of the tile.</summary>
    static abstract int Rows { get; }

    /// <summary>Columns of the tile, and of a panel.</summary>
    static abstract int Columns { get; }

    /// <summary>c[i, j] = start[i, j] + Σ over k of a[i, k]·panel[k, j] for all rows and columns of the tile.</summary>
    /// <param name="a">a[i, k] stands at a + i·rowStride + k·stepStride.</param>
    /// <param name="rowStride">Distance of rows of a.</param>
    /// <param name="stepStride">Distance of steps of a.</param>
    /// <param name="panel">panel[k, j] stands at panel + k·Columns + j.</param>
    /// <param name="steps">Number of steps k.</param>
    /// <param name="start">First value of the sums; start[i, j] stands at start + i·startStride + j. May be c itself.</param>
    /// <param name="startStride">Distance of rows of start; 0 to start every row with the same one (a bias).</param>
    /// <param name="c">Result; c[i, j] stands at c + i·rowStrideOfC + j.</param>
    /// <param name="rowStrideOfC">Distance of rows of c.</param>
    static abstract void Multiply(T* a, nint rowStride, nint stepStride, T* panel, int steps, T* start, nint startStride, T* c, nint rowStrideOfC);
}
