using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y = √(x + ε), dx = dy/(2y); ε keeps the slope finite where x is zero. Saved: y.</summary>
internal sealed class RootRule<T> : ElementRule<T, RootFunction<T>, RootGradient<T>>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    protected override bool ReadsResult => true;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, T epsilon) => Apply(tape, x, new RootFunction<T>(epsilon));
}
