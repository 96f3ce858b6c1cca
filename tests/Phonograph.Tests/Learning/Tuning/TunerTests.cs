using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Tuning;

public sealed class TunerTests : IDisposable
{
    private static readonly TuningSet[] Sets =
    [
        new("first", SyntheticCells.Data(training: 24, validation: 8)),
        new("second", new(Property.BandGap, SyntheticCells.Many(2000, 24), SyntheticCells.Many(6000, 8), SyntheticCells.Graph, "tight-binding", "model")),
    ];
    private readonly TemporaryFolder _folder = new();
    private readonly TuningOptions _options;

    public TunerTests() => _options = new TuningOptions(
        SearchSpaceFile.Read(_folder.Write("space.yaml", "model: [m2, m5, schnet]\nlayers: 1\nhidden: [4, 8]\nlearning-rate: [1e-2, 1e-3, 1e30]\nbatch: 8\n")), TuningStrategy.Asha)
    {
        Epochs = 9,
        FirstRungEpochs = 1,
        Reduction = 3,
        Patience = 4,
        Seeds = 2,
        VirtualWorkers = 4,
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Threads_and_stops_change_no_number_and_a_finished_search_is_read()
    {
        string undisturbed = Text(Run(Sets, _options, "one", 1)), two = Text(Run(Sets, _options, "two", 2));
        Assert.Equal(undisturbed, two);
        int stops = 0;
        while (true)
        {
            using var stop = new CancellationTokenSource();
            long limit = 24 * (30 + (10L * stops));
            var listener = new ProgressListener(value =>
            {
                if (value.Done - value.DoneBefore >= limit)
                {
                    stop.Cancel();
                }
            });
            try
            {
                Assert.Equal(undisturbed, Text(Run(Sets, _options, "stopped", 2, listener, stop.Token)));
                break;
            }
            catch (OperationCanceledException)
            {
                stops++;
            }
        }

        Assert.True(stops >= 3, $"{stops} stops");
        long made = 0;
        Assert.Equal(undisturbed, Text(Run(Sets, _options, "stopped", 2, new ProgressListener(value => made = value.Done - value.DoneBefore))));
        Assert.Equal(0, made);
        Assert.Empty(Directory.GetFiles(_folder.File("stopped"), "*.checkpoint", SearchOption.AllDirectories));
    }

    [Fact]
    public void Every_error_and_every_graph_step_is_that_of_a_training_by_itself()
    {
        TuningResult result = Run(Sets, _options, "work", 2);
        Assert.Equal([1, 3, 9], result.RungEpochs);
        foreach ((SetTuning tuned, TuningSet set) in result.Sets.Zip(Sets))
        {
            Assert.Equal(Enumerable.Range(1, 18), tuned.Trials.Select(trial => trial.Number).Order());
            Assert.Equal(tuned.GraphSteps, tuned.Trials.Sum(trial => trial.GraphSteps));
            Assert.Contains(tuned.Trials, trial => trial.Rungs.Length == 3);
            foreach (TrialRecord trial in tuned.Trials.Where(trial => trial.Outcome != TrialOutcome.Diverged))
            {
                TrainedModel[] models = [.. trial.Trainings.Select(training => Trainer.Train(set.Data, trial.Settings with { Seed = training.Seed }, new TrainingRun { StopAfterEpoch = trial.Rungs[^1].Epochs }))];
                Assert.Equal(models.Select(model => (ulong)model.Description.Training.Options.Seed), [1UL, 2UL]);
                Assert.Equal(models.Select(model => model.Description.Training.ValidationMeanAbsoluteError), trial.Trainings.Select(training => training.ValidationMeanAbsoluteError));
                Assert.Equal(models.Select(model => model.Description.Training.BestEpoch), trial.Trainings.Select(training => training.BestEpoch));
                Assert.Equal(models.Average(model => model.Description.Training.ValidationMeanAbsoluteError), trial.ValidationMeanAbsoluteError);
                Assert.Equal(models.Sum(model => 24L * model.History.Length), trial.GraphSteps);
            }
        }
    }

    [Fact]
    public void A_training_that_diverges_is_a_failed_trial_and_the_search_goes_on()
    {
        TuningResult result = Run(Sets[..1], _options, "work", 2);
        TrialRecord[] wild = [.. result.Sets[0].Trials.Where(trial => trial.Settings.LearningRate == 1e30)];
        Assert.Equal(6, wild.Length);
        Assert.All(wild, trial => Assert.Equal((TrialOutcome.Diverged, null, 24L), (trial.Outcome, trial.ValidationMeanAbsoluteError, trial.GraphSteps)));
        Assert.Equal(wild, result.Sets[0].Trials[^6..]);
        Assert.True(result.Sets[0].Best!.ValidationMeanAbsoluteError > 0);
    }

    [Fact]
    public void All_sets_get_the_same_settings_and_budget_and_what_the_budget_leaves_out_is_listed()
    {
        const long Budget = 500;
        TuningResult result = Run(Sets, _options with { BudgetGraphSteps = Budget, Seeds = 1 }, "work", 2);
        string[] lists = [.. result.Sets.Select(set => string.Join('\n', set.Trials.OrderBy(trial => trial.Number).Select(trial => HyperParameter.CommandLine(trial.Settings))))];
        Assert.Equal(lists[0], lists[1]);
        Assert.All(result.Sets, set => Assert.InRange(set.GraphSteps, Budget - (24 * 6), Budget));
        TuningResult small = Run(Sets[..1], _options with { BudgetGraphSteps = 24 * 5, Seeds = 1 }, "small", 2);
        Assert.Contains(small.Sets[0].Trials, trial => trial.Outcome == TrialOutcome.NotBegun);
        Assert.Equal(18, small.Sets[0].Trials.Length);
    }

    [Fact]
    public void A_grid_and_a_random_search_train_everything_to_the_end_and_find_the_same_best()
    {
        TuningOptions plain = _options with { FirstRungEpochs = null, Seeds = 1, Patience = 9, Epochs = 4 };
        TuningResult grid = Run(Sets[..1], plain with { Strategy = TuningStrategy.Grid }, "grid"), random = Run(Sets[..1], plain with { Strategy = TuningStrategy.Random }, "random");
        Assert.All(grid.Sets[0].Trials, trial => Assert.True(trial.Outcome == TrialOutcome.Diverged || (trial.Outcome == TrialOutcome.Finished && trial.Epochs == 4)));
        Assert.Equal(grid.Sets[0].Best!.Settings, random.Sets[0].Best!.Settings);
        Assert.Equal(grid.Sets[0].Best!.ValidationMeanAbsoluteError, grid.Sets[0].Trials.Min(trial => trial.ValidationMeanAbsoluteError));
        Assert.Equal(grid.Sets[0].Best!.ValidationMeanAbsoluteError, grid.Sets[0].Course[^1].ValidationMeanAbsoluteError);
    }

    [Fact]
    public void A_work_folder_of_another_search_is_refused_and_the_difference_named()
    {
        TuningOptions small = _options with { Trials = 1, Epochs = 1, Seeds = 1 };
        Run(Sets[..1], small, "work");
        (TuningOptions Options, TuningSet[] Sets, string Part)[] others =
        [
            (small with { Trials = 2 }, Sets[..1], "--trials: found 1; this command has 2"),
            (small with { Seed = 2 }, Sets[..1], "--seed: found 1; this command has 2"),
            (small with { Space = SearchSpace.Published }, Sets[..1], "--space"),
            (small, [Sets[1] with { Name = "first" }], "cells of first"),
            (small, Sets, "cells of second: found none"),
        ];
        foreach ((TuningOptions options, TuningSet[] sets, string part) in others)
        {
            Assert.Contains(part, Assert.Throws<InputException>(() => Run(sets, options, "work")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_result_is_read_as_it_was_written()
    {
        TuningResult result = Run(Sets[..1], _options with { Trials = 6, Epochs = 3 }, "work");
        TuningResultFile.Write(result, _folder.Path);
        string text = File.ReadAllText(_folder.File(TuningResultFile.Name));
        TuningResultFile.Write(TuningResultFile.Read(_folder.Path), _folder.Path);
        Assert.Equal(text, File.ReadAllText(_folder.File(TuningResultFile.Name)));
        Assert.Contains("line 1", Assert.Throws<InputException>(() => TuningResultFile.Read(_folder.Write("other.json", "[]"))).Message, StringComparison.Ordinal);
    }

    private TuningResult Run(TuningSet[] sets, TuningOptions options, string work, int threads = 2, IProgress<WorkProgress>? progress = null, CancellationToken? cancellation = null) =>
        Tuner.Run(sets, options, _folder.File(work), threads, progress, cancellation: cancellation ?? TestContext.Current.CancellationToken);

    private string Text(TuningResult result)
    {
        string path = TuningResultFile.Write(result, _folder.Path);
        return File.ReadAllText(path);
    }
}
