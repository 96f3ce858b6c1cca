using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// An orthogonal matrix Q whose first columns span given vectors and whose other columns are an orthonormal basis of what is orthogonal to them, kept as reflections: Q = H₁ H₂ ... with as many factors as there
/// are independent vectors (QR factorisation with the longest remaining vector first, G. Golub, C. Van Loan, Matrix Computations, 4th ed., section 5.4.2).
/// </summary>
public sealed class HouseholderReflections
{
    // Reflection k is I - v vᵀ with |v|² = 2; v is zero before element k.
    private readonly double[][] _reflections;

    private HouseholderReflections(double[][] reflections, int order)
    {
        _reflections = reflections;
        Order = order;
    }

    /// <summary>Length of the vectors.</summary>
    public int Order { get; }

    /// <summary>Number of independent vectors among those given.</summary>
    public int Rank => _reflections.Length;

    /// <summary>Builds the matrix from the vectors that its first columns span.</summary>
    /// <param name="vectors">Vectors of one length, in any number; they may depend on each other.</param>
    /// <param name="order">Their length.</param>
    /// <param name="relativeTolerance">What remains of a vector counts as zero below this, relative to the longest vector given.</param>
    public static HouseholderReflections Of(IEnumerable<double[]> vectors, int order, double relativeTolerance = 1e-9)
    {
        ArgumentNullException.ThrowIfNull(vectors);
        var rest = vectors.Select(vector => vector.Length == order ? (double[])[.. vector] : throw new ArgumentException($"A vector of {vector.Length} numbers; {order} are expected.", nameof(vectors))).ToList();
        var reflections = new List<double[]>();
        double limit = 0;
        while (rest.Count > 0 && reflections.Count < order)
        {
            int step = reflections.Count, longest = 0;
            double length = -1;
            for (int index = 0; index < rest.Count; index++)
            {
                double norm = Math.Sqrt(Dot(rest[index].AsSpan(step), rest[index].AsSpan(step)));
                (longest, length) = norm > length ? (index, norm) : (longest, length);
            }

            limit = step == 0 ? relativeTolerance * length : limit;
            if (!(length > limit) || length == 0)
            {
                break;
            }

            double[] reflection = rest[longest];
            rest.RemoveAt(longest);
            Array.Clear(reflection, 0, step);
            reflection[step] += Math.CopySign(length, reflection[step]);
            double scale = Math.Sqrt(2 / Dot(reflection, reflection));
            for (int index = step; index < order; index++)
            {
                reflection[index] *= scale;
            }

            foreach (double[] vector in rest)
            {
                Reflect(vector, reflection, step);
            }

            reflections.Add(reflection);
        }

        return new HouseholderReflections([.. reflections], order);
    }

    /// <summary>x := Q x.</summary>
    public void Apply(Span<double> vector)
    {
        for (int step = Rank - 1; step >= 0; step--)
        {
            Reflect(vector, _reflections[step], step);
        }
    }

    /// <summary>x := Qᵀ x.</summary>
    public void ApplyTransposed(Span<double> vector)
    {
        for (int step = 0; step < Rank; step++)
        {
            Reflect(vector, _reflections[step], step);
        }
    }

    /// <summary>A := Qᵀ A Q for a symmetric matrix by rows.</summary>
    public void ApplyToBothSides(double[] matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        for (int step = 0; step < Rank; step++)
        {
            ReflectBothSides(matrix, _reflections[step]);
        }
    }

    /// <summary>H A H = A - v wᵀ - w vᵀ with w = A v - (vᵀ A v) v / 2, for H = I - v vᵀ.</summary>
    private void ReflectBothSides(double[] matrix, double[] reflection)
    {
        if (matrix.Length != Order * Order)
        {
            throw new ArgumentException($"{matrix.Length} elements for a matrix of order {Order}.", nameof(matrix));
        }

        var image = new double[Order];
        for (int row = 0; row < Order; row++)
        {
            image[row] = Dot(matrix.AsSpan(row * Order, Order), reflection);
        }

        ScaledSum.Add(image, reflection, -0.5 * Dot(image, reflection));
        for (int row = 0; row < Order; row++)
        {
            Span<double> line = matrix.AsSpan(row * Order, Order);
            ScaledSum.Add(line, image, -reflection[row]);
            ScaledSum.Add(line, reflection, -image[row]);
        }
    }

    private static void Reflect(Span<double> vector, double[] reflection, int step)
    {
        ReadOnlySpan<double> part = reflection.AsSpan(step);
        Span<double> target = vector[step..];
        ScaledSum.Add(target, part, -Dot(target, part));
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int index = 0; index < a.Length; index++)
        {
            sum += a[index] * b[index];
        }

        return sum;
    }
}
