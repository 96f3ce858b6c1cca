using System.Collections.Immutable;
using Phonograph.Graphs;

namespace Phonograph.Learning;

/// <summary>The cells that trained and validated a model and the models it began from, whatever their level of theory and their names.</summary>
/// <param name="identifiers">Identifiers of the configurations.</param>
/// <param name="cells">Their signatures; none where they are not known.</param>
public sealed class SeenCells(IEnumerable<string> identifiers, ImmutableArray<GraphSignature> cells)
{
    private readonly ImmutableArray<GraphSignature> _cells = cells;
    private readonly HashSet<string> _identifiers = [.. identifiers];

    /// <summary>Those of a network.</summary>
    public SeenCells(TrainedModel model)
        : this([.. model.Description.Training.TrainingConfigurations, .. model.Description.Training.ValidationConfigurations], model.Cells)
    {
    }

    /// <summary>False for files of before the program kept signatures: then cells are known by their identifiers alone.</summary>
    public bool HasSignatures => !_cells.IsEmpty;

    /// <summary>True when the model has a configuration of this identifier.</summary>
    public bool HasIdentifier(string configuration) => _identifiers.Contains(configuration);

    /// <summary>True when the model has seen this cell; false when its file does not say.</summary>
    /// <param name="graph">The cell, built with the options of the model.</param>
    public bool HasCell(CrystalGraph graph)
    {
        var signature = GraphSignature.Of(graph);
        foreach (GraphSignature cell in _cells)
        {
            if (cell.IsSameCell(signature))
            {
                return true;
            }
        }

        return false;
    }
}
