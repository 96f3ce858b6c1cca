using System.Collections.Immutable;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning.Evaluation;
using Phonograph.Numerics.Memory;
using Phonograph.Tests.Learning;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class ExplanationQualityTests
{
    private static readonly CrystalGraph[] Graphs = [.. SyntheticCells.Many(40, 5).Select(each => each.Graph)];
    private static readonly QualityOptions Fast = new() { Bootstrap = BootstrapOptions.Default with { Resamples = 200 } };

    [Fact]
    public void Curves_are_those_of_graphs_cut_by_hand()
    {
        CrystalGraph graph = ExplainedNetworks.Graph;
        GraphPass<double> pass = ExplainedNetworks.Pass("schnet");
        var bonds = BondList.Of(graph);
        double[] importance = Occlusion.OfBonds(pass, graph, bonds);
        var curve = ImportanceCurve.Of(pass, graph, bonds, importance, steps: 8);
        HashSet<int> top = [.. Enumerable.Range(0, bonds.Count).OrderByDescending(bond => Math.Abs(importance[bond])).Take((int)Math.Round(bonds.Count * 0.25))];
        double whole = pass.Predict(graph);
        Assert.Equal(Math.Abs(whole - pass.Predict(ExplainedNetworks.Without(graph, edge => top.Contains(bonds.BondOfEdge[edge])))), curve.FidelityPlus(0.25), 1e-10);
        Assert.Equal(Math.Abs(whole - pass.Predict(ExplainedNetworks.Without(graph, edge => !top.Contains(bonds.BondOfEdge[edge])))), curve.FidelityMinus(0.25), 1e-10);
        Assert.Equal((0.0, 0.0), (curve.Deletion[0], curve.Insertion[^1]));
        Assert.Equal(curve.Deletion[^1], curve.Insertion[0], 1e-12);
        Assert.Equal(0.5 * (curve.Deletion[2] + curve.Deletion[3]), curve.FidelityPlus(2.5 / 8), 1e-12);
        double area = Enumerable.Range(0, 8).Sum(step => 0.5 * (curve.Deletion[step] + curve.Deletion[step + 1]) / 8);
        Assert.Equal(area, curve.DeletionArea, 1e-12);
    }

    [Fact]
    public void Agreement_is_one_with_itself_and_knows_turned_and_unrelated_rankings()
    {
        double[] first = [0.1, 0.5, -0.2, 0.9];
        double[] turned = [.. first.Select(each => -each)];
        Near(1, Agreement.Of(first, [.. first.Select(each => 3 * each)]));
        Near(-1, Agreement.Of(first, turned));
        Assert.Equal(1, Agreement.Of(first, [0.1, 0.2, 0.0, 50]).RankCorrelation, 1e-12);
        Assert.True(double.IsNaN(Agreement.Of(first, [1, 1, 1, 1]).RankCorrelation));
        Assert.True(double.IsNaN(Agreement.Of(first, [1, double.NaN, 2, double.NaN]).RankCorrelation));
        Assert.True(double.IsNaN(Agreement.Of(first, [0, 0, 0, 0]).Cosine));
        Near(-1 / 3.0, Agreement.Among([first, first, turned]));
        Assert.True(double.IsNaN(Agreement.Among([first]).Cosine));

        static void Near(double expected, Agreement found)
        {
            Assert.Equal(expected, found.RankCorrelation, 1e-12);
            Assert.Equal(expected, found.Cosine, 1e-12);
        }
    }

    [Fact]
    public void Bonds_of_equivalent_cells_are_found_again_on_the_original()
    {
        CrystalGraph graph = ExplainedNetworks.Graph;
        var bonds = BondList.Of(graph);
        ImmutableArray<EquivalentCell> cells = EquivalentCell.Of(ExplainedNetworks.Cell, seed: 3);
        Assert.Equal(["order", "origin", "rotation", "supercell"], cells.Select(cell => cell.Name));
        Assert.All(cells, cell =>
        {
            CrystalGraph same = CrystalGraphBuilder.Build(cell.Crystal);
            var its = BondList.Of(same);
            int copies = cell.Name == "supercell" ? 2 : 1;
            Assert.Equal(copies * bonds.Count, its.Count);
            Assert.All(cell.OnOriginal(graph, bonds, its, [.. Enumerable.Repeat(1.0, its.Count)]), found => Assert.Equal(copies, found));
            double[] lengths = cell.OnOriginal(graph, bonds, its, [.. its.Bonds.Select(bond => bond.LengthAngstrom)]);
            Assert.All(bonds.Bonds.Zip(lengths), pair => Assert.Equal(copies * pair.First.LengthAngstrom, pair.Second, 1e-9));
        });
    }

    [Theory]
    [InlineData("m2")]
    [InlineData("cgcnn")]
    [InlineData("schnet")]
    [InlineData("painn")]
    public void Gradients_are_the_same_for_equivalent_cells_and_differ_from_controls(string name)
    {
        var model = new ExplainedModel<float>(ExplainedNetworks.Trained(name));
        var explainer = new NetworkExplainer([model], new ExplanationOptions { Method = ImportanceMethod.Gradients });
        ImmutableArray<CellExplanation> explanations = explainer.Explain(Graphs, cancellation: TestContext.Current.CancellationToken);
        var quality = ExplanationQuality.Of(explainer, Graphs, explanations, Fast with { Control = model }, cancellation: TestContext.Current.CancellationToken);
        foreach (string same in new[] { "order", "origin", "rotation", "supercell", "control" })
        {
            Assert.InRange(Row(quality, "cosine", same).Value.Low, 0.9999, 1.0001);
        }

        Assert.True(Row(quality, "cosine", "untrained").Value.High < 0.99, "The untrained network explains like the trained one.");
        Assert.DoesNotContain(quality.Rows, row => row.Of is "seeds" or "members");
        QualityRow plus = Row(quality, "fidelity_plus", "explanation");
        Assert.Equal((true, 5), (plus.HasUnit, plus.Structures));
        Assert.Equal(plus.Value.Value / quality.PredictionSpread, Row(quality, "fidelity_plus_relative", "explanation").Value.Value, 1e-9);
        double gain = Row(quality, "deletion_area", "explanation").Value.Value - Row(quality, "deletion_area", "random").Value.Value;
        Assert.Equal(gain, Row(quality, "deletion_gain", "explanation").Value.Value, 1e-9);
    }

    [Fact]
    public void Masks_of_members_and_seeds_are_compared_and_threads_change_nothing()
    {
        ImmutableArray<ExplainedModel<float>> members = [new(ExplainedNetworks.Trained("schnet")), new(ExplainedNetworks.Train("schnet", 4, seed: 8))];
        var options = new ExplanationOptions { Method = ImportanceMethod.Mask, Mask = new MaskOptions { Restarts = 3, Epochs = 20 } };
        (ImmutableArray<CellExplanation> Explanations, ExplanationQuality Quality)? expected = null;
        foreach (int threads in new[] { 1, 3 })
        {
            using var pool = new WorkerPool(threads);
            var explainer = new NetworkExplainer(members, options, pool);
            ImmutableArray<CellExplanation> found = explainer.Explain(Graphs, cancellation: TestContext.Current.CancellationToken);
            var quality = ExplanationQuality.Of(explainer, Graphs, found, Fast, cancellation: TestContext.Current.CancellationToken);
            expected ??= (found, quality);
            Assert.Equal(expected.Value.Explanations.SelectMany(each => each.Importance), found.SelectMany(each => each.Importance));
            Assert.Equal(expected.Value.Explanations.SelectMany(each => each.Shells), found.SelectMany(each => each.Shells));
            Assert.Equal(expected.Value.Quality.Rows, quality.Rows);
        }

        CellExplanation first = expected!.Value.Explanations[0];
        Assert.Equal((2, 3), (first.Runs.Length, first.Runs[0].Length));
        Assert.Equal(first.Runs.SelectMany(model => model).Average(run => run[5]), first.Importance[5], 1e-12);
        Assert.InRange(Row(expected.Value.Quality, "cosine", "seeds").Value.Value, 0.5, 1);
        Assert.InRange(Row(expected.Value.Quality, "cosine", "members").Value.Value, 0.5, 1);
    }

    private static QualityRow Row(ExplanationQuality quality, string measure, string of) => quality.Rows.Single(row => row.Measure == measure && row.Of == of);
}
