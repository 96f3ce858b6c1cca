using System.Numerics;
using Phonograph.Numerics.Autodiff;

namespace Phonograph.Learning.Models;

/// <summary>What an explanation puts in the place of the data of a batch, to vary it or to get gradients; what is null is taken from the batch.</summary>
/// <typeparam name="T"><see cref="float"/> for work, <see cref="double"/> for checks.</typeparam>
public readonly record struct GraphVariables<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Factor of the message of each directed edge, shape [edges, 1]: 1 leaves it as it is, 0 is the network without the edge.</summary>
    public Variable<T>? Mask { get; init; }

    /// <summary>Length of each edge, Å, shape [edges, 1]; read by networks of <see cref="Graphs.EdgeGeometry.Length"/> and <see cref="Graphs.EdgeGeometry.Direction"/>.</summary>
    public Variable<T>? Length { get; init; }

    /// <summary>Scaled length of each edge, shape [edges, 1]; read by networks of <see cref="Graphs.EdgeGeometry.ScaledLength"/>.</summary>
    public Variable<T>? ScaledLength { get; init; }

    /// <summary>Unit vector of each edge, shape [edges, 3]; read by networks of <see cref="Graphs.EdgeGeometry.Direction"/>.</summary>
    public Variable<T>? Direction { get; init; }

    /// <summary>Scaled node features, shape [nodes, <see cref="Graphs.NodeFeatures.Count"/>].</summary>
    public Variable<T>? NodeFeatures { get; init; }

    /// <summary>Where layers of lengths are kept between passes over the same batch; null to compute them in each. Not to be combined with <see cref="Length"/>.</summary>
    public KeptLayers<T>? Kept { get; init; }
}
