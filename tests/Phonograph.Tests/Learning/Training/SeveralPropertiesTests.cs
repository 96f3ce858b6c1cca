using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Training;

/// <summary>Networks that learn several properties at once, and band gaps as differences of band edges.</summary>
public sealed class SeveralPropertiesTests
{
    private static readonly TrainingData Data = SeveralProperties.Data(training: 29, validation: 9);
    private static readonly TrainingOptions Small = new() { Model = "schnet", Hidden = 12, Layers = 2, BatchSize = 8, Epochs = 8, LearningRate = 3e-3, Seed = 7, Dropout = 0.1 };

    public static TheoryData<string, TargetHead> Kinds => [("schnet", TargetHead.Direct), ("schnet", TargetHead.Edges), ("m5", TargetHead.Direct), ("m5", TargetHead.Edges)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Threads_stops_and_the_file_change_no_bit(string name, TargetHead head)
    {
        using var folder = new TemporaryFolder();
        TrainingOptions options = With(name, head);
        using var one = new WorkerPool(1);
        using var two = new WorkerPool(2);
        TrainedModel whole = Trainer.Train(Data, options, new TrainingRun { Pool = one });
        TrainerTests.AssertSameBits(whole, Trainer.Train(Data, options, new TrainingRun { Pool = two }));
        TrainerTests.AssertSameBits(whole, Stopped.Train(Data, options, folder.File("checkpoint"), afterEpochs: 3));
        ModelFile.Write(folder.File("model"), whole);
        TrainedModel read = ModelFile.Read(folder.File("model"));
        TrainerTests.AssertSameBits(whole, read);
        Assert.Equal(whole.Description.Scales.Targets, read.Description.Scales.Targets);
        Assert.Equal(whole.Description.ConductionEdge, read.Description.ConductionEdge);
        Assert.Equal(head == TargetHead.Edges, read.Description.ConductionEdge is not null);
        Assert.Equal(SeveralProperties.Properties, read.Description.Properties);
        Assert.Equal(whole.Cells, read.Cells);
        ModelFile.Write(folder.File("again"), read);
        Assert.Equal(File.ReadAllBytes(folder.File("model")), File.ReadAllBytes(folder.File("again")));
        LabelledGraph[] cells = [.. SeveralProperties.Many(50, 20)];
        var first = new Predictor(whole).PredictProperties(cells, "test");
        Assert.All(first.Zip(new Predictor(read).PredictProperties(cells, "test")), pair => Assert.Equal(pair.First, pair.Second));
    }

    [Theory]
    [InlineData(TargetHead.Direct)]
    [InlineData(TargetHead.Edges)]
    public void Every_property_is_learnt_and_stands_in_its_own_column(TargetHead head)
    {
        TrainedModel model = Trainer.Train(SeveralProperties.Data(80, 15), With("schnet", head) with { Hidden = 24, Epochs = 80, Patience = 80, Dropout = 0, Schedule = LearningRateSchedule.WarmupCosine, GradientNormLimit = 1 });
        LabelledGraph[] test = [.. SeveralProperties.Many(9000, 40)];
        var predictor = new Predictor(model);
        var columns = predictor.PredictProperties(test, "test");
        Assert.Equal(3, columns.Length);
        foreach ((int place, var column) in columns.Index())
        {
            Assert.Equal(test.Select(each => each.Label(place)), column.Select(cell => cell.Label));
            double rSquared = ErrorMetrics.Of(column).RSquared;
            Assert.True(rSquared > 0.4, $"{SeveralProperties.Properties[place].Key}: R² is {rSquared}.");
        }

        Assert.Equal(columns[0], predictor.Predict(test, "test"));
        Assert.Equal(SeveralProperties.Properties, SchemeMetrics.OfProperties(model.Description, columns).Select(record => record.Property));
        Assert.Equal(SchemeMetrics.Of(model.Description, columns[0]), SchemeMetrics.OfProperties(model.Description, columns).Take(1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_validation_loss_is_the_mean_over_terms_of_their_scaled_square_errors(string name, TargetHead head)
    {
        TrainedModel model = Trainer.Train(Data, With(name, head));
        TargetScales scales = model.Description.Scales;
        var columns = new Predictor(model).PredictProperties(Data.Validation, "validation");
        double[] gap = Predicted(0), vbm = Predicted(1), energy = Predicted(2);
        double sum = 0;
        for (int cell = 0; cell < Data.Validation.Length; cell++)
        {
            LabelledGraph label = Data.Validation[cell];
            sum += Squared(scales.Targets[0], gap[cell], label.Label(0)) + Squared(scales.Targets[1], vbm[cell], label.Label(1)) + Squared(scales.Targets[2], energy[cell], label.Label(2));
            sum += head == TargetHead.Edges ? Squared(scales.ConductionEdge!, vbm[cell] + gap[cell], label.Label(1) + label.Label(0)) : 0;
        }

        EpochRecord best = model.History[model.Description.Training.BestEpoch - 1];
        Assert.Equal(1, sum / Data.Validation.Length / (head == TargetHead.Edges ? 4 : 3) / best.ValidationLoss, 1e-4);
        Assert.Equal(best.ValidationMeanAbsoluteError, ErrorMetrics.Of(columns[0]).MeanAbsoluteError, 1e-9);

        double[] Predicted(int property) => [.. columns[property].Select(cell => cell.Predicted)];
        static double Squared(TargetNormalization target, double predicted, double label) => Math.Pow((predicted - label) / target.Range, 2);
    }

    [Fact]
    public void One_property_alone_has_the_file_and_the_fingerprint_of_before()
    {
        TrainingData alone = SyntheticCells.Data(12, 4);
        var options = new TrainingOptions { Model = "m5", Hidden = 8, Epochs = 2 };
        using var folder = new TemporaryFolder();
        TrainedModel model = Trainer.Train(alone, options);
        ModelFile.Write(folder.File("model"), model);
        string description = SafetensorsFile.Read(folder.File("model")).Metadata["description"];
        Assert.All(["further", "conduction_edge", "head", "freeze", "start"], key => Assert.DoesNotContain($"\"{key}\":", description, StringComparison.Ordinal));
        Assert.NotEqual(model.Description.Training.Fingerprint, TrainingFingerprint.Of(alone with { FurtherProperties = [Property.EnergyPerAtom] }, options));
        Assert.NotEqual(model.Description.Training.Fingerprint, TrainingFingerprint.Of(alone, options with { Head = TargetHead.Edges }));
        TrainingData several = SeveralProperties.Data(12, 4);
        string fingerprint = TrainingFingerprint.Of(several, options);
        Assert.NotEqual(fingerprint, TrainingFingerprint.Of(several with { Training = [.. several.Training.Select((each, index) => index == 3 ? each with { FurtherTargets = [each.FurtherTargets[0], 0] } : each)] }, options));
    }

    [Fact]
    public void Files_of_several_properties_that_contradict_themselves_are_refused()
    {
        using var folder = new TemporaryFolder();
        ModelFile.Write(folder.File("model"), Trainer.Train(SeveralProperties.Data(12, 4), With("schnet", TargetHead.Edges) with { Epochs = 1 }));
        SafetensorsFile file = SafetensorsFile.Read(folder.File("model"));
        (string From, string To)[] changes =
        [
            ("\"further\":[{", "\"further\":[null,{"), ("\"key\":\"vbm\"", "\"key\":\"band_gap\""), ("\"key\":\"vbm\"", "\"key\":\"edge\""), ("\"head\":\"edges\"", "\"head\":\"direct\""),
            ("\"conduction_edge\":{\"minimum\":", "\"conduction_edge\":{\"minimum\":1"), ("\"further\":[", "\"further\":[],\"other\":["),
        ];
        foreach ((string from, string to) in changes)
        {
            string text = file.Metadata["description"];
            Assert.Contains(from, text, StringComparison.Ordinal);
            int place = text.IndexOf(from, StringComparison.Ordinal);
            (file with { Metadata = file.Metadata.SetItem("description", text[..place] + to + text[(place + from.Length)..]) }).Write(folder.File("bad"));
            Assert.Contains("bad", Assert.Throws<InputException>(() => ModelFile.Read(folder.File("bad"))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_without_its_cells_is_read_and_one_with_broken_cells_is_not()
    {
        using var folder = new TemporaryFolder();
        TrainedModel model = Trainer.Train(SyntheticCells.Data(12, 4), new TrainingOptions { Hidden = 8, Epochs = 1 });
        ModelFile.Write(folder.File("model"), model);
        SafetensorsFile file = SafetensorsFile.Read(folder.File("model"));
        Assert.Equal(16, model.Cells.Length);
        Assert.All(SyntheticCells.Many(1000, 12), cell => Assert.True(new SeenCells(model).HasCell(cell.Graph)));
        Assert.All(SyntheticCells.Many(2000, 50), cell => Assert.False(new SeenCells(model).HasCell(cell.Graph)));
        (file with { Tensors = file.Tensors.Remove("training.cells") }).Write(folder.File("before"));
        TrainedModel before = ModelFile.Read(folder.File("before"));
        TrainerTests.AssertSameBits(model, before);
        Assert.False(new SeenCells(before).HasSignatures);
        Assert.False(new SeenCells(before).HasCell(SyntheticCells.Labelled(1000).Graph));
        Assert.True(new SeenCells(before).HasIdentifier("cell-1000"));
        (file with { Tensors = file.Tensors.SetItem("training.cells", SafetensorsTensor.Of([1f, 2, 3], 1, 3)) }).Write(folder.File("bad"));
        Assert.Contains("training.cells", Assert.Throws<InputException>(() => ModelFile.Read(folder.File("bad"))).Message, StringComparison.Ordinal);
    }

    private static TrainingOptions With(string name, TargetHead head) => Small with { Model = name, Layers = name == "m5" ? null : 2, Head = head };
}
