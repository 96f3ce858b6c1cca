using System.Numerics;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y_s = Σ_n p_n·x_n over the rows n of segment s, p = softmax of the scores a of s: attention pooling (Y. Li et al., ICLR 2016, arXiv 1511.05493, eq. (7), as a
/// softmax). Backward: dx_n = p_n·dy_s, da_n = p_n·(dy_s·x_n - dy_s·y_s). Saved: x, p, y.
/// </summary>
internal sealed unsafe class SegmentAttentionRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<int> _start = new();
    private Variable<T> _x = null!, _score = null!, _share = null!;
    private int _segments;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, Variable<T> score, ReadOnlySpan<int> start)
    {
        (_x, _score, _segments) = (x, score, start.Length - 1);
        _start.Reserve(start.Length);
        start.CopyTo(_start.Span(start.Length));
        Output = tape.Rent(_segments, x.Columns, tape.Requires(x, score));
        _share = tape.Rent(x.Rows, 1, requiresGradient: false);
        Work().Run(tape.Pool);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        AttentionPooling<T> work = Work();
        work.IsBackward = true;
        work.Dy = Output.GradientPointer;
        work.Dx = _x.RequiresGradient ? _x.WriteGradient(out work.AddX) : null;
        work.DScore = _score.RequiresGradient ? _score.WriteGradient(out work.AddScore) : null;
        work.Run(tape.Pool);
    }

    private AttentionPooling<T> Work() => new()
    {
        Start = _start.Pointer,
        X = _x.ValuePointer,
        Score = _score.ValuePointer,
        Share = _share.ValuePointer,
        Y = Output.ValuePointer,
        Segments = _segments,
        Columns = _x.Columns,
    };
}
