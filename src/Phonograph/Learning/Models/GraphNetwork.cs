using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Learning.Storage;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Learning.Models;

/// <summary>A network from graphs to scaled targets: what training, prediction and model files know of every architecture.</summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public abstract class GraphNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<Parameter<T>> _parameters = [];
    private readonly List<(string Name, BatchNormalization<T> Layer)> _normalizations = [];
    private PredictionHead<T>? _head;

    /// <summary>What the network reads of an edge.</summary>
    public abstract EdgeGeometry Geometry { get; }

    /// <summary>Last function.</summary>
    public abstract OutputFunction Output { get; }

    /// <summary>Features per node.</summary>
    public int Hidden { get; }

    /// <summary>Share of pooled features set to zero in training.</summary>
    public double Dropout { get; }

    /// <summary>Everything training changes, in a fixed order.</summary>
    public ImmutableArray<Parameter<T>> Parameters => [.. _parameters];

    /// <summary>Number of trained numbers.</summary>
    public int ParameterCount => _parameters.Sum(parameter => parameter.Length);

    private protected GraphNetwork(int hidden, double dropout)
    {
        Hidden = hidden;
        Dropout = dropout;
    }

    /// <summary>Scaled predictions of a batch, shape [graphs, outputs].</summary>
    /// <param name="tape">Tape of the pass; its mode decides on dropout and batch statistics.</param>
    /// <param name="batch">Graphs, made with the <see cref="Geometry"/> of this network.</param>
    public Variable<T> Forward(Tape<T> tape, GraphBatch<T> batch) => Forward(tape, batch, default);

    /// <summary>Scaled predictions of a batch with something else in the place of its data, shape [graphs, outputs].</summary>
    /// <param name="tape">Tape of the pass; its mode decides on dropout and batch statistics.</param>
    /// <param name="batch">Graphs, made with the <see cref="Geometry"/> of this network.</param>
    /// <param name="variables">Masks, lengths, directions or node features to use, for explanations.</param>
    public abstract Variable<T> Forward(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables);

    /// <summary>Node features to begin with.</summary>
    private protected static Variable<T> Nodes(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables) =>
        variables.NodeFeatures ?? tape.Input(batch.NodeFeatures, batch.NodeCount, NodeFeatures.Count);

    /// <summary>Functions of lengths: a row for each distinct length, or for each edge where the lengths are given as variables.</summary>
    private protected static Variable<T> Expanded(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables, int columns, RowExpansion<T> expansion) =>
        variables.Kept?.Next() ?? Kept(tape.Expand(variables.Length ?? tape.Input(batch.DistinctLength, batch.Lengths.Count, 1), columns, expansion), variables);

    /// <summary>Which rows of <see cref="Expanded"/>, and of layers of it, are those of the edges; null where each edge has its own.</summary>
    private protected static SharedRows? Rows(GraphBatch<T> batch, GraphVariables<T> variables) => variables.Length is null ? batch.Lengths : null;

    /// <summary>From the rows of <see cref="Expanded"/> to a row for each edge.</summary>
    private protected static Variable<T> OnEdges(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables, Variable<T> ofLengths) =>
        Rows(batch, variables) is { } rows ? tape.GatherRows(ofLengths, rows.OfEdge) : ofLengths;

    /// <summary>A function of lengths that is a factor of each message, times its mask where there is one; a row for each edge.</summary>
    private protected static Variable<T> Factor(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables, RowExpansion<T> expansion) =>
        Masked(tape, OnEdges(tape, batch, variables, Expanded(tape, batch, variables, 1, expansion)), variables);

    /// <summary>A factor of each message, times its mask where there is one.</summary>
    private protected static Variable<T> Masked(Tape<T> tape, Variable<T> factor, GraphVariables<T> variables) =>
        variables.Mask is { } mask ? tape.Multiply(factor, mask) : factor;

    /// <summary>A linear layer of <see cref="Expanded"/>.</summary>
    private protected static Variable<T> Filter(Tape<T> tape, Dense<T> layer, Variable<T> radial, GraphVariables<T> variables) =>
        variables.Kept?.Next() ?? Kept(layer.Forward(tape, radial), variables);

    /// <summary>Keeps what depends on lengths alone, where it is to be kept.</summary>
    private protected static Variable<T> Kept(Variable<T> computed, GraphVariables<T> variables) => variables.Kept?.Keep(computed) ?? computed;

    /// <summary>Weights and running statistics by their names in files, with their shapes.</summary>
    public IEnumerable<NamedArray<T>> Arrays()
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            bool isMatrix = parameter.Name.EndsWith("weight", StringComparison.Ordinal) && !parameter.Name.StartsWith("bn", StringComparison.Ordinal);
            yield return new(parameter.Name, isMatrix ? [parameter.Rows, parameter.Columns] : [parameter.Length], () => parameter.Value);
        }

        foreach ((string name, BatchNormalization<T> layer) in _normalizations)
        {
            yield return new($"{name}.running_mean", [layer.Columns], () => layer.RunningMean);
            yield return new($"{name}.running_var", [layer.Columns], () => layer.RunningVariance);
        }
    }

    private protected Parameter<T> Register(Parameter<T> parameter)
    {
        _parameters.Add(parameter);
        return parameter;
    }

    private protected Dense<T> Register(Dense<T> layer)
    {
        _parameters.AddRange(layer.Parameters);
        return layer;
    }

    private protected BatchNormalization<T> Register(BatchNormalization<T> layer, string name)
    {
        _parameters.AddRange([layer.Scale, layer.Shift]);
        _normalizations.Add((name, layer));
        return layer;
    }

    /// <summary>Lets training change only what stands after the pooling, and the weights of an attention in it.</summary>
    internal void FreezeBody()
    {
        foreach (Parameter<T> parameter in _parameters.Except(_head!.Parameters))
        {
            parameter.Frozen = true;
        }
    }

    private protected PredictionHead<T> Register(PredictionHead<T> head)
    {
        _head = head;
        _parameters.AddRange(head.Parameters);
        return head;
    }
}
