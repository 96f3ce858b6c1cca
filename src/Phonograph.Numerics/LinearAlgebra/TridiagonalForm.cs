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
        double[] diagonal = new double[n], offDiagonal = new double[n];
        var reflections = new double[Math.Max(0, n - 2)][];

        // What a reflection does to the rows below its own waits until the next one goes through them for its product, so that each step reads the matrix once.
        (double[] Reflection, double[] Product)? waiting = null;
        double[] product = new double[n], other = new double[n];
        for (int k = 0; k < n; k++)
        {
            // Column k equals row k.
            Span<double> row = a.AsSpan((k * n) + k, n - k);
            if (waiting is { } before)
            {
                VectorRows.SubtractBoth(row, before.Product.AsSpan(k), before.Reflection.AsSpan(k), before.Reflection[k], before.Product[k], 1);
            }

            diagonal[k] = row[0];
            offDiagonal[k] = k < n - 1 ? row[1] : 0;
            if (k >= n - 2)
            {
                continue;
            }

            if (Reflection(row[1..], n, out offDiagonal[k]) is { } v)
            {
                reflections[k] = v;
                Multiply(a, n, k + 1, waiting, v, product);
                waiting = (v, product);
                (product, other) = (other, product);
            }
            else
            {
                Finish(a, n, k + 1, waiting);
                waiting = null;
            }
        }

        return new TridiagonalForm(diagonal, offDiagonal, reflections);
    }

    /// <summary>The reflection that makes a column end with its first element.</summary>
    /// <param name="column">The column below the diagonal.</param>
    /// <param name="n">Order of the matrix.</param>
    /// <param name="left">What the first element becomes.</param>
    /// <returns>v, scaled so that the reflection is I - v vᵀ; null where the column ends with its first element already.</returns>
    private static double[]? Reflection(ReadOnlySpan<double> column, int n, out double left)
    {
        double tail = 0;
        for (int i = 1; i < column.Length; i++)
        {
            tail += column[i] * column[i];
        }

        double head = column[0];
        if (tail == 0)
        {
            left = head;
            return null;
        }

        double norm = Math.Sqrt((head * head) + tail);
        left = head > 0 ? -norm : norm;
        var v = new double[n];
        Span<double> own = v.AsSpan(n - column.Length);
        column.CopyTo(own);
        own[0] = head - left;

        // vᵀv = 2.
        double scale = Math.Sqrt(2 / ((own[0] * own[0]) + tail));
        for (int i = 0; i < own.Length; i++)
        {
            own[i] *= scale;
        }

        return v;
    }

    /// <summary>After the update that waits, product := A v less half of its part along v, which makes (I - v vᵀ) A (I - v vᵀ) an update of rank two.</summary>
    private static void Multiply(double[] a, int n, int first, (double[] Reflection, double[] Product)? waiting, double[] v, double[] product)
    {
        // The matrix is symmetric to the last bit, so the product with v is a sum of its rows, which vectors add without a sum across them.
        Span<double> image = product.AsSpan(first);
        image.Clear();
        for (int i = first; i < n; i++)
        {
            Span<double> row = a.AsSpan((i * n) + first, n - first);
            if (waiting is { } before)
            {
                VectorRows.SubtractBothAndSum(row, before.Product.AsSpan(first), before.Reflection.AsSpan(first), before.Reflection[i], before.Product[i], image, v[i]);
            }
            else
            {
                ScaledSum.Add(image, row, v[i]);
            }
        }

        double overlap = 0;
        for (int i = first; i < n; i++)
        {
            overlap += product[i] * v[i];
        }

        ScaledSum.Add(image, v.AsSpan(first), -0.5 * overlap);
    }

    /// <summary>The update that waits, where no reflection follows.</summary>
    private static void Finish(double[] a, int n, int first, (double[] Reflection, double[] Product)? waiting)
    {
        for (int i = first; waiting is { } before && i < n; i++)
        {
            VectorRows.SubtractBoth(a.AsSpan((i * n) + first, n - first), before.Product.AsSpan(first), before.Reflection.AsSpan(first), before.Reflection[i], before.Product[i], 1);
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
