using System.Numerics;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Models;

/// <summary>
/// The end of every network: pooling of the nodes, dropout, a linear layer, a function, a linear layer to the targets, the output function.
/// </summary>
internal sealed class PredictionHead<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Name of the linear layer to the targets.</summary>
    public const string LastLayer = "lin2";

    private readonly Dense<T> _first, _last;
    private readonly Dense<T>? _score;
    private readonly Pooling _pooling;
    private readonly double _dropout;

    public PredictionHead(int hidden, int width, int outputs, Pooling pooling, double dropout, WeightDraw draw)
    {
        (_pooling, _dropout) = (pooling, dropout);
        _first = new Dense<T>("lin1", hidden, width, draw);
        _last = new Dense<T>(LastLayer, width, outputs, draw);

        // A bias would shift all scores alike, and the softmax does not see it.
        _score = pooling == Pooling.Attention ? new Dense<T>("attention", hidden, 1, draw, hasBias: false) : null;
    }

    public IEnumerable<Parameter<T>> Parameters => [.. _first.Parameters, .. _last.Parameters, .. _score?.Parameters ?? []];

    /// <summary>Scaled predictions, shape [graphs, outputs].</summary>
    public Variable<T> Forward(Tape<T> tape, Variable<T> x, ReadOnlySpan<int> nodeStart, HiddenFunction function, OutputFunction output)
    {
        x = _pooling switch
        {
            Pooling.Max => tape.SegmentMax(x, nodeStart),
            Pooling.Mean => tape.SegmentMean(x, nodeStart),
            _ => tape.SegmentAttention(x, _score!.Forward(tape, x), nodeStart),
        };
        x = _first.Forward(tape, tape.Dropout(x, _dropout, layer: 0));
        x = function switch
        {
            HiddenFunction.Relu => tape.Relu(x),
            HiddenFunction.Softplus => tape.Softplus(x),
            _ => tape.Silu(x),
        };
        x = _last.Forward(tape, x);
        return output switch
        {
            OutputFunction.Sigmoid => tape.Sigmoid(x),
            OutputFunction.Relu => tape.Relu(x),
            _ => x,
        };
    }
}

/// <summary>Function between the two linear layers of a head.</summary>
internal enum HiddenFunction
{
    Relu,
    Softplus,
    Silu,
}
