using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y_i = Σ_e c_e·(a_e∘p_j∘v_j + (b_e∘q_j)⊗r̂_e) over the edges that end at i, j = source(e): the vector message of PaiNN (K. Schütt, O. Unke, M. Gastegger,
/// ICML 2021, arXiv 2102.03150, eq. (8)). Backward: with G_e = Σ_k dy_target,k∘v_jk and D_e = Σ_k dy_target,k·r̂_ek: da_e = c_e·G_e∘p_j, db_e = c_e·D_e∘q_j, summed over the edges that share a row of a and b, and over
/// the edges that leave j: dp_j = Σ c_e·G_e∘a_e, dq_j = Σ c_e·D_e∘b_e, dv_jk = Σ c_e·a_e∘p_j∘dy_target,k. For explanations, summed over the columns: dc_e = a_e∘p_j∘G_e + b_e∘q_j∘D_e,
/// dr̂_ek = c_e·b_e∘q_j∘dy_target,k. Saved: all inputs.
/// </summary>
internal sealed unsafe class VectorMessageRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private SparseRows<T> _edges = null!;
    private SharedRows? _rows;
    private (Variable<T> Factor, Variable<T> Direction) _geometry;
    private Variable<T> _a = null!, _b = null!, _p = null!, _q = null!, _v = null!;

    internal Variable<T> Forward(
        Tape<T> tape,
        SparseRows<T> edges,
        (Variable<T> Factor, Variable<T> Direction) geometry,
        (Variable<T> Carried, Variable<T> Along) filter,
        (Variable<T> Carried, Variable<T> Along) source,
        Variable<T> v,
        SharedRows? rows)
    {
        (_edges, _geometry, _v, _rows) = (edges, geometry, v, rows);
        (_a, _b) = filter;
        (_p, _q) = source;
        Output = tape.Rent(v.Rows, v.Columns, tape.Requires(_a, _b, v) || tape.Requires(_p, _q) || tape.Requires(geometry.Factor, geometry.Direction));
        VectorMessage<T> work = Work(VectorMessage<T>.Pass.Forward);
        work.First = Output.ValuePointer;
        work.Run(tape.Pool);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        VectorMessage<T> work;
        if (_a.RequiresGradient || _b.RequiresGradient)
        {
            work = Work(VectorMessage<T>.Pass.Filters);
            work.Dy = Output.GradientPointer;
            work.First = _a.RequiresGradient ? _a.WriteGradient(canOnlyAdd: _rows is not null, out work.AddFirst) : null;
            work.Second = _b.RequiresGradient ? _b.WriteGradient(canOnlyAdd: _rows is not null, out work.AddSecond) : null;
            work.Run(tape.Pool);
        }

        if (_geometry.Factor.RequiresGradient || _geometry.Direction.RequiresGradient)
        {
            work = Work(VectorMessage<T>.Pass.Geometry);
            work.Dy = Output.GradientPointer;
            work.First = _geometry.Factor.RequiresGradient ? _geometry.Factor.AccumulateGradient() : null;
            work.Second = _geometry.Direction.RequiresGradient ? _geometry.Direction.AccumulateGradient() : null;
            work.Run(tape.Pool);
        }

        work = Work(VectorMessage<T>.Pass.Sources);
        work.Start = _edges.TransposedStartPointer;
        work.Other = _edges.TransposedTargetPointer;
        work.Edge = _edges.TransposedEdgePointer;
        work.Dy = Output.GradientPointer;
        work.First = _p.RequiresGradient ? _p.WriteGradient(out work.AddFirst) : null;
        work.Second = _q.RequiresGradient ? _q.WriteGradient(out work.AddSecond) : null;
        work.Third = _v.RequiresGradient ? _v.WriteGradient(out work.AddThird) : null;
        work.Run(tape.Pool);
    }

    private VectorMessage<T> Work(VectorMessage<T>.Pass pass) => new()
    {
        Kind = pass,
        Start = _edges.StartPointer,
        Other = _edges.SourcePointer,
        Row = _rows is null ? null : _rows.Pointer,
        Factor = _geometry.Factor.ValuePointer,
        Direction = _geometry.Direction.ValuePointer,
        A = _a.ValuePointer,
        B = _b.ValuePointer,
        P = _p.ValuePointer,
        Q = _q.ValuePointer,
        V = _v.ValuePointer,
        Nodes = _p.Rows,
        Columns = _p.Columns,
    };
}
