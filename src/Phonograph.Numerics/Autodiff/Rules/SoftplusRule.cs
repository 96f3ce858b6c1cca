using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y = ln(1 + eˣ), dx = dy·σ(x). Saved: x.</summary>
internal sealed class SoftplusRule<T> : ElementRule<T, SoftplusFunction<T>, SoftplusGradient<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Variable<T> Forward(Tape<T> tape, Variable<T> x) => Apply(tape, x, default);
}
