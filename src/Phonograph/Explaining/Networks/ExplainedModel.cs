using System.Numerics;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// A prediction as a differentiable function of the graph: a copy of a trained network whose weights nothing changes, and the way from its outputs to one property in its own unit. Many threads may read it
/// at once, each with a <see cref="GraphPass{T}"/> of its own.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public sealed class ExplainedModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly GraphNetwork<T> _network;
    private readonly T[] _factors;
    private readonly T _offset;

    /// <summary>Takes a trained model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="property">Place of the property to explain among those of the model.</param>
    /// <exception cref="InputException">The model has no such property.</exception>
    public ExplainedModel(TrainedModel model, int property = 0)
        : this((model ?? throw new ArgumentNullException(nameof(model))).Description, property, seed: 0)
    {
        foreach ((NamedArray<float> from, NamedArray<T> to) in model.Network.Arrays().Zip(_network.Arrays()))
        {
            ReadOnlySpan<float> values = from.Values;
            Span<T> destination = to.Values;
            for (int index = 0; index < values.Length; index++)
            {
                destination[index] = T.CreateChecked(values[index]);
            }
        }
    }

    private ExplainedModel(ModelDescription description, int property, ulong seed)
    {
        TargetScales scales = description.Scales;
        if (property < 0 || property >= scales.Count)
        {
            throw new InputException($"The model predicts {TargetScales.Names(scales.Properties)}; property {property + 1} is not among them.");
        }

        Description = description;
        Property = property;
        _network = GraphNetworks.Create<T>(description.Network, seed);
        foreach (Parameter<T> parameter in _network.Parameters)
        {
            parameter.Frozen = true;
        }

        // The way back from outputs is affine: its value at zero and at each unit vector say all.
        float[] outputs = new float[scales.Count];
        double offset = scales.Restore(outputs, property);
        _offset = T.CreateChecked(offset);
        _factors = new T[scales.Count];
        for (int output = 0; output < outputs.Length; output++)
        {
            outputs[output] = 1;
            _factors[output] = T.CreateChecked(scales.Restore(outputs, property) - offset);
            outputs[output] = 0;
        }
    }

    /// <summary>What the model says of itself.</summary>
    public ModelDescription Description { get; }

    /// <summary>Place of the property that is explained.</summary>
    public int Property { get; }

    /// <summary>Largest minus smallest training label of the property, in its unit.</summary>
    public double LabelRange => Description.Scales.Targets[Property].Range;

    /// <summary>What the network reads of an edge.</summary>
    public EdgeGeometry Geometry => _network.Geometry;

    /// <summary>The same network with weights drawn from a seed and never trained: a control, of which an explanation of the trained one should differ.</summary>
    /// <param name="seed">Seed of the weights.</param>
    public ExplainedModel<T> Untrained(ulong seed) => new(Description, Property, seed);

    /// <summary>A graph in the form the network reads; the graph must have been built with the options of the model.</summary>
    /// <exception cref="InputException">An element has no tabulated features.</exception>
    public GraphTensors<T> Tensors(CrystalGraph graph) => new(Description.Features.Apply(graph, Geometry));

    /// <summary>Scaled length of an edge of a length of 0, and what each Å adds.</summary>
    internal (T Offset, T Slope) LengthScale()
    {
        FeatureNormalization features = Description.Features;
        double range = features.EdgeMaximumAngstrom - features.EdgeMinimumAngstrom;
        return range > 0 ? (T.CreateChecked(-features.EdgeMinimumAngstrom / range), T.CreateChecked(1 / range)) : (T.Zero, T.Zero);
    }

    /// <summary>Predictions of a batch in the unit of the property, shape [graphs, 1].</summary>
    internal Variable<T> Forward(Tape<T> tape, GraphBatch<T> batch, GraphVariables<T> variables)
    {
        variables.Kept?.Rewind();
        Variable<T> factors = tape.Input(_factors, 1, _factors.Length), offset = tape.Input([_offset], 1, 1);
        return tape.Linear(_network.Forward(tape, batch, variables), factors, offset);
    }
}
