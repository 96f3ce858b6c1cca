using System.Numerics;
using CsCheck;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.LinearAlgebra;

public sealed class HermitianSolverTests
{
    [Fact]
    public void Every_pair_solves_the_eigenvalue_equation_and_the_vectors_are_orthonormal() =>
        Gen.Select(Gen.Int[1, 14], Gen.ULong).Sample((order, seed) => AssertDecomposes(Hermitian(order, seed), order, 1), iter: 200);

    [Fact]
    public void A_matrix_of_the_size_of_a_supercell_is_decomposed_to_rounding() => AssertDecomposes(Hermitian(120, 7), 120, 1);

    [Theory]
    [InlineData(1e-140)]
    [InlineData(1e140)]
    public void Scaling_the_matrix_scales_the_eigenvalues(double scale) =>
        AssertDecomposes([.. Hermitian(9, 3).Select(element => scale * element)], 9, scale);

    [Fact]
    public void Zero_diagonal_real_and_imaginary_matrices_are_no_special_case()
    {
        for (int order = 0; order < 7; order++)
        {
            AssertDecomposes(new Complex[order * order], order, 1);
            var diagonal = new Complex[order * order];
            for (int index = 0; index < order; index++)
            {
                diagonal[(index * order) + index] = (index * 7 % 5) - 2;
            }

            AssertDecomposes(diagonal, order, 1);
            Complex[] matrix = Hermitian(order, 5);
            AssertDecomposes([.. matrix.Select(element => new Complex(element.Real, 0))], order, 1);
            AssertDecomposes([.. matrix.Select(element => new Complex(0, element.Imaginary))], order, 1);
        }
    }

    [Fact]
    public void A_degenerate_matrix_with_a_known_spectrum_gives_it_back() => Gen.Select(Gen.Int[2, 12], Gen.ULong, Gen.Int[1, 4]).Sample(
        (order, seed, distinct) =>
        {
            var basis = HermitianEigen.Decompose(Hermitian(order, seed), order);
            double[] values = [.. Enumerable.Range(0, order).Select(index => (double)(index % distinct) - 1)];
            var matrix = new Complex[order * order];
            for (int k = 0; k < order; k++)
            {
                for (int row = 0; row < order; row++)
                {
                    for (int column = 0; column < order; column++)
                    {
                        matrix[(row * order) + column] += values[k] * basis.Vector(k)[row] * Complex.Conjugate(basis.Vector(k)[column]);
                    }
                }
            }

            double[] rising = [.. values.Order()];
            HermitianEigen found = AssertDecomposes(matrix, order, 1);
            for (int index = 0; index < order; index++)
            {
                Assert.Equal(rising[index], found.Eigenvalues.Span[index], 1e-12);
            }
        },
        iter: 100);

    [Fact]
    public void Eigenvalues_are_those_of_the_real_matrix_of_twice_the_order()
    {
        // H = A + iB has the spectrum of [A, -B; B, A], each eigenvalue twice.
        const int Order = 23;
        Complex[] matrix = Hermitian(Order, 41);
        var real = new double[4 * Order * Order];
        for (int row = 0; row < Order; row++)
        {
            for (int column = 0; column < Order; column++)
            {
                Complex element = matrix[(row * Order) + column];
                real[(row * 2 * Order) + column] = real[((row + Order) * 2 * Order) + column + Order] = element.Real;
                real[(row * 2 * Order) + column + Order] = -element.Imaginary;
                real[((row + Order) * 2 * Order) + column] = element.Imaginary;
            }
        }

        ReadOnlySpan<double> twice = SymmetricEigen.Decompose(real, 2 * Order).Values.Span;
        double[] found = HermitianEigen.Values(matrix, Order);
        for (int index = 0; index < Order; index++)
        {
            Assert.Equal(twice[2 * index], found[index], 1e-12);
        }
    }

    [Fact]
    public void Memory_used_again_and_leaving_the_vectors_out_do_not_change_a_bit()
    {
        var fresh = new HermitianSolver(20);
        var used = new HermitianSolver(20);
        Fill(used, Hermitian(20, 1));
        used.Solve(withVectors: true);
        Fill(used, Hermitian(20, 2));
        Fill(fresh, Hermitian(20, 2));
        used.Solve(withVectors: true);
        fresh.Solve(withVectors: true);
        Assert.True(fresh.Values.SequenceEqual(used.Values));
        for (int index = 0; index < 20; index++)
        {
            Assert.True(fresh.VectorReal(index).SequenceEqual(used.VectorReal(index)) && fresh.VectorImaginary(index).SequenceEqual(used.VectorImaginary(index)));
        }

        double[] values = [.. used.Values];
        Fill(used, Hermitian(20, 2));
        used.Solve(withVectors: false);
        Assert.Equal(values, used.Values.ToArray());
    }

    [Fact]
    public void The_lower_triangle_is_enough()
    {
        Complex[] matrix = Hermitian(9, 8);
        var solver = new HermitianSolver(9);
        Fill(solver, matrix);
        for (int row = 0; row < 9; row++)
        {
            for (int column = row + 1; column < 9; column++)
            {
                solver.Real[(row * 9) + column] = solver.Imaginary[(row * 9) + column] = 77;
            }
        }

        solver.CompleteFromLower();
        for (int index = 0; index < 81; index++)
        {
            Assert.Equal(matrix[index], new Complex(solver.Real[index], solver.Imaginary[index]));
        }
    }

    [Fact]
    public void Numbers_that_are_not_finite_and_wrong_counts_are_refused()
    {
        Assert.Throws<ArgumentException>(() => HermitianEigen.Decompose([Complex.One], 2));
        Assert.Throws<ArgumentException>(() => HermitianEigen.Decompose([Complex.One, new Complex(0, double.NaN), Complex.One, Complex.One], 2));
    }

    private static void Fill(HermitianSolver solver, Complex[] matrix)
    {
        for (int index = 0; index < matrix.Length; index++)
        {
            solver.Real[index] = matrix[index].Real;
            solver.Imaginary[index] = matrix[index].Imaginary;
        }
    }

    private static HermitianEigen AssertDecomposes(Complex[] matrix, int order, double scale)
    {
        var eigen = HermitianEigen.Decompose(matrix, order);
        double tolerance = 1e-13 * Math.Max(order, 1);
        for (int first = 0; first < order; first++)
        {
            ReadOnlySpan<Complex> vector = eigen.Vector(first);
            double value = eigen.Eigenvalues.Span[first];
            Assert.True(first == 0 || value >= eigen.Eigenvalues.Span[first - 1]);
            for (int row = 0; row < order; row++)
            {
                Complex image = 0;
                for (int column = 0; column < order; column++)
                {
                    image += matrix[(row * order) + column] * vector[column];
                }

                Assert.True((image / scale - (value / scale * vector[row])).Magnitude < 10 * tolerance);
            }

            for (int second = 0; second <= first; second++)
            {
                Complex overlap = 0;
                for (int row = 0; row < order; row++)
                {
                    overlap += Complex.Conjugate(vector[row]) * eigen.Vector(second)[row];
                }

                Assert.True((overlap - (first == second ? 1 : 0)).Magnitude < tolerance);
            }
        }

        return eigen;
    }

    private static Complex[] Hermitian(int order, ulong seed)
    {
        var random = new Philox(seed, 0);
        var matrix = new Complex[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column < row; column++)
            {
                matrix[(row * order) + column] = new Complex(random.NextNormal(), random.NextNormal());
                matrix[(column * order) + row] = Complex.Conjugate(matrix[(row * order) + column]);
            }

            matrix[(row * order) + row] = random.NextNormal();
        }

        return matrix;
    }
}
