using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y_i = Σ_e σ(g_e)∘softplus(h_e) over the edges that end at i, (g_e | h_e) = t_i + s_source(e) + u_e: the convolution of CGCNN (T. Xie, J. Grossman, Phys.
/// Rev. Lett. 120, 145301 (2018), eq. (5)) after its linear map of (x_i ⊕ x_j ⊕ u) has been done on nodes and edges apart. Backward: d(g_e | h_e) =
/// (dy_i∘σ(1 - σ)∘softplus | dy_i∘σ∘σ(h_e)) goes to u_e, its sums over edges that end or leave to t and s. With a factor c_e on each message, the mask of an explanation,
/// all of these have it too, and dc_e = Σ over the columns of dy_i∘σ(g_e)∘softplus(h_e). Saved: t, s, u, c.
/// </summary>
internal sealed unsafe class GatedSumRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _target = null!;
    private Variable<T> _source = null!;
    private Variable<T> _edge = null!;
    private SparseRows<T> _edges = null!;
    private Variable<T>? _factor;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> target, Variable<T> source, Variable<T> edge, SparseRows<T> edges, Variable<T>? factor)
    {
        (_target, _source, _edge, _edges, _factor) = (target, source, edge, edges, factor);
        Output = tape.Rent(target.Rows, target.Columns / 2, tape.Requires(target, source, edge) || tape.Requires(factor));
        GatedSum<T> work = Work(factor is null ? GatedSum<T>.Pass.Forward : GatedSum<T>.Pass.WeightedForward);
        work.Result = Output.ValuePointer;
        work.Run(tape.Pool);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        // The way to the sources reads the gradient of the edges alone, so one that something else has written to is not written over or into.
        bool accumulate = true;
        T* edge = _edge.RequiresGradient ? _edge.WriteGradient(out accumulate) : null;
        T* fresh = accumulate ? tape.Rent(_edge.Rows, _edge.Columns, requiresGradient: false).ValuePointer : edge;
        GatedSum<T> work = Work(_factor is null ? GatedSum<T>.Pass.Edges : GatedSum<T>.Pass.WeightedEdges);
        work.FactorResult = _factor is { RequiresGradient: true } ? _factor.AccumulateGradient() : null;
        work.Dy = Output.GradientPointer;
        work.EdgeResult = fresh;
        work.Result = _target.RequiresGradient ? _target.WriteGradient(out work.Accumulate) : null;
        work.Run(tape.Pool);
        if (edge is not null && accumulate)
        {
            Elementwise<T, CombinationFunction<T>>.Run(tape.Pool, new(T.One, T.Zero), fresh, fresh, edge, _edge.Length, accumulate: true);
        }

        if (_source.RequiresGradient)
        {
            work = Work(GatedSum<T>.Pass.Sources);
            work.Start = _edges.TransposedStartPointer;
            work.Index = _edges.TransposedEdgePointer;
            work.EdgeResult = fresh;
            work.Result = _source.WriteGradient(out work.Accumulate);
            work.Run(tape.Pool);
        }
    }

    private GatedSum<T> Work(GatedSum<T>.Pass pass) => new()
    {
        Kind = pass,
        Start = _edges.StartPointer,
        Index = _edges.SourcePointer,
        Target = _target.ValuePointer,
        Source = _source.ValuePointer,
        Edge = _edge.ValuePointer,
        Factor = _factor is null ? null : _factor.ValuePointer,
        Nodes = _target.Rows,
        Columns = _target.Columns / 2,
    };
}
