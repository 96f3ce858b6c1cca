using System.Numerics;

namespace Phonograph.Phonons;

/// <summary>
/// Chooses the vectors within a degenerate set of modes by a rule of the set's own: the coordinate with the largest share in what is left of the set
/// gives the next vector, its projection onto the set. The projector is unique where single eigenvectors are not, so any eigensolver
/// leads to the same vectors.
/// </summary>
internal static class DegenerateBasis
{
    /// <summary>Eigenvalues closer than this, relative to the largest, count as one.</summary>
    private const double RelativeTolerance = 1e-8;

    /// <summary>Shares closer than this are a tie; the lower coordinate wins, so rounding cannot choose.</summary>
    private const double TieTolerance = 1e-6;

    /// <summary>Rewrites rows of eigenvectors in place.</summary>
    /// <param name="eigenvalues">Rising eigenvalues.</param>
    /// <param name="vectors">One unit eigenvector per row.</param>
    /// <param name="length">Components per vector.</param>
    internal static void Canonicalise(ReadOnlySpan<double> eigenvalues, double[] vectors, int length)
    {
        foreach ((int first, int end) in Sets(eigenvalues))
        {
            CanonicaliseSet(vectors.AsSpan(first * length, (end - first) * length), end - first, length);
        }
    }

    /// <summary>The same rule for complex vectors; the chosen coordinate of each vector is real and positive.</summary>
    /// <param name="eigenvalues">Rising eigenvalues.</param>
    /// <param name="vectors">One unit eigenvector per row.</param>
    /// <param name="length">Components per vector.</param>
    internal static void Canonicalise(ReadOnlySpan<double> eigenvalues, Complex[] vectors, int length)
    {
        foreach ((int first, int end) in Sets(eigenvalues))
        {
            CanonicaliseSet(vectors.AsSpan(first * length, (end - first) * length), end - first, length);
        }
    }

    /// <summary>Ranges of rising eigenvalues that count as one.</summary>
    internal static List<(int First, int End)> Sets(ReadOnlySpan<double> eigenvalues)
    {
        double scale = 0;
        foreach (double eigenvalue in eigenvalues)
        {
            scale = Math.Max(scale, Math.Abs(eigenvalue));
        }

        var sets = new List<(int, int)>();
        for (int first = 0; first < eigenvalues.Length;)
        {
            int end = first + 1;
            while (end < eigenvalues.Length && eigenvalues[end] - eigenvalues[end - 1] <= RelativeTolerance * scale)
            {
                end++;
            }

            sets.Add((first, end));
            first = end;
        }

        return sets;
    }

    private static void CanonicaliseSet(Span<Complex> set, int count, int length)
    {
        Complex[] source = set.ToArray();
        var chosen = new Complex[count * length];
        for (int next = 0; next < count; next++)
        {
            var share = new double[length];
            for (int index = 0; index < source.Length; index++)
            {
                share[index % length] += Square(source[index]) - (index < next * length ? Square(chosen[index]) : 0);
            }

            double largest = share.Max();
            int pivot = Array.FindIndex(share, value => value >= largest - TieTolerance);
            Span<Complex> target = chosen.AsSpan(next * length, length);
            for (int vector = 0; vector < count; vector++)
            {
                Add(target, source.AsSpan(vector * length, length), Complex.Conjugate(source[(vector * length) + pivot]));
            }

            // Twice is enough for orthogonality to rounding.
            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < next; earlier++)
                {
                    Span<Complex> other = chosen.AsSpan(earlier * length, length);
                    Complex overlap = Complex.Zero;
                    for (int j = 0; j < length; j++)
                    {
                        overlap += Complex.Conjugate(other[j]) * target[j];
                    }

                    Add(target, other, -overlap);
                }
            }

            double norm = 0;
            foreach (Complex component in target)
            {
                norm += Square(component);
            }

            for (int j = 0; j < length; j++)
            {
                target[j] /= Math.Sqrt(norm);
            }
        }

        chosen.CopyTo(set);
    }

    private static double Square(Complex number) => (number.Real * number.Real) + (number.Imaginary * number.Imaginary);

    private static void Add(Span<Complex> target, ReadOnlySpan<Complex> source, Complex factor)
    {
        for (int j = 0; j < target.Length; j++)
        {
            target[j] += factor * source[j];
        }
    }

    private static void CanonicaliseSet(Span<double> set, int count, int length)
    {
        var source = set.ToArray();
        var chosen = new double[count * length];
        var share = new double[length];
        for (int next = 0; next < count; next++)
        {
            Array.Clear(share);
            for (int vector = 0; vector < count; vector++)
            {
                for (int j = 0; j < length; j++)
                {
                    share[j] += source[(vector * length) + j] * source[(vector * length) + j];
                }
            }

            for (int earlier = 0; earlier < next; earlier++)
            {
                for (int j = 0; j < length; j++)
                {
                    share[j] -= chosen[(earlier * length) + j] * chosen[(earlier * length) + j];
                }
            }

            double largest = share.Max();
            int pivot = Array.FindIndex(share, value => value >= largest - TieTolerance);
            Span<double> target = chosen.AsSpan(next * length, length);
            for (int vector = 0; vector < count; vector++)
            {
                Add(target, source.AsSpan(vector * length, length), source[(vector * length) + pivot]);
            }

            // Twice is enough for orthogonality to rounding.
            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < next; earlier++)
                {
                    Span<double> other = chosen.AsSpan(earlier * length, length);
                    Add(target, other, -Dot(target, other));
                }
            }

            double norm = Math.Sqrt(Dot(target, target));
            for (int j = 0; j < length; j++)
            {
                target[j] /= norm;
            }
        }

        chosen.CopyTo(set);
    }

    private static void Add(Span<double> target, ReadOnlySpan<double> source, double factor)
    {
        for (int j = 0; j < target.Length; j++)
        {
            target[j] += factor * source[j];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += a[j] * b[j];
        }

        return sum;
    }
}
