using Phonograph.Explaining.Networks;
using Phonograph.Graphs;

namespace Phonograph.Cli.Verbs;

/// <summary>What <c>explain</c> keeps of the structures it has been through: sums of all, and some of them whole, for the quality.</summary>
/// <param name="summary">Takes in the sums.</param>
/// <param name="total">Number of structures to come.</param>
/// <param name="kept">How many to keep, at equal distances among them.</param>
internal sealed class ExplanationSet(ImportanceSummary summary, int total, int kept)
{
    internal ImportanceSummary Summary { get; } = summary;

    internal List<CrystalGraph> Graphs { get; } = [];

    internal List<CellExplanation> Explanations { get; } = [];

    internal int Count => Summary.Count;

    /// <summary>Structures that the model cannot read.</summary>
    internal int LeftOut { get; set; }

    internal void Add(CrystalGraph graph, CellExplanation explanation)
    {
        long place = Summary.Count;
        Summary.Add(explanation);
        if ((place + 1) * Math.Min(kept, total) / total > place * Math.Min(kept, total) / total)
        {
            Graphs.Add(graph);
            Explanations.Add(explanation);
        }
    }
}
