using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Explaining.Modes;

/// <summary>Weighted sums over samples that a ridge regression with an intercept needs.</summary>
internal sealed class FeatureSums(int count)
{
    /// <summary>A feature whose variance is below this share of its squared mean is the same everywhere.</summary>
    private const double LeastVariance = 1e-14;
    private readonly double[] _features = new double[count], _products = new double[count], _matrix = new double[count * count];

    internal double Weight { get; private set; }

    internal double Value { get; private set; }

    internal static FeatureSums Total(FeatureSums[] parts, int without)
    {
        var total = new FeatureSums(parts[0]._features.Length);
        for (int part = 0; part < parts.Length; part++)
        {
            if (part != without)
            {
                total.Weight += parts[part].Weight;
                total.Value += parts[part].Value;
                Add(total._features, parts[part]._features);
                Add(total._products, parts[part]._products);
                Add(total._matrix, parts[part]._matrix);
            }
        }

        return total;
    }

    internal void Add(double[] features, double value, double weight)
    {
        if (weight == 0)
        {
            return;
        }

        Weight += weight;
        Value += weight * value;
        for (int row = 0; row < count; row++)
        {
            double own = weight * features[row];
            _features[row] += own;
            _products[row] += own * value;
            Span<double> line = _matrix.AsSpan(row * count, count);
            for (int column = row; column < count; column++)
            {
                line[column] += own * features[column];
            }
        }
    }

    /// <summary>Slopes, means of the features and mean of the values: (R + λ) β = r with correlations R and covariances r of the features scaled to unit variance; null where that has no solution.</summary>
    internal (double[] Slopes, double[] Means, double Mean)? Solve(double strength)
    {
        double mean = Value / Weight;
        double[] means = [.. _features.Select(sum => sum / Weight)];
        double Covariance(int row, int column) => (_matrix[(row * count) + column] / Weight) - (means[row] * means[column]);
        double[] spread = [.. Enumerable.Range(0, count).Select(feature => Covariance(feature, feature) > LeastVariance * ((means[feature] * means[feature]) + double.Epsilon) ? Math.Sqrt(Covariance(feature, feature)) : 0)];
        int[] used = [.. Enumerable.Range(0, count).Where(feature => spread[feature] > 0)];
        var matrix = new double[used.Length * used.Length];
        for (int row = 0; row < used.Length; row++)
        {
            for (int column = row; column < used.Length; column++)
            {
                matrix[(row * used.Length) + column] = (Covariance(used[row], used[column]) / (spread[used[row]] * spread[used[column]])) + (row == column ? strength : 0);
            }
        }

        if (Cholesky.TryDecompose(matrix, used.Length) is not { } factors)
        {
            return null;
        }

        double[] solution = factors.Solve([.. used.Select(feature => ((_products[feature] / Weight) - (means[feature] * mean)) / spread[feature])]);
        var slopes = new double[count];
        for (int place = 0; place < used.Length; place++)
        {
            slopes[used[place]] = solution[place] / spread[used[place]];
        }

        return (slopes, means, mean);
    }

    private static void Add(double[] total, double[] part)
    {
        for (int index = 0; index < total.Length; index++)
        {
            total[index] += part[index];
        }
    }
}
