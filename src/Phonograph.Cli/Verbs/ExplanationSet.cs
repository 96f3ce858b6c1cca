using Phonograph.Explaining.Networks;
using Phonograph.Graphs;

namespace Phonograph.Cli.Verbs;

/// <summary>What <c>explain</c> keeps of the structures it has been through: sums of all, and some of them whole, for the quality.</summary>
/// <param name="summary">Takes in the sums.</param>
/// <param name="total">Number of structures to come.</param>
/// <param name="kept">How many to keep, at equal distances among them.</param>
/// <param name="control">Takes in the sums of the control; null for none.</param>
internal sealed class ExplanationSet(ImportanceSummary summary, int total, int kept, ImportanceSummary? control)
{
    internal ImportanceSummary Summary { get; } = summary;

    internal ImportanceSummary? Control { get; } = control;

    /// <summary>The structure to draw: its name, its graph, and what model and control say of it.</summary>
    internal (string Name, CrystalGraph Graph, CellExplanation Explanation, CellExplanation? Control)? Drawn { get; set; }

    internal List<CrystalGraph> Graphs { get; } = [];

    internal List<CellExplanation> Explanations { get; } = [];

    internal int Count => Summary.Count;

    /// <summary>Structures that the model cannot read.</summary>
    internal int LeftOut { get; set; }

    internal void Add(CrystalGraph graph, CellExplanation explanation, CellExplanation? control)
    {
        long place = Summary.Count;
        Summary.Add(explanation);
        if (control is not null)
        {
            Control!.Add(control);
        }

        if ((place + 1) * Math.Min(kept, total) / total > place * Math.Min(kept, total) / total)
        {
            Graphs.Add(graph);
            Explanations.Add(explanation);
        }
    }
}
