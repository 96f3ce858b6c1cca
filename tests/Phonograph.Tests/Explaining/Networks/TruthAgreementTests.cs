using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Explaining.Networks;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Labelling.TightBinding;
using Phonograph.Tests.Learning;
using ElementPair = Phonograph.Explaining.Networks.ElementPair;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class TruthAgreementTests
{
    private const double Width = 0.25;

    [Fact]
    public void Separation_is_one_for_a_perfect_ranking_zero_for_a_reversed_one_and_counts_ties_half()
    {
        bool[] sought = [true, false, true, false];
        Assert.Equal(1, Separation.Area([5, 1, 4, 2], sought));
        Assert.Equal(0, Separation.Area([1, 5, 2, 4], sought));
        Assert.Equal(0.5, Separation.Area([3, 3, 3, 3], sought));
        // Pairs: 2 over 1 won, 2 beside 2 tied, 3 over both won.
        Assert.Equal(3.5 / 4, Separation.Area([2, 1, 3, 2], sought));
        Assert.True(double.IsNaN(Separation.Area([1, 2], [true, true])));
        Assert.True(double.IsNaN(Separation.Area([1, 2], [false, false])));
        Assert.Throws<ArgumentException>(() => Separation.Area([1], sought));
    }

    [Fact]
    public void Separation_is_the_share_of_pairs_counted_one_by_one()
    {
        var random = new Phonograph.Numerics.Random.Philox(11, 0);
        double[] numbers = [.. Enumerable.Range(0, 60).Select(_ => (double)random.NextInt32(12))];
        bool[] sought = [.. numbers.Select(_ => random.NextInt32(3) == 0)];
        double won = 0, pairs = 0;
        foreach (int one in Enumerable.Range(0, 60).Where(place => sought[place]))
        {
            foreach (int other in Enumerable.Range(0, 60).Where(place => !sought[place]))
            {
                won += numbers[one] > numbers[other] ? 1 : numbers[one] == numbers[other] ? 0.5 : 0;
                pairs++;
            }
        }

        Assert.Equal(won / pairs, Separation.Area(numbers, sought), 1e-12);
    }

    [Fact]
    public void An_explanation_that_is_the_truth_scores_one_and_its_opposite_zero_or_minus_one()
    {
        TrueCell[] truths = [Hand(1, 2, 3), Hand(1.5, 2.5, 3.5)];
        var perfect = TruthAgreement.Of(truths, [Explained(1, 2, 3, 1), Explained(1.5, 2.5, 3.5, 1)], Width);
        Assert.Equal((3, 2), (perfect.Shells.Shells, perfect.Hoppings.Shells));
        Assert.All(Scores(perfect), score => Assert.Equal(1, score, 1e-12));
        Assert.Equal((1, 1), (perfect.BondsByImportance, perfect.BondsByLength));

        var reversed = TruthAgreement.Of(truths, [Explained(3, 2, 1, -1), Explained(3.5, 2.5, 1.5, -1)], Width);
        Assert.All(Scores(reversed), score => Assert.Equal(-1, score, 1e-12));
        Assert.Equal((0, 0), (reversed.BondsByImportance, reversed.BondsByLength));

        var tied = TruthAgreement.Of(truths, [Explained(1, 1, 1, 1), Explained(1, 1, 1, 1)], Width);
        Assert.True(double.IsNaN(tied.Shells.ByChange));
        Assert.Equal(0.5, tied.BondsByImportance);

        Assert.Throws<ArgumentException>(() => TruthAgreement.Of(truths, [Explained(1, 2, 3, 1)], Width));

        static double[] Scores(TruthAgreement each) => [each.GradientCosine, .. new[] { each.Shells, each.Hoppings }.SelectMany(shells => new[] { shells.ByChange, shells.ByImportance, shells.ByLength })];
    }

    [Fact]
    public void Ranges_that_few_cells_have_are_not_ranked()
    {
        TrueCell rare = Hand(1, 2, 3) with { Changes = Hand(1, 2, 3).Changes.Add((new ElementPair(Element.Of("S"), Element.Of("S")), 20), 9) };
        Assert.Equal(4, TruthAgreement.Of([rare, Hand(1, 2, 3)], [Explained(1, 2, 3, 1), Explained(1, 2, 3, 1)], Width).Shells.Shells);
        Assert.Equal(3, TruthAgreement.Of([rare, Hand(1, 2, 3), Hand(1, 2, 3)], [Explained(1, 2, 3, 1), Explained(1, 2, 3, 1), Explained(1, 2, 3, 1)], Width).Shells.Shells);
    }

    [Fact]
    public void What_a_teacher_knows_of_a_cell_is_placed_on_the_bonds_of_its_graph()
    {
        Crystal cell = SyntheticCells.Displaced(Supercell.Of(SyntheticCells.Ideal, 2, 2, 2).Crystal, 5, 0.08);
        CrystalGraph graph = CrystalGraphBuilder.Build(cell);
        ImmutableArray<Bond> bonds = BondList.Of(graph).Bonds;
        foreach (TightBindingTeacher teacher in TightBindingTeacher.All)
        {
            var parts = GapParts.Of(teacher.Parameters, cell);
            var truth = TrueCell.Of(teacher.Parameters, cell, graph, Width);
            Assert.Equal((parts.GapElectronvolt, bonds.Length), (truth.GapElectronvolt, truth.Parts.Length));
            Assert.True(truth.Changes.Count >= 20, $"{truth.Changes.Count} ranges");
            Assert.Equal(parts.Bonds.Sum(bond => bond.PartElectronvolt), truth.Parts.Sum(), 1e-12);
            foreach (((ElementPair pair, int range), double change) in truth.Changes)
            {
                double without = parts.Without(place => parts.Bonds[place] is var bond && new ElementPair(bond.Pair.Lighter, bond.Pair.Heavier) == pair && (int)(bond.LengthAngstrom / Width) == range);
                Assert.Equal(parts.GapElectronvolt - without, change, 1e-12);
            }

            bool[] matters = [.. truth.Matters()];
            var sought = new ElementPair(teacher.Pair.Lighter, teacher.Pair.Heavier);
            Assert.Contains(true, matters);
            Assert.Equal(sought, bonds[truth.Parts.Select(Math.Abs).ToList().IndexOf(truth.Parts.Max(Math.Abs))].Pair);
            Assert.Equal(parts.Bonds.Select(bond => (new ElementPair(bond.Pair.Lighter, bond.Pair.Heavier), (int)(bond.LengthAngstrom / Width))).Distinct().OrderBy(shell => shell), truth.Hoppings.OrderBy(shell => shell));
            Assert.All(truth.Changes.Where(change => !truth.Hoppings.Contains(change.Key)), change => Assert.Equal(0, change.Value, 1e-12));
            Assert.Equal(1, Separation.Area([.. truth.Parts.Select(Math.Abs)], matters));
        }

        CrystalGraph near = CrystalGraphBuilder.Build(cell, new GraphOptions { CutoffAngstrom = 4 });
        Assert.Contains("cutoff", Assert.Throws<InputException>(() => TrueCell.Of(TightBindingTeacher.SilverSulphur.Parameters, cell, near, Width)).Message, StringComparison.Ordinal);
    }

    private static readonly Bond[] Three =
    [
        new(0, 1, default, 2.4, Element.Of("Ag"), Element.Of("S")),
        new(0, 2, default, 3.4, Element.Of("Ag"), Element.Of("Br")),
        new(1, 2, default, 4.1, Element.Of("S"), Element.Of("Br")),
    ];

    private static (ElementPair, int) Shell(int bond) => (Three[bond].Pair, (int)(Three[bond].LengthAngstrom / Width));

    /// <summary>A truth in which only the last bond matters.</summary>
    private static TrueCell Hand(double first, double second, double third) => new(
        1,
        [new(first, 0, -second), new(0, third, 0)],
        ImmutableDictionary<(ElementPair, int), double>.Empty.Add(Shell(0), -first).Add(Shell(1), second).Add(Shell(2), -third),
        [Shell(1), Shell(2)],
        [0, 0.01, -third]);

    private static CellExplanation Explained(double first, double second, double third, int sign) => new(
        1,
        [.. Three],
        [first, -second, third],
        [],
        [-first, second, third],
        sign > 0 ? [new(2 * first, 0, -2 * second), new(0, 2 * third, 0)] : [new(-third, 0, second), new(0, -first, 0)],
        [],
        [
            new CellShell(Shell(0).Item1, Shell(0).Item2, 1, first, first, first), new CellShell(Shell(0).Item1, CellShell.AllLengths, 1, 99, 99, 99),
            new CellShell(Shell(1).Item1, Shell(1).Item2, 1, second, second, -second), new CellShell(Shell(2).Item1, Shell(2).Item2, 1, third, third, third),
        ],
        []);
}
