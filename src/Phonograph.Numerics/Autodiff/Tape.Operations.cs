using Phonograph.Numerics.Autodiff.Rules;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Autodiff;

/// <content>The operations; formula, backward rule and source of each stand in <c>Autodiff/Rules</c>.</content>
public sealed partial class Tape<T>
{
    /// <summary>y = x·Wᵀ + b for each row of x.</summary>
    /// <param name="x">Shape [rows, inputs].</param>
    /// <param name="weight">Shape [outputs, inputs].</param>
    /// <param name="bias">Shape [1, outputs], or null for none.</param>
    /// <returns>Shape [rows, outputs].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Variable<T> Linear(Variable<T> x, Variable<T> weight, Variable<T>? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Expect(weight, weight.Rows, x.Columns, nameof(weight));
        ExpectRow(bias, weight.Rows, nameof(bias));
        return Next<LinearRule<T>>().Forward(this, x, weight, bias);
    }

    /// <summary>
    /// y_i = W_root·x_i + W_neighbour·Σ_e w_e·x_source(e) + b over the edges e that end at node i (<c>GraphConv</c> of PyTorch Geometric, sum
    /// aggregation).
    /// </summary>
    /// <param name="x">Node features, shape [nodes, inputs].</param>
    /// <param name="edges">Edges of the batch; not to be refilled before the backward pass is over.</param>
    /// <param name="neighbour">Weight of the aggregated neighbours (<c>lin_rel.weight</c>), shape [outputs, inputs].</param>
    /// <param name="bias">Bias (<c>lin_rel.bias</c>), shape [1, outputs], or null for none.</param>
    /// <param name="root">Weight of the node itself (<c>lin_root.weight</c>), shape [outputs, inputs].</param>
    /// <param name="edgeWeight">
    /// Weights to use in place of those of <paramref name="edges"/>, shape [edges, 1], in the order of <see cref="SparseRows{T}.Source"/>; its
    /// gradient is computed when it requires one. Null for the weights of <paramref name="edges"/>.
    /// </param>
    /// <returns>Shape [nodes, outputs].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Variable<T> GraphConvolution(
        Variable<T> x, SparseRows<T> edges, Variable<T> neighbour, Variable<T>? bias, Variable<T> root, Variable<T>? edgeWeight = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(neighbour);
        ArgumentNullException.ThrowIfNull(root);
        Expect(x, edges.NodeCount, x.Columns, nameof(x));
        Expect(root, root.Rows, x.Columns, nameof(root));
        Expect(neighbour, root.Rows, x.Columns, nameof(neighbour));
        ExpectRow(bias, root.Rows, nameof(bias));
        if (edgeWeight is not null)
        {
            Expect(edgeWeight, edges.EdgeCount, 1, nameof(edgeWeight));
        }

        return Next<GraphConvolutionRule<T>>().Forward(this, x, edges, neighbour, bias, root, edgeWeight);
    }

    /// <summary>Normalises each column, scales and shifts it, and applies an activation in the same pass.</summary>
    /// <param name="x">Shape [rows, columns].</param>
    /// <param name="layer">Parameters and running statistics; renewed in <see cref="TapeMode.Training"/>.</param>
    /// <param name="activation">Applied last.</param>
    /// <returns>Shape [rows, columns].</returns>
    /// <exception cref="ArgumentException">The columns do not fit, there are no rows, or there is one row in training, which has no variance.</exception>
    public Variable<T> BatchNorm(Variable<T> x, BatchNormalization<T> layer, Activation activation = Activation.None)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(layer);
        Expect(x, x.Rows, layer.Columns, nameof(x));
        int fewest = Mode == TapeMode.Training ? 2 : 1;
        if (x.Rows < fewest)
        {
            throw new ArgumentException($"Batch normalisation needs at least {fewest} rows in this mode, there are {x.Rows}; one row has no variance.", nameof(x));
        }

        return Next<BatchNormalizationRule<T>>().Forward(this, x, layer, activation);
    }

    /// <summary>max(x, 0) for each element; the derivative at zero is taken as zero.</summary>
    public Variable<T> Relu(Variable<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Next<ReluRule<T>>().Forward(this, x);
    }

    /// <summary>1/(1 + e⁻ˣ) for each element.</summary>
    public Variable<T> Sigmoid(Variable<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Next<SigmoidRule<T>>().Forward(this, x);
    }

    /// <summary>
    /// Sets each element to zero with a probability and scales the others by 1/(1 - probability); in <see cref="TapeMode.Evaluation"/> it is
    /// the identity. Which elements go depends on <see cref="Seed"/>, <see cref="Step"/>, the layer and the element's place only.
    /// </summary>
    /// <param name="x">Any shape.</param>
    /// <param name="probability">Probability to remove an element, 0 to below 1.</param>
    /// <param name="layer">Number of the layer, different for each dropout of a model.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not in [0, 1) or the layer is negative.</exception>
    public Variable<T> Dropout(Variable<T> x, double probability, int layer)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        if (!(probability >= 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A dropout probability lies in [0, 1).");
        }

        return Mode == TapeMode.Training && probability > 0 ? Next<DropoutRule<T>>().Forward(this, x, probability, layer) : x;
    }

    /// <summary>Mean over the rows of each graph (global mean pooling).</summary>
    /// <param name="x">Shape [nodes, columns].</param>
    /// <param name="start">Length graphs + 1: nodes of graph g are start[g] up to, not including, start[g + 1]; no graph is empty.</param>
    /// <returns>Shape [graphs, columns].</returns>
    /// <exception cref="ArgumentException">The offsets do not cover the rows, or a graph is empty.</exception>
    public Variable<T> SegmentMean(Variable<T> x, ReadOnlySpan<int> start)
    {
        ArgumentNullException.ThrowIfNull(x);
        ExpectSegments(start, x.Rows);
        return Next<SegmentMeanRule<T>>().Forward(this, x, start);
    }

    /// <summary>
    /// Largest value of each column over the rows of each graph (global max pooling). The gradient goes to the first row that holds the maximum.
    /// </summary>
    /// <param name="x">Shape [nodes, columns]; the maximum is not-a-number if any of the rows is.</param>
    /// <param name="start">Length graphs + 1: nodes of graph g are start[g] up to, not including, start[g + 1]; no graph is empty.</param>
    /// <returns>Shape [graphs, columns].</returns>
    /// <exception cref="ArgumentException">The offsets do not cover the rows, or a graph is empty.</exception>
    public Variable<T> SegmentMax(Variable<T> x, ReadOnlySpan<int> start)
    {
        ArgumentNullException.ThrowIfNull(x);
        ExpectSegments(start, x.Rows);
        return Next<SegmentMaxRule<T>>().Forward(this, x, start);
    }

    /// <summary>Mean over all elements of (x - target)².</summary>
    /// <param name="x">Predictions, any shape.</param>
    /// <param name="target">What they should be, row-major, as many numbers as x has; copied.</param>
    /// <returns>Shape [1, 1].</returns>
    /// <exception cref="ArgumentException">The lengths differ, or there is nothing to average.</exception>
    public Variable<T> MeanSquaredError(Variable<T> x, ReadOnlySpan<T> target)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (target.Length != x.Length || x.Length == 0)
        {
            throw new ArgumentException($"{x.Length} targets are needed (at least one), but there are {target.Length}.", nameof(target));
        }

        return Next<MeanSquaredErrorRule<T>>().Forward(this, x, target);
    }

    /// <summary>x + y for each element of two matrices of the same shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Variable<T> Add(Variable<T> x, Variable<T> y) => Combine(x, T.One, y, T.One);

    /// <summary>alpha·x + beta·y for each element of two matrices of the same shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Variable<T> Combine(Variable<T> x, T alpha, Variable<T> y, T beta)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Expect(y, x.Rows, x.Columns, nameof(y));
        return Next<AddRule<T>>().Forward(this, x, alpha, y, beta);
    }

    /// <summary>factor·x + offset for each element.</summary>
    public Variable<T> Scale(Variable<T> x, T factor, T offset)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Next<AddRule<T>>().Forward(this, x, factor, null, offset);
    }

    /// <summary>x·y for each element of two matrices of the same shape.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public Variable<T> Multiply(Variable<T> x, Variable<T> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Expect(y, x.Rows, x.Columns, nameof(y));
        return Next<MultiplyRule<T>>().Forward(this, x, y);
    }

    /// <summary>Row index[r] of x as row r: the filter of an edge from that of its length, or the embedding of an element.</summary>
    /// <param name="x">Shape [rows, columns].</param>
    /// <param name="index">Rows of x, in any order and as often as wanted; copied.</param>
    /// <returns>Shape [index.Length, columns].</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is not a row of x.</exception>
    public Variable<T> GatherRows(Variable<T> x, ReadOnlySpan<int> index)
    {
        ArgumentNullException.ThrowIfNull(x);
        foreach (int row in index)
        {
            if ((uint)row >= (uint)x.Rows)
            {
                throw new ArgumentOutOfRangeException(nameof(index), row, $"There are {x.Rows} rows.");
            }
        }

        return Next<GatherRowsRule<T>>().Forward(this, x, index);
    }

    /// <summary>Entropy -x·ln x - (1 - x)·ln(1 - x) of each element, in nats; x in [0, 1].</summary>
    public Variable<T> Entropy(Variable<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Next<EntropyRule<T>>().Forward(this, x);
    }

    /// <summary>Sum of all elements.</summary>
    /// <returns>Shape [1, 1].</returns>
    public Variable<T> Sum(Variable<T> x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Next<SumRule<T>>().Forward(this, x);
    }

    /// <summary>Whether a result of these inputs needs a gradient in this pass.</summary>
    internal bool Requires(Variable<T>? first, Variable<T>? second = null, Variable<T>? third = null) =>
        RecordsGradients && (first is { RequiresGradient: true } || second is { RequiresGradient: true } || third is { RequiresGradient: true });

    private static void Expect(Variable<T> variable, int rows, int columns, string name)
    {
        if (variable.Rows != rows || variable.Columns != columns)
        {
            throw new ArgumentException($"Shape {rows} × {columns} is needed, but it is {variable.Rows} × {variable.Columns}.", name);
        }
    }

    private static void ExpectRow(Variable<T>? bias, int columns, string name)
    {
        if (bias is not null)
        {
            Expect(bias, 1, columns, name);
        }
    }

    private static void ExpectSegments(ReadOnlySpan<int> start, int rows)
    {
        if (start.Length == 0 || start[0] != 0 || start[^1] != rows)
        {
            throw new ArgumentException($"The offsets must begin with 0 and end with the number of rows, {rows}.", nameof(start));
        }

        for (int segment = 1; segment < start.Length; segment++)
        {
            if (start[segment] <= start[segment - 1])
            {
                throw new ArgumentException($"Segment {segment - 1} is empty.", nameof(start));
            }
        }
    }
}
