using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;

namespace Phonograph.Learning.Baselines;

/// <summary>
/// The radial distribution of a cell as features. For each unordered pair of elements {A, B} and each centre μ_k = kΔ up to the cutoff r_c,
/// g_AB(k) = (1/N) Σ exp(-(d - μ_k)²/(2Δ²)) · ½(cos(πd/r_c) + 1), over the directed edges between A and B, N the number of atoms, Δ = 0.2 Å. The features do not change with rotation, origin, order of the
/// atoms or the size of the supercell, and are continuous where a neighbour crosses the cutoff.
/// </summary>
public sealed class RadialDistribution
{
    /// <summary>Distance between the centres, and width of the Gaussians, Å.</summary>
    public const double SpacingAngstrom = 0.2;

    private readonly Dictionary<(int, int), int> _places = [];

    /// <summary>Prepares the features of cells of some elements.</summary>
    /// <param name="elements">Elements, in any order.</param>
    /// <param name="cutoffAngstrom">Cutoff of the graphs, Å.</param>
    public RadialDistribution(IEnumerable<Element> elements, double cutoffAngstrom)
    {
        Element[] distinct = [.. elements.Distinct().OrderBy(element => element.AtomicNumber)];
        Pairs = [.. distinct.SelectMany((first, place) => distinct.Skip(place).Select(second => (first, second)))];
        CutoffAngstrom = cutoffAngstrom;
        CentreCount = (int)Math.Floor((cutoffAngstrom / SpacingAngstrom) + 1e-9) + 1;
        for (int pair = 0; pair < Pairs.Length; pair++)
        {
            _places.Add((Pairs[pair].First.AtomicNumber, Pairs[pair].Second.AtomicNumber), pair);
        }
    }

    /// <summary>Unordered pairs of elements, lighter first, in the order of the features.</summary>
    public ImmutableArray<(Element First, Element Second)> Pairs { get; }

    /// <summary>Cutoff, Å.</summary>
    public double CutoffAngstrom { get; }

    /// <summary>Number of centres of each pair.</summary>
    public int CentreCount { get; }

    /// <summary>The features: for each pair of <see cref="Pairs"/> its centres from zero to the cutoff, without unit.</summary>
    /// <param name="graph">Graph of a cell; edges between other elements do not count.</param>
    public ImmutableArray<double> Of(CrystalGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var features = new double[Pairs.Length * CentreCount];
        for (int target = 0; target < graph.NodeCount; target++)
        {
            for (int edge = graph.EdgeStart[target]; edge < graph.EdgeStart[target + 1]; edge++)
            {
                int first = graph.Elements[target].AtomicNumber, second = graph.Elements[graph.EdgeSource[edge]].AtomicNumber;
                if (_places.TryGetValue((Math.Min(first, second), Math.Max(first, second)), out int pair))
                {
                    Add(features.AsSpan(pair * CentreCount, CentreCount), graph.EdgeLengthAngstrom[edge]);
                }
            }
        }

        for (int feature = 0; feature < features.Length; feature++)
        {
            features[feature] /= graph.NodeCount;
        }

        return [.. features];
    }

    private void Add(Span<double> centres, double length)
    {
        double envelope = 0.5 * (Math.Cos(Math.PI * Math.Min(1, length / CutoffAngstrom)) + 1);
        for (int centre = 0; centre < centres.Length; centre++)
        {
            double away = (length / SpacingAngstrom) - centre;
            centres[centre] += envelope * Math.Exp(-0.5 * away * away);
        }
    }
}
