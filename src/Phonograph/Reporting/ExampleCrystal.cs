using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Reporting;

/// <summary>What Figure 1 draws.</summary>
/// <param name="UnitCell">The ideal unit cell.</param>
/// <param name="Displaced">One displaced supercell.</param>
/// <param name="DisplacedCaption">How it was drawn, for example <c>phonon, 300 K</c>.</param>
/// <param name="UnitCellGraph">Periodic graph of the unit cell.</param>
public sealed record ExampleCrystal(CrystalSnapshot UnitCell, CrystalSnapshot Displaced, string DisplacedCaption, GraphSnapshot UnitCellGraph);

/// <summary>A crystal as plain numbers.</summary>
/// <param name="Symbols">Chemical symbol of each atom.</param>
/// <param name="PositionsFractional">Fractional position of each atom, not wrapped.</param>
/// <param name="LatticeRowsAngstrom">Lattice vectors as rows, Å.</param>
public sealed record CrystalSnapshot(ImmutableArray<string> Symbols, ImmutableArray<Vector3D> PositionsFractional, Matrix3x3 LatticeRowsAngstrom)
{
    /// <summary>Copies a crystal.</summary>
    public static CrystalSnapshot Of(Crystal crystal)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        return new([.. crystal.Elements.Select(element => element.Symbol)], crystal.PositionsFractional, crystal.Lattice.Rows);
    }
}

/// <summary>A periodic multigraph as plain numbers.</summary>
/// <param name="NodeSymbols">Chemical symbol of each node.</param>
/// <param name="Edges">Directed edges.</param>
/// <param name="CutoffAngstrom">Cutoff, Å.</param>
public sealed record GraphSnapshot(ImmutableArray<string> NodeSymbols, ImmutableArray<GraphEdge> Edges, double CutoffAngstrom)
{
    /// <summary>Copies a graph.</summary>
    public static GraphSnapshot Of(CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var edges = ImmutableArray.CreateBuilder<GraphEdge>(graph.EdgeCount);
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                edges.Add(new GraphEdge(target, graph.EdgeSource[edge], graph.EdgeImage[edge], graph.EdgeLengthAngstrom[edge]));
            }
        }

        return new([.. graph.Elements.Select(element => element.Symbol)], edges.MoveToImmutable(), graph.CutoffAngstrom);
    }
}

/// <summary>One directed edge of a periodic graph.</summary>
/// <param name="Target">Node that receives.</param>
/// <param name="Source">Node that sends.</param>
/// <param name="Image">Lattice translation of the source atom.</param>
/// <param name="LengthAngstrom">Length, Å.</param>
public sealed record GraphEdge(int Target, int Source, IntegerVector3 Image, double LengthAngstrom);
