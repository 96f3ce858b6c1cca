using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Crystals;
using Phonograph.Graphs;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// The undirected bonds of a graph. Each directed edge belongs to one bond; a bond has both of its directed edges, or a single one where the builder of the graph lost the other (<see cref="LegacyEdges"/>).
/// </summary>
public sealed class BondList
{
    private BondList(ImmutableArray<Bond> bonds, ImmutableArray<int> bondOfEdge)
    {
        Bonds = bonds;
        BondOfEdge = bondOfEdge;
    }

    /// <summary>The bonds, in the order in which the edges of the graph meet them first.</summary>
    public ImmutableArray<Bond> Bonds { get; }

    /// <summary>Bond of each directed edge of the graph.</summary>
    public ImmutableArray<int> BondOfEdge { get; }

    /// <summary>Number of bonds.</summary>
    public int Count => Bonds.Length;

    /// <summary>Joins the directed edges of a graph.</summary>
    public static BondList Of(CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var places = new Dictionary<(int, int, IntegerVector3), int>(graph.EdgeCount);
        var bonds = ImmutableArray.CreateBuilder<Bond>((graph.EdgeCount + 1) / 2);
        var bondOfEdge = ImmutableArray.CreateBuilder<int>(graph.EdgeCount);
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                (int First, int Second, IntegerVector3 Image) key = Key(target, graph.EdgeSource[edge], graph.EdgeImage[edge]);
                if (!places.TryGetValue(key, out int place))
                {
                    places[key] = place = bonds.Count;
                    bonds.Add(new Bond(key.First, key.Second, key.Image, graph.EdgeLengthAngstrom[edge], graph.Elements[key.First], graph.Elements[key.Second]));
                }

                bondOfEdge.Add(place);
            }
        }

        return new BondList(bonds.DrainToImmutable(), bondOfEdge.DrainToImmutable());
    }

    /// <summary>Sums of numbers over the directed edges of each bond.</summary>
    /// <param name="edges">One number per directed edge.</param>
    public double[] Sums<T>(ReadOnlySpan<T> edges)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (edges.Length != BondOfEdge.Length)
        {
            throw new ArgumentException($"{edges.Length} numbers for {BondOfEdge.Length} edges.", nameof(edges));
        }

        var sums = new double[Count];
        for (int edge = 0; edge < edges.Length; edge++)
        {
            sums[BondOfEdge[edge]] += double.CreateChecked(edges[edge]);
        }

        return sums;
    }

    /// <summary>An atom bonded to its own image has the bond once for n and -n: the one whose first component that is not zero is positive is kept.</summary>
    private static (int First, int Second, IntegerVector3 Image) Key(int target, int source, IntegerVector3 image)
    {
        bool isKept = target != source
            ? target < source
            : image.X != 0 ? image.X > 0 : image.Y != 0 ? image.Y > 0 : image.Z >= 0;
        return isKept ? (target, source, image) : (source, target, -image);
    }
}
