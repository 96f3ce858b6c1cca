using CsCheck;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.LinearAlgebra;

/// <summary>The three parts of a least-squares fit with constraints: normal matrix, Cholesky factor, reflections.</summary>
public sealed class LeastSquaresTests
{
    [Fact]
    public void A_normal_matrix_is_the_sum_over_observations() => Gen.Select(Gen.Int[1, 70], Gen.Int[0, 13], Gen.ULong).Sample(
        (order, count, seed) =>
        {
            double[] rows = Numbers(count * order, seed);
            Array.Clear(rows, 0, Math.Min(rows.Length, order / 2));
            var normal = new NormalMatrix(order);
            normal.Add(rows, 2);
            normal.Add(rows, 0.5);
            double[] found = normal.ToArray();
            for (int i = 0; i < order; i++)
            {
                for (int j = 0; j < order; j++)
                {
                    double expected = 2.5 * Enumerable.Range(0, count).Sum(row => rows[(row * order) + i] * rows[(row * order) + j]);
                    Assert.Equal(expected, found[(i * order) + j], 1e-12);
                }
            }
        },
        iter: 100);

    [Fact]
    public void A_positive_matrix_is_solved_and_inverted() => Gen.Select(Gen.Int[1, 130], Gen.ULong).Sample(
        (order, seed) =>
        {
            double[] matrix = Gram(order, 2 * order, seed), right = Numbers(order, seed + 1);
            matrix[0] *= 1e6;
            Cholesky factor = Cholesky.TryDecompose(matrix, order)!;
            Assert.Equal((order, order), (factor.Order, Cholesky.Rank(matrix, order)));
            double[] solution = factor.Solve(right), inverse = factor.Inverse();
            for (int row = 0; row < order; row++)
            {
                Assert.Equal(right[row], Enumerable.Range(0, order).Sum(k => matrix[(row * order) + k] * solution[k]), 1e-6);
                Assert.Equal(solution[row], Enumerable.Range(0, order).Sum(k => inverse[(row * order) + k] * right[k]), 1e-6 * (1 + Math.Abs(solution[row])));
            }
        },
        iter: 60);

    [Fact]
    public void The_rank_of_a_semidefinite_matrix_is_told_and_no_solution_invented() => Gen.Select(Gen.Int[2, 30], Gen.ULong).Sample(
        (order, seed) =>
        {
            int rank = 1 + (int)(seed % (ulong)(order - 1));
            Assert.Equal(rank, Cholesky.Rank(Gram(order, rank, seed), order));
            Assert.Null(Cholesky.TryDecompose(Gram(order, rank, seed), order));
        },
        iter: 60);

    [Fact]
    public void Rounding_on_the_diagonal_is_no_direction() =>
        Assert.Equal(1, Cholesky.Rank([4, 1e-20, 1e-20, 1e-32], 2));

    [Fact]
    public void Reflections_make_an_orthogonal_matrix_whose_first_columns_span_the_vectors() => Gen.Select(Gen.Int[2, 20], Gen.Int[1, 6], Gen.ULong).Sample(
        (order, count, seed) =>
        {
            double[][] vectors = [.. Enumerable.Range(0, count).Select(index => Numbers(order, seed + (ulong)index))];
            double[][] dependent = [.. vectors, [.. vectors[0].Select((x, index) => (2 * x) - vectors[^1][index])], new double[order]];
            var reflections = HouseholderReflections.Of(dependent, order);
            Assert.Equal(Math.Min(order, count), reflections.Rank);
            var columns = new double[order][];
            for (int column = 0; column < order; column++)
            {
                columns[column] = new double[order];
                columns[column][column] = 1;
                reflections.Apply(columns[column]);
                double[] back = [.. columns[column]];
                reflections.ApplyTransposed(back);
                Assert.All(Enumerable.Range(0, order), row => Assert.Equal(row == column ? 1 : 0, back[row], 1e-12));
            }

            for (int first = reflections.Rank; first < order; first++)
            {
                Assert.All(dependent, vector => Assert.Equal(0, vector.Zip(columns[first], (a, b) => a * b).Sum(), 1e-11));
            }

            double[] matrix = Gram(order, order, seed), turned = [.. matrix];
            reflections.ApplyToBothSides(turned);
            for (int i = 0; i < order; i++)
            {
                for (int j = 0; j < order; j++)
                {
                    double expected = Enumerable.Range(0, order).Sum(k => Enumerable.Range(0, order).Sum(l => columns[i][k] * matrix[(k * order) + l] * columns[j][l]));
                    Assert.Equal(expected, turned[(i * order) + j], 1e-10);
                }
            }
        },
        iter: 60);

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new NormalMatrix(3).Add(new double[4], 1));
        Assert.Throws<ArgumentException>(() => Cholesky.TryDecompose(new double[3], 2));
        Assert.Throws<ArgumentException>(() => Cholesky.TryDecompose([double.NaN], 1));
        Assert.Throws<ArgumentException>(() => Cholesky.TryDecompose([1], 1)!.Solve(new double[2]));
        Assert.Throws<ArgumentException>(() => HouseholderReflections.Of([new double[2]], 3));
        Assert.Throws<ArgumentException>(() => HouseholderReflections.Of([[1, 0, 0]], 3).ApplyToBothSides(new double[4]));
    }

    private static double[] Numbers(int count, ulong seed)
    {
        var random = new Philox(seed, 1);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }

    private static double[] Gram(int order, int rank, ulong seed)
    {
        double[] rows = Numbers(rank * order, seed);
        var normal = new NormalMatrix(order);
        normal.Add(rows, 1);
        return normal.ToArray();
    }
}
