using System.Numerics;
using Phonograph.Numerics.Autodiff;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Models;

/// <summary>Random numbers for the first weights: one stream for each array, in the order the arrays ask.</summary>
/// <param name="seed">Seed.</param>
/// <param name="isGlorot">
/// False: weights and biases uniform in ±1/√inputs, as PyTorch draws them. True: weights uniform in ±√(6/(inputs + outputs)), biases zero (X. Glorot, Y. Bengio,
/// AISTATS 2010, eq. (16)), as the authors of SchNet and PaiNN do: without normalisation, layers must keep the size of what passes.
/// </param>
internal sealed class WeightDraw(ulong seed, bool isGlorot = false)
{
    private const ulong WeightStream = 0x7765_6967_6874_0000; // "weight"
    private ulong _stream = WeightStream;

    /// <summary>Draws a weight or a bias.</summary>
    /// <param name="parameter">The array, filled.</param>
    /// <param name="inputs">Inputs of the layer.</param>
    /// <param name="outputs">Outputs of the layer.</param>
    /// <param name="isBias">Whether the array is a bias.</param>
    public void Fill<T>(Parameter<T> parameter, int inputs, int outputs, bool isBias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Philox(seed, _stream++);
        if (!isGlorot)
        {
            parameter.FillAsLinearLayer(inputs, random);
        }
        else if (!isBias)
        {
            parameter.FillUniform(Math.Sqrt(6.0 / (inputs + outputs)), random);
        }
    }
}
