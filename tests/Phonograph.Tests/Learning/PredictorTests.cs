using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Training;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;

namespace Phonograph.Tests.Learning;

public sealed class PredictorTests
{
    private static readonly TrainedModel Model = Train("m5");

    [Theory]
    [InlineData("m2")]
    [InlineData("m5")]
    public void A_prediction_does_not_depend_on_its_batch_or_on_threads(string name)
    {
        TrainedModel model = name == "m5" ? Model : Train(name);
        CrystalGraph[] graphs =
        [
            .. SyntheticCells.Many(300, 150).Select(each => each.Graph),
            CrystalGraphBuilder.Build(Supercell.Of(SyntheticCells.Ideal, 2, 2, 2).Crystal),
        ];
        using var one = new WorkerPool(1);
        using var two = new WorkerPool(2);
        ImmutableArray<GraphPrediction> together = Predict(new Predictor(model, one), graphs);
        Assert.Equal(together, Predict(new Predictor(model, two), graphs));
        Assert.Equal(together.Reverse(), Predict(new Predictor(model, one), [.. graphs.Reverse()]));
        var alone = new Predictor(model, one);
        Assert.Equal(together, graphs.Select(graph => Predict(alone, [graph])[0]));
    }

    [Fact]
    public void A_supercell_is_predicted_as_its_unit_cell()
    {
        Crystal unit = SyntheticCells.Displaced(SyntheticCells.Ideal, 77, 0.15);
        ImmutableArray<GraphPrediction> predictions = Predict(new Predictor(Model), [unit, Supercell.Of(unit, 2, 2, 2).Crystal]);
        Assert.Equal(predictions[0].Value, predictions[1].Value, 1e-5 * Model.Description.Target.Range);
    }

    [Fact]
    public void Structures_like_those_of_the_training_are_not_flagged()
    {
        var predictor = new Predictor(Model);
        int flagged = Predict(predictor, [.. SyntheticCells.Many(700, 100).Select(each => each.Graph)]).Count(each => each.Reasons.HasFlag(OutsideReasons.EdgeLength));
        Assert.True(flagged < 20, $"{flagged} of 100 cells drawn like the training cells are flagged.");
    }

    [Fact]
    public void An_element_not_seen_in_training_is_flagged()
    {
        var predictor = new Predictor(Model);
        GraphPrediction prediction = Predict(predictor, [With("I")])[0];
        Assert.True(prediction.Reasons.HasFlag(OutsideReasons.UnknownElement));
        Assert.True(double.IsFinite(prediction.Value));
    }

    [Fact]
    public void An_element_without_features_gives_NaN_and_spoils_nothing_else()
    {
        var predictor = new Predictor(Model);
        ImmutableArray<GraphPrediction> predictions = Predict(predictor, [SyntheticCells.Ideal, With("He"), SyntheticCells.Ideal]);
        Assert.True(double.IsNaN(predictions[1].Value));
        Assert.Equal(OutsideReasons.UnknownElement | OutsideReasons.NoFeatures, predictions[1].Reasons & (OutsideReasons.UnknownElement | OutsideReasons.NoFeatures));
        Assert.Equal("unknown-element+no-features", predictions[1].Reasons.Describe());
        Assert.Equal(predictions[0], predictions[2]);
        Assert.True(double.IsFinite(predictions[0].Value));
    }

    [Fact]
    public void Atoms_closer_than_ever_in_training_are_flagged()
    {
        var displacements = new Vector3D[5];
        displacements[0] = new Vector3D(0, 0, 1.6);
        GraphPrediction prediction = Predict(new Predictor(Model), [SyntheticCells.Ideal.Displaced(displacements)])[0];
        Assert.True(prediction.Reasons.HasFlag(OutsideReasons.EdgeLength));
    }

    [Fact]
    public void A_crystal_without_any_edge_is_flagged()
    {
        var lonely = new Crystal(Lattice.Cubic(20), [Element.Of("Ag")], [new Vector3D(0, 0, 0)]);
        Assert.True(Predict(new Predictor(Model), [lonely])[0].Reasons.HasFlag(OutsideReasons.EdgeLength));
    }

    [Fact]
    public void A_saturated_output_is_flagged()
    {
        // A bias of 40 drives the sigmoid to 1.
        TrainedModel model = Train("m5");
        model.Network.Parameters.Single(parameter => parameter.Name == "lin2.bias").Fill(40);
        GraphPrediction prediction = Predict(new Predictor(model), [SyntheticCells.Ideal])[0];
        Assert.Equal(OutsideReasons.Saturated, prediction.Reasons & OutsideReasons.Saturated);
        Assert.Equal(model.Description.Target.Maximum, prediction.Value, 1e-9);
    }

    private static ImmutableArray<GraphPrediction> Predict(Predictor predictor, CrystalGraph[] graphs) =>
        predictor.Predict(graphs, progress: null, TestContext.Current.CancellationToken);

    private static ImmutableArray<GraphPrediction> Predict(Predictor predictor, Crystal[] crystals) =>
        predictor.Predict(crystals, progress: null, TestContext.Current.CancellationToken);

    private static Crystal With(string symbol) => new(
        SyntheticCells.Ideal.Lattice, SyntheticCells.Ideal.Elements.SetItem(4, Element.Of(symbol)), SyntheticCells.Ideal.PositionsFractional);

    private static TrainedModel Train(string name) =>
        Trainer.Train(SyntheticCells.Data(training: 60, validation: 10), new TrainingOptions { Model = name, Hidden = 24, Epochs = 8, LearningRate = 3e-3 });
}
