using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y = x·m/(1 - p), m = 0 with probability p and 1 else (N. Srivastava et al., JMLR 15, 1929 (2014); the scaling keeps the mean). The mask is
/// a function of seed, step, layer and element alone: four elements per Philox block whose counter is (element / 4, layer, step).
/// Backward: dx = dy·m/(1 - p). Saved: m/(1 - p).
/// </summary>
internal sealed unsafe class DropoutRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Keeps the masks apart from every other stream of numbers drawn with the same seed.
    private const ulong Domain = 0x64726F706F757421;
    private Variable<T> _x = null!;
    private Variable<T> _mask = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, double probability, int layer)
    {
        _x = x;
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(x));
        _mask = tape.Rent(x.Rows, x.Columns, requiresGradient: false);
        new DropoutMask<T>(_mask.ValuePointer, x.Length, probability, tape.Seed ^ Domain, tape.Step, (uint)layer).Run(tape.Pool);
        Elementwise<T, ProductFunction<T>>.Run(tape.Pool, default, x.ValuePointer, _mask.ValuePointer, Output.ValuePointer, x.Length, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = _x.WriteGradient(out bool accumulate);
        Elementwise<T, ProductFunction<T>>.Run(tape.Pool, default, Output.GradientPointer, _mask.ValuePointer, dx, _x.Length, accumulate);
    }
}
