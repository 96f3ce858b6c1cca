using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>z_nk = s_n∘x_nk, vector features scaled by features without direction; ds_n = Σ_k dz_nk∘x_nk, dx_nk = s_n∘dz_nk. Saved: s, x.</summary>
internal sealed unsafe class VectorScaleRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _scale = null!, _x = null!;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> scale, Variable<T> x)
    {
        (_scale, _x) = (scale, x);
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(scale, x));
        VectorFeatures<T>.Multiply(tape.Pool, scale.ValuePointer, x.ValuePointer, Output.ValuePointer, scale.Rows, x.Columns, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        if (_scale.RequiresGradient)
        {
            T* d = _scale.WriteGradient(out bool accumulate);
            VectorFeatures<T>.Dot(tape.Pool, Output.GradientPointer, _x.ValuePointer, d, _scale.Rows, _x.Columns, accumulate);
        }

        if (_x.RequiresGradient)
        {
            T* d = _x.WriteGradient(out bool accumulate);
            VectorFeatures<T>.Multiply(tape.Pool, _scale.ValuePointer, Output.GradientPointer, d, _scale.Rows, _x.Columns, accumulate);
        }
    }
}
