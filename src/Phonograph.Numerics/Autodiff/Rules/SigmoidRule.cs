using System.Numerics;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y = 1/(1 + e⁻ˣ), dx = dy·y·(1 - y). Saved: y.</summary>
internal sealed unsafe class SigmoidRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x)
    {
        _x = x;
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(x));
        for (int index = 0; index < x.Length; index++)
        {
            Output.ValuePointer[index] = T.One / (T.One + T.Exp(-x.ValuePointer[index]));
        }

        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = _x.WriteGradient(out bool accumulate);
        for (int index = 0; index < _x.Length; index++)
        {
            T y = Output.ValuePointer[index];
            T d = Output.GradientPointer[index] * y * (T.One - y);
            dx[index] = accumulate ? dx[index] + d : d;
        }
    }
}
