using System.Collections.Immutable;
using Phonograph.Graphs;

namespace Phonograph.Learning;

/// <summary>A graph with the number a model shall learn.</summary>
/// <param name="Configuration">Identifier of the configuration.</param>
/// <param name="Scheme">Scheme that drew it: <c>phonon</c> or <c>random</c>.</param>
/// <param name="Graph">The graph.</param>
/// <param name="Target">Label, in the unit of the property.</param>
public sealed record LabelledGraph(string Configuration, string Scheme, CrystalGraph Graph, double Target)
{
    /// <summary>Labels of the properties after the first, each in its unit; empty when one property is learnt.</summary>
    public ImmutableArray<double> FurtherTargets { get; init; } = [];

    /// <summary>The label of a property by its place among those that are learnt.</summary>
    public double Label(int property) => property == 0 ? Target : FurtherTargets[property - 1];
}
