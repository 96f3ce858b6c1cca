using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y = f(x) element by element, with dx = b(x, dy), or b(y, dy) where the result is what the way back reads. Saved: x, y.</summary>
internal abstract unsafe class ElementRule<T, TForward, TBackward> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TForward : struct, IElementFunction<T>
    where TBackward : struct, IElementFunction<T>
{
    private Variable<T> _x = null!;

    /// <summary>Whether the way back reads the result instead of the argument.</summary>
    protected virtual bool ReadsResult => false;

    protected Variable<T> Apply(Tape<T> tape, Variable<T> x, TForward function)
    {
        _x = x;
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(x));
        Elementwise<T, TForward>.Run(tape.Pool, function, x.ValuePointer, x.ValuePointer, Output.ValuePointer, x.Length, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = _x.WriteGradient(out bool accumulate);
        T* saved = ReadsResult ? Output.ValuePointer : _x.ValuePointer;
        Elementwise<T, TBackward>.Run(tape.Pool, default, saved, Output.GradientPointer, dx, _x.Length, accumulate);
    }
}
