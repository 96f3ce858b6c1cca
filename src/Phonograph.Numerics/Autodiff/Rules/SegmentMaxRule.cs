using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y_s = largest of the rows of segment s, column by column (global max pooling). Backward: the whole gradient goes to the first row that
/// holds the maximum; rows that tie with it get nothing. Saved: the offsets and the row of each maximum.
/// </summary>
internal sealed unsafe class SegmentMaxRule<T> : SegmentRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _row = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, ReadOnlySpan<int> start)
    {
        Keep(tape, x, start);
        _row = tape.Rent(SegmentCount, x.Columns, requiresGradient: false);
        Pool(tape, SegmentPooling<T>.Pass.Maximum, x.ValuePointer, Output.ValuePointer, _row.ValuePointer, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        T* dx = X.WriteGradient(out bool accumulate);
        Pool(tape, SegmentPooling<T>.Pass.MaximumGradient, dx, Output.GradientPointer, _row.ValuePointer, accumulate);
    }
}
