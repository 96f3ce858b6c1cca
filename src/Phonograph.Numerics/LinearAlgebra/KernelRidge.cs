using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.LinearAlgebra;

/// <summary>
/// Ridge regression with an intercept in its dual form: for samples with features φ it minimises Σ_i (y_i - b - w·φ_i)² + Λ|w|², and needs only the products
/// k_ij = φ_i·φ_j. With K̃ the products about the mean of the samples, w = Σ_i α_i φ_i and α = (K̃ + Λ)⁻¹(y - ȳ) (C. Saunders, A. Gammerman, V. Vovk, ICML 1998, eq. (11), with the
/// intercept taken out by centring). K̃ is decomposed once; any number of targets and strengths follow from it. One thread and a fixed order of operations.
/// </summary>
public sealed class KernelRidge
{
    private readonly SymmetricEigen _eigen;
    private readonly double[] _means;

    private KernelRidge(SymmetricEigen eigen, double[] means, double meanVariance)
    {
        _eigen = eigen;
        _means = means;
        MeanVariance = meanVariance;
    }

    /// <summary>Number of samples.</summary>
    public int Count => _means.Length;

    /// <summary>Mean squared distance of the samples from their mean in the space of the features: what <see cref="Solve"/> counts strengths in.</summary>
    public double MeanVariance { get; }

    /// <summary>Decomposes the products of all samples.</summary>
    /// <param name="products">k_ij by rows, count × count, symmetric.</param>
    /// <param name="count">Number of samples, at least one.</param>
    /// <exception cref="ArgumentException">The count of products is not the square of the number of samples, or one is not finite.</exception>
    public static KernelRidge Of(ReadOnlySpan<double> products, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (products.Length != count * count)
        {
            throw new ArgumentException($"{products.Length} products of {count} samples.", nameof(products));
        }

        var means = new double[count];
        for (int row = 0; row < count; row++)
        {
            foreach (double product in products.Slice(row * count, count))
            {
                means[row] += product / count;
            }
        }

        double mean = means.Average(), trace = 0;
        var centred = new double[count * count];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++)
            {
                centred[(row * count) + column] = products[(row * count) + column] - means[row] - means[column] + mean;
            }

            trace += centred[(row * count) + row];
        }

        return new KernelRidge(SymmetricEigen.Decompose(centred, count), means, Math.Max(0, trace / count));
    }

    /// <summary>Solves for one target and one strength.</summary>
    /// <param name="targets">y_i in the order of the samples.</param>
    /// <param name="strength">Λ over <see cref="MeanVariance"/>; positive.</param>
    public KernelRidgeSolution Solve(ReadOnlySpan<double> targets, double strength)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(strength);
        if (targets.Length != Count)
        {
            throw new ArgumentException($"{targets.Length} targets of {Count} samples.", nameof(targets));
        }

        double intercept = 0;
        foreach (double target in targets)
        {
            intercept += target / Count;
        }

        var weights = new double[Count];
        for (int index = 0; index < Count && MeanVariance > 0; index++)
        {
            ReadOnlySpan<double> vector = _eigen.Vector(index);
            double overlap = 0;
            for (int sample = 0; sample < Count; sample++)
            {
                overlap += vector[sample] * (targets[sample] - intercept);
            }

            // Of a matrix that has no negative eigenvalues, those below zero are rounding.
            ScaledSum.Add(weights, vector, overlap / (Math.Max(0, _eigen.Values.Span[index]) + (strength * MeanVariance)));
        }

        // The sum of the weights is zero but for rounding, which a small strength enlarges; what is left would shift every prediction.
        double left = weights.Average();
        for (int sample = 0; sample < Count; sample++)
        {
            weights[sample] -= left;
        }

        return new KernelRidgeSolution(intercept, weights, _means);
    }
}

/// <summary>A solved ridge regression: predicts from the products of a new sample with those it was fitted to.</summary>
public sealed class KernelRidgeSolution
{
    private readonly double[] _weights, _means;

    internal KernelRidgeSolution(double intercept, double[] weights, double[] means)
    {
        Intercept = intercept;
        _weights = weights;
        _means = means;
    }

    /// <summary>Prediction at the mean of the samples: the mean of the targets.</summary>
    public double Intercept { get; }

    /// <summary>α_i of w = Σ_i α_i φ_i; their sum is zero.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Predicts for one new sample.</summary>
    /// <param name="products">Its product with each sample of the fit.</param>
    public double Predict(ReadOnlySpan<double> products)
    {
        if (products.Length != _weights.Length)
        {
            throw new ArgumentException($"{products.Length} products with {_weights.Length} samples.", nameof(products));
        }

        double sum = Intercept;
        for (int sample = 0; sample < products.Length; sample++)
        {
            sum += _weights[sample] * (products[sample] - _means[sample]);
        }

        return sum;
    }
}
