using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Labelling.TightBinding;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Explaining.Networks;

/// <summary>What a tight-binding teacher knows of one cell, exactly: the answer that an explanation of a model of its gap should give.</summary>
/// <param name="GapElectronvolt">The gap, eV.</param>
/// <param name="ByPosition">Derivative of the gap by the position of each atom, eV/Å, Cartesian.</param>
/// <param name="Changes">For each pair of elements and range of lengths (range k from k to k + 1 widths): gap minus gap with these hoppings at zero, eV. The sign is that of <see cref="CellShell.Change"/>.</param>
/// <param name="Hoppings">The pairs and ranges in which the teacher has a hopping; in the others the change is zero, because there is nothing to take out.</param>
/// <param name="Parts">For each bond of the graph: derivative of the gap by a factor of its hopping, eV; zero where the teacher has no hopping.</param>
public sealed record TrueCell(
    double GapElectronvolt,
    ImmutableArray<Vector3D> ByPosition,
    ImmutableDictionary<(ElementPair Pair, int Range), double> Changes,
    ImmutableHashSet<(ElementPair Pair, int Range)> Hoppings,
    ImmutableArray<double> Parts)
{
    /// <summary>Share of the largest part of a cell from which on a bond matters.</summary>
    public const double MatteringShare = 0.1;

    /// <summary>Asks a teacher.</summary>
    /// <param name="parameters">The teacher.</param>
    /// <param name="crystal">The cell.</param>
    /// <param name="graph">Its graph; one that reaches further than the hoppings knows all of them.</param>
    /// <param name="widthAngstrom">Width of the ranges of lengths, Å.</param>
    /// <exception cref="InputException">The cell has no gap, or a hopping reaches further than the graph.</exception>
    public static TrueCell Of(TightBindingParameters parameters, Crystal crystal, CrystalGraph graph, double widthAngstrom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(widthAngstrom);
        var parts = GapParts.Of(parameters, crystal);
        ImmutableArray<Bond> bonds = BondList.Of(graph).Bonds;
        Dictionary<(int, int, IntegerVector3), int> places = bonds.Select((bond, place) => (bond, place)).ToDictionary(each => (each.bond.First, each.bond.Second, each.bond.Image), each => each.place);
        int[] own = [.. parts.Bonds.Select(bond => places.TryGetValue((bond.First, bond.Second, bond.Image), out int place)
            ? place
            : throw new InputException($"The teacher has a hopping over {bond.LengthAngstrom:0.###} Å that the graph does not have. Build graphs with a cutoff beyond {parameters.LongestCutoffAngstrom:0.###} Å."))];
        var byBond = new double[bonds.Length];
        for (int bond = 0; bond < own.Length; bond++)
        {
            byBond[own[bond]] = parts.Bonds[bond].PartElectronvolt;
        }

        (ElementPair Pair, int Range)[] shells = [.. bonds.Select(bond => (bond.Pair, (int)(bond.LengthAngstrom / widthAngstrom)))];
        return new TrueCell(
            parts.GapElectronvolt,
            parts.ByPosition,
            shells.Distinct().ToImmutableDictionary(shell => shell, shell => parts.GapElectronvolt - parts.Without(bond => shells[own[bond]] == shell)),
            [.. own.Select(bond => shells[bond])],
            [.. byBond]);
    }

    /// <summary>Whether each bond matters: its part is at least <see cref="MatteringShare"/> of the largest.</summary>
    public IEnumerable<bool> Matters()
    {
        double least = MatteringShare * Parts.Max(Math.Abs);
        return Parts.Select(part => Math.Abs(part) >= least && part != 0);
    }
}
