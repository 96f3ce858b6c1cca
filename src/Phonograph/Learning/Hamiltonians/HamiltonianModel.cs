using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>A learned Hamiltonian: predicts the band edges of a cell at the centre of its zone.</summary>
/// <param name="Form">What it is made of.</param>
/// <param name="Parameters">Its numbers, eV, in the order of <see cref="Blocks"/>.</param>
/// <param name="Range">What the training cells covered; the target is the valence band maximum.</param>
/// <param name="Provenance">Where the numbers come from.</param>
public sealed record HamiltonianModel(HamiltonianForm Form, ImmutableArray<double> Parameters, TrainingRange Range, HamiltonianProvenance Provenance)
{
    /// <summary>Name in tables.</summary>
    public const string Name = "hamiltonian";

    /// <summary>What is predicted.</summary>
    public static ImmutableArray<Property> Properties { get; } = [Property.ValenceBandMaximum, Property.BandGap];

    /// <summary>Signatures of the cells that it has seen.</summary>
    public ImmutableArray<GraphSignature> Cells { get; init; } = [];

    /// <summary>Meaning of the parameters.</summary>
    public ImmutableArray<ParameterBlock> Blocks => new HamiltonianParameters(Form).Blocks;

    /// <summary>How to build graphs for it.</summary>
    public GraphOptions GraphOptions => new() { CutoffAngstrom = Form.CutoffAngstrom };

    /// <summary>Predicts the band edges of cells; the result does not depend on the other cells of the call.</summary>
    /// <param name="graphs">Graphs built with <see cref="GraphOptions"/>.</param>
    /// <param name="cancellation">Stops between cells.</param>
    /// <returns>Edges, and why they should not be trusted; NaN for cells with other elements, or without closed shells.</returns>
    public ImmutableArray<(EdgeLabels Edges, OutsideReasons Reasons)> Predict(IReadOnlyList<CrystalGraph> graphs, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graphs);
        var hamiltonian = new CellHamiltonian(Form);
        return [.. graphs.Select(graph =>
        {
            cancellation.ThrowIfCancellationRequested();
            OutsideReasons reasons = Range.Judge(graph);
            try
            {
                return graph.NodeCount == 0 || reasons.HasFlag(OutsideReasons.UnknownElement)
                    ? (new EdgeLabels(double.NaN, double.NaN), reasons | OutsideReasons.NoFeatures)
                    : (Edges(hamiltonian, BondedCell.Of(graph, Form), Parameters.AsSpan()), reasons);
            }
            catch (InputException)
            {
                return (new EdgeLabels(double.NaN, double.NaN), reasons | OutsideReasons.NoFeatures);
            }
        })];
    }

    /// <summary>Predictions beside labels, for evaluation.</summary>
    /// <param name="cells">Cells with labels of <see cref="Properties"/>.</param>
    /// <param name="set"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    /// <param name="cancellation">Stops between cells.</param>
    /// <returns>For each of <see cref="Properties"/>, one prediction for each cell.</returns>
    public ImmutableArray<ImmutableArray<Prediction>> Beside(IReadOnlyList<LabelledGraph> cells, string set, CancellationToken cancellation = default)
    {
        ImmutableArray<(EdgeLabels Edges, OutsideReasons Reasons)> found = Predict([.. cells.Select(cell => cell.Graph)], cancellation);
        return
        [
            [.. cells.Zip(found, (cell, each) => new Prediction(cell.Configuration, cell.Scheme, set, cell.Label(0), each.Edges.ValenceElectronvolt, each.Reasons != OutsideReasons.None))],
            [.. cells.Zip(found, (cell, each) => new Prediction(cell.Configuration, cell.Scheme, set, cell.Label(1), each.Edges.GapElectronvolt, each.Reasons != OutsideReasons.None))],
        ];
    }

    /// <summary>Values of a two-centre integral at distances, eV.</summary>
    /// <param name="block">A block of <see cref="Blocks"/> that depends on distance.</param>
    /// <param name="lengths">Distances, Å.</param>
    public ImmutableArray<double> Along(ParameterBlock block, IEnumerable<double> lengths)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(lengths);
        var values = new double[Form.RadialFunctions];
        return [.. lengths.Select(length =>
        {
            Form.Radial(length, values);
            double sum = 0;
            for (int k = 0; k < values.Length; k++)
            {
                sum += Parameters[block.First + k] * values[k];
            }

            return sum;
        })];
    }

    internal static EdgeLabels Edges(CellHamiltonian hamiltonian, BondedCell cell, ReadOnlySpan<double> parameters)
    {
        SymmetricEigenpairs pairs = hamiltonian.Edges(cell, parameters);
        return new EdgeLabels(pairs.Values[0], pairs.Values[1]);
    }
}
