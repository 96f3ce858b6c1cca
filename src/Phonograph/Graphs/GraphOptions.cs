namespace Phonograph.Graphs;

/// <summary>How a crystal becomes a graph.</summary>
public sealed record GraphOptions
{
    /// <summary>Cutoff of the study, Å.</summary>
    public const double DefaultCutoffAngstrom = 5.5;

    /// <summary>Largest distance that makes an edge, Å.</summary>
    public double CutoffAngstrom { get; init; } = DefaultCutoffAngstrom;

    /// <summary>True to lose the edges that the published builder loses (see <see cref="LegacyEdges"/>); for comparison only.</summary>
    public bool Legacy { get; init; }
}
