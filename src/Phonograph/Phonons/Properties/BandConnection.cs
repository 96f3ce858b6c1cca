using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Optimization;

namespace Phonograph.Phonons.Properties;

/// <summary>
/// Follows bands from one wave vector to the next by the overlap of their eigenvectors: the pairing with the largest sum of squared overlaps. A degenerate set
/// counts as one: a band may end in any of its directions, and leaves it along the direction in which it came (symmetric orthogonalisation, P.-O. Löwdin,
/// J. Chem. Phys. 18, 365 (1950)).
/// </summary>
public static class BandConnection
{
    /// <summary>Frequencies closer than this are one set, THz.</summary>
    public const double DegeneracyTerahertz = 1e-4;

    /// <summary>Below this squared overlap a direction inside a set has nothing to do with the bands that reach it.</summary>
    private const double SmallestOverlap = 1e-6;

    /// <summary>
    /// Reorders the bands of neighbouring wave vectors so that equal indices are connected. The second wave vector keeps its order: the first is often a point of high symmetry,
    /// where degenerate bands have no order of their own.
    /// </summary>
    /// <param name="modes">Phonons at neighbouring wave vectors of one line, with eigenvectors.</param>
    public static ImmutableArray<WaveVectorModes> Connect(IReadOnlyList<WaveVectorModes> modes)
    {
        ArgumentNullException.ThrowIfNull(modes);
        if (modes.Count < 2)
        {
            return [.. modes];
        }

        var connected = ImmutableArray.CreateBuilder<WaveVectorModes>(modes.Count);
        connected.Add(Next(modes[1], modes[0]));
        connected.Add(modes[1]);
        for (int index = 2; index < modes.Count; index++)
        {
            connected.Add(Next(connected[^1], modes[index]));
        }

        return connected.MoveToImmutable();
    }

    private static WaveVectorModes Next(WaveVectorModes before, WaveVectorModes here)
    {
        int count = here.Count;
        int[] set = Sets(here.FrequenciesTerahertz);
        var overlaps = new Complex[count * count];
        var gains = new double[count * count];
        for (int band = 0; band < count; band++)
        {
            var perSet = new double[count];
            for (int mode = 0; mode < count; mode++)
            {
                Complex overlap = Overlap(here.Vector(mode), before.Vector(band));
                overlaps[(band * count) + mode] = overlap;
                perSet[set[mode]] += (overlap.Real * overlap.Real) + (overlap.Imaginary * overlap.Imaginary);
            }

            for (int mode = 0; mode < count; mode++)
            {
                gains[(band * count) + mode] = perSet[set[mode]];
            }
        }

        int[] modeOf = Assignment.Largest(gains, count);
        var vectors = new Complex[count * count];
        foreach (IGrouping<int, int> bands in Enumerable.Range(0, count).GroupBy(band => set[modeOf[band]]))
        {
            Turn([.. bands], [.. bands.Select(band => modeOf[band])], overlaps, here, vectors);
        }

        return new WaveVectorModes(here.WaveVectorFractional, [.. modeOf.Select(mode => here.FrequenciesTerahertz[mode])], vectors);
    }

    /// <summary>Turns the vectors of a set, and their phases, as close as they can be to the vectors of the bands that reach it.</summary>
    private static void Turn(int[] bands, int[] modes, Complex[] overlaps, WaveVectorModes here, Complex[] vectors)
    {
        int size = bands.Length, count = here.Count;
        var m = new Complex[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                m[(row * size) + column] = overlaps[(bands[row] * count) + modes[column]];
            }
        }

        Complex[] turn = Orthogonalised(m, size);
        for (int row = 0; row < size; row++)
        {
            Span<Complex> target = vectors.AsSpan(bands[row] * count, count);
            for (int column = 0; column < size; column++)
            {
                ReadOnlySpan<Complex> source = here.Vector(modes[column]);
                for (int index = 0; index < count; index++)
                {
                    target[index] += turn[(row * size) + column] * source[index];
                }
            }
        }
    }

    /// <summary>(M M†)^(-1/2) M, the unitary matrix closest to M; the unit matrix where M does not determine one.</summary>
    private static Complex[] Orthogonalised(Complex[] m, int size)
    {
        var product = new Complex[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                for (int k = 0; k < size; k++)
                {
                    product[(row * size) + column] += m[(row * size) + k] * Complex.Conjugate(m[(column * size) + k]);
                }
            }
        }

        var eigen = HermitianEigen.Decompose(product, size);
        var turn = new Complex[size * size];
        bool isDetermined = eigen.Eigenvalues.Span[0] > SmallestOverlap;
        for (int row = 0; row < size; row++)
        {
            turn[(row * size) + row] = isDetermined ? 0 : 1;
        }

        for (int k = 0; isDetermined && k < size; k++)
        {
            ReadOnlySpan<Complex> vector = eigen.Vector(k);
            for (int column = 0; column < size; column++)
            {
                Complex projected = 0;
                for (int row = 0; row < size; row++)
                {
                    projected += Complex.Conjugate(vector[row]) * m[(row * size) + column];
                }

                projected /= Math.Sqrt(eigen.Eigenvalues.Span[k]);
                for (int row = 0; row < size; row++)
                {
                    turn[(row * size) + column] += vector[row] * projected;
                }
            }
        }

        return turn;
    }

    /// <summary>Number of the degenerate set of each rising frequency.</summary>
    private static int[] Sets(ImmutableArray<double> frequencies)
    {
        var set = new int[frequencies.Length];
        for (int mode = 1; mode < set.Length; mode++)
        {
            set[mode] = set[mode - 1] + (frequencies[mode] - frequencies[mode - 1] > DegeneracyTerahertz ? 1 : 0);
        }

        return set;
    }

    private static Complex Overlap(ReadOnlySpan<Complex> left, ReadOnlySpan<Complex> right)
    {
        (double real, double imaginary) = (0, 0);
        for (int index = 0; index < left.Length; index++)
        {
            (Complex a, Complex b) = (left[index], right[index]);
            real += (a.Real * b.Real) + (a.Imaginary * b.Imaginary);
            imaginary += (a.Real * b.Imaginary) - (a.Imaginary * b.Real);
        }

        return new Complex(real, imaginary);
    }
}
