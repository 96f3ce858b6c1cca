using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Graphs;

/// <summary>Turns a crystal into its periodic multigraph: one node per atom, one directed edge per image pair within the cutoff.</summary>
public static class CrystalGraphBuilder
{
    /// <summary>Builds the graph.</summary>
    /// <param name="crystal">The crystal; positions need not lie inside the cell.</param>
    /// <param name="options">Cutoff and variant; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The cutoff is not positive and finite.</exception>
    /// <exception cref="InputException">The cutoff would make more edges than fit into memory.</exception>
    public static CrystalGraph Build(Crystal crystal, GraphOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        options ??= new GraphOptions();
        NeighbourTable table = options.Legacy ? Table(LegacyEdges.Find(crystal, options.CutoffAngstrom), crystal.AtomCount) : NeighbourSearch.Table(crystal, options.CutoffAngstrom);
        return new CrystalGraph(crystal.Elements, table.Start, table.Source, table.Image, table.Distance, options.CutoffAngstrom) { Crystal = crystal };
    }

    private static NeighbourTable Table(ImmutableArray<NeighbourPair> pairs, int atoms)
    {
        var start = new int[atoms + 1];
        foreach (NeighbourPair pair in pairs)
        {
            start[pair.Target + 1]++;
        }

        for (int atom = 0; atom < atoms; atom++)
        {
            start[atom + 1] += start[atom];
        }

        return new NeighbourTable([.. start], [.. pairs.Select(pair => pair.Source)], [.. pairs.Select(pair => pair.Image)], [.. pairs.Select(pair => pair.Distance)]);
    }
}
