using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Sampling;

namespace Phonograph.Tests.Sampling;

/// <summary>The mean of u uᵀ over draws beside the covariance they should have, both 3N × 3N by rows, Å².</summary>
internal static class SampleCovariance
{
    internal static double[] Of(IEnumerable<Configuration> draws, int order, out int count)
    {
        var sums = new double[order * order];
        var u = new double[order];
        count = 0;
        foreach (Configuration draw in draws)
        {
            Flatten(draw.DisplacementsCartesian, u);
            count++;
            for (int row = 0; row < order; row++)
            {
                for (int column = 0; column <= row; column++)
                {
                    sums[(row * order) + column] += u[row] * u[column];
                }
            }
        }

        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                sums[(row * order) + column] /= count;
                sums[(column * order) + row] = sums[(row * order) + column];
            }
        }

        return sums;
    }

    /// <summary>
    /// Deviations in standard errors: for Gaussian draws the variance of an element is (C_ii C_jj + C_ij²) / count. Returns the largest and the mean square.
    /// </summary>
    internal static (double Largest, double MeanSquare) Scores(IEnumerable<Configuration> draws, double[] wanted)
    {
        int order = (int)Math.Sqrt(wanted.Length);
        double[] found = Of(draws, order, out int count);
        double squares = 0, largest = 0;
        int elements = 0;
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column <= row; column++, elements++)
            {
                double analytic = wanted[(row * order) + column];
                double z = (found[(row * order) + column] - analytic) / Math.Sqrt(((wanted[(row * order) + row] * wanted[(column * order) + column]) + (analytic * analytic)) / count);
                squares += z * z;
                largest = Math.Max(largest, Math.Abs(z));
            }
        }

        return (largest, squares / elements);
    }

    /// <summary>The covariance of an ensemble of wave vectors, written out.</summary>
    internal static double[] Full(WaveVectorEnsemble ensemble)
    {
        int atoms = ensemble.Crystal.AtomCount, order = 3 * atoms;
        var full = new double[order * order];
        for (int first = 0; first < atoms; first++)
        {
            for (int second = 0; second < atoms; second++)
            {
                Matrix3x3 block = ensemble.Covariance(first, second);
                for (int element = 0; element < 9; element++)
                {
                    full[(((3 * first) + (element / 3)) * order) + (3 * second) + (element % 3)] = block[element / 3, element % 3];
                }
            }
        }

        return full;
    }

    /// <summary>Covariance of independent atoms after the drift of the centre of mass is taken out: P V Pᵀ with the projection P written out.</summary>
    internal static double[] WithoutDrift(ImmutableArray<Matrix3x3> free, ImmutableArray<double> masses)
    {
        int atoms = free.Length, order = 3 * atoms;
        double total = masses.Sum();
        double Projection(int row, int column) => row % 3 != column % 3 ? 0 : (row == column ? 1 : 0) - (masses[column / 3] / total);
        var covariance = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                for (int atom = 0; atom < atoms; atom++)
                {
                    for (int element = 0; element < 9; element++)
                    {
                        covariance[(row * order) + column] += Projection(row, (3 * atom) + (element / 3)) * free[atom][element / 3, element % 3] * Projection(column, (3 * atom) + (element % 3));
                    }
                }
            }
        }

        return covariance;
    }

    /// <summary>Diagonal block of an atom.</summary>
    internal static Matrix3x3 Atom(double[] covariance, int atom)
    {
        int order = (int)Math.Sqrt(covariance.Length);
        Vector3D Row(int axis)
        {
            int start = (((3 * atom) + axis) * order) + (3 * atom);
            return new Vector3D(covariance[start], covariance[start + 1], covariance[start + 2]);
        }

        return new Matrix3x3(Row(0), Row(1), Row(2));
    }

    /// <summary>½ tr(Φ C), eV.</summary>
    internal static double Energy(ReadOnlySpan<double> constants, double[] covariance)
    {
        double energy = 0;
        for (int index = 0; index < covariance.Length; index++)
        {
            energy += 0.5 * constants[index] * covariance[index];
        }

        return energy;
    }

    internal static double Largest(IEnumerable<double> a, IEnumerable<double> b) => a.Zip(b).Max(pair => Math.Abs(pair.First - pair.Second));

    private static void Flatten(ImmutableArray<Vector3D> displacements, double[] u)
    {
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            (u[3 * atom], u[(3 * atom) + 1], u[(3 * atom) + 2]) = (displacements[atom].X, displacements[atom].Y, displacements[atom].Z);
        }
    }
}
