using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Models;

/// <summary>
/// An equivariant network with vector features, of the class of PaiNN (K. Schütt, O. Unke, M. Gastegger, ICML 2021, arXiv 2102.03150, eq. (7) to (10)): each node
/// carries features that do not turn with the crystal and vectors that do. Filters are spherical waves through a linear layer, times a cosine that
/// takes them to zero at the cutoff. Predictions read the features that do not turn.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public sealed class VectorFeatureModel<T> : GraphNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Functions = 20;
    private readonly RowExpansion<T> _radial, _smoothEnd;
    private readonly Dense<T> _embedding;
    private readonly VectorInteraction<T>[] _interactions;
    private readonly PredictionHead<T> _head;

    /// <summary>Builds a network with weights drawn from a seed as its authors draw them (X. Glorot, Y. Bengio, AISTATS 2010), biases zero.</summary>
    /// <param name="options">Shape.</param>
    /// <param name="seed">Seed of the weights.</param>
    public VectorFeatureModel(NetworkOptions options, ulong seed)
        : base(options.Hidden, options.Dropout)
    {
        var draw = new WeightDraw(seed, isGlorot: true);
        int layers = options.Layers ?? GraphNetworks.DefaultLayers;
        double cutoff = options.CutoffAngstrom;
        _radial = (lengths, values, slopes) => RadialFunctions.SphericalWaves(lengths, cutoff, values, slopes);
        _smoothEnd = (lengths, values, slopes) => RadialFunctions.CosineCutoff(lengths, cutoff, values, slopes);
        _embedding = Register(new Dense<T>("embedding", NodeFeatures.Count, Hidden, draw));
        _interactions = [.. Enumerable.Range(1, layers).Select(number => new VectorInteraction<T>(number, Hidden, Functions, isLast: number == layers, draw))];
        foreach (Dense<T> layer in _interactions.SelectMany(each => each.Layers))
        {
            Register(layer);
        }

        _head = Register(new PredictionHead<T>(Hidden, Hidden, options.Outputs, options.ReadOut ?? Pooling.Mean, Dropout, draw));
    }

    /// <inheritdoc/>
    public override EdgeGeometry Geometry => EdgeGeometry.Direction;

    /// <inheritdoc/>
    public override OutputFunction Output => OutputFunction.Linear;

    /// <inheritdoc/>
    public override Variable<T> Forward(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables) =>
        _head.Forward(tape, Features(tape, batch, variables).Scalars, batch.NodeStart, HiddenFunction.Silu, Output);

    /// <summary>Features of the nodes after the last interaction.</summary>
    /// <param name="tape">Tape of the pass.</param>
    /// <param name="batch">Graphs with directions.</param>
    /// <param name="variables">What to use in the place of the data of the batch.</param>
    /// <returns>
    /// What does not turn with the crystal, shape [nodes, hidden], and vectors that do, shape [3·nodes, hidden]: rows x, y, z of each node. The vectors are those that
    /// the last interaction reads.
    /// </returns>
    public (Variable<T> Scalars, Variable<T> Vectors) Features(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables = default)
    {
        Variable<T> direction = variables.Direction ?? tape.Input(batch.EdgeDirection, batch.Edges.EdgeCount, 3);
        Variable<T> radial = Expanded(tape, batch, variables, Functions, _radial), factor = Factor(tape, batch, variables, _smoothEnd);
        Variable<T> scalars = _embedding.Forward(tape, Nodes(tape, batch, variables));
        Variable<T> vectors = tape.Input(3 * batch.NodeCount, Hidden);
        vectors.Value.Clear();
        foreach (VectorInteraction<T> each in _interactions)
        {
            (scalars, vectors) = each.Forward(tape, (batch.Edges, Rows(batch, variables)), each.Filters(tape, radial, variables.Kept), (factor, direction), scalars, vectors);
        }

        return (scalars, vectors);
    }
}
