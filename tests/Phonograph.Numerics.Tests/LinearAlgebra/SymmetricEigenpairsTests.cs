using CsCheck;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.LinearAlgebra;

public sealed class SymmetricEigenpairsTests
{
    [Fact]
    public void Chosen_pairs_are_those_of_the_whole_decomposition() => Gen.Select(Gen.Int[1, 40], Gen.ULong, Gen.Double[-200, 200]).Sample(
        (order, seed, exponent) =>
        {
            double scale = Math.Pow(10, exponent / 4);
            double[] matrix = Matrix(order, seed, scale);
            var all = SymmetricEigen.Decompose(matrix, order);
            int first = (int)(seed % (ulong)order), count = Math.Min(3, order - first);
            var some = SymmetricEigenpairs.Of(matrix, order, first, count);
            double norm = all.Values.Span.ToArray().Max(Math.Abs);
            for (int index = 0; index < count; index++)
            {
                Assert.Equal(all.Values.Span[first + index], some.Values[index], 1e-13 * order * norm);
                AssertSolves(matrix, order, some.Values[index], some.Vector(index), norm);
            }
        },
        iter: 200);

    [Fact]
    public void Equal_eigenvalues_get_orthonormal_vectors_that_solve_the_equation()
    {
        // A block repeated three times along the diagonal: every eigenvalue is threefold, and T falls apart.
        const int Block = 7, Order = 3 * Block;
        double[] block = Matrix(Block, 5, 1), matrix = new double[Order * Order];
        for (int copy = 0; copy < 3; copy++)
        {
            for (int row = 0; row < Block; row++)
            {
                for (int column = 0; column < Block; column++)
                {
                    matrix[(((copy * Block) + row) * Order) + (copy * Block) + column] = block[(row * Block) + column];
                }
            }
        }

        var some = SymmetricEigenpairs.Of(matrix, Order, 6, 3);
        double norm = SymmetricEigen.Decompose(matrix, Order).Values.Span.ToArray().Max(Math.Abs);
        for (int index = 0; index < 3; index++)
        {
            AssertSolves(matrix, Order, some.Values[index], some.Vector(index), norm);
            for (int other = 0; other < index; other++)
            {
                double overlap = 0;
                for (int row = 0; row < Order; row++)
                {
                    overlap += some.Vector(index)[row] * some.Vector(other)[row];
                }

                Assert.Equal(0, overlap, 1e-10);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Diagonal_matrices_and_zero_are_no_exception(double scale)
    {
        const int Order = 6;
        var matrix = new double[Order * Order];
        for (int row = 0; row < Order; row++)
        {
            matrix[(row * Order) + row] = scale * (row - 2);
        }

        var some = SymmetricEigenpairs.Of(matrix, Order, 2, 2);
        Assert.Equal(0, some.Values[0], 1e-14);
        Assert.Equal(scale, some.Values[1], 1e-14);
        AssertSolves(matrix, Order, some.Values[1], some.Vector(1), Math.Max(1, scale));
    }

    [Fact]
    public void Places_that_do_not_exist_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SymmetricEigenpairs.Of(Matrix(3, 1, 1), 3, 2, 2));
        Assert.Throws<ArgumentException>(() => SymmetricEigenpairs.Of(Matrix(3, 1, 1), 3, -1, 1));
        Assert.Throws<ArgumentException>(() => SymmetricEigenpairs.Of([double.NaN], 1, 0, 1));
    }

    private static double[] Matrix(int order, ulong seed, double scale)
    {
        var random = new Philox(seed, 1);
        var matrix = new double[order * order];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                matrix[(row * order) + column] = matrix[(column * order) + row] = scale * random.NextNormal();
            }
        }

        return matrix;
    }

    private static void AssertSolves(double[] matrix, int order, double value, ReadOnlySpan<double> vector, double norm)
    {
        double length = 0, residual = 0;
        for (int row = 0; row < order; row++)
        {
            double sum = -value * vector[row];
            for (int column = 0; column < order; column++)
            {
                sum += matrix[(row * order) + column] * vector[column];
            }

            residual = Math.Max(residual, Math.Abs(sum));
            length += vector[row] * vector[row];
        }

        Assert.Equal(1, length, 1e-12);
        Assert.True(residual < 1e-12 * order * Math.Max(norm, double.Epsilon), $"residual {residual}, norm {norm}");
    }
}
