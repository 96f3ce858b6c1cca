using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Tests.Learning;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class ImportanceSummaryTests
{
    private static readonly BootstrapOptions Bootstrap = BootstrapOptions.Default with { Resamples = 300 };

    [Fact]
    public void The_order_of_atoms_changes_no_total()
    {
        CrystalGraph[] graphs = [.. SyntheticCells.Many(60, 4).Select(each => each.Graph)];
        CrystalGraph[] permuted = [.. graphs.Select(graph => CrystalGraphBuilder.Build(Permuted(graph.Crystal!)))];
        ImportanceSummary first = Summary(Explained("schnet", graphs)), second = Summary(Explained("schnet", permuted));
        foreach ((ShellImportance one, ShellImportance other) in first.Shells(Bootstrap).Zip(second.Shells(Bootstrap)))
        {
            Assert.Equal((one.Pair, one.IsAllLengths), (other.Pair, other.IsAllLengths));
            Assert.Equal(one.Share.Value, other.Share.Value, 1e-5);
            Assert.Equal(one.Share.High, other.Share.High, 1e-5);
            Assert.Equal(one.BondShare.Value, other.BondShare.Value, 1e-12);
        }

        foreach ((FeatureImportance one, FeatureImportance other) in first.Features(Bootstrap).Zip(second.Features(Bootstrap)))
        {
            Assert.Equal((one.Element, one.Feature), (other.Element, other.Feature));
            Assert.Equal(one.Change.Value, other.Change.Value, 1e-4);
        }
    }

    [Fact]
    public void Draws_that_agree_give_the_means_of_one_and_draws_that_differ_widen_the_interval()
    {
        CrystalGraph[] graphs = [.. SyntheticCells.Many(70, 6).Select(each => each.Graph)];
        ImmutableArray<CellExplanation> one = Explained("schnet", graphs), other = Explained("cgcnn", graphs);
        ShellImportance[] single = Pairs(Summary(one)), twice = Pairs(Summary(one, one)), both = Pairs(Summary(one, other)), second = Pairs(Summary(other));
        for (int pair = 0; pair < single.Length; pair++)
        {
            Assert.Equal(single[pair].Share.Value, twice[pair].Share.Value, 1e-12);
            Assert.Equal((single[pair].Share.Value + second[pair].Share.Value) / 2, both[pair].Share.Value, 1e-12);
            Assert.Equal(single[pair].BondsPerStructure, both[pair].BondsPerStructure, 1e-12);
        }

        ShellImportance widest = both.MaxBy(pair => pair.Share.High - pair.Share.Low)!;
        ShellImportance alone = twice.Single(pair => pair.Pair == widest.Pair);
        Assert.True(widest.Share.High - widest.Share.Low > 2 * (alone.Share.High - alone.Share.Low));
        Assert.Equal((2, 6), (Summary(one, other).Draws, Summary(one, other).Count));
        double area = Summary(one, other).Densities().Where(row => row.Pair is null).Sum(row => row.Importance * (row.HighAngstrom - row.LowAngstrom));
        Assert.Equal(1, area, 1e-9);
    }

    [Fact]
    public void Draws_with_different_structures_are_refused()
    {
        ImmutableArray<CellExplanation> cells = Explained("schnet", [.. SyntheticCells.Many(80, 2).Select(each => each.Graph)]);
        var summary = Summary(cells);
        summary.Add(cells[0], draw: 1);
        Assert.Throws<InvalidOperationException>(() => summary.Shells(Bootstrap));
        Assert.Throws<ArgumentException>(() => summary.Add(cells[0], draw: 3));
    }

    private static ShellImportance[] Pairs(ImportanceSummary summary) => [.. summary.Shells(Bootstrap).Where(shell => shell.IsAllLengths)];

    private static ImportanceSummary Summary(params ImmutableArray<CellExplanation>[] draws)
    {
        var summary = new ImportanceSummary(0.5, 5.5);
        for (int draw = 0; draw < draws.Length; draw++)
        {
            foreach (CellExplanation each in draws[draw])
            {
                summary.Add(each, draw);
            }
        }

        return summary;
    }

    private static ImmutableArray<CellExplanation> Explained(string model, CrystalGraph[] graphs) =>
        new NetworkExplainer([new ExplainedModel<float>(ExplainedNetworks.Trained(model))], new ExplanationOptions { Method = ImportanceMethod.Gradients }).Explain(graphs, cancellation: TestContext.Current.CancellationToken);

    private static Crystal Permuted(Crystal crystal)
    {
        int[] order = [4, 2, 0, 3, 1];
        return new Crystal(crystal.Lattice, [.. order.Select(atom => crystal.Elements[atom])], [.. order.Select(atom => crystal.PositionsFractional[atom])]);
    }
}
