using System.Runtime.CompilerServices;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Polar;

/// <summary>Memory in which one thread sums the dipole interaction.</summary>
internal sealed class DipoleScratch(int order)
{
    internal double[] Real { get; } = new double[order * order];

    internal double[] Imaginary { get; } = new double[order * order];

    internal double[] VectorReal { get; } = new double[order];

    internal double[] VectorImaginary { get; } = new double[order];

    internal List<Vector3D> Images { get; } = [];

    /// <summary>Adds factor · v v† to the lower triangle, diagonal blocks included as they lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddProduct(int length, double factor)
    {
        ReadOnlySpan<double> real = VectorReal.AsSpan(0, length), imaginary = VectorImaginary.AsSpan(0, length);
        for (int row = 0; row < length; row++)
        {
            // Up to the end of the diagonal block, so that whole blocks can be read.
            int columns = (row / 3 * 3) + 3;
            VectorRows.AddConjugate(
                Real.AsSpan(row * length, columns), Imaginary.AsSpan(row * length, columns), real[..columns], imaginary[..columns], factor * real[row], factor * imaginary[row]);
        }
    }
}
