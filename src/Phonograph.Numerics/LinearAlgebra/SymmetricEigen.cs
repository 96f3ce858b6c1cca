namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Eigenvalues and eigenvectors of a real symmetric matrix: reduction to tridiagonal form by Householder reflections, then implicit
/// QR steps with Wilkinson's shift (G. Golub, C. Van Loan, Matrix Computations, 4th ed., sections 8.3.1 and 8.3.5).
/// One thread and a fixed order of operations: the same matrix gives the same bits.
/// </summary>
public sealed class SymmetricEigen
{
    private readonly double[] _vectors;

    private SymmetricEigen(double[] values, double[] vectors)
    {
        Values = values;
        _vectors = vectors;
    }

    /// <summary>Eigenvalues, rising, in the unit of the matrix.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>Number of rows of the matrix.</summary>
    public int Order => Values.Length;

    /// <summary>Unit eigenvector of the eigenvalue with the same index; its sign is not defined.</summary>
    public ReadOnlySpan<double> Vector(int index) => _vectors.AsSpan(index * Order, Order);

    /// <summary>Decomposes a symmetric matrix.</summary>
    /// <param name="matrix">Elements by rows, order × order; only the mean of each pair of mirrored elements is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, or an element is not finite.</exception>
    public static SymmetricEigen Decompose(ReadOnlySpan<double> matrix, int order)
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

        var diagonal = new double[order];
        var offDiagonal = new double[order];
        double[] vectors = Tridiagonalise(work, order, diagonal, offDiagonal);
        TridiagonalQr.Diagonalise(diagonal, offDiagonal, vectors, order);
        return Sorted(diagonal, vectors, order);
    }

    /// <summary>
    /// Reduces to tridiagonal form T = Q A Qᵀ; returns Q by rows, so that the rotations that follow act on rows, which lie together in memory.
    /// </summary>
    private static double[] Tridiagonalise(double[] a, int n, double[] diagonal, double[] offDiagonal)
    {
        var reflectors = new double[Math.Max(0, n - 2)][];
        var product = new double[n];
        for (int k = 0; k < n - 2; k++)
        {
            double tail = 0;
            for (int i = k + 2; i < n; i++)
            {
                tail += a[(i * n) + k] * a[(i * n) + k];
            }

            double head = a[((k + 1) * n) + k];
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
            for (int i = k + 2; i < n; i++)
            {
                v[i] = a[(i * n) + k];
            }

            // Scaled so that the reflection is I - v vᵀ: vᵀv = 2.
            double scale = Math.Sqrt(2 / ((v[k + 1] * v[k + 1]) + tail));
            for (int i = k + 1; i < n; i++)
            {
                v[i] *= scale;
            }

            reflectors[k] = v;
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

        return Accumulate(reflectors, n);
    }

    /// <summary>A := (I - v vᵀ) A (I - v vᵀ) on the trailing block, as a rank-two update.</summary>
    private static void ReflectBothSides(double[] a, int n, int first, double[] v, double[] product)
    {
        double overlap = 0;
        for (int i = first; i < n; i++)
        {
            double sum = 0;
            for (int j = first; j < n; j++)
            {
                sum += a[(i * n) + j] * v[j];
            }

            product[i] = sum;
            overlap += sum * v[i];
        }

        for (int i = first; i < n; i++)
        {
            product[i] -= 0.5 * overlap * v[i];
        }

        for (int i = first; i < n; i++)
        {
            double vi = v[i], pi = product[i];
            Span<double> row = a.AsSpan(i * n, n);
            for (int j = first; j < n; j++)
            {
                row[j] -= (vi * product[j]) + (pi * v[j]);
            }
        }
    }

    private static double[] Accumulate(double[]?[] reflectors, int n)
    {
        var q = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            q[(i * n) + i] = 1;
        }

        // Q = H(n-3) ... H(0): rows of the unit matrix are multiplied from the right, last reflection first.
        for (int k = reflectors.Length - 1; k >= 0; k--)
        {
            if (reflectors[k] is not { } v)
            {
                continue;
            }

            for (int row = k + 1; row < n; row++)
            {
                Span<double> line = q.AsSpan(row * n, n);
                double overlap = 0;
                for (int j = k + 1; j < n; j++)
                {
                    overlap += line[j] * v[j];
                }

                for (int j = k + 1; j < n; j++)
                {
                    line[j] -= overlap * v[j];
                }
            }
        }

        return q;
    }

    private static SymmetricEigen Sorted(double[] values, double[] vectors, int n)
    {
        var order = Enumerable.Range(0, n).OrderBy(index => values[index]).ToArray();
        var sorted = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            vectors.AsSpan(order[i] * n, n).CopyTo(sorted.AsSpan(i * n, n));
        }

        return new SymmetricEigen([.. order.Select(index => values[index])], sorted);
    }
}
