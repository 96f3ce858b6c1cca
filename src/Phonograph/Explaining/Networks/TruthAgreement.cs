using System.Collections.Immutable;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Explaining.Networks;

/// <summary>How well explanations of cells agree with what the teacher that labelled them knows.</summary>
/// <param name="GradientCosine">Cosine between d(prediction)/d(position) and d(gap)/d(position), over all atoms of all cells as one vector, -1 to 1.</param>
/// <param name="Hoppings">The order of the pairs of elements and ranges of lengths in which the teacher has a hopping in at least half of the cells.</param>
/// <param name="Shells">The order of all pairs and ranges that at least half of the cells have; where the teacher has no hopping the truth is zero, and all these are tied.</param>
/// <param name="BondsByImportance">Area under the receiver operating characteristic of the size of a bond's importance for the bonds that matter (<see cref="TrueCell.Matters"/>), over all bonds of all cells.</param>
/// <param name="BondsByLength">The same for the size of d(prediction)/d(length).</param>
public sealed record TruthAgreement(
    double GradientCosine,
    ShellAgreement Hoppings,
    ShellAgreement Shells,
    double BondsByImportance,
    double BondsByLength)
{
    /// <summary>Compares.</summary>
    /// <param name="truths">What the teacher knows of each cell.</param>
    /// <param name="explanations">Explanations of the same cells in the same order.</param>
    /// <param name="widthAngstrom">Width of the ranges of lengths of both, Å.</param>
    /// <exception cref="ArgumentException">The numbers of cells differ, or there is none.</exception>
    public static TruthAgreement Of(IReadOnlyList<TrueCell> truths, IReadOnlyList<CellExplanation> explanations, double widthAngstrom)
    {
        ArgumentNullException.ThrowIfNull(truths);
        ArgumentNullException.ThrowIfNull(explanations);
        if (truths.Count != explanations.Count || truths.Count == 0)
        {
            throw new ArgumentException($"{truths.Count} truths for {explanations.Count} explanations; expected as many, and at least one.", nameof(explanations));
        }

        bool[] matters = [.. truths.SelectMany(truth => truth.Matters())];
        return new TruthAgreement(
            Agreement.Of([.. explanations.SelectMany(each => Components(each.ByPosition))], [.. truths.SelectMany(each => Components(each.ByPosition))]).Cosine,
            Ordered(truths.SelectMany(truth => truth.Hoppings)),
            Ordered(truths.SelectMany(truth => truth.Changes.Keys)),
            Separation.Area([.. explanations.SelectMany(each => each.Importance.Select(Math.Abs))], matters),
            Separation.Area([.. explanations.SelectMany(each => each.ByLength.Select(Math.Abs))], matters));

        ShellAgreement Ordered(IEnumerable<(ElementPair Pair, int Range)> ofCells)
        {
            (ElementPair Pair, int Range)[] shells = [.. ofCells.GroupBy(shell => shell).Where(cells => 2 * cells.Count() >= truths.Count).Select(cells => cells.Key).OrderBy(shell => shell.Pair).ThenBy(shell => shell.Range)];
            double[] expected = Means(shells, truths.Select(truth => truth.Changes.Select(change => (change.Key, Math.Abs(change.Value)))));
            double Ranked(Func<CellExplanation, IEnumerable<((ElementPair, int) Key, double Size)>> sizes) => Agreement.Of(Means(shells, explanations.Select(sizes)), expected).RankCorrelation;
            return new ShellAgreement(
                shells.Length,
                Ranked(each => each.Shells.Where(shell => shell.Range != CellShell.AllLengths).Select(shell => ((shell.Pair, shell.Range), Math.Abs(shell.Change)))),
                Ranked(each => ByBond(each, each.Importance)),
                Ranked(each => ByBond(each, each.ByLength)));
        }

        IEnumerable<((ElementPair, int), double)> ByBond(CellExplanation cell, ImmutableArray<double> values) =>
            cell.Bonds.Select((bond, place) => ((bond.Pair, (int)(bond.LengthAngstrom / widthAngstrom)), Math.Abs(values[place])));
    }

    /// <summary>Mean over cells of what is said of each shell; a cell without it counts as zero.</summary>
    private static double[] Means((ElementPair, int)[] shells, IEnumerable<IEnumerable<((ElementPair, int) Key, double Size)>> cells)
    {
        Dictionary<(ElementPair, int), double> sums = shells.ToDictionary(shell => shell, _ => 0.0);
        int count = 0;
        foreach (IEnumerable<((ElementPair, int) Key, double Size)> cell in cells)
        {
            count++;
            foreach (((ElementPair, int) key, double size) in cell)
            {
                if (sums.TryGetValue(key, out double sum))
                {
                    sums[key] = sum + size;
                }
            }
        }

        return [.. shells.Select(shell => sums[shell] / count)];
    }

    private static IEnumerable<double> Components(ImmutableArray<Vector3D> vectors) => vectors.SelectMany(vector => new[] { vector.X, vector.Y, vector.Z });
}
