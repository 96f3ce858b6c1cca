using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Explaining.Networks;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Training;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Tests.Learning;

namespace Phonograph.Tests.Explaining.Networks;

public sealed class NetworkExplainerTests
{
    private static readonly CrystalGraph[] Graphs = [.. SyntheticCells.Many(40, 6).Select(each => each.Graph)];

    [Fact]
    public void A_network_that_has_learned_the_bonds_of_silver_and_sulphur_is_explained_by_them()
    {
        // The label is the sum of the squared lengths of these bonds, so its derivatives by position are known.
        TrainingData cells = SyntheticCells.Data(200, 40), data = cells with { Training = [.. cells.Training.Select(Squares)], Validation = [.. cells.Validation.Select(Squares)] };
        TrainedModel model = Trainer.Train(data, new TrainingOptions { Model = "schnet", Hidden = 16, Layers = 1, Epochs = 80, BatchSize = 16, LearningRate = 3e-3, Seed = 2 });
        var explained = new ExplainedModel<float>(model);
        var explainer = new NetworkExplainer([explained], new ExplanationOptions { Method = ImportanceMethod.Gradients });
        ImmutableArray<CellExplanation> explanations = explainer.Explain(Graphs, cancellation: TestContext.Current.CancellationToken);
        double[] cosines = [.. explanations.Select((each, index) => Cosine(each.ByPosition, Truth(Graphs[index])))];
        ImmutableArray<CellExplanation> untrained = new NetworkExplainer([explained.Untrained(5)], explainer.Options).Explain(Graphs, cancellation: TestContext.Current.CancellationToken);
        Assert.True(cosines.Average() > 0.9, $"Mean cosine {cosines.Average()}, validation error {model.Description.Training.ValidationMeanAbsoluteError}.");
        Assert.True(untrained.Select((each, index) => Cosine(each.ByPosition, Truth(Graphs[index]))).Average() < 0.7);
        Assert.All(explanations, each => Assert.True(Math.Abs(Importance(each, "Ag-S")) > Math.Abs(Importance(each, "Ag-Br"))));
    }

    [Fact]
    public void Tables_are_the_sums_of_the_bonds()
    {
        var explainer = new NetworkExplainer([new ExplainedModel<float>(ExplainedNetworks.Trained("cgcnn"))], new ExplanationOptions());
        ImmutableArray<CellExplanation> explanations = explainer.Explain(Graphs, cancellation: TestContext.Current.CancellationToken);
        var summary = new ImportanceSummary(explainer.Options.ShellWidthAngstrom, explainer.Description.CutoffAngstrom);
        foreach (CellExplanation each in explanations)
        {
            summary.Add(each);
        }

        ImmutableArray<ShellImportance> shells = summary.Shells(BootstrapOptions.Default with { Resamples = 300 });
        Assert.Equal(1, shells.Where(shell => shell.IsAllLengths).Sum(shell => shell.Share.Value), 1e-9);
        Assert.Equal(1, shells.Where(shell => !shell.IsAllLengths).Sum(shell => shell.BondShare.Value), 1e-9);
        foreach (IGrouping<ElementPair, ShellImportance> pair in shells.GroupBy(shell => shell.Pair))
        {
            ShellImportance whole = pair.Single(shell => shell.IsAllLengths);
            ShellImportance[] ranges = [.. pair.Where(shell => !shell.IsAllLengths)];
            Assert.Equal(whole.Importance.Value, ranges.Sum(shell => shell.Importance.Value), 1e-9);
            Assert.Equal(whole.BondsPerStructure, ranges.Sum(shell => shell.BondsPerStructure), 1e-9);
            double byHand = explanations.Average(each => each.Bonds.Zip(each.Importance).Where(bond => bond.First.Pair == pair.Key).Sum(bond => bond.Second));
            Assert.Equal(byHand, whole.Importance.Value, 1e-9);
            Assert.InRange(whole.Share.Value, whole.Share.Low, whole.Share.High);
        }

        ImmutableArray<ImportanceDensity> densities = summary.Densities();
        foreach (Func<ImportanceDensity, double> density in new Func<ImportanceDensity, double>[] { row => row.Bonds, row => row.Importance })
        {
            Assert.Equal(1, densities.Where(row => row.Pair is null).Sum(row => density(row) * (row.HighAngstrom - row.LowAngstrom)), 1e-9);
            Assert.Equal(1, densities.Where(row => row.Pair is not null).Sum(row => density(row) * (row.HighAngstrom - row.LowAngstrom)), 1e-9);
        }
    }

    [Fact]
    public void The_change_without_the_bonds_of_a_pair_and_range_is_that_of_a_graph_cut_by_hand()
    {
        TrainedModel model = ExplainedNetworks.Trained("schnet");
        var explainer = new NetworkExplainer([new ExplainedModel<float>(model)], new ExplanationOptions { ShellWidthAngstrom = 1 });
        CellExplanation explanation = explainer.Explain([Graphs[0]], cancellation: TestContext.Current.CancellationToken)[0];
        var bonds = BondList.Of(Graphs[0]);
        var predictor = new Predictor(model);
        double Predict(CrystalGraph graph) => predictor.Predict([graph], cancellation: TestContext.Current.CancellationToken)[0].Value;
        Assert.Equal(Predict(Graphs[0]), explanation.Prediction, 1e-4 * model.Description.Target.Range);
        Assert.NotEmpty(explanation.Shells);
        Assert.All(explanation.Shells, shell =>
        {
            bool IsIn(int edge) => bonds.Bonds[bonds.BondOfEdge[edge]] is var bond && bond.Pair == shell.Pair && (shell.Range == CellShell.AllLengths || (int)bond.LengthAngstrom == shell.Range);
            Assert.Equal(explanation.Prediction - Predict(ExplainedNetworks.Without(Graphs[0], IsIn)), shell.Change, 2e-4 * model.Description.Target.Range);
        });
    }

    [Fact]
    public void Crystals_without_bonds_or_features_cannot_be_explained()
    {
        Assert.True(NetworkExplainer.CanExplain(Graphs[0]));
        Assert.False(NetworkExplainer.CanExplain(Graphs[0] with { Crystal = null }));
        Assert.False(NetworkExplainer.CanExplain(CrystalGraphBuilder.Build(new Crystal(Lattice.Cubic(30), [Element.Of("Ag")], [new(0, 0, 0)]))));
        Assert.False(NetworkExplainer.CanExplain(CrystalGraphBuilder.Build(new Crystal(Lattice.Cubic(4), [Element.Of("He")], [new(0, 0, 0)]))));
    }

    private static bool IsTaught(Bond bond) => bond.Pair.ToString() == "Ag-S" && bond.LengthAngstrom < 4;

    private static LabelledGraph Squares(LabelledGraph graph) => graph with { Target = BondList.Of(graph.Graph).Bonds.Where(IsTaught).Sum(bond => bond.LengthAngstrom * bond.LengthAngstrom) };

    private static double Importance(CellExplanation explanation, string pair) => explanation.Bonds.Zip(explanation.ByLength).Where(each => each.First.Pair.ToString() == pair && each.First.LengthAngstrom < 4).Average(each => Math.Abs(each.Second));

    /// <summary>Derivative of the sum of the squared lengths from sulphur to silver.</summary>
    private static Vector3D[] Truth(CrystalGraph graph)
    {
        Crystal crystal = graph.Crystal!;
        var gradient = new Vector3D[graph.NodeCount];
        foreach (Bond bond in BondList.Of(graph).Bonds.Where(IsTaught))
        {
            Vector3D along = crystal.Lattice.ToCartesian(crystal.PositionsFractional[bond.Second] + bond.Image.ToVector3D() - crystal.PositionsFractional[bond.First]);
            gradient[bond.Second] += 2 * along;
            gradient[bond.First] -= 2 * along;
        }

        return gradient;
    }

    private static double Cosine(IEnumerable<Vector3D> first, IEnumerable<Vector3D> second) =>
        Agreement.Of([.. first.SelectMany(v => new[] { v.X, v.Y, v.Z })], [.. second.SelectMany(v => new[] { v.X, v.Y, v.Z })]).Cosine;
}
