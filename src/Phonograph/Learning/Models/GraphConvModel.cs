using System.Numerics;
using Phonograph.Graphs;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Models;

/// <summary>
/// A graph-convolution network of one of the published variants: the scaled distance is the weight of a message, messages are summed
/// (GraphConv: C. Morris et al., AAAI 2019, arXiv 1810.02244, with weighted edges). Tensors carry the names PyTorch gives them.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public sealed class GraphConvModel<T> : GraphNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int HeadWidth = 16;
    private readonly Convolution[] _convolutions;
    private readonly PredictionHead<T> _head;

    /// <summary>Builds a network with weights drawn from a seed as PyTorch draws them (uniform in ±1/√inputs).</summary>
    /// <param name="variant">Architecture.</param>
    /// <param name="hidden">Features per node.</param>
    /// <param name="dropout">Share of pooled features set to zero in training.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="outputs">Numbers for each crystal.</param>
    public GraphConvModel(GraphConvVariant variant, int hidden, double dropout, ulong seed, int outputs = 1)
        : base(hidden, dropout)
    {
        Variant = variant;
        var draw = new WeightDraw(seed);
        _convolutions = [.. Enumerable.Range(1, variant.Convolutions).Select(number => new Convolution(number, number == 1 ? NodeFeatures.Count : hidden, hidden, draw))];
        foreach (Convolution each in _convolutions)
        {
            Register(each.Neighbour);
            Register(each.Bias);
            Register(each.Root);
            Register(each.Normalization, $"bn{each.Number}");
        }

        _head = Register(new PredictionHead<T>(hidden, HeadWidth, outputs, variant.Pooling, dropout, draw));
    }

    /// <summary>Architecture.</summary>
    public GraphConvVariant Variant { get; }

    /// <inheritdoc/>
    public override EdgeGeometry Geometry => EdgeGeometry.ScaledLength;

    /// <inheritdoc/>
    public override OutputFunction Output => Variant.Output;

    /// <inheritdoc/>
    public override Variable<T> Forward(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables)
    {
        // Without variables the kernels read the weights of the batch, and their transposed order, as they are.
        Variable<T>? edgeWeight = variables.ScaledLength is null && variables.Mask is null
            ? null
            : Masked(tape, variables.ScaledLength ?? tape.Input(batch.Edges.Weight, batch.Edges.EdgeCount, 1), variables);
        Variable<T> x = Nodes(tape, batch, variables);
        foreach (Convolution each in _convolutions)
        {
            x = tape.GraphConvolution(x, batch.Edges, each.Neighbour, each.Bias, each.Root, edgeWeight);
            x = tape.BatchNorm(x, each.Normalization, Activation.Relu);
        }

        return _head.Forward(tape, x, batch.NodeStart, HiddenFunction.Relu, Variant.Output);
    }

    private sealed class Convolution
    {
        public Convolution(int number, int inputs, int outputs, WeightDraw draw)
        {
            Number = number;
            Neighbour = new($"conv{number}.lin_rel.weight", outputs, inputs);
            Bias = new($"conv{number}.lin_rel.bias", 1, outputs);
            Root = new($"conv{number}.lin_root.weight", outputs, inputs);
            Normalization = new($"bn{number}", outputs);
            foreach (Parameter<T> each in (Parameter<T>[])[Neighbour, Bias, Root])
            {
                draw.Fill(each, inputs, outputs, isBias: each == Bias);
            }
        }

        public int Number { get; }

        public Parameter<T> Neighbour { get; }

        public Parameter<T> Bias { get; }

        public Parameter<T> Root { get; }

        public BatchNormalization<T> Normalization { get; }
    }
}
