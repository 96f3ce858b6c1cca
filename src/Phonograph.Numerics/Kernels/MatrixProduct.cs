using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// Products of row-major matrices without padding, in buffers of <see cref="AlignedBuffer{T}"/>. Single precision takes the widest tile the
/// processor has, every other type the scalar one.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>C[m,n] (+)= A[m,k]·B[k,n] + bias[n]; <paramref name="bias"/> may be null.</summary>
    internal static void Multiply<T>(Workspace workspace, T* a, T* b, T* bias, T* c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Rows(workspace, a, b, bias, c, m, n, k, accumulate, transposed: false);

    /// <summary>C[m,n] (+)= A[m,k]·B[n,k]ᵀ + bias[n]; <paramref name="bias"/> may be null.</summary>
    internal static void MultiplyTransposedRight<T>(Workspace workspace, T* a, T* b, T* bias, T* c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Rows(workspace, a, b, bias, c, m, n, k, accumulate, transposed: true);

    /// <summary>C[m,n] (+)= A[k,m]ᵀ·B[k,n].</summary>
    internal static void MultiplyTransposedLeft<T>(Workspace workspace, T* a, T* b, T* c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float))
        {
            Outer<T, ScalarTile<T>>(workspace, a, b, c, m, n, k, accumulate);
        }
        else if (VectorPath.Is512)
        {
            Outer<float, Vector512Tile>(workspace, (float*)a, (float*)b, (float*)c, m, n, k, accumulate);
        }
        else if (VectorPath.Is256)
        {
            Outer<float, Vector256Tile>(workspace, (float*)a, (float*)b, (float*)c, m, n, k, accumulate);
        }
        else if (VectorPath.Is128)
        {
            Outer<float, Vector128Tile>(workspace, (float*)a, (float*)b, (float*)c, m, n, k, accumulate);
        }
        else
        {
            Outer<T, ScalarTile<T>>(workspace, a, b, c, m, n, k, accumulate);
        }
    }

    /// <summary>The product with many rows on a given tile; <paramref name="transposed"/>: B is [n,k].</summary>
    internal static void Rows<T, TTile>(Workspace workspace, T* a, T* b, T* bias, T* c, int m, int n, int k, bool accumulate, bool transposed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTile : struct, IMatrixTile<T>
    {
        int packed = PanelPacking.Length(k, n, TTile.Columns);
        T* panels = workspace.Panels<T>(packed + (PanelPacking.Panels(n, TTile.Columns) * TTile.Columns));
        if (transposed)
        {
            PanelPacking.PackTransposed(b, k, n, TTile.Columns, panels, k);
        }
        else
        {
            PanelPacking.Pack(b, n, k, n, TTile.Columns, panels, k);
        }

        workspace.ReserveWorkers<T>(RowProduct<T, TTile>.ScratchLength(k));
        var product = new RowProduct<T, TTile>
        {
            A1 = a,
            Steps1 = k,
            Panels = panels,
            Start = accumulate ? null : StartRow<T, TTile>(bias, n, panels + packed),
            C = c,
            Rows = m,
            Columns = n,
            Workspace = workspace,
        };
        workspace.Pool.Run(product.BlockCount, product, product.IsLarge);
    }

    /// <summary>The product over many rows on a given tile.</summary>
    internal static void Outer<T, TTile>(Workspace workspace, T* a, T* b, T* c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTile : struct, IMatrixTile<T>
    {
        // Rows of a tile are fewer than its columns: a thin matrix belongs on the left, and the result is then transposed.
        bool swap = OuterProduct<T, TTile>.Cost(n, m) < OuterProduct<T, TTile>.Cost(m, n);
        var product = new OuterProduct<T, TTile> { A = swap ? b : a, B = swap ? a : b, Rows = k, M = swap ? n : m, N = swap ? m : n, Workspace = workspace };
        product.Partials = workspace.Partials<T>(checked(product.BlockCount * product.PartialLength));
        workspace.ReserveWorkers<T>(product.ScratchLength);
        workspace.Pool.Run(product.BlockCount, product, product.IsLarge);
        var sum = new PartialSum<T>
        {
            Partials = product.Partials,
            Count = product.BlockCount,
            Length = product.PartialLength,
            Stride = product.Stride,
            Transposed = swap,
            C = c,
            Rows = m,
            Columns = n,
            Accumulate = accumulate,
        };
        workspace.Pool.Run(sum.BlockCount, sum, sum.IsLarge);
    }

    /// <summary>The bias, or zeros, in a row as wide as the panels.</summary>
    internal static T* StartRow<T, TTile>(T* bias, int n, T* row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TTile : struct, IMatrixTile<T>
    {
        new Span<T>(row, PanelPacking.Panels(n, TTile.Columns) * TTile.Columns).Clear();
        if (bias is not null)
        {
            new ReadOnlySpan<T>(bias, n).CopyTo(new Span<T>(row, n));
        }

        return row;
    }

    private static void Rows<T>(Workspace workspace, T* a, T* b, T* bias, T* c, int m, int n, int k, bool accumulate, bool transposed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float))
        {
            Rows<T, ScalarTile<T>>(workspace, a, b, bias, c, m, n, k, accumulate, transposed);
        }
        else if (VectorPath.Is512)
        {
            Rows<float, Vector512Tile>(workspace, (float*)a, (float*)b, (float*)bias, (float*)c, m, n, k, accumulate, transposed);
        }
        else if (VectorPath.Is256)
        {
            Rows<float, Vector256Tile>(workspace, (float*)a, (float*)b, (float*)bias, (float*)c, m, n, k, accumulate, transposed);
        }
        else if (VectorPath.Is128)
        {
            Rows<float, Vector128Tile>(workspace, (float*)a, (float*)b, (float*)bias, (float*)c, m, n, k, accumulate, transposed);
        }
        else
        {
            Rows<T, ScalarTile<T>>(workspace, a, b, bias, c, m, n, k, accumulate, transposed);
        }
    }
}
