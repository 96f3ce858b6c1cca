using Phonograph.Datasets;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Reporting;
using Phonograph.Reporting.Explanations;

namespace Phonograph.Cli.Verbs;

/// <summary>The figures of <c>explain</c>, each with the table it draws.</summary>
/// <param name="folder">Folder of the output.</param>
/// <param name="method">How importance was measured, as the command line names it.</param>
/// <param name="property">What is predicted.</param>
internal sealed class ExplanationFigures(string folder, string method, Property property)
{
    internal const string Model = "model", Control = "control";

    /// <summary>Writes them.</summary>
    /// <param name="drawn">The structure to draw with its explanations by the model and the control; null for none.</param>
    /// <param name="threshold">Level from which on bonds are drawn as important.</param>
    /// <param name="summary">What the model says of all structures.</param>
    /// <param name="control">What the control says of them; null for none.</param>
    /// <returns>Names of the files.</returns>
    internal IReadOnlyList<string> Write((string Name, CrystalGraph Graph, CellExplanation Explanation, CellExplanation? Control)? drawn, double threshold, ImportanceSummary summary, ImportanceSummary? control)
    {
        var files = new List<string>();
        string how = $"Importance for {property.Title.ToLowerInvariant()} by {method.Replace('-', ' ')}";
        if (drawn is { } each)
        {
            DrawnImportance[] models = each.Control is { } other
                ? [DrawnImportance.Of(Model, each.Graph.Crystal!, each.Explanation), DrawnImportance.Of(Control, each.Graph.Crystal!, other)]
                : [DrawnImportance.Of(Model, each.Graph.Crystal!, each.Explanation)];
            files.AddRange(ImportanceFigures.WriteStructure(Stem("structure"), models, $"{how}; structure {each.Name}.", threshold));
        }

        ImportanceSeries[] series = control is null ? [ImportanceSeries.Of(Model, summary)] : [ImportanceSeries.Of(Model, summary), ImportanceSeries.Of(Control, control)];
        string all = $"{how}; {summary.Count} structures.";
        files.AddRange(ImportanceFigures.WriteDensities(Stem("densities"), series, all));
        files.AddRange(ImportanceFigures.WritePairs(Stem("pairs"), series, all));
        files.AddRange(ImportanceFigures.WriteFeatures(Stem("features"), series, property.Unit, $"{property.Title}; {summary.Count} structures."));
        return [.. files.Select(file => Path.GetFileName(file))];
    }

    private string Stem(string name) => Path.Combine(folder, "figure-" + name);
}
