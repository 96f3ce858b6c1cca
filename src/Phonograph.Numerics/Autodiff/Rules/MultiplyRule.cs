using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>z = x·y element by element; dx = dz·y, dy = dz·x. Saved: x, y.</summary>
internal sealed unsafe class MultiplyRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;
    private Variable<T> _y = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, Variable<T> y)
    {
        (_x, _y) = (x, y);
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(x, y));
        Elementwise<T, ProductFunction<T>>.Run(tape.Pool, default, x.ValuePointer, y.ValuePointer, Output.ValuePointer, x.Length, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        Spread(tape, _x, _y);
        Spread(tape, _y, _x);
    }

    private void Spread(Tape<T> tape, Variable<T> input, Variable<T> other)
    {
        if (input.RequiresGradient)
        {
            T* d = input.WriteGradient(out bool accumulate);
            Elementwise<T, ProductFunction<T>>.Run(tape.Pool, default, Output.GradientPointer, other.ValuePointer, d, input.Length, accumulate);
        }
    }
}
