namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// A few neighbouring eigenvalues of a real symmetric matrix with their eigenvectors: reduction to tridiagonal form, eigenvalues by bisection on the count of negative pivots, eigenvectors by inverse iteration
/// (G. Golub, C. Van Loan, Matrix Computations, 4th ed., sections 8.3.1, 8.4.2 and 8.2.2). For a few of hundreds it takes a fraction of the time of <see cref="SymmetricEigen"/>. One thread and a fixed order of
/// operations: the same matrix gives the same bits.
/// </summary>
public sealed class SymmetricEigenpairs
{
    private const int InverseIterations = 3;
    private const double Epsilon = 2.220446049250313e-16, Smallest = 1e-290;

    private readonly double[] _values, _vectors;
    private readonly int _order;

    private SymmetricEigenpairs(double[] values, double[] vectors, int order)
    {
        _values = values;
        _vectors = vectors;
        _order = order;
    }

    /// <summary>Eigenvalues, rising, in the unit of the matrix.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Unit eigenvector of the eigenvalue with the same index; its sign is not defined, and within equal eigenvalues neither is its direction.</summary>
    public ReadOnlySpan<double> Vector(int index) => _vectors.AsSpan(index * _order, _order);

    /// <summary>Finds eigenpairs.</summary>
    /// <param name="matrix">Elements by rows, order × order; only the mean of each pair of mirrored elements is used.</param>
    /// <param name="order">Number of rows and columns.</param>
    /// <param name="first">Place of the first eigenvalue wanted among all, from the lowest, from 0.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentException">The count of elements is not the square of the order, an element is not finite, or there are not so many eigenvalues.</exception>
    public static SymmetricEigenpairs Of(ReadOnlySpan<double> matrix, int order, int first, int count)
    {
        if (first < 0 || count < 1 || first + count > order)
        {
            throw new ArgumentException($"Eigenvalues {first} to {first + count - 1} of a matrix of order {order}.", nameof(first));
        }

        var form = TridiagonalForm.Of(matrix, order);
        (double low, double high) = Bounds(form);
        double[] values = new double[count], vectors = new double[count * order];
        for (int index = 0; index < count; index++)
        {
            values[index] = Bisect(form, first + index, low, high);
            Span<double> vector = vectors.AsSpan(index * order, order);
            Iterate(form, values[index], vector, vectors.AsSpan(0, index * order), Math.Max(Math.Abs(low), Math.Abs(high)), index);
        }

        for (int index = 0; index < count; index++)
        {
            form.ToOriginal(vectors.AsSpan(index * order, order));
        }

        return new SymmetricEigenpairs(values, vectors, order);
    }

    /// <summary>Gershgorin's interval.</summary>
    private static (double Low, double High) Bounds(TridiagonalForm form)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int row = 0; row < form.Order; row++)
        {
            double radius = Math.Abs(form.OffDiagonal[row]) + (row > 0 ? Math.Abs(form.OffDiagonal[row - 1]) : 0);
            low = Math.Min(low, form.Diagonal[row] - radius);
            high = Math.Max(high, form.Diagonal[row] + radius);
        }

        return (low, high);
    }

    private static double Bisect(TridiagonalForm form, int place, double low, double high)
    {
        double width = Epsilon * Math.Max(Math.Abs(low), Math.Abs(high));
        while (high - low > (2 * width) + (2 * Epsilon * Math.Min(Math.Abs(low), Math.Abs(high))))
        {
            double middle = low + (0.5 * (high - low));
            if (CountBelow(form, middle) > place)
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return low + (0.5 * (high - low));
    }

    /// <summary>Number of eigenvalues below a number: negative pivots of T - x.</summary>
    private static int CountBelow(TridiagonalForm form, double x)
    {
        ReadOnlySpan<double> diagonal = form.Diagonal, offDiagonal = form.OffDiagonal;
        int count = 0;
        double pivot = 1, coupling = 0;
        for (int row = 0; row < diagonal.Length; row++)
        {
            pivot = diagonal[row] - x - (coupling * coupling / pivot);
            pivot = pivot == 0 ? Smallest : pivot;
            count += pivot < 0 ? 1 : 0;
            coupling = offDiagonal[row];
        }

        return count;
    }

    /// <summary>Inverse iteration on T, orthogonal to the eigenvectors found before.</summary>
    private static void Iterate(TridiagonalForm form, double value, Span<double> vector, ReadOnlySpan<double> before, double scale, int index)
    {
        int n = form.Order;
        var factors = new TridiagonalFactors(form, value, Math.Max(Epsilon * scale, Smallest));

        // A start without symmetry that could make it orthogonal to the vector sought, another for each eigenvalue.
        var start = new Random.Philox(0x1A57, (ulong)index);
        for (int row = 0; row < n; row++)
        {
            vector[row] = start.NextDouble() - 0.5;
        }

        for (int step = 0; step < InverseIterations; step++)
        {
            factors.Solve(vector);

            // Scaled first: a solution next to an eigenvalue is as large as the inverse of rounding.
            Normalise(vector);
            for (int other = 0; other < before.Length; other += n)
            {
                ReadOnlySpan<double> found = before.Slice(other, n);
                double overlap = 0;
                for (int row = 0; row < n; row++)
                {
                    overlap += vector[row] * found[row];
                }

                for (int row = 0; row < n; row++)
                {
                    vector[row] -= overlap * found[row];
                }
            }

            Normalise(vector);
        }
    }

    private static void Normalise(Span<double> vector)
    {
        double largest = 0, sum = 0;
        foreach (double element in vector)
        {
            largest = Math.Max(largest, Math.Abs(element));
        }

        foreach (double element in vector)
        {
            sum += element / largest * (element / largest);
        }

        double norm = largest * Math.Sqrt(sum);
        for (int row = 0; row < vector.Length; row++)
        {
            vector[row] /= norm;
        }
    }
}
