using System.Numerics;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>L = (1/N)·Σ (x - t)² over all N elements, dx = dL·2(x - t)/N. Saved: x, t.</summary>
internal sealed unsafe class MeanSquaredErrorRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;
    private Variable<T> _target = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, ReadOnlySpan<T> target)
    {
        _x = x;
        Output = tape.Rent(1, 1, tape.Requires(x));
        _target = tape.Rent(x.Rows, x.Columns, requiresGradient: false);
        target.CopyTo(_target.Value);
        T sum = T.Zero;
        for (int index = 0; index < x.Length; index++)
        {
            T difference = x.ValuePointer[index] - target[index];
            sum += difference * difference;
        }

        *Output.ValuePointer = sum / T.CreateChecked(x.Length);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = _x.WriteGradient(out bool accumulate);
        T factor = *Output.GradientPointer * T.CreateChecked(2) / T.CreateChecked(_x.Length);
        for (int index = 0; index < _x.Length; index++)
        {
            T d = factor * (_x.ValuePointer[index] - _target.ValuePointer[index]);
            dx[index] = accumulate ? dx[index] + d : d;
        }
    }
}
