namespace Phonograph.Learning.Models;

/// <summary>Everything that decides the shape of a network.</summary>
/// <param name="Model">Name of the architecture, one of <see cref="GraphNetworks.Names"/>.</param>
/// <param name="Hidden">Features per node.</param>
/// <param name="Dropout">Share of pooled features set to zero in training.</param>
/// <param name="CutoffAngstrom">Longest edge, Å: where radial functions and smooth cutoffs end.</param>
public sealed record NetworkOptions(string Model, int Hidden, double Dropout, double CutoffAngstrom)
{
    /// <summary>Number of convolutions; that of the architecture when null. The published variants have theirs in the name.</summary>
    public int? Layers { get; init; }

    /// <summary>From nodes to crystal; that of the architecture when null.</summary>
    public Pooling? ReadOut { get; init; }

    /// <summary>Numbers for each crystal; the last linear layer has so many rows.</summary>
    public int Outputs { get; init; } = 1;
}
