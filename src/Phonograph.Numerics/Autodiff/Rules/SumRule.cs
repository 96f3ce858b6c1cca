using System.Numerics;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>s = Σ of all elements, in order; every dx = ds. Saved: nothing.</summary>
internal sealed unsafe class SumRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x)
    {
        _x = x;
        Output = tape.Rent(1, 1, tape.Requires(x));
        T sum = T.Zero;
        for (int index = 0; index < x.Length; index++)
        {
            sum += x.ValuePointer[index];
        }

        *Output.ValuePointer = sum;
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = _x.WriteGradient(out bool accumulate);
        T g = *Output.GradientPointer;
        for (int index = 0; index < _x.Length; index++)
        {
            dx[index] = accumulate ? dx[index] + g : g;
        }
    }
}
