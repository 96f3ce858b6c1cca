using Phonograph.Numerics.Autodiff.Rules;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff;

/// <content>Operations over edges with features of their own, over vector features, and smooth functions.</content>
public sealed partial class Tape<T>
{
    /// <summary>x·σ(x) for each element (SiLU).</summary>
    public Variable<T> Silu(Variable<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Next<SiluRule<T>>().Forward(this, x);
    }

    /// <summary>ln(1 + eˣ) for each element.</summary>
    public Variable<T> Softplus(Variable<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Next<SoftplusRule<T>>().Forward(this, x);
    }

    /// <summary>√(x + epsilon) for each element.</summary>
    /// <param name="x">Any shape; not below -epsilon.</param>
    /// <param name="epsilon">Positive number that keeps the slope finite at zero.</param>
    public Variable<T> Root(Variable<T> x, T epsilon)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Next<RootRule<T>>().Forward(this, x, epsilon);
    }

    /// <summary>y_rk = f_k(x_r): functions of one number per row, such as radial functions of the length of an edge.</summary>
    /// <param name="x">Shape [rows, 1].</param>
    /// <param name="columns">Number of functions.</param>
    /// <param name="expansion">Computes the functions, and their slopes where a gradient of x is wanted.</param>
    /// <returns>Shape [rows, columns].</returns>
    /// <exception cref="ArgumentException">x has more than one column.</exception>
    public Variable<T> Expand(Variable<T> x, int columns, RowExpansion<T> expansion)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(expansion);
        Expect(x, x.Rows, 1, nameof(x));
        return Next<ExpandRule<T>>().Forward(this, x, columns, expansion);
    }

    /// <summary>y_i = Σ_e factor_e·filter_row(e)∘x_source(e) over the edges e that end at node i (continuous-filter convolution).</summary>
    /// <param name="x">Node features, shape [nodes, columns].</param>
    /// <param name="edges">Edges of the batch; their weights are not used. Not to be refilled before the backward pass is over.</param>
    /// <param name="filter">Shape [edges, columns], in the order of <see cref="SparseRows{T}.Source"/>; with shared rows [rows, columns].</param>
    /// <param name="factor">Shape [edges, 1], such as a smooth cutoff, or that times a mask.</param>
    /// <param name="rows">Rows of the filter that edges have in common; null where each edge has its own. Not to be refilled before the backward pass is over.</param>
    /// <returns>Shape [nodes, columns].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Variable<T> FilteredSum(Variable<T> x, SparseRows<T> edges, Variable<T> filter, Variable<T> factor, SharedRows? rows = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(factor);
        Expect(x, edges.NodeCount, x.Columns, nameof(x));
        Expect(filter, RowCount(edges, rows), x.Columns, nameof(filter));
        Expect(factor, edges.EdgeCount, 1, nameof(factor));
        return Next<FilteredSumRule<T>>().Forward(this, x, edges, filter, factor, rows);
    }

    /// <summary>
    /// y_i = Σ_e σ(g_e)∘softplus(h_e) over the edges e that end at node i; row (g_e | h_e) = target_i + source_source(e) + edge_e (<c>CGConv</c> of PyTorch
    /// Geometric before the features of the node are added).
    /// </summary>
    /// <param name="target">Shape [nodes, 2·columns]: gates first.</param>
    /// <param name="source">Shape [nodes, 2·columns].</param>
    /// <param name="edge">Shape [edges, 2·columns], in the order of <see cref="SparseRows{T}.Source"/>.</param>
    /// <param name="edges">Edges of the batch; their weights are not used. Not to be refilled before the backward pass is over.</param>
    /// <param name="factor">Factor of each message, shape [edges, 1], such as a mask; null for one everywhere.</param>
    /// <returns>Shape [nodes, columns].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Variable<T> GatedSum(Variable<T> target, Variable<T> source, Variable<T> edge, SparseRows<T> edges, Variable<T>? factor = null)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(edge);
        ArgumentNullException.ThrowIfNull(edges);
        if (target.Columns % 2 != 0)
        {
            throw new ArgumentException($"An even number of columns is needed, but there are {target.Columns}.", nameof(target));
        }

        Expect(target, edges.NodeCount, target.Columns, nameof(target));
        Expect(source, edges.NodeCount, target.Columns, nameof(source));
        Expect(edge, edges.EdgeCount, target.Columns, nameof(edge));
        if (factor is not null)
        {
            Expect(factor, edges.EdgeCount, 1, nameof(factor));
        }

        return Next<GatedSumRule<T>>().Forward(this, target, source, edge, edges, factor);
    }

    /// <summary>y_i = Σ_e factor_e·(carried_row(e)∘p_j∘v_j + (along_row(e)∘q_j)⊗direction_e) over the edges e that end at node i, j = source(e) (vector message of PaiNN).</summary>
    /// <param name="edges">Edges of the batch; their weights are not used. Not to be refilled before the backward pass is over.</param>
    /// <param name="geometry">Factors, shape [edges, 1], and unit vectors, shape [edges, 3].</param>
    /// <param name="filter">Filters of the vectors of the source and of the direction, shape [edges, columns] each; with shared rows [rows, columns].</param>
    /// <param name="source">p and q, features of the source, shape [nodes, columns] each.</param>
    /// <param name="vectors">Vector features, shape [3·nodes, columns]: rows x, y, z of node 0, then of node 1, and so on.</param>
    /// <param name="rows">Rows of the filters that edges have in common; null where each edge has its own. Not to be refilled before the backward pass is over.</param>
    /// <returns>Shape [3·nodes, columns].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Variable<T> VectorMessage(
        SparseRows<T> edges,
        (Variable<T> Factor, Variable<T> Direction) geometry,
        (Variable<T> Carried, Variable<T> Along) filter,
        (Variable<T> Carried, Variable<T> Along) source,
        Variable<T> vectors,
        SharedRows? rows = null)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(vectors);
        int columns = vectors.Columns;
        Expect(geometry.Factor, edges.EdgeCount, 1, nameof(geometry));
        Expect(geometry.Direction, edges.EdgeCount, 3, nameof(geometry));
        Expect(filter.Carried, RowCount(edges, rows), columns, nameof(filter));
        Expect(filter.Along, RowCount(edges, rows), columns, nameof(filter));
        Expect(source.Carried, edges.NodeCount, columns, nameof(source));
        Expect(source.Along, edges.NodeCount, columns, nameof(source));
        Expect(vectors, checked(3 * edges.NodeCount), columns, nameof(vectors));
        return Next<VectorMessageRule<T>>().Forward(this, edges, geometry, filter, source, vectors, rows);
    }

    /// <summary>Scalar products of vector features: s_n = Σ over x, y, z of x_nk∘y_nk.</summary>
    /// <param name="x">Shape [3·nodes, columns].</param>
    /// <param name="y">Same shape.</param>
    /// <returns>Shape [nodes, columns].</returns>
    /// <exception cref="ArgumentException">The shapes differ, or the rows are not in threes.</exception>
    public Variable<T> VectorDot(Variable<T> x, Variable<T> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Expect(x, x.Rows / 3 * 3, x.Columns, nameof(x));
        Expect(y, x.Rows, x.Columns, nameof(y));
        return Next<VectorDotRule<T>>().Forward(this, x, y);
    }

    /// <summary>Vector features scaled feature by feature: z_nk = scale_n∘x_nk.</summary>
    /// <param name="scale">Shape [nodes, columns].</param>
    /// <param name="x">Shape [3·nodes, columns].</param>
    /// <returns>Shape [3·nodes, columns].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Variable<T> VectorScale(Variable<T> scale, Variable<T> x)
    {
        ArgumentNullException.ThrowIfNull(scale);
        ArgumentNullException.ThrowIfNull(x);
        Expect(x, checked(3 * scale.Rows), scale.Columns, nameof(x));
        return Next<VectorScaleRule<T>>().Forward(this, scale, x);
    }

    /// <summary>Average over the rows of each graph, weighted by the softmax of a score over the rows of the graph (attention pooling).</summary>
    /// <param name="x">Shape [nodes, columns].</param>
    /// <param name="score">Shape [nodes, 1].</param>
    /// <param name="start">Length graphs + 1: nodes of graph g are start[g] up to, not including, start[g + 1]; no graph is empty.</param>
    /// <returns>Shape [graphs, columns].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, the offsets do not cover the rows, or a graph is empty.</exception>
    public Variable<T> SegmentAttention(Variable<T> x, Variable<T> score, ReadOnlySpan<int> start)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(score);
        Expect(score, x.Rows, 1, nameof(score));
        ExpectSegments(start, x.Rows);
        return Next<SegmentAttentionRule<T>>().Forward(this, x, score, start);
    }

    private static int RowCount(SparseRows<T> edges, SharedRows? rows) => rows is null
        ? edges.EdgeCount
        : rows.EdgeCount == edges.EdgeCount ? rows.Count : throw new ArgumentException($"There are rows of {rows.EdgeCount} edges, but {edges.EdgeCount} edges.", nameof(rows));
}
