using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y = max(x, 0), dx = dy where y &gt; 0 and zero elsewhere (also at x = 0, as PyTorch does). Saved: y.</summary>
internal sealed unsafe class ReluRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x)
    {
        _x = x;
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(x));
        Elementwise<T, ReluFunction<T>>.Run(tape.Pool, default, x.ValuePointer, x.ValuePointer, Output.ValuePointer, x.Length, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = _x.WriteGradient(out bool accumulate);
        Elementwise<T, PassWherePositive<T>>.Run(tape.Pool, default, Output.ValuePointer, Output.GradientPointer, dx, _x.Length, accumulate);
    }
}
