using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Optimization;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.Optimization;

public sealed class KalmanFilterTests
{
    private const int Parameters = 7, Pairs = 12;
    private const double Noise = 0.3;

    [Fact]
    public void Of_a_linear_model_the_estimate_is_that_of_least_squares_with_the_prior()
    {
        var random = new Philox(3, 0);
        double[] means = Numbers(random, Parameters), spreads = [.. Numbers(random, Parameters).Select(number => 0.2 + Math.Abs(number))];
        double[] truth = [.. means.Zip(spreads, (mean, spread) => mean + (0.5 * spread * random.NextNormal()))];
        var filter = new KalmanFilter(means, spreads);

        // Closed form: (S⁻² + JᵀJ/σ²) x = S⁻² m + Jᵀy/σ².
        double[] normal = new double[Parameters * Parameters], right = new double[Parameters];
        for (int place = 0; place < Parameters; place++)
        {
            normal[(place * Parameters) + place] = 1 / (spreads[place] * spreads[place]);
            right[place] = means[place] / (spreads[place] * spreads[place]);
        }

        for (int pair = 0; pair < Pairs; pair++)
        {
            double[][] slopes = [Numbers(random, Parameters), Numbers(random, Parameters)];
            double[] observed = [.. slopes.Select(slope => Dot(slope, truth) + (0.1 * Noise * random.NextNormal()))];
            filter.Update(slopes[0], slopes[1], observed[0] - Dot(slopes[0], filter.Values), observed[1] - Dot(slopes[1], filter.Values), Noise, forgetting: 0);
            for (int each = 0; each < 2; each++)
            {
                for (int row = 0; row < Parameters; row++)
                {
                    right[row] += slopes[each][row] * observed[each] / (Noise * Noise);
                    for (int column = 0; column < Parameters; column++)
                    {
                        normal[(row * Parameters) + column] += slopes[each][row] * slopes[each][column] / (Noise * Noise);
                    }
                }
            }
        }

        double[] expected = Cholesky.TryDecompose(normal, Parameters)!.Solve(right);
        for (int place = 0; place < Parameters; place++)
        {
            Assert.Equal(expected[place], filter.Values[place], 1e-9);
        }
    }

    [Fact]
    public void An_observation_far_off_moves_the_estimate_as_one_of_three_standard_deviations_does()
    {
        static double After(double error)
        {
            var filter = new KalmanFilter([0, 0], [1, 1]);
            filter.Update([1, 0], [0, 1], error, 0, 1, 0);
            return filter.Values[0];
        }

        // The expected spread of the first observation is √2.
        Assert.Equal(0.5, After(1), 1e-12);
        Assert.Equal(1.5 * Math.Sqrt(2), After(3 * Math.Sqrt(2)), 1e-12);
        Assert.Equal(After(3 * Math.Sqrt(2)), After(1000), 1e-12);
    }

    [Fact]
    public void What_is_forgotten_is_learnt_faster_again_and_never_faster_than_at_first()
    {
        static double Step(double forgetting)
        {
            var filter = new KalmanFilter([0, 0], [1, 1]);
            for (int repeat = 0; repeat < 400; repeat++)
            {
                filter.Update([1, 0], [0, 1], 0, 0, 1, forgetting);
            }

            filter.Update([1, 0], [0, 1], 1, 0, 1, 0);
            return filter.Values[0];
        }

        Assert.Equal(1 / 402.0, Step(0), 1e-6);
        Assert.InRange(Step(0.1), 0.05, 0.5);
        Assert.InRange(Step(0.9), 0.4, 0.5 + 1e-12);
    }

    [Fact]
    public void Slopes_and_spreads_of_another_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new KalmanFilter([0, 0], [1]));
        Assert.Throws<ArgumentException>(() => new KalmanFilter([0, 0], [1, 1]).Update([1], [1, 0], 0, 0, 1, 0));
    }

    private static double[] Numbers(Philox random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int place = 0; place < a.Length; place++)
        {
            sum += a[place] * b[place];
        }

        return sum;
    }
}
