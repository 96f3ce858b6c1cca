using Phonograph.Graphs;

namespace Phonograph.Learning;

/// <summary>A graph with the number a model shall learn.</summary>
/// <param name="Configuration">Identifier of the configuration.</param>
/// <param name="Scheme">Scheme that drew it: <c>phonon</c> or <c>random</c>.</param>
/// <param name="Graph">The graph.</param>
/// <param name="Target">Label, in the unit of the property.</param>
public sealed record LabelledGraph(string Configuration, string Scheme, CrystalGraph Graph, double Target);
