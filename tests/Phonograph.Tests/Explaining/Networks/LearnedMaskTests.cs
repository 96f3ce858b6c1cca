using System.Collections.Immutable;
using Phonograph.Explaining.Networks;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Numerics.Memory;
using Phonograph.Tests.Learning;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class LearnedMaskTests
{
    private static readonly CrystalGraph Graph = ExplainedNetworks.Graph;
    private static readonly BondList Bonds = BondList.Of(Graph);

    [Theory]
    [InlineData("m2")]
    [InlineData("cgcnn")]
    [InlineData("schnet")]
    [InlineData("painn")]
    public void A_mask_ends_at_a_lower_loss_than_it_and_chance_began_with(string name)
    {
        GraphPass<double> pass = ExplainedNetworks.Pass(name);
        MaskOptions options = new() { Restarts = 3, Epochs = 300 };
        double[] before = Losses(pass, LearnedMask.Of(pass, Graph, Bonds, options with { Epochs = 1 }, TestContext.Current.CancellationToken), options);
        double[] after = Losses(pass, LearnedMask.Of(pass, Graph, Bonds, options, TestContext.Current.CancellationToken), options);
        Assert.All(before.Zip(after), pair => Assert.True(pair.Second < pair.First, $"{pair.First} became {pair.Second}."));
        Assert.True(after.Min() < 5 * options.SizePenalty, $"{string.Join(", ", after)} (before: {string.Join(", ", before)}) is far from what keeping every bond costs.");
    }

    [Fact]
    public void A_step_follows_the_gradient_of_the_stated_loss()
    {
        // One step of Adam moves every logit by the learning rate, against the sign of the gradient of the loss: so the sign is that of central differences.
        GraphPass<double> pass = ExplainedNetworks.Pass("schnet");
        MaskOptions options = new() { Restarts = 1, Epochs = 1, LearningRate = 1e-9, SizePenalty = 0.4, EntropyPenalty = 0.3 };
        double[] start = [.. LearnedMask.Of(pass, Graph, Bonds, options, TestContext.Current.CancellationToken).Masks[0]];
        double[] moved = [.. LearnedMask.Of(pass, Graph, Bonds, options with { LearningRate = 1e-4 }, TestContext.Current.CancellationToken).Masks[0]];
        int falling = 0;
        for (int bond = 0; bond < Bonds.Count; bond++)
        {
            double slope = (Loss(pass, With(start, bond, 1e-6), options) - Loss(pass, With(start, bond, -1e-6), options)) / 2e-6;
            if (Math.Abs(slope) > 1e-7)
            {
                Assert.Equal(Math.Sign(slope), Math.Sign(start[bond] - moved[bond]));
                falling += slope > 0 ? 1 : 0;
            }
        }

        Assert.InRange(falling, 1, Bonds.Count - 1);

        static double[] With(double[] mask, int bond, double step) => [.. mask.Select((value, index) => index == bond ? value + step : value)];
    }

    [Fact]
    public void Masks_depend_on_their_seeds_alone_and_not_on_those_beside_them_or_on_threads()
    {
        var model = new ExplainedModel<float>(ExplainedNetworks.Trained("schnet"));
        MaskOptions options = new() { Restarts = 200, Epochs = 4, Seed = 5 };
        Assert.True(options.Restarts * Graph.EdgeCount > 16_384, "All masks fit into one pass.");
        LearnedMask? expected = null;
        foreach (int threads in new[] { 1, 2 })
        {
            using var pool = new WorkerPool(threads);
            var found = LearnedMask.Of(new GraphPass<float>(model, pool), Graph, Bonds, options, TestContext.Current.CancellationToken);
            expected ??= found;
            Assert.Equal(expected.Masks.SelectMany(mask => mask), found.Masks.SelectMany(mask => mask));
            Assert.Equal(expected.MaskedPredictions, found.MaskedPredictions);
        }

        var few = LearnedMask.Of(new GraphPass<float>(model), Graph, Bonds, options with { Restarts = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal(expected!.Masks.Take(2).SelectMany(mask => mask), few.Masks.SelectMany(mask => mask));
        Assert.NotEqual(few.Masks[0], few.Masks[1]);
        var other = LearnedMask.Of(new GraphPass<float>(model), Graph, Bonds, options with { Restarts = 2, Seed = 6 }, TestContext.Current.CancellationToken);
        Assert.NotEqual(few.Masks[0], other.Masks[0]);
    }

    [Theory]
    [InlineData("m2")]
    [InlineData("m5")]
    [InlineData("schnet")]
    [InlineData("painn")]
    public void The_same_crystal_in_another_order_from_another_origin_or_rotated_has_the_same_masks(string name)
    {
        GraphPass<double> pass = ExplainedNetworks.Pass(name);
        MaskOptions options = new() { Restarts = 2, Epochs = 60 };
        var expected = LearnedMask.Of(pass, Graph, Bonds, options, TestContext.Current.CancellationToken);
        foreach (EquivalentCell equal in EquivalentCell.Of(ExplainedNetworks.Cell, 3).Where(cell => cell.Name != "supercell"))
        {
            CrystalGraph graph = CrystalGraphBuilder.Build(equal.Crystal);
            var bonds = BondList.Of(graph);
            var found = LearnedMask.Of(pass, graph, bonds, options, TestContext.Current.CancellationToken);
            for (int mask = 0; mask < options.Restarts; mask++)
            {
                double[] back = equal.OnOriginal(Graph, Bonds, bonds, found.Masks[mask]);
                Assert.True(expected.Masks[mask].Max() - expected.Masks[mask].Min() > 0.1, "The mask says nothing.");
                Assert.All(expected.Masks[mask].Zip(back), pair => Assert.True(Math.Abs(pair.First - pair.Second) < 1e-5, $"{equal.Name}: {pair.First} became {pair.Second}."));
            }
        }
    }

    [Fact]
    public void A_supercell_begins_with_the_masks_of_its_cell()
    {
        EquivalentCell equal = EquivalentCell.Of(ExplainedNetworks.Cell, 3).Single(cell => cell.Name == "supercell");
        CrystalGraph graph = CrystalGraphBuilder.Build(equal.Crystal);
        var bonds = BondList.Of(graph);
        double[] sums = equal.OnOriginal(Graph, Bonds, bonds, MaskStart.Of(graph, bonds).Logits(1, 4));
        Assert.All(MaskStart.Of(Graph, Bonds).Logits(1, 4).Zip(sums), pair => Assert.Equal(2 * pair.First, pair.Second, 1e-8));
    }

    [Fact]
    public void Bonds_that_symmetry_makes_equal_begin_equal_and_others_with_normal_numbers_of_their_own()
    {
        CrystalGraph ideal = CrystalGraphBuilder.Build(SyntheticCells.Ideal);
        var bonds = BondList.Of(ideal);
        foreach (int restart in Enumerable.Range(0, 5))
        {
            ImmutableArray<double> start = MaskStart.Of(ideal, bonds).Logits(7, restart);
            Assert.All(bonds.Bonds.Select((bond, place) => (bond.Pair, Length: Math.Round(bond.LengthAngstrom, 6), Start: start[place])).Where(each => each.Length < 3).GroupBy(each => (each.Pair, each.Length)), shell =>
                Assert.True(shell.Max(each => each.Start) - shell.Min(each => each.Start) < 1e-9));
        }

        double[] logits = [.. Enumerable.Range(0, 20).SelectMany(restart => MaskStart.Of(Graph, Bonds).Logits(7, restart))];
        double mean = logits.Average();
        Assert.Equal(2, mean, 0.2);
        Assert.Equal(1, Math.Sqrt(logits.Average(logit => (logit - mean) * (logit - mean))), 0.15);
        Assert.NotEqual(MaskStart.Of(Graph, Bonds).Logits(7, 0), MaskStart.Of(Graph, Bonds).Logits(8, 0));
    }

    [Fact]
    public void Settings_out_of_range_are_refused_with_their_name()
    {
        Assert.Contains("number of seeds", Assert.Throws<InputException>(() => new MaskOptions { Restarts = 0 }.Validated()).Message, StringComparison.Ordinal);
        Assert.Contains("learning rate", Assert.Throws<InputException>(() => new MaskOptions { LearningRate = double.NaN }.Validated()).Message, StringComparison.Ordinal);
    }

    private static double[] Losses(GraphPass<double> pass, LearnedMask learned, MaskOptions options) => [.. learned.Masks.Select(mask => Loss(pass, [.. mask], options))];

    /// <summary>The stated loss, from its formula.</summary>
    private static double Loss(GraphPass<double> pass, double[] mask, MaskOptions options)
    {
        double[] predictions = pass.Predict(Graph, 2, (number, edges) =>
        {
            for (int edge = 0; edge < edges.Length; edge++)
            {
                edges[edge] = number == 0 ? 1 : mask[Bonds.BondOfEdge[edge]];
            }
        });
        double change = (predictions[1] - predictions[0]) / pass.Model.LabelRange;
        return (change * change) + (options.SizePenalty * mask.Average()) + (options.EntropyPenalty * mask.Average(value => -(value * Math.Log(value)) - ((1 - value) * Math.Log(1 - value))));
    }
}
