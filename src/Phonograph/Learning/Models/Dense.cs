using System.Numerics;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Models;

/// <summary>A linear layer with its weights.</summary>
internal sealed class Dense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameter<T> _weight;
    private readonly Parameter<T>? _bias;

    /// <summary>Makes a layer.</summary>
    /// <param name="name">Prefix of <c>name.weight</c> and <c>name.bias</c>.</param>
    /// <param name="inputs">Number of inputs.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="draw">First weights.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="fanIn">Inputs that decide the width of the draw, where the layer is a part of a larger one; <paramref name="inputs"/> when null.</param>
    public Dense(string name, int inputs, int outputs, WeightDraw draw, bool hasBias = true, int? fanIn = null)
    {
        _weight = new Parameter<T>(name + ".weight", outputs, inputs);
        draw.Fill(_weight, fanIn ?? inputs, outputs, isBias: false);
        if (hasBias)
        {
            _bias = new Parameter<T>(name + ".bias", 1, outputs);
            draw.Fill(_bias, fanIn ?? inputs, outputs, isBias: true);
        }
    }

    public IEnumerable<Parameter<T>> Parameters => _bias is null ? [_weight] : [_weight, _bias];

    public Variable<T> Forward(Tape<T> tape, Variable<T> x) => tape.Linear(x, _weight, _bias);
}
