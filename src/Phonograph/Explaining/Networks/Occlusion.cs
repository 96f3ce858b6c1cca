using System.Numerics;
using Phonograph.Graphs;

namespace Phonograph.Explaining.Networks;

/// <summary>Exact changes of a prediction when bonds are taken out of the graph; many cut graphs go through the network in one pass.</summary>
public static class Occlusion
{
    /// <summary>Takes out each bond alone, both directions of it.</summary>
    /// <param name="pass">The model.</param>
    /// <param name="graph">A graph built with the options of the model.</param>
    /// <param name="bonds">Its bonds.</param>
    /// <returns>Prediction with the bond minus prediction without it, one for each bond, in the unit of the property.</returns>
    public static double[] OfBonds<T>(GraphPass<T> pass, CrystalGraph graph, BondList bonds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(bonds);
        return OfGroups(pass, graph, bonds, [.. Enumerable.Range(0, bonds.Count)], bonds.Count);
    }

    /// <summary>Takes out the bonds of each group together.</summary>
    /// <param name="pass">The model.</param>
    /// <param name="graph">A graph built with the options of the model.</param>
    /// <param name="bonds">Its bonds.</param>
    /// <param name="groupOfBond">Number of the group of each bond; a negative number for none.</param>
    /// <param name="groups">Number of groups.</param>
    /// <returns>Prediction with the bonds minus prediction without them, one for each group, in the unit of the property.</returns>
    public static double[] OfGroups<T>(GraphPass<T> pass, CrystalGraph graph, BondList bonds, IReadOnlyList<int> groupOfBond, int groups)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(bonds);
        ArgumentNullException.ThrowIfNull(groupOfBond);
        if (groupOfBond.Count != bonds.Count)
        {
            throw new ArgumentException($"{groupOfBond.Count} groups for {bonds.Count} bonds.", nameof(groupOfBond));
        }

        // The last mask takes nothing out.
        double[] predictions = pass.Predict(graph, groups + 1, (number, edges) =>
        {
            for (int edge = 0; edge < edges.Length; edge++)
            {
                edges[edge] = groupOfBond[bonds.BondOfEdge[edge]] == number ? T.Zero : T.One;
            }
        });
        return [.. predictions.Take(groups).Select(without => predictions[groups] - without)];
    }
}
