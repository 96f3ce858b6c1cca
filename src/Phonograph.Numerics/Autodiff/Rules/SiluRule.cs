using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y = x·σ(x), dx = dy·(σ + x·σ·(1 - σ)) (S. Elfwing, E. Uchibe, K. Doya, Neural Networks 107, 3 (2018), eq. (4) and (5)). Saved: x.</summary>
internal sealed class SiluRule<T> : ElementRule<T, SiluFunction<T>, SiluGradient<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Variable<T> Forward(Tape<T> tape, Variable<T> x) => Apply(tape, x, default);
}
