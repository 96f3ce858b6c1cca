using System.Numerics;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Numerics.Optimization;

/// <summary>
/// Adam (D. Kingma, J. Ba, ICLR 2015, arXiv 1412.6980, algorithm 1, with the bias corrections as PyTorch places them). Its state is
/// <see cref="StepCount"/> and the two moments of each parameter: copied back into a new object they continue a run to the last bit.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Adam<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameter<T>[] _parameters;
    private readonly T[][] _firstMoment;
    private readonly T[][] _secondMoment;
    private readonly AdamOptions _options;

    /// <summary>Starts with zero moments.</summary>
    /// <param name="parameters">Parameters to train, in an order that a checkpoint must repeat.</param>
    /// <param name="learningRate">Learning rate.</param>
    /// <param name="options">Other settings; the defaults when omitted.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public Adam(IEnumerable<Parameter<T>> parameters, double learningRate, AdamOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _options = options ?? new AdamOptions();
        ArgumentOutOfRangeException.ThrowIfNegative(learningRate);
        ArgumentOutOfRangeException.ThrowIfNegative(_options.WeightDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Beta1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_options.Beta1, 1.0);
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Beta2);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_options.Beta2, 1.0);
        _parameters = [.. parameters];
        _firstMoment = [.. _parameters.Select(parameter => new T[parameter.Length])];
        _secondMoment = [.. _parameters.Select(parameter => new T[parameter.Length])];
        LearningRate = learningRate;
    }

    /// <summary>Learning rate of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Number of steps done.</summary>
    public long StepCount { get; private set; }

    /// <summary>The parameters, in order.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => _parameters;

    /// <summary>Running mean of the gradient of a parameter (by its place in <see cref="Parameters"/>).</summary>
    public Span<T> FirstMoment(int parameter) => _firstMoment[parameter];

    /// <summary>Running mean of the squared gradient of a parameter (by its place in <see cref="Parameters"/>).</summary>
    public Span<T> SecondMoment(int parameter) => _secondMoment[parameter];

    /// <summary>Continues an earlier run: call it after the moments have been copied back.</summary>
    /// <param name="stepCount">Number of steps of that run.</param>
    public void Resume(long stepCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(stepCount);
        StepCount = stepCount;
    }

    /// <summary>Sets all gradients to zero; before each backward pass unless gradients are to add up.</summary>
    public void ZeroGradients()
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            parameter.ZeroGradient();
        }
    }

    /// <summary>Changes the parameters by one step along their gradients. Frozen parameters are left alone.</summary>
    public void Step()
    {
        StepCount++;
        double correction1 = 1 - Math.Pow(_options.Beta1, StepCount);
        double correction2 = 1 - Math.Pow(_options.Beta2, StepCount);
        var coefficients = new AdamCoefficients<T>(
            Beta1: T.CreateChecked(_options.Beta1),
            Rest1: T.CreateChecked(1 - _options.Beta1),
            Beta2: T.CreateChecked(_options.Beta2),
            Rest2: T.CreateChecked(1 - _options.Beta2),
            StepSize: T.CreateChecked(LearningRate / correction1),
            InverseRoot: T.CreateChecked(1 / Math.Sqrt(correction2)),
            Epsilon: T.CreateChecked(_options.Epsilon),
            GradientDecay: T.CreateChecked(_options.DecoupledWeightDecay ? 0 : _options.WeightDecay),
            Shrink: T.CreateChecked(_options.DecoupledWeightDecay ? 1 - (LearningRate * _options.WeightDecay) : 1));
        for (int index = 0; index < _parameters.Length; index++)
        {
            if (!_parameters[index].Frozen)
            {
                coefficients.Apply(_parameters[index].Value, _parameters[index].Gradient, _firstMoment[index], _secondMoment[index]);
            }
        }
    }
}
