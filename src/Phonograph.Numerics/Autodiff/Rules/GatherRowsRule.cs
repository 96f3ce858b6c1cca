using System.Numerics;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y_r = x_index(r). Backward: dx_i = Σ of dy_r over all r with index(r) = i, in the order of r. Saved: the indices.</summary>
internal sealed unsafe class GatherRowsRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<int> _index = new();
    private Variable<T> _x = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, ReadOnlySpan<int> index)
    {
        _x = x;
        _index.Reserve(index.Length);
        index.CopyTo(_index.Span(index.Length));
        Output = tape.Rent(index.Length, x.Columns, tape.Requires(x));
        Work(x.ValuePointer, Output.ValuePointer, isBackward: false).Run(tape.Pool);
        return Output;
    }

    internal override void Backward(Tape<T> tape) => Work(_x.AccumulateGradient(), Output.GradientPointer, isBackward: true).Run(tape.Pool);

    private RowGather<T> Work(T* few, T* many, bool isBackward) => new()
    {
        Index = _index.Pointer,
        Few = few,
        Many = many,
        Rows = Output.Rows,
        Columns = Output.Columns,
        IsBackward = isBackward,
    };
}
