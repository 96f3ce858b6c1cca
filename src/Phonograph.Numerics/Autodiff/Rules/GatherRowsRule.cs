using System.Numerics;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>y_r = x_index(r). Backward: dx_i = Σ of dy_r over all r with index(r) = i, in the order of r. Saved: the indices.</summary>
internal sealed unsafe class GatherRowsRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int[] _index = [];
    private Variable<T> _x = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, ReadOnlySpan<int> index)
    {
        _x = x;
        if (_index.Length < index.Length)
        {
            _index = new int[index.Length];
        }

        index.CopyTo(_index);
        int columns = x.Columns;
        Output = tape.Rent(index.Length, columns, tape.Requires(x));
        for (int r = 0; r < index.Length; r++)
        {
            new ReadOnlySpan<T>(x.ValuePointer + (index[r] * columns), columns).CopyTo(new Span<T>(Output.ValuePointer + (r * columns), columns));
        }

        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        int columns = _x.Columns;
        T* dx = _x.AccumulateGradient();
        for (int r = 0; r < Output.Rows; r++)
        {
            T* from = Output.GradientPointer + (r * columns);
            T* to = dx + (_index[r] * columns);
            for (int c = 0; c < columns; c++)
            {
                to[c] += from[c];
            }
        }
    }
}
