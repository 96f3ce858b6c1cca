using System.Collections.Immutable;
using Phonograph.Files;

namespace Phonograph.Graphs;

/// <summary>
/// Minimum and maximum of each node feature and of the edge length over training graphs; a value x becomes (x - min) / (max - min). A
/// feature that is constant over the training graphs becomes 0. Values outside the range are not clipped.
/// </summary>
/// <param name="NodeMinimum">Minimum of each of the <see cref="NodeFeatures.Count"/> node features, in their own units.</param>
/// <param name="NodeMaximum">Maximum of each node feature.</param>
/// <param name="EdgeMinimumAngstrom">Shortest edge, Å.</param>
/// <param name="EdgeMaximumAngstrom">Longest edge, Å.</param>
public sealed record FeatureNormalization(
    ImmutableArray<double> NodeMinimum,
    ImmutableArray<double> NodeMaximum,
    double EdgeMinimumAngstrom,
    double EdgeMaximumAngstrom)
{
    /// <summary>
    /// Constants of the published scripts, for comparison: atomic number 1 to 89 (written there as Z - 1 from 0 to 88), electronegativity
    /// 0.79 to 3.98, mass 1.008 to 244 amu, radius 42 to 298 pm, edges 0.7115 to 5.5 Å. Their radii are calculated atomic radii; ours are
    /// covalent radii, so the fourth feature differs from theirs.
    /// </summary>
    public static FeatureNormalization Published { get; } = new([1, 0.79, 1.008, 42], [89, 3.98, 244, 298], 0.7115, 5.5);

    /// <summary>Takes the ranges from graphs; give it training graphs only.</summary>
    /// <exception cref="InputException">There is no graph or no edge, or an element has no electronegativity.</exception>
    public static FeatureNormalization Fit(IEnumerable<CrystalGraph> trainingGraphs)
    {
        ArgumentNullException.ThrowIfNull(trainingGraphs);
        double[] minimum = [.. Enumerable.Repeat(double.PositiveInfinity, NodeFeatures.Count)];
        double[] maximum = [.. Enumerable.Repeat(double.NegativeInfinity, NodeFeatures.Count)];
        double shortest = double.PositiveInfinity, longest = double.NegativeInfinity;
        foreach (CrystalGraph graph in trainingGraphs)
        {
            foreach (Crystals.Element element in graph.Elements.Distinct())
            {
                for (int feature = 0; feature < NodeFeatures.Count; feature++)
                {
                    double value = NodeFeatures.Of(element)[feature];
                    minimum[feature] = Math.Min(minimum[feature], value);
                    maximum[feature] = Math.Max(maximum[feature], value);
                }
            }

            foreach (double length in graph.EdgeLengthAngstrom)
            {
                shortest = Math.Min(shortest, length);
                longest = Math.Max(longest, length);
            }
        }

        return shortest <= longest
            ? new FeatureNormalization([.. minimum], [.. maximum], shortest, longest)
            : throw new InputException("The training graphs have no edge, so their features have no range. Give at least one crystal, and a cutoff longer than its shortest distance.");
    }

    /// <summary>Scales a graph's features.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="geometry">What to keep of the edges beside their scaled length.</param>
    /// <exception cref="InputException">An element has no electronegativity.</exception>
    /// <exception cref="ArgumentException">Directions are asked for and the graph does not know its crystal.</exception>
    public NormalizedGraph Apply(CrystalGraph graph, EdgeGeometry geometry = EdgeGeometry.ScaledLength)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var nodes = new float[graph.NodeCount * NodeFeatures.Count];
        for (int node = 0; node < graph.NodeCount; node++)
        {
            ImmutableArray<double> features = NodeFeatures.Of(graph.Elements[node]);
            for (int feature = 0; feature < NodeFeatures.Count; feature++)
            {
                nodes[(node * NodeFeatures.Count) + feature] = (float)Scaled(features[feature], NodeMinimum[feature], NodeMaximum[feature]);
            }
        }

        var weights = new float[graph.EdgeCount];
        for (int edge = 0; edge < weights.Length; edge++)
        {
            weights[edge] = (float)Scaled(graph.EdgeLengthAngstrom[edge], EdgeMinimumAngstrom, EdgeMaximumAngstrom);
        }

        return new NormalizedGraph(
            graph.NodeCount,
            System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(nodes),
            graph.EdgeStart,
            graph.EdgeSource,
            System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(weights))
        {
            EdgeLengthAngstrom = geometry == EdgeGeometry.ScaledLength ? [] : graph.EdgeLengthAngstrom,
            EdgeDirection = geometry == EdgeGeometry.Direction ? EdgeDirections.Of(graph) : [],
        };
    }

    /// <summary>True when a node feature or an edge of the graph lies outside the ranges (edges by more than 1e-6 Å).</summary>
    public bool IsOutside(CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.EdgeLengthAngstrom.Any(length => length < EdgeMinimumAngstrom - 1e-6 || length > EdgeMaximumAngstrom + 1e-6)
            || graph.Elements.Distinct().Any(element => NodeFeatures.Of(element).Where((value, feature) => value < NodeMinimum[feature] || value > NodeMaximum[feature]).Any());
    }

    /// <summary>Value comparison, so that a normalisation read from a file equals the one written.</summary>
    public bool Equals(FeatureNormalization? other) => other is not null
        && NodeMinimum.SequenceEqual(other.NodeMinimum)
        && NodeMaximum.SequenceEqual(other.NodeMaximum)
        && EdgeMinimumAngstrom.Equals(other.EdgeMinimumAngstrom)
        && EdgeMaximumAngstrom.Equals(other.EdgeMaximumAngstrom);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EdgeMinimumAngstrom, EdgeMaximumAngstrom, NodeMinimum.Length);

    private static double Scaled(double value, double minimum, double maximum) => maximum > minimum ? (value - minimum) / (maximum - minimum) : 0;
}
