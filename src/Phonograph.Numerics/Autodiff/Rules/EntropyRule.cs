using System.Numerics;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// h = -x·ln x - (1 - x)·ln(1 - x) element by element, the entropy (nats) of a coin that shows heads with probability x; zero at 0 and 1. The
/// penalty that pushes an edge mask towards 0 or 1 (R. Ying et al., GNNExplainer, NeurIPS 2019, arXiv 1903.03894, section 4.2).
/// Backward: dx = dh·ln((1 - x)/x), zero at 0 and 1. Saved: x.
/// </summary>
internal sealed unsafe class EntropyRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x)
    {
        _x = x;
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(x));
        for (int index = 0; index < x.Length; index++)
        {
            T p = x.ValuePointer[index];
            Output.ValuePointer[index] = Inside(p) ? -(p * T.Log(p)) - ((T.One - p) * T.Log(T.One - p)) : T.Zero;
        }

        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = _x.WriteGradient(out bool accumulate);
        for (int index = 0; index < _x.Length; index++)
        {
            T p = _x.ValuePointer[index];
            T d = Inside(p) ? Output.GradientPointer[index] * T.Log((T.One - p) / p) : T.Zero;
            dx[index] = accumulate ? dx[index] + d : d;
        }
    }

    private static bool Inside(T p) => p > T.Zero && p < T.One;
}
