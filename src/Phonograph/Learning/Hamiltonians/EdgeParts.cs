using System.Collections.Immutable;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>
/// The band edges of one cell taken apart, exactly: an eigenvalue cᵀHc is the sum of what levels and bonds give, because H is a sum of levels and bonds. And what the edges become when bonds are taken away.
/// </summary>
public sealed class EdgeParts
{
    private readonly HamiltonianModel _model;
    private readonly CellHamiltonian _hamiltonian;
    private readonly BondedCell _cell;

    /// <summary>Takes the edges of a cell apart.</summary>
    /// <param name="model">The learned Hamiltonian.</param>
    /// <param name="graph">A cell that it can describe, built with its graph options.</param>
    /// <exception cref="Files.InputException">The cell has no closed shells.</exception>
    public EdgeParts(HamiltonianModel model, CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _hamiltonian = new CellHamiltonian(model.Form);
        _cell = BondedCell.Of(graph, model.Form);
        SymmetricEigenpairs pairs = _hamiltonian.Edges(_cell, model.Parameters.AsSpan());
        Edges = new EdgeLabels(pairs.Values[0], pairs.Values[1]);
        (ValenceWeights, ValenceBonds) = Decompose(pairs.Vector(0));
        (ConductionWeights, ConductionBonds) = Decompose(pairs.Vector(1));
    }

    /// <summary>The edges.</summary>
    public EdgeLabels Edges { get; }

    /// <summary>Number of bonds.</summary>
    public int BondCount => _cell.BondCount;

    /// <summary>Share of the valence band maximum on each element and shell, at the place of its level among the parameters; the shares add up to one.</summary>
    public ImmutableArray<double> ValenceWeights { get; }

    /// <summary>The same of the conduction band minimum.</summary>
    public ImmutableArray<double> ConductionWeights { get; }

    /// <summary>What each bond gives to the valence band maximum, eV.</summary>
    public ImmutableArray<double> ValenceBonds { get; }

    /// <summary>What each bond gives to the conduction band minimum, eV.</summary>
    public ImmutableArray<double> ConductionBonds { get; }

    /// <summary>Places of the elements of a bond in the form, the smaller first, and its length, Å.</summary>
    public (int First, int Second, double LengthAngstrom) Bond(int bond)
    {
        int one = _cell.Elements[_cell.First[bond]], two = _cell.Elements[_cell.Second[bond]];
        return (Math.Min(one, two), Math.Max(one, two), _cell.Lengths[bond]);
    }

    /// <summary>The edges when only some bonds are there.</summary>
    /// <param name="isKept">Says of the number of a bond whether it stays.</param>
    public EdgeLabels Keeping(Func<int, bool> isKept) => HamiltonianModel.Edges(_hamiltonian, _cell.With(isKept), _model.Parameters.AsSpan());

    private (ImmutableArray<double> Weights, ImmutableArray<double> Bonds) Decompose(ReadOnlySpan<double> state)
    {
        double[] weights = new double[_model.Parameters.Length], bonds = new double[_cell.BondCount];
        _hamiltonian.Decompose(_cell, _model.Parameters.AsSpan(), state, weights, bonds);
        return ([.. weights], [.. bonds]);
    }
}
