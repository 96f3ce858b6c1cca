using System.Numerics;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y_rk = f_k(x_r). Backward: dx_r = Σ over k of f'_k(x_r)·dy_rk. Saved: the slopes f', where a gradient is wanted.</summary>
internal sealed unsafe class ExpandRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;
    private Variable<T>? _slopes;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, int columns, RowExpansion<T> expansion)
    {
        _x = x;
        bool requires = tape.Requires(x);
        Output = tape.Rent(x.Rows, columns, requires);
        _slopes = requires ? tape.Rent(x.Rows, columns, requiresGradient: false) : null;
        expansion(x.Value, Output.Value, _slopes is null ? [] : _slopes.Value);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        int columns = Output.Columns;
        T* dx = _x.WriteGradient(out bool accumulate);
        for (int row = 0; row < _x.Rows; row++)
        {
            T* dy = Output.GradientPointer + ((long)row * columns);
            T* slope = _slopes!.ValuePointer + ((long)row * columns);
            T sum = accumulate ? dx[row] : T.Zero;
            for (int column = 0; column < columns; column++)
            {
                sum += slope[column] * dy[column];
            }

            dx[row] = sum;
        }
    }
}
