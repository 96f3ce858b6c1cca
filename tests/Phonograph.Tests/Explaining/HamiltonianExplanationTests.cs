using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Explaining;
using Phonograph.Graphs;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Testing;
using Phonograph.Tests.Learning.Hamiltonians;

namespace Phonograph.Tests.Explaining;

public sealed class HamiltonianExplanationTests
{
    private static readonly HamiltonianModel Teacher = HamiltonianCells.Teacher(11);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Parts_of_levels_and_bonds_add_up_to_the_eigenvalues(ulong seed)
    {
        var parts = new EdgeParts(Teacher, HamiltonianCells.Graph(HamiltonianCells.Shaken(seed)));
        Assert.Equal(parts.Edges.ValenceElectronvolt, Levels(parts.ValenceWeights) + parts.ValenceBonds.Sum(), 1e-10);
        Assert.Equal(parts.Edges.ConductionElectronvolt, Levels(parts.ConductionWeights) + parts.ConductionBonds.Sum(), 1e-10);
        Assert.Equal(1, parts.ValenceWeights.Sum(), 1e-12);

        static double Levels(ImmutableArray<double> weights) => weights.Zip(Teacher.Parameters, (weight, level) => weight * level).Sum();
    }

    [Fact]
    public void Keeping_every_bond_changes_nothing_and_keeping_none_leaves_the_levels()
    {
        var parts = new EdgeParts(Teacher, HamiltonianCells.Graph(HamiltonianCells.Shaken(4)));
        Assert.Equal(parts.Edges, parts.Keeping(_ => true));
        double[] levels = [.. Teacher.Blocks.Where(block => block.Kind == ParameterKind.Level).Select(block => Teacher.Parameters[block.First])];
        EdgeLabels alone = parts.Keeping(_ => false);
        Assert.Contains(levels, level => Math.Abs(level - alone.ValenceElectronvolt) < 1e-9);
        Assert.Contains(levels, level => Math.Abs(level - alone.ConductionElectronvolt) < 1e-9);
    }

    [Fact]
    public void A_bond_whose_integrals_are_zero_has_no_part_and_can_go()
    {
        // The teacher without anything between bromine and silver.
        double[] numbers = [.. Teacher.Parameters];
        int bromine = Teacher.Form.Elements.IndexOf(Element.Of("Br")), silver = Teacher.Form.Elements.IndexOf(Element.Of("Ag"));
        foreach (ParameterBlock block in Teacher.Blocks.Where(block => block.Kind != ParameterKind.Level && Math.Min(block.Element, block.Neighbour) == Math.Min(bromine, silver) && Math.Max(block.Element, block.Neighbour) == Math.Max(bromine, silver)))
        {
            numbers.AsSpan(block.First, Teacher.Form.RadialFunctions).Clear();
        }

        HamiltonianExplanation explained = Explain(Teacher with { Parameters = [.. numbers] }, [1, 2, 3]);
        Assert.All(explained.Shells.Where(shell => shell.First == "Br" && shell.Second == "Ag"), shell =>
        {
            Assert.Equal(0, shell.Gap.Value);
            Assert.Equal(0, shell.GapChangeSize.Value, 1e-10);
        });
        Assert.Contains(explained.Shells, shell => shell.First == "S" && shell.Second == "Ag" && shell.GapChangeSize.Value > 0.01);
    }

    [Fact]
    public void Lengths_of_a_pair_add_up_to_the_pair_and_a_turned_crystal_has_the_same_explanation()
    {
        HamiltonianExplanation explained = Explain(Teacher, [5, 6]);
        foreach (IGrouping<(string, string), BondShell> pair in explained.Shells.GroupBy(shell => (shell.First, shell.Second)))
        {
            Assert.Equal(pair.Single(shell => shell.LowAngstrom == 0).Gap.Value, pair.Where(shell => shell.LowAngstrom > 0).Sum(shell => shell.Gap.Value), 1e-10);
            Assert.Equal(pair.Single(shell => shell.LowAngstrom == 0).BondsPerCell, pair.Where(shell => shell.LowAngstrom > 0).Sum(shell => shell.BondsPerCell), 1e-10);
        }

        CrystalGraph[] turned = [.. new ulong[] { 5, 6 }.Select(seed => HamiltonianCells.Graph(TestCrystals.Turned(HamiltonianCells.Shaken(seed), TestCrystals.Rotation(new(1, 2, -1), 0.7))))];
        var again = HamiltonianExplanation.Of(Teacher, turned, 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(explained.Shells.Length, again.Shells.Length);
        Assert.All(explained.Shells.Zip(again.Shells), pair =>
        {
            Assert.Equal(pair.First.Gap.Value, pair.Second.Gap.Value, 1e-8);
            Assert.Equal(pair.First.GapChange.Value, pair.Second.GapChange.Value, 1e-8);
        });
    }

    [Fact]
    public void Cells_it_cannot_describe_are_counted()
    {
        var strange = new Crystal(Lattice.Cubic(4), [Element.Of("Na"), Element.Of("Cl")], [new(0, 0, 0), new(0.5, 0.5, 0.5)]);
        var explained = HamiltonianExplanation.Of(Teacher, [HamiltonianCells.Graph(strange), HamiltonianCells.Graph(HamiltonianCells.Shaken(1))], 1, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (explained.Cells, explained.LeftOut));
    }

    private static HamiltonianExplanation Explain(HamiltonianModel model, ulong[] seeds) =>
        HamiltonianExplanation.Of(model, [.. seeds.Select(seed => HamiltonianCells.Graph(HamiltonianCells.Shaken(seed)))], 1, cancellation: TestContext.Current.CancellationToken);
}
