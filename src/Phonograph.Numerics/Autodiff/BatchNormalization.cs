using System.Numerics;

namespace Phonograph.Numerics.Autodiff;

/// <summary>
/// What one batch normalisation layer keeps: scale and shift, which training learns, and the running statistics, which evaluation uses
/// (S. Ioffe, C. Szegedy, ICML 2015, arXiv 1502.03167). The running statistics are part of the model and of a checkpoint.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class BatchNormalization<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _runningMean;
    private readonly T[] _runningVariance;

    /// <summary>Makes a layer with scale 1, shift 0, running mean 0 and running variance 1.</summary>
    /// <param name="name">Prefix of the names of the parameters: <c>name.weight</c> (scale) and <c>name.bias</c> (shift), as PyTorch calls them.</param>
    /// <param name="columns">Number of features.</param>
    public BatchNormalization(string name, int columns)
    {
        Scale = new Parameter<T>(name + ".weight", 1, columns);
        Scale.Fill(T.One);
        Shift = new Parameter<T>(name + ".bias", 1, columns);
        _runningMean = new T[columns];
        _runningVariance = new T[columns];
        Array.Fill(_runningVariance, T.One);
    }

    /// <summary>Number of features.</summary>
    public int Columns => Scale.Columns;

    /// <summary>Factor of each normalised feature, shape [1, columns].</summary>
    public Parameter<T> Scale { get; }

    /// <summary>Shift of each normalised feature, shape [1, columns].</summary>
    public Parameter<T> Shift { get; }

    /// <summary>Running mean of each feature; <see cref="Momentum"/> of it is renewed at each training step.</summary>
    public Span<T> RunningMean => _runningMean;

    /// <summary>Running unbiased variance of each feature.</summary>
    public Span<T> RunningVariance => _runningVariance;

    /// <summary>Share of the running statistics that one training batch renews; 0.1 as in PyTorch.</summary>
    public double Momentum { get; init; } = 0.1;

    /// <summary>Added to the variance before the root; 1e-5 as in PyTorch.</summary>
    public double Epsilon { get; init; } = 1e-5;
}
