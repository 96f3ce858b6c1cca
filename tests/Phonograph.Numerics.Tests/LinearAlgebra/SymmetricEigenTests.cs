using System.Numerics;
using CsCheck;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.LinearAlgebra;

public sealed class SymmetricEigenTests
{
    private static readonly Gen<(int Order, ulong Seed)> Matrices = Gen.Select(Gen.Int[1, 14], Gen.ULong);

    [Fact]
    public void Every_pair_solves_the_eigenvalue_equation_and_the_vectors_are_orthonormal() => Matrices.Sample(
        shape => AssertDecomposes(Symmetric(shape.Order, shape.Seed), shape.Order, 1),
        iter: 200);

    [Fact]
    public void A_matrix_of_the_size_of_a_supercell_is_decomposed_to_rounding() => AssertDecomposes(Symmetric(120, 7), 120, 1);

    [Fact]
    public void Degenerate_eigenvalues_keep_orthonormal_vectors() => Gen.Select(Gen.Int[2, 12], Gen.ULong, Gen.Int[1, 4]).Sample(
        (order, seed, distinct) =>
        {
            double[] values = [.. Enumerable.Range(0, order).Select(index => (double)(index % distinct) - 1)];
            double[] matrix = WithSpectrum(values, seed);
            SymmetricEigen eigen = AssertDecomposes(matrix, order, 1);
            double[] rising = [.. values.Order()];
            for (int index = 0; index < order; index++)
            {
                Assert.Equal(rising[index], eigen.Values.Span[index], 1e-12);
            }
        },
        iter: 100);

    [Theory]
    [InlineData(1e-150)]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    [InlineData(1e150)]
    public void Scaling_the_matrix_scales_the_eigenvalues(double scale)
    {
        double[] matrix = [.. Symmetric(9, 3).Select(element => scale * element)];
        AssertDecomposes(matrix, 9, scale);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    public void Zero_and_diagonal_matrices_are_no_special_case(int order)
    {
        AssertDecomposes(new double[order * order], order, 1);
        var diagonal = new double[order * order];
        for (int index = 0; index < order; index++)
        {
            diagonal[(index * order) + index] = (index * 7 % 5) - 2;
        }

        AssertDecomposes(diagonal, order, 1);
    }

    [Fact]
    public void Eigenvalues_of_a_chain_of_springs_are_those_of_the_textbook()
    {
        // Fixed ends, unit springs and masses: 4 sin²(kπ / 2(n+1)).
        const int Order = 25;
        var matrix = new double[Order * Order];
        for (int index = 0; index < Order; index++)
        {
            matrix[(index * Order) + index] = 2;
            if (index > 0)
            {
                matrix[(index * Order) + index - 1] = matrix[((index - 1) * Order) + index] = -1;
            }
        }

        ReadOnlySpan<double> values = AssertDecomposes(matrix, Order, 1).Values.Span;
        for (int index = 0; index < Order; index++)
        {
            double sine = Math.Sin((index + 1) * Math.PI / (2 * (Order + 1)));
            Assert.Equal(4 * sine * sine, values[index], 1e-13);
        }
    }

    [Fact]
    public void The_same_matrix_gives_the_same_bits()
    {
        double[] matrix = Symmetric(40, 11);
        SymmetricEigen first = SymmetricEigen.Decompose(matrix, 40), second = SymmetricEigen.Decompose(matrix, 40);
        Assert.True(first.Values.Span.SequenceEqual(second.Values.Span));
        Assert.True(first.Vector(17).SequenceEqual(second.Vector(17)));
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_wrong_counts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Decompose([1, double.NaN, double.NaN, 1], 2));
        Assert.Throws<ArgumentException>(() => SymmetricEigen.Decompose([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => HermitianEigen.Values([Complex.One], 2));
    }

    [Fact]
    public void Hermitian_eigenvalues_are_those_the_matrix_was_built_from() => Gen.Select(Gen.Int[1, 8], Gen.ULong).Sample(
        (order, seed) =>
        {
            var random = new Philox(seed, 1);
            double[] wanted = [.. Enumerable.Range(0, order).Select(_ => Math.Round(3 * random.NextNormal(), 1)).Order()];
            Complex[] vectors = Unitary(order, random);
            var matrix = new Complex[order * order];
            for (int row = 0; row < order; row++)
            {
                for (int column = 0; column < order; column++)
                {
                    for (int k = 0; k < order; k++)
                    {
                        matrix[(row * order) + column] += wanted[k] * vectors[(k * order) + row] * Complex.Conjugate(vectors[(k * order) + column]);
                    }
                }
            }

            double[] found = HermitianEigen.Values(matrix, order);
            for (int index = 0; index < order; index++)
            {
                Assert.Equal(wanted[index], found[index], 1e-11);
            }
        },
        iter: 100);

    private static SymmetricEigen AssertDecomposes(double[] matrix, int order, double scale)
    {
        var eigen = SymmetricEigen.Decompose(matrix, order);
        double tolerance = 1e-13 * order;
        for (int first = 0; first < order; first++)
        {
            ReadOnlySpan<double> vector = eigen.Vector(first);
            double value = eigen.Values.Span[first];
            Assert.True(first == 0 || value >= eigen.Values.Span[first - 1]);
            for (int row = 0; row < order; row++)
            {
                double image = 0;
                for (int column = 0; column < order; column++)
                {
                    image += matrix[(row * order) + column] * vector[column];
                }

                Assert.Equal(value / scale * vector[row], image / scale, 10 * tolerance);
            }

            for (int second = 0; second <= first; second++)
            {
                double overlap = 0;
                for (int row = 0; row < order; row++)
                {
                    overlap += vector[row] * eigen.Vector(second)[row];
                }

                Assert.Equal(first == second ? 1 : 0, overlap, tolerance);
            }
        }

        return eigen;
    }

    private static double[] Symmetric(int order, ulong seed)
    {
        var random = new Philox(seed, 0);
        var matrix = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                matrix[(row * order) + column] = matrix[(column * order) + row] = random.NextNormal();
            }
        }

        return matrix;
    }

    /// <summary>Σ λ v vᵀ with the vectors of a random symmetric matrix.</summary>
    private static double[] WithSpectrum(double[] values, ulong seed)
    {
        int order = values.Length;
        var basis = SymmetricEigen.Decompose(Symmetric(order, seed), order);
        var matrix = new double[order * order];
        for (int k = 0; k < order; k++)
        {
            for (int row = 0; row < order; row++)
            {
                for (int column = 0; column < order; column++)
                {
                    matrix[(row * order) + column] += values[k] * basis.Vector(k)[row] * basis.Vector(k)[column];
                }
            }
        }

        return matrix;
    }

    /// <summary>Orthonormal complex rows by Gram and Schmidt, twice.</summary>
    private static Complex[] Unitary(int order, Philox random)
    {
        var rows = new Complex[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < order; column++)
            {
                rows[(row * order) + column] = new Complex(random.NextNormal(), random.NextNormal());
            }

            for (int pass = 0; pass < 2; pass++)
            {
                for (int earlier = 0; earlier < row; earlier++)
                {
                    Complex overlap = Complex.Zero;
                    for (int column = 0; column < order; column++)
                    {
                        overlap += Complex.Conjugate(rows[(earlier * order) + column]) * rows[(row * order) + column];
                    }

                    for (int column = 0; column < order; column++)
                    {
                        rows[(row * order) + column] -= overlap * rows[(earlier * order) + column];
                    }
                }
            }

            double norm = 0;
            for (int column = 0; column < order; column++)
            {
                norm += (rows[(row * order) + column] * Complex.Conjugate(rows[(row * order) + column])).Real;
            }

            for (int column = 0; column < order; column++)
            {
                rows[(row * order) + column] /= Math.Sqrt(norm);
            }
        }

        return rows;
    }
}
