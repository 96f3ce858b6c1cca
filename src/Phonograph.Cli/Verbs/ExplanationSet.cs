using Phonograph.Explaining.Networks;
using Phonograph.Graphs;

namespace Phonograph.Cli.Verbs;

/// <summary>What <c>explain</c> keeps of the structures it has been through: sums of all, and the first whole, for the quality.</summary>
internal sealed class ExplanationSet(ImportanceSummary summary)
{
    internal ImportanceSummary Summary { get; } = summary;

    internal List<CrystalGraph> Graphs { get; } = [];

    internal List<CellExplanation> Explanations { get; } = [];

    internal int Count => Summary.Count;

    /// <summary>Structures that the model cannot read.</summary>
    internal int LeftOut { get; set; }

    internal void Add(CrystalGraph graph, CellExplanation explanation, int kept)
    {
        Summary.Add(explanation);
        if (Graphs.Count < kept)
        {
            Graphs.Add(graph);
            Explanations.Add(explanation);
        }
    }
}
