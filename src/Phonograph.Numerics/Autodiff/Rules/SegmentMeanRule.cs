using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y_s = (1/n_s)·Σ of the n_s rows of segment s (global mean pooling). Backward: each row of s gets dy_s/n_s. Saved: the offsets.</summary>
internal sealed unsafe class SegmentMeanRule<T> : SegmentRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, ReadOnlySpan<int> start)
    {
        Keep(tape, x, start);
        Pool(tape, SegmentPooling<T>.Pass.Mean, x.ValuePointer, Output.ValuePointer, row: null, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = X.WriteGradient(out bool accumulate);
        Pool(tape, SegmentPooling<T>.Pass.MeanGradient, dx, Output.GradientPointer, row: null, accumulate);
    }
}
