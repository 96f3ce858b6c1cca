using System.Numerics;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff.Rules;

/// <summary>
/// y_i = W_root·x_i + W_neighbour·a_i + b with a_i = Σ_e w_e·x_source(e) over the edges that end at i: the higher-order graph convolution
/// with one-dimensional colours (C. Morris et al., AAAI 2019, arXiv 1810.02244, eq. (5)), with edge weights and the parameters of PyTorch
/// Geometric's <c>GraphConv</c> (<c>lin_rel</c> = neighbour with bias, <c>lin_root</c> without).
/// Backward: dW_neighbour = dyᵀ·a, dW_root = dyᵀ·x, db = Σ rows of dy, dx_j = W_rootᵀ·dy_j + W_neighbourᵀ·Σ_e w_e·dy_target(e) over the edges that
/// leave j, dw_e = (W_neighbourᵀ·dy_target(e))·x_source(e). Saved: x, a.
/// </summary>
internal sealed unsafe class GraphConvolutionRule<T> : Rule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private Variable<T> _x = null!;
    private Variable<T> _aggregated = null!;
    private SparseRows<T> _edges = null!;
    private Variable<T> _neighbour = null!;
    private Variable<T> _root = null!;
    private Variable<T>? _bias;
    private Variable<T>? _edgeWeight;

    internal Variable<T> Forward(Tape<T> tape, Variable<T> x, SparseRows<T> edges, Variable<T> neighbour, Variable<T>? bias, Variable<T> root, Variable<T>? edgeWeight)
    {
        (_x, _edges, _neighbour, _root, _bias, _edgeWeight) = (x, edges, neighbour, root, bias, edgeWeight);
        int nodes = x.Rows, inputs = x.Columns, outputs = root.Rows;
        Output = tape.Rent(nodes, outputs, tape.Requires(x, neighbour, root) || tape.Requires(bias, edgeWeight));
        _aggregated = tape.Rent(nodes, inputs, requiresGradient: false);
        var aggregation = new Aggregation<T>
        {
            Start = edges.StartPointer,
            Source = edges.SourcePointer,
            Weight = edgeWeight is null ? edges.WeightPointer : edgeWeight.ValuePointer,
            X = x.ValuePointer,
            Y = _aggregated.ValuePointer,
            Columns = inputs,
            Nodes = nodes,
        };
        T* b = bias is null ? null : bias.ValuePointer;
        GraphConvolutionKernel.Run(tape.Workspace, in aggregation, neighbour.ValuePointer, root.ValuePointer, transposed: true, b, Output.ValuePointer, outputs, accumulate: false);
        return Output;
    }

    internal override void Backward(Tape<T> tape)
    {
        int nodes = _x.Rows, inputs = _x.Columns, outputs = _root.Rows;
        T* dy = Output.GradientPointer;
        if (_neighbour.RequiresGradient)
        {
            T* dw = _neighbour.WriteGradient(out bool accumulate);
            MatrixProduct.MultiplyTransposedLeft(tape.Workspace, dy, _aggregated.ValuePointer, dw, outputs, inputs, nodes, accumulate);
        }

        if (_root.RequiresGradient)
        {
            T* dw = _root.WriteGradient(out bool accumulate);
            MatrixProduct.MultiplyTransposedLeft(tape.Workspace, dy, _x.ValuePointer, dw, outputs, inputs, nodes, accumulate);
        }

        if (_bias is { RequiresGradient: true })
        {
            T* db = _bias.WriteGradient(out bool accumulate);
            ColumnSum<T>.Add(tape.Workspace, dy, db, nodes, outputs, accumulate);
        }

        T* h = _edgeWeight is { RequiresGradient: true } ? EdgeGradient(tape, dy) : null;
        if (_x.RequiresGradient)
        {
            InputGradient(tape, dy, h);
        }
    }

    /// <summary>Gradient of the weights of the edges; returns W_neighbourᵀ·dy of each node, of which it is made.</summary>
    private T* EdgeGradient(Tape<T> tape, T* dy)
    {
        int nodes = _x.Rows, inputs = _x.Columns;
        T* h = tape.Rent(nodes, inputs, requiresGradient: false).ValuePointer;
        MatrixProduct.Multiply(tape.Workspace, dy, _neighbour.ValuePointer, null, h, nodes, inputs, _root.Rows, accumulate: false);
        T* gradient = _edgeWeight!.WriteGradient(out bool accumulate);
        var work = new EdgeWeightGradient<T>
        {
            Start = _edges.StartPointer,
            Source = _edges.SourcePointer,
            G = h,
            X = _x.ValuePointer,
            Gradient = gradient,
            Nodes = nodes,
            Columns = inputs,
            Accumulate = accumulate,
        };
        work.Run(tape.Pool);
        return h;
    }

    /// <summary>Gradient of x. Where W_neighbourᵀ·dy is known, it is summed over edges and one of the two products is saved; else both are done in one pass over the rows.</summary>
    private void InputGradient(Tape<T> tape, T* dy, T* h)
    {
        T* dx = _x.WriteGradient(out bool accumulate);
        bool isKnown = h is not null && !accumulate;
        var aggregation = new Aggregation<T>
        {
            Start = _edges.TransposedStartPointer,
            Source = _edges.TransposedTargetPointer,
            Weight = TransposedWeight(tape),
            X = isKnown ? h : dy,
            Y = isKnown ? dx : null,
            Columns = isKnown ? _x.Columns : _root.Rows,
            Nodes = _x.Rows,
        };
        if (isKnown)
        {
            aggregation.Run(tape.Pool);
            MatrixProduct.Multiply(tape.Workspace, dy, _root.ValuePointer, null, dx, _x.Rows, _x.Columns, _root.Rows, accumulate: true);
            return;
        }

        GraphConvolutionKernel.Run(tape.Workspace, in aggregation, _neighbour.ValuePointer, _root.ValuePointer, transposed: false, null, dx, _x.Columns, accumulate);
    }

    private T* TransposedWeight(Tape<T> tape)
    {
        if (_edgeWeight is null)
        {
            return _edges.TransposedWeightPointer;
        }

        T* ordered = tape.Rent(_edges.EdgeCount, 1, requiresGradient: false).ValuePointer;
        T* weights = _edgeWeight.ValuePointer;
        int* edge = _edges.TransposedEdgePointer;
        int count = _edges.EdgeCount;
        for (int place = 0; place < count; place++)
        {
            ordered[place] = weights[edge[place]];
        }

        return ordered;
    }
}
