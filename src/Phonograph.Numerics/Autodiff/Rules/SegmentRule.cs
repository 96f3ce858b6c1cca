using System.Numerics;
using Phonograph.Numerics.Kernels;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>A rule over consecutive groups of rows (the atoms of each graph); keeps its own copy of the offsets.</summary>
internal abstract unsafe class SegmentRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedBuffer<int> _start = new();

    /// <summary>The rows.</summary>
    protected Variable<T> X { get; private set; } = null!;

    /// <summary>Number of segments.</summary>
    protected int SegmentCount { get; private set; }

    protected void Keep(Tape<T> tape, Variable<T> x, ReadOnlySpan<int> start)
    {
        X = x;
        SegmentCount = start.Length - 1;
        _start.Reserve(start.Length);
        start.CopyTo(_start.Span(start.Length));
        Output = tape.Rent(SegmentCount, x.Columns, tape.Requires(x));
    }

    protected void Pool(Tape<T> tape, SegmentPooling<T>.Pass pass, T* rows, T* segments, T* row, bool accumulate)
    {
        var work = new SegmentPooling<T>
        {
            Start = _start.Pointer,
            Segments = SegmentCount,
            Columns = X.Columns,
            X = rows,
            Y = segments,
            Row = row,
            Accumulate = accumulate,
            Kind = pass,
        };
        work.Run(tape.Pool);
    }
}
