using System.Collections.Immutable;
using Phonograph.Datasets;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>What a Hamiltonian learns from.</summary>
/// <param name="Training">Cells to learn from: target the valence band maximum, further target the band gap, eV.</param>
/// <param name="Validation">Cells that choose the pass, the same targets.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="Level">Level of theory of the labels.</param>
public sealed record HamiltonianData(ImmutableArray<LabelledGraph> Training, ImmutableArray<LabelledGraph> Validation, string Engine, string Level)
{
    /// <summary>Takes the cells of a division.</summary>
    /// <param name="split">The division.</param>
    /// <param name="graphs">Graphs of its cells, with a cutoff of at least that of the options.</param>
    /// <param name="data">Names the level.</param>
    public static HamiltonianData Of(Split split, GraphLibrary graphs, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(split);
        ArgumentNullException.ThrowIfNull(graphs);
        ArgumentNullException.ThrowIfNull(data);
        return new HamiltonianData(graphs.Of(split.Training, HamiltonianModel.Properties), graphs.Of(split.Validation, HamiltonianModel.Properties), data.Engine, data.Level);
    }

    internal static EdgeLabels Labels(LabelledGraph cell) => new(cell.Label(0), cell.Label(0) + cell.Label(1));
}
