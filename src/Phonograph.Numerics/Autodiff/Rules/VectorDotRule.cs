using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>s_n = Σ_k x_nk∘y_nk, the scalar products of vector features; dx_nk = ds_n∘y_nk, dy_nk = ds_n∘x_nk. Saved: x, y.</summary>
internal sealed unsafe class VectorDotRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!, _y = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, Variable<T> y)
    {
        (_x, _y) = (x, y);
        Output = tape.Rent(x.Rows / 3, x.Columns, tape.Requires(x, y));
        VectorFeatures<T>.Dot(tape.Pool, x.ValuePointer, y.ValuePointer, Output.ValuePointer, Output.Rows, x.Columns, accumulate: false);
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
            VectorFeatures<T>.Multiply(tape.Pool, Output.GradientPointer, other.ValuePointer, d, Output.Rows, Output.Columns, accumulate);
        }
    }
}
