namespace Phonograph.Learning.Models;

/// <summary>What the outputs of a network mean.</summary>
public enum TargetHead
{
    /// <summary>Each output is a property.</summary>
    Direct,

    /// <summary>
    /// In place of the band gap the network puts out the conduction band minimum; the gap is that minus the valence band maximum, which is an output too. Both
    /// edges are known for every label.
    /// </summary>
    Edges,
}
