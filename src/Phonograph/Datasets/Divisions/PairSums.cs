using Phonograph.Crystals;

namespace Phonograph.Datasets.Divisions;

/// <summary>
/// Sums over neighbour pairs by which copies of a cell are known, however they are turned, mirrored, shifted, repeated or reordered: per atom Σ w, Σ w², Σ Z·Z′·w and Σ Z·Z′·w² with w = (1 - (d/cutoff)²)³.
/// Four numbers do not tell all different cells apart in theory; cells displaced by tenths of an Å differ by some thousand times the tolerance in each.
/// </summary>
internal readonly record struct PairSums(double Weights, double Squares, double ElementWeights, double ElementSquares)
{
    /// <summary>Longest pair, Å.</summary>
    private const double CutoffAngstrom = 5;

    /// <summary>Largest relative difference of copies: that of positions written with five decimals of an Å.</summary>
    private const double Tolerance = 1e-5;

    internal static PairSums Of(Crystal crystal)
    {
        NeighbourTable pairs = NeighbourSearch.Table(crystal, CutoffAngstrom);
        double weights = 0, squares = 0, elementWeights = 0, elementSquares = 0;
        for (int target = 0; target < crystal.AtomCount; target++)
        {
            for (int pair = pairs.Start[target]; pair < pairs.Start[target + 1]; pair++)
            {
                double ratio = pairs.Distance[pair] / CutoffAngstrom, inside = Math.Max(0, 1 - (ratio * ratio)), weight = inside * inside * inside;
                double elements = crystal.Elements[target].AtomicNumber * crystal.Elements[pairs.Source[pair]].AtomicNumber;
                weights += weight;
                squares += weight * weight;
                elementWeights += elements * weight;
                elementSquares += elements * weight * weight;
            }
        }

        double atoms = Math.Max(1, crystal.AtomCount);
        return new PairSums(weights / atoms, squares / atoms, elementWeights / atoms, elementSquares / atoms);
    }

    internal bool IsCopy(PairSums other) =>
        IsNear(Weights, other.Weights) && IsNear(Squares, other.Squares) && IsNear(ElementWeights, other.ElementWeights) && IsNear(ElementSquares, other.ElementSquares);

    private static bool IsNear(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}
