using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>z = α·x + β·y, or z = α·x + β without y; dx = α·dz, dy = β·dz. Saved: nothing.</summary>
internal sealed unsafe class AddRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;
    private Variable<T>? _y;
    private T _alpha;
    private T _beta;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, T alpha, Variable<T>? y, T beta)
    {
        (_x, _y, _alpha, _beta) = (x, y, alpha, beta);
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(x, y));
        if (y is null)
        {
            Elementwise<T, LineFunction<T>>.Run(tape.Pool, new(alpha, beta), x.ValuePointer, x.ValuePointer, Output.ValuePointer, x.Length, accumulate: false);
        }
        else
        {
            Elementwise<T, CombinationFunction<T>>.Run(tape.Pool, new(alpha, beta), x.ValuePointer, y.ValuePointer, Output.ValuePointer, x.Length, accumulate: false);
        }

        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        Spread(tape, _x, _alpha);
        if (_y is not null)
        {
            Spread(tape, _y, _beta);
        }
    }

    private void Spread(Tape<T> tape, Variable<T> input, T factor)
    {
        if (input.RequiresGradient)
        {
            T* d = input.WriteGradient(out bool accumulate);
            Elementwise<T, LineFunction<T>>.Run(tape.Pool, new(factor, T.Zero), Output.GradientPointer, Output.GradientPointer, d, input.Length, accumulate);
        }
    }
}
