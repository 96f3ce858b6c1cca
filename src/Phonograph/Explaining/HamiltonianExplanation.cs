using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Explaining;

/// <summary>
/// Which bonds and orbitals make the band edges of cells, by a learned Hamiltonian: exact parts of the eigenvalues (<see cref="EdgeParts"/>), and the exact change of the gap when the bonds of a pair of elements and a range of lengths are taken
/// away. No surrogate, no gradient of a network.
/// </summary>
/// <param name="Cells">Number of cells explained.</param>
/// <param name="LeftOut">Number of cells that the Hamiltonian cannot describe.</param>
/// <param name="Orbitals">Shares of the orbitals.</param>
/// <param name="Shells">Pairs of elements by length; the last of each pair has all its bonds.</param>
public sealed record HamiltonianExplanation(int Cells, int LeftOut, ImmutableArray<OrbitalShare> Orbitals, ImmutableArray<BondShell> Shells)
{
    /// <summary>Explains cells.</summary>
    /// <param name="model">The learned Hamiltonian.</param>
    /// <param name="graphs">Cells, built with its graph options.</param>
    /// <param name="widthAngstrom">Width of the ranges of lengths, Å.</param>
    /// <param name="progress">Told after each cell.</param>
    /// <param name="cancellation">Stops between cells.</param>
    public static HamiltonianExplanation Of(
        HamiltonianModel model, IReadOnlyList<CrystalGraph> graphs, double widthAngstrom, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(graphs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthAngstrom);
        var cells = new List<ExplainedCell>();
        ImmutableArray<(EdgeLabels Edges, OutsideReasons Reasons)> predicted = model.Predict(graphs, cancellation);
        for (int index = 0; index < graphs.Count; index++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (double.IsFinite(predicted[index].Edges.GapElectronvolt))
            {
                cells.Add(ExplainedCell.Of(new EdgeParts(model, graphs[index]), widthAngstrom));
            }

            progress?.Report(new WorkProgress("explain", index + 1, graphs.Count));
        }

        return new HamiltonianExplanation(cells.Count, graphs.Count - cells.Count, [.. Shares(model, cells)], [.. Ranges(model, cells, widthAngstrom)]);
    }

    private static IEnumerable<OrbitalShare> Shares(HamiltonianModel model, List<ExplainedCell> cells) =>
        from block in model.Blocks
        where block.Kind == ParameterKind.Level && cells.Count > 0
        select new OrbitalShare(
            model.Form.Elements[block.Element].Symbol, "spd"[block.Shell], Mean(cells, cell => cell.Parts.ValenceWeights[block.First]), Mean(cells, cell => cell.Parts.ConductionWeights[block.First]));

    private static IEnumerable<BondShell> Ranges(HamiltonianModel model, List<ExplainedCell> cells, double width)
    {
        (int First, int Second, int Range)[] keys = [.. cells.SelectMany(cell => cell.Groups.Keys).Distinct().OrderBy(key => key.First).ThenBy(key => key.Second).ThenBy(key => key.Range)];
        return keys.Select(key => new BondShell(
            model.Form.Elements[key.First].Symbol,
            model.Form.Elements[key.Second].Symbol,
            key.Range == ExplainedCell.AllLengths ? 0 : key.Range * width,
            key.Range == ExplainedCell.AllLengths ? model.Form.CutoffAngstrom : (key.Range + 1) * width,
            cells.Average(cell => cell[key].Bonds),
            Mean(cells, cell => cell[key].Valence),
            Mean(cells, cell => cell[key].Conduction),
            Mean(cells, cell => cell[key].Conduction - cell[key].Valence),
            Mean(cells, cell => cell[key].GapChange),
            Mean(cells, cell => Math.Abs(cell[key].GapChange))));
    }

    /// <summary>Mean over cells with its normal 95 % interval; no interval for a single cell.</summary>
    private static Interval Mean(List<ExplainedCell> cells, Func<ExplainedCell, double> value)
    {
        double[] values = [.. cells.Select(value)];
        double mean = values.Average(), half = values.Length < 2
            ? double.NaN
            : NormalDistribution.HalfWidth(0.95) * Math.Sqrt(values.Sum(each => (each - mean) * (each - mean)) / (values.Length - 1) / values.Length);
        return new Interval(mean, mean - half, mean + half);
    }
}
