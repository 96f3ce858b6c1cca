using System.Numerics;

namespace Phonograph.Numerics.Kernels;

/// <summary>
/// The kernels as their formulas read, one thread, no vector instructions: what the fast ones are tested against. All matrices are
/// row-major without padding.
/// </summary>
internal static class ReferenceKernels
{
    /// <summary>C[m,n] (+)= A[m,k]·B[k,n] + bias[n].</summary>
    internal static void Multiply<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                T sum = bias.IsEmpty ? T.Zero : bias[j];
                for (int l = 0; l < k; l++)
                {
                    sum += a[(i * k) + l] * b[(l * n) + j];
                }

                c[(i * n) + j] = accumulate ? c[(i * n) + j] + sum : sum;
            }
        }
    }

    /// <summary>C[m,n] (+)= A[m,k]·B[n,k]ᵀ + bias[n].</summary>
    internal static void MultiplyTransposedRight<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> bias, Span<T> c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(a, Transpose(b, n, k), bias, c, m, n, k, accumulate);

    /// <summary>C[m,n] (+)= A[k,m]ᵀ·B[k,n].</summary>
    internal static void MultiplyTransposedLeft<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> c, int m, int n, int k, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Multiply(Transpose(a, k, m), b, [], c, m, n, k, accumulate);

    /// <summary>y[i] (+)= Σ over edges e that end at i of weight[e]·x[source[e]], rows of <paramref name="columns"/> numbers.</summary>
    internal static void Aggregate<T>(ReadOnlySpan<int> start, ReadOnlySpan<int> source, ReadOnlySpan<T> weight, ReadOnlySpan<T> x, Span<T> y, int columns, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < start.Length - 1; i++)
        {
            for (int c = 0; c < columns; c++)
            {
                T sum = T.Zero;
                for (int e = start[i]; e < start[i + 1]; e++)
                {
                    sum += weight[e] * x[(source[e] * columns) + c];
                }

                y[(i * columns) + c] = accumulate ? y[(i * columns) + c] + sum : sum;
            }
        }
    }

    private static T[] Transpose<T>(ReadOnlySpan<T> matrix, int rows, int columns)
    {
        var transposed = new T[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                transposed[(j * rows) + i] = matrix[(i * columns) + j];
            }
        }

        return transposed;
    }
}
