using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y_i = Σ_e c_e·f_e∘x_source(e) over the edges that end at i: the continuous-filter convolution (K. Schütt et al., J. Chem. Phys. 148, 241722
/// (2018), eq. (4)), c a smooth cutoff, or that times the mask of an explanation. Backward: dx_j = Σ_e c_e·f_e∘dy_target(e) over the edges that leave j,
/// df_e = c_e·dy_target(e)∘x_source(e), summed over the edges that share a row of f, dc_e = Σ over the columns of f_e∘dy_target(e)∘x_source(e). Saved: x, f, c.
/// </summary>
internal sealed unsafe class FilteredSumRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;
    private Variable<T> _filter = null!;
    private Variable<T> _factor = null!;
    private SparseRows<T> _edges = null!;
    private SharedRows? _rows;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, SparseRows<T> edges, Variable<T> filter, Variable<T> factor, SharedRows? rows)
    {
        (_x, _edges, _filter, _factor, _rows) = (x, edges, filter, factor, rows);
        Output = tape.Rent(x.Rows, x.Columns, tape.Requires(x, filter, factor));
        FilteredSum<T> work = Work(FilteredSum<T>.Pass.Forward, accumulate: false);
        work.Result = Output.ValuePointer;
        work.Run(tape.Pool);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        if (_filter.RequiresGradient)
        {
            T* d = _filter.WriteGradient(canOnlyAdd: _rows is not null, out bool accumulate);
            FilteredSum<T> work = Work(FilteredSum<T>.Pass.Filter, accumulate);
            work.Dy = Output.GradientPointer;
            work.Result = d;
            work.Run(tape.Pool);
        }

        if (_factor.RequiresGradient)
        {
            FilteredSum<T> work = Work(FilteredSum<T>.Pass.Factor, accumulate: true);
            work.Dy = Output.GradientPointer;
            work.Result = _factor.AccumulateGradient();
            work.Run(tape.Pool);
        }

        if (_x.RequiresGradient)
        {
            T* d = _x.WriteGradient(out bool accumulate);
            FilteredSum<T> work = Work(FilteredSum<T>.Pass.Source, accumulate);
            work.Start = _edges.TransposedStartPointer;
            work.Other = _edges.TransposedTargetPointer;
            work.Edge = _edges.TransposedEdgePointer;
            work.X = Output.GradientPointer;
            work.Result = d;
            work.Run(tape.Pool);
        }
    }

    private FilteredSum<T> Work(FilteredSum<T>.Pass pass, bool accumulate) => new()
    {
        Kind = pass,
        Start = _edges.StartPointer,
        Other = _edges.SourcePointer,
        Row = _rows is null ? null : _rows.Pointer,
        Factor = _factor.ValuePointer,
        Weights = _filter.ValuePointer,
        X = _x.ValuePointer,
        Nodes = _x.Rows,
        Columns = _x.Columns,
        Accumulate = accumulate,
    };
}
