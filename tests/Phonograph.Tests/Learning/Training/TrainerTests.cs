using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;
using Phonograph.Numerics.Random;

namespace Phonograph.Tests.Learning.Training;

public sealed class TrainerTests : IDisposable
{
    private static readonly TrainingOptions Small = new() { Model = "m5", Hidden = 16, Dropout = 0.1, BatchSize = 8, Epochs = 12, LearningRate = 3e-3, Seed = 7, Patience = 40, PlateauPatience = 3 };
    private static readonly TrainingData Data = SyntheticCells.Data(training: 29, validation: 9);
    private readonly string _folder = Directory.CreateTempSubdirectory("phonograph-trainer-").FullName;

    public static TheoryData<string> Options => ["plain", "weight decay", "clipping", "average", "cosine", "all", "attention", "cgcnn", "schnet", "painn"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("cgcnn")]
    [InlineData("schnet")]
    [InlineData("painn")]
    public void Each_architecture_learns_a_function_of_distances(string model)
    {
        TrainingData data = SyntheticCells.Data(training: 80, validation: 15);
        TrainedModel trained = Trainer.Train(data, new TrainingOptions { Model = model, Hidden = 24, Epochs = 80, Patience = 80, BatchSize = 10, LearningRate = 3e-3, Schedule = LearningRateSchedule.WarmupCosine, GradientNormLimit = 1, Layers = 2 });
        ErrorMetrics metrics = ErrorMetrics.Of(new Predictor(trained).Predict(SyntheticCells.Many(9000, 40), "test"));
        Assert.True(metrics.RSquared > 0.6, $"R² is {metrics.RSquared}.");
    }

    [Fact]
    public void A_function_of_distances_is_learnt()
    {
        TrainingData data = SyntheticCells.Data(training: 120, validation: 30);
        TrainedModel model = Trainer.Train(data, Small with { Model = "m2", Hidden = 32, Epochs = 150, Dropout = 0, LearningRate = 5e-3, PlateauPatience = 15 });
        ErrorMetrics metrics = ErrorMetrics.Of(new Predictor(model).Predict(SyntheticCells.Many(9000, 60), "test"));
        Assert.True(metrics.RSquared > 0.9, $"R² is {metrics.RSquared}.");
        Assert.True(model.History[^1].TrainingLoss < model.History[0].TrainingLoss / 5);
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void The_number_of_threads_changes_no_bit(string kind)
    {
        using var one = new WorkerPool(1);
        using var two = new WorkerPool(2);
        AssertSameBits(Trainer.Train(Data, With(kind), new TrainingRun { Pool = one }), Trainer.Train(Data, With(kind), new TrainingRun { Pool = two }));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void A_training_that_pauses_after_a_pass_and_goes_on_ends_with_the_same_bits(string kind)
    {
        TrainedModel whole = Trainer.Train(Data, With(kind));
        string checkpoint = Path.Combine(_folder, "paused.checkpoint");
        foreach (int pause in new[] { 3, 3, 4, 9 })
        {
            TrainedModel part = Trainer.Train(Data, With(kind), new TrainingRun { CheckpointPath = checkpoint, StopAfterEpoch = pause });
            Assert.Equal(whole.History.Take(pause), part.History);
        }

        AssertSameBits(whole, Trainer.Train(Data, With(kind), new TrainingRun { CheckpointPath = checkpoint }));
    }

    [Fact]
    public void The_seed_decides_the_weights()
    {
        TrainedModel first = Trainer.Train(Data, Small with { Epochs = 2 });
        AssertSameBits(first, Trainer.Train(Data, Small with { Epochs = 2 }));
        TrainedModel other = Trainer.Train(Data, Small with { Epochs = 2, Seed = 8 });
        Assert.NotEqual(Weights(first), Weights(other));
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void A_training_stopped_at_random_epochs_and_continued_gives_the_same_bits(string kind)
    {
        TrainingOptions options = With(kind);
        TrainedModel undisturbed = Trainer.Train(Data, options);
        var random = new Philox(5, 0);
        for (int repeat = 0; repeat < 4; repeat++)
        {
            string path = Path.Combine(_folder, $"{repeat}.checkpoint");
            TrainedModel? continued = null;
            int stops = 0;
            while (continued is null)
            {
                using var stop = new CancellationTokenSource();
                int epochs = 1 + random.NextInt32(5);
                var run = new TrainingRun
                {
                    CheckpointPath = path,
                    CheckpointInterval = TimeSpan.Zero,
                    Cancellation = stop.Token,
                    Progress = new ProgressListener(progress =>
                    {
                        if (progress.Done - progress.DoneBefore >= epochs)
                        {
                            stop.Cancel();
                        }
                    }),
                };
                try
                {
                    continued = Trainer.Train(Data, options, run);
                }
                catch (OperationCanceledException)
                {
                    stops++;
                }
            }

            Assert.True(stops >= 2, "The training was not stopped often enough to test anything.");
            AssertSameBits(undisturbed, continued);
        }
    }

    [Fact]
    public void A_training_killed_between_checkpoints_repeats_the_epochs_in_between()
    {
        // A kill leaves the last checkpoint: continue twice from the same one.
        TrainedModel undisturbed = Trainer.Train(Data, Small);
        string path = Path.Combine(_folder, "killed.checkpoint"), kept = Path.Combine(_folder, "kept.checkpoint");
        var run = new TrainingRun
        {
            CheckpointPath = path,
            CheckpointInterval = TimeSpan.Zero,
            Progress = new ProgressListener(progress =>
            {
                // Before the checkpoint of epoch 6 is written, that of epoch 5 lies there.
                if (progress.Done == 6)
                {
                    File.Copy(path, kept);
                }
            }),
        };
        AssertSameBits(undisturbed, Trainer.Train(Data, Small, run));
        AssertSameBits(undisturbed, Trainer.Train(Data, Small, new TrainingRun { CheckpointPath = kept }));
    }

    [Fact]
    public void A_checkpoint_of_another_training_is_refused()
    {
        string path = Path.Combine(_folder, "other.checkpoint");
        var run = new TrainingRun { CheckpointPath = path, CheckpointInterval = TimeSpan.Zero };
        Trainer.Train(Data, Small with { Epochs = 2 }, run);
        Assert.Contains("other data, settings", Assert.Throws<InputException>(() => Trainer.Train(Data, Small with { Epochs = 2, Seed = 2 }, run)).Message, StringComparison.Ordinal);
        TrainingData changed = Data with { Training = [.. Data.Training.Select((each, index) => index == 3 ? each with { Target = each.Target + 1e-12 } : each)] };
        Assert.Throws<InputException>(() => Trainer.Train(changed, Small with { Epochs = 2 }, run));
        byte[] content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, content[..(content.Length / 2)]);
        Assert.Throws<InputException>(() => Trainer.Train(Data, Small with { Epochs = 2 }, run));
    }

    [Fact]
    public void Training_stops_early_and_keeps_the_best_weights()
    {
        TrainedModel model = Trainer.Train(Data, Small with { Epochs = 400, Patience = 4, LearningRate = 0.05 });
        EpochRecord best = model.History.MinBy(epoch => epoch.ValidationLoss)!;
        Assert.Equal(best.Epoch, model.Description.Training.BestEpoch);
        Assert.Equal(best.Epoch + 4, model.History.Length);
        Assert.Equal(model.History.Length, model.Description.Training.EpochsRun);
        double error = ErrorMetrics.Of(new Predictor(model).Predict(Data.Validation, "validation")).MeanAbsoluteError;
        Assert.Equal(best.ValidationMeanAbsoluteError, error, 1e-9);
        Assert.Equal(best.ValidationMeanAbsoluteError, model.Description.Training.ValidationMeanAbsoluteError);
    }

    [Fact]
    public void The_learning_rate_falls_on_a_plateau_only_when_asked()
    {
        TrainingOptions options = Small with { Epochs = 25, LearningRate = 0.05, PlateauPatience = 2 };
        Assert.True(Trainer.Train(Data, options).History[^1].LearningRate < 0.05);
        Assert.All(Trainer.Train(Data, options with { Schedule = LearningRateSchedule.Constant }).History, epoch => Assert.Equal(0.05, epoch.LearningRate));
    }

    [Fact]
    public void Without_validation_data_the_last_weights_are_kept()
    {
        TrainedModel model = Trainer.Train(Data with { Validation = [] }, Small with { Epochs = 3 });
        Assert.Equal(3, model.Description.Training.BestEpoch);
        Assert.Null(model.Description.Training.ValidationMeanAbsoluteError);
        Assert.True(double.IsNaN(model.History[0].ValidationLoss));
    }

    [Fact]
    public void Normalisation_knows_training_data_only()
    {
        TrainingData data = Data with { Validation = [.. Data.Validation.Select(each => each with { Target = 1000 })] };
        TrainedModel model = Trainer.Train(data, Small with { Epochs = 1 });
        Assert.Equal(Data.Training.Max(each => each.Target), model.Description.Target.Maximum);
        Assert.Equal(Data.Training.Min(each => each.Graph.EdgeLengthAngstrom.Min()), model.Description.Features.EdgeMinimumAngstrom);
        TrainedModel legacy = Trainer.Train(data, Small with { Epochs = 1, LegacyNormalization = true });
        Assert.Equal(1000, legacy.Description.Target.Maximum);
        Assert.Equal(0.7115, legacy.Description.Features.EdgeMinimumAngstrom);
    }

    [Fact]
    public void Useless_data_or_options_are_refused_with_the_reason()
    {
        TrainingData equal = Data with { Training = [.. Data.Training.Select(each => each with { Target = 1 })] };
        Assert.Contains("no spread", Assert.Throws<InputException>(() => Trainer.Train(equal, Small)).Message, StringComparison.Ordinal);
        TrainingData missing = Data with { Training = [.. Data.Training.Select((each, index) => index == 0 ? each with { Target = double.NaN } : each)] };
        Assert.Contains("NaN", Assert.Throws<InputException>(() => Trainer.Train(missing, Small)).Message, StringComparison.Ordinal);
        Assert.Contains("no training", Assert.Throws<InputException>(() => Trainer.Train(Data with { Training = [] }, Small)).Message, StringComparison.Ordinal);
        Assert.Contains("m1, m2", Assert.Throws<InputException>(() => Trainer.Train(Data, Small with { Model = "m9" })).Message, StringComparison.Ordinal);
        Assert.Contains("dropout", Assert.Throws<InputException>(() => Trainer.Train(Data, Small with { Dropout = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("learning rate", Assert.Throws<InputException>(() => Trainer.Train(Data, Small with { LearningRate = 0 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("all")]
    [InlineData("attention")]
    [InlineData("cgcnn")]
    [InlineData("schnet")]
    [InlineData("painn")]
    public void Once_warm_a_step_allocates_next_to_nothing(string kind)
    {
        using var pool = new WorkerPool(1);
        long Allocated(int epochs)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Trainer.Train(Data, With(kind) with { Epochs = epochs, WarmupEpochs = 1 }, new TrainingRun { Pool = pool });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(2);
        double perStep = (Allocated(42) - Allocated(2)) / (40.0 * 4);
        Assert.True(perStep < 2000, $"{perStep} bytes per step.");
    }

    [Fact]
    public void Each_option_of_training_changes_the_weights_and_the_fingerprint()
    {
        TrainedModel plain = Trainer.Train(Data, Small);
        foreach (string kind in Options.Select(row => row.Data).Where(kind => kind != "plain"))
        {
            TrainedModel other = Trainer.Train(Data, With(kind));
            Assert.NotEqual(Weights(plain), Weights(other));
            Assert.NotEqual(plain.Description.Training.Fingerprint, other.Description.Training.Fingerprint);
            Assert.Equal(With(kind), other.Description.Training.Options);
        }
    }

    [Fact]
    public void The_kept_average_is_what_validation_measured()
    {
        TrainedModel model = Trainer.Train(Data, Small with { AverageDecay = 0.8, Epochs = 20 });
        double error = ErrorMetrics.Of(new Predictor(model).Predict(Data.Validation, "validation")).MeanAbsoluteError;
        Assert.Equal(model.History[model.Description.Training.BestEpoch - 1].ValidationMeanAbsoluteError, error, 1e-9);

        // An average that forgets at once is no average.
        Assert.Equal(Weights(Trainer.Train(Data, Small)), Weights(Trainer.Train(Data, Small with { AverageDecay = 1e-300 })));
    }

    [Fact]
    public void The_last_weights_and_the_log_of_losses_are_written_beside_the_best()
    {
        var run = new TrainingRun { LastModelPath = Path.Combine(_folder, "last.safetensors"), LogPath = Path.Combine(_folder, "losses.csv") };
        TrainedModel best = Trainer.Train(Data, Small with { LearningRate = 0.05, Patience = 4, Epochs = 400 }, run);
        TrainedModel last = ModelFile.Read(run.LastModelPath);
        Assert.Equal(best.History.Length, last.Description.Training.BestEpoch);
        Assert.NotEqual(Weights(best), Weights(last));
        double error = ErrorMetrics.Of(new Predictor(last).Predict(Data.Validation, "validation")).MeanAbsoluteError;
        Assert.Equal(best.History[^1].ValidationMeanAbsoluteError, error, 1e-9);
        string[] lines = File.ReadAllLines(run.LogPath);
        Assert.Equal(best.History.Length + 1, lines.Length);
        Assert.Equal(best.History[^1].ValidationLoss, double.Parse(lines[^1].Split(',')[2], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_learning_rate_rises_and_falls_along_a_cosine()
    {
        double[] rates = [.. Trainer.Train(Data, With("cosine")).History.Select(epoch => epoch.LearningRate)];
        int top = Array.IndexOf(rates, rates.Max());
        Assert.Equal(4, top);
        Assert.Equal(Small.LearningRate, rates[4], 1e-15);
        Assert.Equal(rates[..5].Order(), rates[..5]);
        Assert.Equal(rates[4..].OrderDescending(), rates[4..]);
        Assert.Throws<InputException>(() => Trainer.Train(Data, With("cosine") with { WarmupEpochs = 12 }));
    }

    private static TrainingOptions With(string kind) => kind switch
    {
        "weight decay" => Small with { WeightDecay = 0.5 },
        "clipping" => Small with { GradientNormLimit = 0.05 },
        "average" => Small with { AverageDecay = 0.9 },
        "cosine" => Small with { Schedule = LearningRateSchedule.WarmupCosine, WarmupEpochs = 4 },
        "all" => Small with { WeightDecay = 0.1, GradientNormLimit = 0.1, AverageDecay = 0.8, Schedule = LearningRateSchedule.WarmupCosine, WarmupEpochs = 2 },
        "attention" => Small with { ReadOut = Pooling.Attention },
        "cgcnn" or "schnet" or "painn" => Small with { Model = kind, Epochs = 9 },
        _ => Small,
    };

    internal static void AssertSameBits(TrainedModel first, TrainedModel second)
    {
        Assert.Equal(Weights(first), Weights(second));
        Assert.Equal(first.History, second.History);
        Assert.Equal(first.Description.Training.Fingerprint, second.Description.Training.Fingerprint);
    }

    private static int[] Weights(TrainedModel model) =>
        [.. model.Network.Arrays().SelectMany(array => array.Values.ToArray()).Select(BitConverter.SingleToInt32Bits)];
}
