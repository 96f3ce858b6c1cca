using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// A real symmetric matrix reduced to tridiagonal form by Householder reflections, A = Qᵀ T Q with Q = H(n-3) ... H(0) and H(k) = I - v(k) v(k)ᵀ
/// (G. Golub, C. Van Loan, Matrix Computations, 4th ed., section 8.3.1). The bits do not depend on the width of the vector registers.
/// </summary>
internal sealed class TridiagonalForm
{
    // Reflection k is zero up to element k and missing where the column was tridiagonal already.
    private readonly double[]?[] _reflections;

    private TridiagonalForm(double[] diagonal, double[] offDiagonal, double[]?[] reflections)
    {
        Diagonal = diagonal;
        OffDiagonal = offDiagonal;
        _reflections = reflections;
    }

    /// <summary>Number of rows.</summary>
    internal int Order => Diagonal.Length;

    /// <summary>Diagonal of T.</summary>
    internal double[] Diagonal { get; }

    /// <summary>Element k of T couples k and k + 1; as long as the diagonal, the last is zero.</summary>
    internal double[] OffDiagonal { get; }

    /// <summary>Reduces a matrix.</summary>
    /// <param name="matrix">Elements by rows, order × order; only the mean of each pair of mirrored elements is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, or an element is not finite.</exception>
    internal static TridiagonalForm Of(ReadOnlySpan<double> matrix, int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        if (matrix.Length != order * order)
        {
            throw new ArgumentException($"{matrix.Length} elements for a matrix of order {order}.", nameof(matrix));
        }

        var work = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                double mean = 0.5 * (matrix[(row * order) + column] + matrix[(column * order) + row]);
                if (!double.IsFinite(mean))
                {
                    throw new ArgumentException("A matrix element is not a finite number.", nameof(matrix));
                }

                work[(row * order) + column] = mean;
            }
        }

        return Reduce(work, order);
    }

    /// <summary>Q by rows, so that rotations that follow act on rows, which lie together in memory.</summary>
    internal double[] Transformation()
    {
        int n = Order;
        var q = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            q[(i * n) + i] = 1;
        }

        // Rows of the unit matrix are multiplied from the right, last reflection first.
        for (int k = _reflections.Length - 1; k >= 0; k--)
        {
            if (_reflections[k] is not { } v)
            {
                continue;
            }

            for (int row = k + 1; row < n; row++)
            {
                Reflect(q.AsSpan(row * n, n), v, k + 1);
            }
        }

        return q;
    }

    /// <summary>From an eigenvector of T to the eigenvector of the matrix: x := Qᵀ x.</summary>
    internal void ToOriginal(Span<double> vector)
    {
        for (int k = _reflections.Length - 1; k >= 0; k--)
        {
            if (_reflections[k] is { } v)
            {
                Reflect(vector, v, k + 1);
            }
        }
    }

    private static TridiagonalForm Reduce(double[] a, int n)
    {
        double[] diagonal = new double[n], offDiagonal = new double[n], product = new double[n];
        var reflections = new double[Math.Max(0, n - 2)][];
        for (int k = 0; k < n - 2; k++)
        {
            // Column k equals row k.
            ReadOnlySpan<double> row = a.AsSpan(k * n, n);
            double tail = 0;
            for (int i = k + 2; i < n; i++)
            {
                tail += row[i] * row[i];
            }

            double head = row[k + 1];
            if (tail == 0)
            {
                offDiagonal[k] = head;
                continue;
            }

            double norm = Math.Sqrt((head * head) + tail);
            double target = head > 0 ? -norm : norm;
            offDiagonal[k] = target;
            var v = new double[n];
            v[k + 1] = head - target;
            row[(k + 2)..].CopyTo(v.AsSpan(k + 2));

            // Scaled so that the reflection is I - v vᵀ: vᵀv = 2.
            double scale = Math.Sqrt(2 / ((v[k + 1] * v[k + 1]) + tail));
            for (int i = k + 1; i < n; i++)
            {
                v[i] *= scale;
            }

            reflections[k] = v;
            ReflectBothSides(a, n, k + 1, v, product);
        }

        for (int i = 0; i < n; i++)
        {
            diagonal[i] = a[(i * n) + i];
        }

        if (n > 1)
        {
            offDiagonal[n - 2] = a[((n - 1) * n) + n - 2];
        }

        return new TridiagonalForm(diagonal, offDiagonal, reflections);
    }

    /// <summary>A := (I - v vᵀ) A (I - v vᵀ) on the trailing block, as a rank-two update.</summary>
    private static void ReflectBothSides(double[] a, int n, int first, double[] v, double[] product)
    {
        // The matrix is symmetric to the last bit, so the product with v is a sum of its rows, which vectors add without a sum across them.
        Span<double> image = product.AsSpan(first);
        image.Clear();
        for (int i = first; i < n; i++)
        {
            ScaledSum.Add(image, a.AsSpan((i * n) + first, n - first), v[i]);
        }

        double overlap = 0;
        for (int i = first; i < n; i++)
        {
            overlap += product[i] * v[i];
        }

        ReadOnlySpan<double> reflection = v.AsSpan(first);
        ScaledSum.Add(image, reflection, -0.5 * overlap);
        for (int i = first; i < n; i++)
        {
            VectorRows.SubtractBoth(a.AsSpan((i * n) + first, n - first), image, reflection, v[i], product[i], 1);
        }
    }

    private static void Reflect(Span<double> vector, double[] v, int first)
    {
        double overlap = 0;
        for (int j = first; j < v.Length; j++)
        {
            overlap += vector[j] * v[j];
        }

        ScaledSum.Add(vector[first..], v.AsSpan(first), -overlap);
    }
}
