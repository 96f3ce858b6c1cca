using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Graphs;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Training;

/// <summary>Trainings that begin from another model.</summary>
public sealed class FineTuningTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Hidden = 12, BatchSize = 8, Epochs = 9, LearningRate = 3e-3, Seed = 7 };
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, TargetHead> Kinds => [("schnet", TargetHead.Direct), ("schnet", TargetHead.Edges), ("m5", TargetHead.Direct), ("cgcnn", TargetHead.Edges)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void On_the_same_data_it_goes_on_at_the_loss_of_the_start_model(string name, TargetHead head)
    {
        TrainingData data = SeveralProperties.Data(29, 9, 2);
        StartModel start = Start(data, With(name, head));
        EpochRecord best = start.Model.History[start.Model.Description.Training.BestEpoch - 1];

        // Nothing moves with a vanishing learning rate; frozen running statistics do not either.
        TrainedModel tuned = Trainer.Train(data with { Start = start }, With(name, head) with { Epochs = 1, LearningRate = 1e-30, Freeze = true });
        StartProvenance made = tuned.Description.Training.Start!;
        Assert.Equal(best.ValidationLoss, made.ValidationLoss);
        Assert.Equal(best.ValidationMeanAbsoluteError, made.ValidationMeanAbsoluteError);
        Assert.Equal(best.ValidationLoss, tuned.History[0].ValidationLoss);
        Assert.Equal(start.Sha256, made.Sha256);
        Assert.Equal(start.Model.Description.Training.Fingerprint, made.Fingerprint);
        Assert.Equal(Arrays(start.Model), Arrays(tuned));
        Assert.Equal(start.Model.Description.Scales.Targets, tuned.Description.Scales.Targets);
    }

    [Theory]
    [InlineData("schnet", 0)]
    [InlineData("m5", 0)]
    [InlineData("m5", 0.9)]
    [InlineData("painn", 0.9)]
    public void Frozen_weights_and_statistics_keep_their_bits_and_the_head_moves(string name, double average)
    {
        TrainingOptions options = With(name, TargetHead.Direct) with { ReadOut = Pooling.Attention, AverageDecay = average, WeightDecay = 0.1 };
        StartModel start = Start(SyntheticCells.Data(20, 6), options);
        TrainingData other = Other(SyntheticCells.Data(14, 6), shift: 1, stretch: 1);
        Dictionary<string, int[]> before = Arrays(start.Model), frozen = Arrays(Trainer.Train(other with { Start = start }, options with { Freeze = true, GradientNormLimit = 1 })), free = Arrays(Trainer.Train(other with { Start = start }, options));
        string[] head = ["lin1.weight", "lin1.bias", "lin2.weight", "lin2.bias", "attention.weight"];
        foreach ((string array, int[] bits) in before)
        {
            Assert.Equal(!head.Contains(array), bits.SequenceEqual(frozen[array]));
        }

        Assert.Contains(before, pair => !head.Contains(pair.Key) && !pair.Value.SequenceEqual(free[pair.Key]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Threads_and_stops_change_no_bit(bool freeze)
    {
        TrainingOptions options = With("schnet", TargetHead.Edges) with { Freeze = freeze, AverageDecay = 0.8 };
        TrainingData data = Other(SeveralProperties.Data(18, 6), shift: 2, stretch: 1.5) with { Start = Start(SeveralProperties.Data(20, 6), With("schnet", TargetHead.Edges)) };
        using var one = new WorkerPool(1);
        using var two = new WorkerPool(2);
        TrainedModel whole = Trainer.Train(data, options, new TrainingRun { Pool = one });
        TrainerTests.AssertSameBits(whole, Trainer.Train(data, options, new TrainingRun { Pool = two }));
        TrainedModel stopped = Stopped.Train(data, options, _folder.File("checkpoint"), afterEpochs: 2);
        TrainerTests.AssertSameBits(whole, stopped);
        Assert.Equal(whole.Description.Training.Start, stopped.Description.Training.Start);
        ModelFile.Write(_folder.File("model"), whole);
        TrainedModel read = ModelFile.Read(_folder.File("model"));
        Assert.Equal(whole.Description.Training.Start, read.Description.Training.Start);
        Assert.Equal(whole.Cells, read.Cells);
    }

    [Fact]
    public void For_another_level_the_first_predictions_are_those_of_the_start_model_carried_over_by_a_line()
    {
        // Labels of the other level are a shifted and stretched copy: the line carries them over with the start model's own R².
        TrainingData data = SyntheticCells.Data(60, 15), other = Other(data, shift: 3, stretch: 2.5);
        StartModel start = Start(data, With("schnet", TargetHead.Direct) with { Epochs = 60, Patience = 60 });
        TrainedModel tuned = Trainer.Train(other with { Start = start }, With("schnet", TargetHead.Direct) with { Epochs = 1, LearningRate = 1e-30 });
        double own = ErrorMetrics.Of(new Predictor(start.Model).Predict(data.Validation, "v")).MeanAbsoluteError;
        double carried = ErrorMetrics.Of(new Predictor(tuned).Predict(other.Validation, "v")).MeanAbsoluteError;
        Assert.InRange(carried / 2.5, 0, 1.2 * own);

        // Scaled by the new labels, inputs as before.
        Assert.Equal(other.Training.Max(each => each.Target), tuned.Description.Target.Maximum);
        Assert.Equal(start.Model.Description.Features, tuned.Description.Features);

        // The line is the least-squares one: residuals on the training cells have no mean and no slope.
        ImmutableArray<Prediction> fitted = new Predictor(tuned).Predict(other.Training, "train");
        double spread = ErrorMetrics.Of(fitted).LabelStandardDeviation;
        Assert.Equal(0, fitted.Average(cell => cell.Predicted - cell.Label) / spread, 1e-5);
        Assert.Equal(0, fitted.Average(cell => (cell.Predicted - cell.Label) * cell.Predicted) / (spread * spread), 1e-4);
    }

    [Fact]
    public void Another_architecture_property_or_graph_is_refused_with_the_difference()
    {
        TrainingData data = SyntheticCells.Data(12, 4);
        TrainingOptions options = With("schnet", TargetHead.Direct);
        StartModel start = Start(data, options);
        Assert.Contains("hidden: 12 there, 16 here", Refused(data, options with { Hidden = 16 }), StringComparison.Ordinal);
        Assert.Contains("layers: 3 there, 2 here", Refused(data, options with { Layers = 2 }), StringComparison.Ordinal);
        Assert.Contains("model: schnet there, painn here", Refused(data, options with { Model = "painn" }), StringComparison.Ordinal);
        Assert.Contains("read-out: mean there, max here", Refused(data, options with { ReadOut = Pooling.Max }), StringComparison.Ordinal);
        Assert.Contains("property: band_gap there, vbm here", Refused(data with { Property = Property.ValenceBandMaximum }, options), StringComparison.Ordinal);
        Assert.Contains("property: band_gap there, band_gap,vbm,energy_per_atom here", Refused(SeveralProperties.Data(12, 4), options), StringComparison.Ordinal);
        Assert.Contains("cutoff / Å: 5.5 there, 5 here", Refused(data with { Graph = new GraphOptions { CutoffAngstrom = 5 } }, options), StringComparison.Ordinal);
        Assert.Contains("start model", Assert.Throws<InputException>(() => Trainer.Train(data, options with { Freeze = true })).Message, StringComparison.Ordinal);
        Assert.Contains("dropout", Assert.Throws<InputException>(() => Trainer.Train(data with { Start = start }, options with { Freeze = true, Dropout = 0.1 })).Message, StringComparison.Ordinal);

        // The mean is what schnet reads out anyway, and dropout is no part of the architecture.
        Trainer.Train(data with { Start = start }, options with { ReadOut = Pooling.Mean, Layers = 3, Dropout = 0.1, Epochs = 1 });

        string Refused(TrainingData other, TrainingOptions asked) => Assert.Throws<InputException>(() => Trainer.Train(other with { Start = start }, asked)).Message;
    }

    [Fact]
    public void The_fingerprint_knows_the_start_model_and_the_file_knows_all_cells()
    {
        TrainingData data = SyntheticCells.Data(12, 4), other = Other(SyntheticCells.Data(6, 2), 1, 1) with { Training = SyntheticCells.Many(7000, 6) };
        TrainingOptions options = With("schnet", TargetHead.Direct) with { Epochs = 2 };
        StartModel first = Start(data, options), second = Start(data, options with { Seed = 8 });
        Assert.NotEqual(first.Sha256, second.Sha256);
        string[] fingerprints = [TrainingFingerprint.Of(other, options), TrainingFingerprint.Of(other with { Start = first }, options), TrainingFingerprint.Of(other with { Start = second }, options)];
        Assert.Equal(3, fingerprints.Distinct().Count());
        TrainedModel tuned = Trainer.Train(other with { Start = first }, options);
        Assert.Equal(fingerprints[1], tuned.Description.Training.Fingerprint);
        var seen = new SeenCells(tuned);
        Assert.All(SyntheticCells.Many(1000, 12), cell => Assert.True(seen.HasCell(cell.Graph)));
        Assert.All(SyntheticCells.Many(7000, 6), cell => Assert.True(seen.HasCell(cell.Graph)));
        Assert.All(SyntheticCells.Many(3000, 12), cell => Assert.False(seen.HasCell(cell.Graph)));
    }

    private static TrainingOptions With(string name, TargetHead head) => Small with { Model = name, Head = head };

    private static TrainingData Other(TrainingData data, double shift, double stretch)
    {
        return data with { Level = "another", Training = [.. data.Training.Select(Changed)], Validation = [.. data.Validation.Select(Changed)] };

        LabelledGraph Changed(LabelledGraph graph) => graph with { Target = shift + (stretch * graph.Target), FurtherTargets = [.. graph.FurtherTargets.Select(label => shift + (stretch * label))] };
    }

    private static Dictionary<string, int[]> Arrays(TrainedModel model) =>
        model.Network.Arrays().ToDictionary(array => array.Name, array => array.Values.ToArray().Select(BitConverter.SingleToInt32Bits).ToArray());

    private StartModel Start(TrainingData data, TrainingOptions options)
    {
        string path = _folder.File("start.safetensors");
        ModelFile.Write(path, Trainer.Train(data, options));
        return StartModel.Read(path);
    }
}
