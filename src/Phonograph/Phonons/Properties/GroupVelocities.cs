using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Properties;

/// <summary>
/// Group velocities dω/dq of the phonons at a wave vector, from the derivative of the dynamical matrix (the theorem of H. Hellmann and R. Feynman). Bands of a degenerate set
/// are first told apart by the derivative along a direction, so that their velocities along it are right. Imaginary modes have the slope of their band, drawn below zero; phonopy gives them zero.
/// </summary>
public static class GroupVelocities
{
    /// <summary>Half of the step of central differences, 1/Å without 2π; only the long-range part is differentiated so.</summary>
    private const double Step = 1e-4;

    /// <summary>Below this frequency a velocity is not defined, THz; it is given as zero.</summary>
    private const double SmallestTerahertz = 1e-4;

    /// <summary>Velocity of each band by rising frequency, Cartesian, THz·Å (1 THz·Å is 100 m/s).</summary>
    /// <param name="matrix">Dynamical matrix.</param>
    /// <param name="waveVectorFractional">Wave vector in units of the reciprocal vectors.</param>
    /// <param name="directionCartesian">Direction that tells degenerate bands apart, Cartesian; null for (1, 2, 3), as phonopy.</param>
    public static ImmutableArray<Vector3D> At(DynamicalMatrix matrix, Vector3D waveVectorFractional, Vector3D? directionCartesian = null)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int order = matrix.Order;
        var solver = new PhononSolver(matrix);
        solver.Solve(waveVectorFractional, null, withVectors: true);
        var vectors = new Complex[order][];
        for (int band = 0; band < order; band++)
        {
            ReadOnlySpan<double> real = solver.VectorReal(band), imaginary = solver.VectorImaginary(band);
            vectors[band] = new Complex[order];
            for (int index = 0; index < order; index++)
            {
                vectors[band][index] = new Complex(real[index], imaginary[index]);
            }
        }

        double[] frequencies = [.. solver.FrequenciesTerahertz];
        Complex[][] derivatives = [.. Enumerable.Range(0, 3).Select(axis => Derivative(matrix, waveVectorFractional, Unit(axis)))];
        Vector3D d = directionCartesian ?? new Vector3D(1, 2, 3);
        d /= d.Length;
        for (int first = 0; first < order;)
        {
            int end = first + 1;
            while (end < order && frequencies[end] - frequencies[end - 1] < BandConnection.DegeneracyTerahertz)
            {
                end++;
            }

            if (end > first + 1)
            {
                TellApart(vectors, first, end, derivatives, d);
            }

            first = end;
        }

        return [.. Enumerable.Range(0, order).Select(band => Velocity(frequencies[band], derivatives, vectors[band]))];
    }

    /// <summary>ν = F √λ, so dν = F²/(2|ν|) dλ, for imaginary modes too.</summary>
    private static Vector3D Velocity(double frequency, Complex[][] derivatives, Complex[] vector)
    {
        if (Math.Abs(frequency) < SmallestTerahertz)
        {
            return Vector3D.Zero;
        }

        double unit = PhononModes.ToTerahertz(1), factor = unit * unit / (2 * Math.Abs(frequency));
        return factor * new Vector3D(Element(vector, derivatives[0], vector).Real, Element(vector, derivatives[1], vector).Real, Element(vector, derivatives[2], vector).Real);
    }

    private static void TellApart(Complex[][] vectors, int first, int end, Complex[][] derivatives, Vector3D d)
    {
        int size = end - first, order = vectors.Length;
        var small = new Complex[size * size];
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                for (int axis = 0; axis < 3; axis++)
                {
                    small[(row * size) + column] += d[axis] * Element(vectors[first + row], derivatives[axis], vectors[first + column]);
                }
            }
        }

        var eigen = HermitianEigen.Decompose(small, size);
        var turned = new Complex[size][];
        for (int k = 0; k < size; k++)
        {
            turned[k] = new Complex[order];
            for (int row = 0; row < size; row++)
            {
                for (int index = 0; index < order; index++)
                {
                    turned[k][index] += eigen.Vector(k)[row] * vectors[first + row][index];
                }
            }
        }

        turned.CopyTo(vectors, first);
    }

    /// <summary>dD/dq along a Cartesian direction, q in 1/Å without 2π, phases over lattice vectors.</summary>
    private static Complex[] Derivative(DynamicalMatrix matrix, Vector3D wave, Vector3D direction)
    {
        int order = matrix.Order;
        HermitianSolver plus = new(order), minus = new(order);
        PhaseScratch scratch = matrix.Scratch();
        double[] real = new double[order * order], imaginary = new double[order * order];
        matrix.AddAnalyticalDerivative(real, imaginary, wave, direction, scratch);
        Vector3D step = matrix.Crystal.Lattice.Rows * (Step * direction);
        matrix.FillLongRange(plus, wave, step, scratch);
        matrix.FillLongRange(minus, wave, -step, scratch);
        var derivative = new Complex[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                int at = (row * order) + column;
                var value = new Complex(
                    (2 * Math.PI * real[at]) + ((plus.Real[at] - minus.Real[at]) / (2 * Step)),
                    (2 * Math.PI * imaginary[at]) + ((plus.Imaginary[at] - minus.Imaginary[at]) / (2 * Step)));
                derivative[at] = row == column ? value.Real : value;
                derivative[(column * order) + row] = Complex.Conjugate(derivative[at]);
            }
        }

        return derivative;
    }

    private static Complex Element(Complex[] left, Complex[] matrix, Complex[] right)
    {
        int order = left.Length;
        Complex sum = 0;
        for (int row = 0; row < order; row++)
        {
            Complex image = 0;
            for (int column = 0; column < order; column++)
            {
                image += matrix[(row * order) + column] * right[column];
            }

            sum += Complex.Conjugate(left[row]) * image;
        }

        return sum;
    }

    private static Vector3D Unit(int axis) => new(axis == 0 ? 1 : 0, axis == 1 ? 1 : 0, axis == 2 ? 1 : 0);
}
