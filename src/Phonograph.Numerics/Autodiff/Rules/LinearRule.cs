using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y = x·Wᵀ + b, with W of shape [outputs, inputs] as PyTorch's <c>Linear</c> stores it. Backward: dx = dy·W, dW = dyᵀ·x, db = Σ rows of dy
/// (M. Giles, "An extended collection of matrix derivative results", Oxford NA-08/01 (2008), section 2.2). Saved: x.
/// </summary>
internal sealed unsafe class LinearRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;
    private Variable<T> _weight = null!;
    private Variable<T>? _bias;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, Variable<T> weight, Variable<T>? bias)
    {
        (_x, _weight, _bias) = (x, weight, bias);
        Output = tape.Rent(x.Rows, weight.Rows, tape.Requires(x, weight, bias));
        T* b = bias is null ? null : bias.ValuePointer;
        MatrixProduct.MultiplyTransposedRight(tape.Workspace, x.ValuePointer, weight.ValuePointer, b, Output.ValuePointer, x.Rows, weight.Rows, x.Columns, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        int rows = _x.Rows, inputs = _x.Columns, outputs = _weight.Rows;
        T* dy = Output.GradientPointer;
        if (_weight.RequiresGradient)
        {
            T* dw = _weight.WriteGradient(out bool accumulate);
            MatrixProduct.MultiplyTransposedLeft(tape.Workspace, dy, _x.ValuePointer, dw, outputs, inputs, rows, accumulate);
        }

        if (_bias is { RequiresGradient: true })
        {
            T* db = _bias.WriteGradient(out bool accumulate);
            ColumnSum<T>.Add(tape.Workspace, dy, db, rows, outputs, accumulate);
        }

        if (_x.RequiresGradient)
        {
            T* dx = _x.WriteGradient(out bool accumulate);
            MatrixProduct.Multiply(tape.Workspace, dy, _weight.ValuePointer, null, dx, rows, inputs, outputs, accumulate);
        }
    }
}
