namespace Phonograph.Graphs;

/// <summary>What a network reads of an edge.</summary>
public enum EdgeGeometry
{
    /// <summary>The length, scaled to [0, 1] over the training graphs.</summary>
    ScaledLength,

    /// <summary>The length in Å as well.</summary>
    Length,

    /// <summary>Length and direction.</summary>
    Direction,
}
