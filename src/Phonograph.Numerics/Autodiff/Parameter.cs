using System.Numerics;
using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Autodiff;

/// <summary>A named matrix that training changes; it outlives the tape. Gradients add up until <see cref="ZeroGradient"/>.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Parameter<T> : Variable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Makes a parameter of zeros.</summary>
    /// <param name="name">Name in model files, such as <c>convolution1.neighbour.weight</c>.</param>
    /// <param name="rows">Number of rows; outputs for a weight, 1 for a bias.</param>
    /// <param name="columns">Number of columns; inputs for a weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    public Parameter(string name, int rows, int columns)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Name = name;
        Shape(rows, columns, requiresGradient: true);
        Value.Clear();
    }

    /// <summary>Name in model files.</summary>
    public string Name { get; }

    /// <summary>Whether training leaves the value alone: no gradient is computed and <see cref="Optimization.Adam{T}"/> skips it.</summary>
    public bool Frozen
    {
        get => !RequiresGradient;
        set => RequiresGradient = !value;
    }

    /// <summary>Sets the gradient to zero.</summary>
    public void ZeroGradient() => ForgetGradient();

    /// <summary>Sets every element to one number.</summary>
    public void Fill(T value) => Value.Fill(value);

    /// <summary>Draws every element uniformly from [-<paramref name="bound"/>, <paramref name="bound"/>).</summary>
    public void FillUniform(double bound, Philox random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Span<T> value = Value;
        for (int index = 0; index < value.Length; index++)
        {
            value[index] = T.CreateChecked(bound * ((2 * random.NextDouble()) - 1));
        }
    }

    /// <summary>
    /// Draws every element as PyTorch's <c>Linear</c> does for weight and bias: uniformly within ±1/√inputs, which for a weight is
    /// Kaiming's uniform rule with a = √5 (K. He et al., ICCV 2015, arXiv 1502.01852).
    /// </summary>
    /// <param name="inputs">Number of inputs of the layer ("fan in").</param>
    /// <param name="random">Source of numbers; its position advances by one number per element.</param>
    public void FillAsLinearLayer(int inputs, Philox random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        FillUniform(1 / Math.Sqrt(inputs), random);
    }
}
