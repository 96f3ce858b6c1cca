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
        ImmutableArray<NeighbourPair> pairs = options.Legacy
            ? LegacyEdges.Find(crystal, options.CutoffAngstrom)
            : NeighbourSearch.Find(crystal, options.CutoffAngstrom);
        var start = new int[crystal.AtomCount + 1];
        var source = new int[pairs.Length];
        var image = new IntegerVector3[pairs.Length];
        var length = new double[pairs.Length];
        for (int edge = 0; edge < pairs.Length; edge++)
        {
            NeighbourPair pair = pairs[edge];
            start[pair.Target + 1]++;
            source[edge] = pair.Source;
            image[edge] = pair.Image;
            length[edge] = pair.Distance;
        }

        for (int node = 0; node < crystal.AtomCount; node++)
        {
            start[node + 1] += start[node];
        }

        return new CrystalGraph(crystal.Elements, [.. start], [.. source], [.. image], [.. length], options.CutoffAngstrom);
    }
}
