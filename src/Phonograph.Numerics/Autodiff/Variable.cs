using System.Numerics;
using System.Runtime.CompilerServices;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Autodiff;

/// <summary>
/// A matrix with its value and, where needed, the gradient of the loss with respect to it. Both are row-major, shape
/// [<see cref="Rows"/>, <see cref="Columns"/>], without padding.
/// </summary>
/// <typeparam name="T"><see cref="float"/> (fast kernels) or <see cref="double"/> (plain kernels, for checks).</typeparam>
/// <remarks>
/// A variable that a <see cref="Tape{T}"/> handed out is valid until the next <see cref="Tape{T}.Begin"/>; its memory is then used again.
/// </remarks>
public unsafe class Variable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<T> _value = new();
    private AlignedBuffer<T>? _gradient;

    internal Variable()
    {
    }

    /// <summary>Number of rows: atoms, graphs or edges.</summary>
    public int Rows { get; private set; }

    /// <summary>Number of columns: features.</summary>
    public int Columns { get; private set; }

    /// <summary>Number of elements.</summary>
    public int Length => Rows * Columns;

    /// <summary>Whether a backward pass computes <see cref="Gradient"/>.</summary>
    public bool RequiresGradient { get; internal set; }

    /// <summary>The value, row-major.</summary>
    public Span<T> Value => _value.Span(Length);

    /// <summary>The gradient, row-major; zero where no backward pass has reached.</summary>
    /// <exception cref="InvalidOperationException">The variable was made without a gradient.</exception>
    public Span<T> Gradient
    {
        get
        {
            if (!RequiresGradient)
            {
                throw new InvalidOperationException("This variable has no gradient: it was made with requiresGradient: false, or its tape records no gradients.");
            }

            AccumulateGradient();
            return _gradient!.Span(Length);
        }
    }

    /// <summary>The only element of a 1 × 1 variable, such as a loss.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public T Scalar => Length == 1 ? *ValuePointer : throw new InvalidOperationException($"Not a scalar: the variable is {Rows} × {Columns}.");

    internal T* ValuePointer => _value.Pointer;

    /// <summary>Whether something was written to the gradient since it was last cleared.</summary>
    internal bool HasGradient { get; private set; }

    /// <summary>The gradient to read in a backward rule; call only when <see cref="HasGradient"/>.</summary>
    internal T* GradientPointer => _gradient!.Pointer;

    internal void Shape(int rows, int columns, bool requiresGradient)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        RequiresGradient = requiresGradient;
        HasGradient = false;
        _value.Reserve(checked(rows * columns));
    }

    /// <summary>The gradient for a writer that either overwrites (<paramref name="accumulate"/> false) or adds (true).</summary>
    internal T* WriteGradient(out bool accumulate)
    {
        accumulate = HasGradient;
        HasGradient = true;
        return (_gradient ??= new()).Reserve(Length);
    }

    /// <summary>The gradient for a writer that can only add, or for one that can do either.</summary>
    internal T* WriteGradient(bool canOnlyAdd, out bool accumulate)
    {
        accumulate = true;
        return canOnlyAdd ? AccumulateGradient() : WriteGradient(out accumulate);
    }

    /// <summary>The gradient for a writer that can only add.</summary>
    internal T* AccumulateGradient()
    {
        T* gradient = WriteGradient(out bool accumulate);
        if (!accumulate)
        {
            Unsafe.InitBlockUnaligned(gradient, 0, checked((uint)(Length * sizeof(T))));
        }

        return gradient;
    }

    internal void ForgetGradient() => HasGradient = false;
}
