using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.LinearAlgebra;

public sealed class KernelRidgeTests
{
    [Theory]
    [InlineData(30, 5)]
    [InlineData(12, 40)]
    public void The_dual_solution_predicts_what_the_primal_one_does(int samples, int features)
    {
        (double[][] x, double[] y) = Data(samples, features, 1);
        double[][] others = Data(7, features, 2).Features;
        var ridge = KernelRidge.Of(Products(x, x, Linear), samples);
        foreach (double strength in (double[])[1e-4, 0.3, 20])
        {
            Func<double[], double> primal = Primal(x, y, strength * ridge.MeanVariance);
            KernelRidgeSolution dual = ridge.Solve(y, strength);
            Assert.All(others, other => Assert.Equal(primal(other), dual.Predict(Products([other], x, Linear)), 1e-7));
        }
    }

    [Fact]
    public void The_squared_kernel_is_ridge_on_features_squares_and_products()
    {
        const int Features = 4;
        (double[][] x, double[] y) = Data(25, Features, 3);
        double[][] others = Data(6, Features, 4).Features;
        double Squared(double[] a, double[] b) => Linear(a, b) + (Linear(a, b) * Linear(a, b));
        static double[] Explicit(double[] q) =>
            [.. q, .. q.Select(value => value * value), .. Enumerable.Range(0, q.Length).SelectMany(i => Enumerable.Range(i + 1, q.Length - i - 1).Select(j => Math.Sqrt(2) * q[i] * q[j]))];
        var ridge = KernelRidge.Of(Products(x, x, Squared), x.Length);
        KernelRidgeSolution dual = ridge.Solve(y, 0.05);
        Func<double[], double> primal = Primal([.. x.Select(Explicit)], y, 0.05 * ridge.MeanVariance);
        Assert.All(others, other => Assert.Equal(primal(Explicit(other)), dual.Predict(Products([other], x, Squared)), 1e-9));
    }

    [Fact]
    public void A_linear_function_is_found_again()
    {
        (double[][] x, _) = Data(40, 6, 5);
        double[] slopes = [1, -2, 0.5, 0, 3, -0.25];
        double[] y = [.. x.Select(row => 7 + Linear(row, slopes))];
        KernelRidgeSolution solution = KernelRidge.Of(Products(x, x, Linear), 40).Solve(y, 1e-10);
        Assert.All(Data(10, 6, 6).Features, other => Assert.Equal(7 + Linear(other, slopes), solution.Predict(Products([other], x, Linear)), 1e-6));
    }

    [Fact]
    public void A_strong_ridge_says_the_mean_and_weights_sum_to_zero()
    {
        (double[][] x, double[] y) = Data(20, 5, 7);
        var ridge = KernelRidge.Of(Products(x, x, Linear), 20);
        Assert.Equal(y.Average(), ridge.Solve(y, 1e12).Predict(Products([x[3]], x, Linear)), 1e-9);
        double sum = 0;
        foreach (double weight in ridge.Solve(y, 0.1).Weights)
        {
            sum += weight;
        }

        Assert.Equal(0, sum, 1e-10);
    }

    [Fact]
    public void The_origin_of_the_features_does_not_matter()
    {
        (double[][] x, double[] y) = Data(20, 5, 8);
        double[][] moved = [.. x.Select(row => row.Select((value, feature) => value + feature - 2.5).ToArray())];
        KernelRidgeSolution here = KernelRidge.Of(Products(x, x, Linear), 20).Solve(y, 0.1), there = KernelRidge.Of(Products(moved, moved, Linear), 20).Solve(y, 0.1);
        Assert.Equal(here.Predict(Products([x[0]], x, Linear)), there.Predict(Products([moved[0]], moved, Linear)), 1e-9);
    }

    [Fact]
    public void Samples_that_are_all_the_same_leave_the_mean()
    {
        double[][] x = [.. Enumerable.Repeat(new double[] { 1, 2 }, 4)];
        Assert.Equal(2.5, KernelRidge.Of(Products(x, x, Linear), 4).Solve([1, 2, 3, 4], 0.1).Predict([5, 5, 5, 5]), 1e-12);
    }

    /// <summary>Normal equations of the centred features, the intercept not punished.</summary>
    private static Func<double[], double> Primal(double[][] x, double[] y, double penalty)
    {
        int features = x[0].Length;
        double[] mean = [.. Enumerable.Range(0, features).Select(feature => x.Average(row => row[feature]))];
        double[][] centred = [.. x.Select(row => row.Zip(mean, (value, centre) => value - centre).ToArray())];
        var matrix = new double[features * features];
        var right = new double[features];
        for (int i = 0; i < features; i++)
        {
            right[i] = centred.Zip(y, (row, target) => row[i] * (target - y.Average())).Sum();
            for (int j = 0; j < features; j++)
            {
                matrix[(i * features) + j] = centred.Sum(row => row[i] * row[j]) + (i == j ? penalty : 0);
            }
        }

        double[] weights = Cholesky.TryDecompose(matrix, features)!.Solve(right);
        return row => y.Average() + Linear([.. row.Zip(mean, (value, centre) => value - centre)], weights);
    }

    private static (double[][] Features, double[] Targets) Data(int samples, int features, ulong seed)
    {
        var random = new Philox(seed, 77);
        double[][] x = [.. Enumerable.Range(0, samples).Select(_ => Enumerable.Range(0, features).Select(_ => 0.3 + random.NextNormal()).ToArray())];
        return (x, [.. x.Select(row => row[0] - (2 * row[^1]) + (0.1 * random.NextNormal()))]);
    }

    private static double Linear(double[] a, double[] b) => a.Zip(b, (first, second) => first * second).Sum();

    private static double[] Products(double[][] rows, double[][] columns, Func<double[], double[], double> kernel) => [.. rows.SelectMany(row => columns.Select(column => kernel(row, column)))];
}
