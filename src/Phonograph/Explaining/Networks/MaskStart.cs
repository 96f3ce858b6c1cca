using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Numerics.Random;

namespace Phonograph.Explaining.Networks;

/// <summary>
/// First logits of the masks of a graph: random, but a property of the crystal. Restart k draws a smooth random function of what a bond is, and every bond takes its value there, so that the same crystal written with its
/// atoms in another order, from another origin, rotated or as a supercell begins with the same masks within rounding. Bonds that a symmetry of the crystal makes equal begin equal.
/// <para>
/// A bond is its pair of elements, its length d, and how its two atoms i and j are surrounded: a_i = ln Σ Z·exp(-(r/2 Å)²) over the edges that end at i, with r their lengths and Z the atomic number at their other end. The
/// function is 2 + √(2/M) Σ_m cos(ω_m·x + φ_m) with x = (d, a_i + a_j, |a_i - a_j|), normal ω_m and uniform φ_m (A. Rahimi, B. Recht, NIPS 2007): normal numbers of variance one about two, which two bonds share
/// the more the less they differ by 0.05 Å in length and 0.02 in the surroundings. Each pair of elements has phases of its own.
/// </para>
/// </summary>
public sealed class MaskStart
{
    private const ulong Stream = 0x6d61_736b_0000_0000, PairStream = 0x7061_6972_0000_0000; // "mask", "pair"

    /// <summary>Mean of the logits: most of a message passes (0.88), so that the search begins near the prediction.</summary>
    private const double Mean = 2;
    private const int Waves = 32, HighestAtomicNumber = 128;
    private const double LengthAngstrom = 0.05, Surroundings = 0.02, ReachAngstrom = 2;
    private readonly (int Pair, double Length, double Sum, double Difference)[] _bonds;

    private MaskStart((int, double, double, double)[] bonds) => _bonds = bonds;

    /// <summary>Describes the bonds of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="bonds">Its bonds.</param>
    public static MaskStart Of(CrystalGraph graph, BondList bonds)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(bonds);
        var surroundings = new double[graph.NodeCount];
        for (int atom = 0; atom < surroundings.Length; atom++)
        {
            for (int edge = graph.EdgeStart[atom]; edge < graph.EdgeStart[atom + 1]; edge++)
            {
                double length = graph.EdgeLengthAngstrom[edge] / ReachAngstrom;
                surroundings[atom] += graph.Elements[graph.EdgeSource[edge]].AtomicNumber * Math.Exp(-length * length);
            }
        }

        return new MaskStart(
        [
            .. bonds.Bonds.Select(bond =>
            {
                double first = Math.Log(surroundings[bond.First]), second = Math.Log(surroundings[bond.Second]);
                return (PairOf(bond.FirstElement, bond.SecondElement), bond.LengthAngstrom / LengthAngstrom, (first + second) / Surroundings, Math.Abs(first - second) / Surroundings);
            }),
        ]);
    }

    /// <summary>First logits of one mask.</summary>
    /// <param name="seed">Seed of the starts.</param>
    /// <param name="restart">Number of the mask, from 0.</param>
    /// <returns>One number for each bond.</returns>
    public ImmutableArray<double> Logits(ulong seed, int restart)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(restart);
        var random = new Philox(seed, Stream + (ulong)restart);
        (double Length, double Sum, double Difference)[] waves = [.. Enumerable.Range(0, Waves).Select(_ => (random.NextNormal(), random.NextNormal(), random.NextNormal()))];
        var phases = new Dictionary<int, double[]>();
        var logits = ImmutableArray.CreateBuilder<double>(_bonds.Length);
        foreach ((int pair, double length, double sum, double difference) in _bonds)
        {
            if (!phases.TryGetValue(pair, out double[]? phase))
            {
                var own = new Philox(seed, PairStream + ((ulong)restart * HighestAtomicNumber * HighestAtomicNumber) + (ulong)pair);
                phases[pair] = phase = [.. Enumerable.Range(0, Waves).Select(_ => 2 * Math.PI * own.NextDouble())];
            }

            double value = 0;
            for (int wave = 0; wave < Waves; wave++)
            {
                value += Math.Cos((waves[wave].Length * length) + (waves[wave].Sum * sum) + (waves[wave].Difference * difference) + phase[wave]);
            }

            logits.Add(Mean + (value * Math.Sqrt(2.0 / Waves)));
        }

        return logits.MoveToImmutable();
    }

    private static int PairOf(Element first, Element second) =>
        (Math.Min(first.AtomicNumber, second.AtomicNumber) * HighestAtomicNumber) + Math.Max(first.AtomicNumber, second.AtomicNumber);
}
