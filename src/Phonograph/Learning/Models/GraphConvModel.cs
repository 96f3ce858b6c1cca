using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Learning.Storage;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Models;

/// <summary>
/// A graph-convolution network of one of the published variants: the scaled distance is the weight of a message, messages are summed
/// (GraphConv: C. Morris et al., AAAI 2019, arXiv 1810.02244, with weighted edges). Tensors carry the names PyTorch gives them.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public sealed class GraphConvModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int HeadWidth = 16;
    private const ulong WeightStream = 0x7765_6967_6874_0000; // "weight"
    private readonly Convolution[] _convolutions;
    private readonly Parameter<T> _firstWeight, _firstBias, _lastWeight, _lastBias;

    /// <summary>Builds a network with weights drawn from a seed as PyTorch draws them (uniform in ±1/√inputs).</summary>
    /// <param name="variant">Architecture.</param>
    /// <param name="hidden">Features per node.</param>
    /// <param name="dropout">Share of pooled features set to zero in training.</param>
    /// <param name="seed">Seed of the weights.</param>
    public GraphConvModel(GraphConvVariant variant, int hidden, double dropout, ulong seed)
    {
        Variant = variant;
        Hidden = hidden;
        Dropout = dropout;
        _convolutions = [.. Enumerable.Range(1, variant.Convolutions).Select(number => new Convolution(number, number == 1 ? NodeFeatures.Count : hidden, hidden))];
        (_firstWeight, _firstBias) = (new Parameter<T>("lin1.weight", HeadWidth, hidden), new Parameter<T>("lin1.bias", 1, HeadWidth));
        (_lastWeight, _lastBias) = (new Parameter<T>("lin2.weight", 1, HeadWidth), new Parameter<T>("lin2.bias", 1, 1));
        Parameters = [.. _convolutions.SelectMany(each => each.Parameters), _firstWeight, _firstBias, _lastWeight, _lastBias];
        Draw(seed);
    }

    /// <summary>Architecture.</summary>
    public GraphConvVariant Variant { get; }

    /// <summary>Features per node.</summary>
    public int Hidden { get; }

    /// <summary>Share of pooled features set to zero in training.</summary>
    public double Dropout { get; }

    /// <summary>Everything training changes, in a fixed order.</summary>
    public ImmutableArray<Parameter<T>> Parameters { get; }

    /// <summary>Number of trained numbers.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.Length);

    /// <summary>Scaled predictions of a batch, shape [graphs, 1].</summary>
    /// <param name="tape">Tape of the pass; its mode decides on dropout and batch statistics.</param>
    /// <param name="batch">Graphs.</param>
    /// <param name="edgeWeight">Weights in place of the scaled distances, shape [edges, 1], for explanations; null for the distances.</param>
    public Variable<T> Forward(Tape<T> tape, GraphBatch<T> batch, Variable<T>? edgeWeight = null)
    {
        Variable<T> x = tape.Input(batch.NodeFeatures, batch.NodeCount, NodeFeatures.Count);
        foreach (Convolution each in _convolutions)
        {
            x = tape.GraphConvolution(x, batch.Edges, each.Neighbour, each.Bias, each.Root, edgeWeight);
            x = tape.BatchNorm(x, each.Normalization, Activation.Relu);
        }

        x = Variant.Pooling == Pooling.Max ? tape.SegmentMax(x, batch.NodeStart) : tape.SegmentMean(x, batch.NodeStart);
        x = tape.Dropout(x, Dropout, layer: 0);
        x = tape.Relu(tape.Linear(x, _firstWeight, _firstBias));
        x = tape.Linear(x, _lastWeight, _lastBias);
        return Variant.Output == OutputFunction.Sigmoid ? tape.Sigmoid(x) : tape.Relu(x);
    }

    /// <summary>Weights and running statistics by their names in files, with their shapes.</summary>
    public IEnumerable<NamedArray<T>> Arrays()
    {
        foreach (Parameter<T> parameter in Parameters)
        {
            bool isMatrix = parameter.Name.EndsWith("weight", StringComparison.Ordinal) && !parameter.Name.StartsWith("bn", StringComparison.Ordinal);
            yield return new(parameter.Name, isMatrix ? [parameter.Rows, parameter.Columns] : [parameter.Length], () => parameter.Value);
        }

        foreach (Convolution each in _convolutions)
        {
            yield return new($"bn{each.Number}.running_mean", [Hidden], () => each.Normalization.RunningMean);
            yield return new($"bn{each.Number}.running_var", [Hidden], () => each.Normalization.RunningVariance);
        }
    }

    private void Draw(ulong seed)
    {
        ulong stream = WeightStream;
        foreach (Convolution each in _convolutions)
        {
            int inputs = each.Root.Columns;
            each.Neighbour.FillAsLinearLayer(inputs, new Philox(seed, stream++));
            each.Bias.FillAsLinearLayer(inputs, new Philox(seed, stream++));
            each.Root.FillAsLinearLayer(inputs, new Philox(seed, stream++));
        }

        _firstWeight.FillAsLinearLayer(Hidden, new Philox(seed, stream++));
        _firstBias.FillAsLinearLayer(Hidden, new Philox(seed, stream++));
        _lastWeight.FillAsLinearLayer(HeadWidth, new Philox(seed, stream++));
        _lastBias.FillAsLinearLayer(HeadWidth, new Philox(seed, stream));
    }

    private sealed class Convolution(int number, int inputs, int outputs)
    {
        public int Number { get; } = number;

        public Parameter<T> Neighbour { get; } = new($"conv{number}.lin_rel.weight", outputs, inputs);

        public Parameter<T> Bias { get; } = new($"conv{number}.lin_rel.bias", 1, outputs);

        public Parameter<T> Root { get; } = new($"conv{number}.lin_root.weight", outputs, inputs);

        public BatchNormalization<T> Normalization { get; } = new($"bn{number}", outputs);

        public IEnumerable<Parameter<T>> Parameters => [Neighbour, Bias, Root, Normalization.Scale, Normalization.Shift];
    }
}
