using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Execution.Slurm;
using Phonograph.Files;
using Phonograph.Learning.Fitting.Arrays;
using Phonograph.Learning.Tuning;
using Phonograph.Learning.Tuning.Arrays;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Tuning.Arrays;

/// <summary>Searches through job arrays with a scheduler that follows a script, beside the search in this process; the real Slurm is in the tests of the command line.</summary>
public sealed class TrialArrayTests : IDisposable
{
    private const int Trials = 9;
    private static readonly ImmutableArray<TuningSet> Sets =
    [
        new("first", SyntheticCells.Data(training: 16, validation: 6)),
        new("second", new(Property.BandGap, SyntheticCells.Many(2000, 16), SyntheticCells.Many(6000, 6), SyntheticCells.Graph, "tight-binding", "model")),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly TuningOptions _halving;

    public TrialArrayTests() => _halving = new TuningOptions(
        SearchSpaceFile.Read(_folder.Write("space.yaml", "model: [m2, m5, cgcnn]\nlayers: 1\nhidden: 4\nlearning-rate: [1e-2, 1e-3, 1e30]\nbatch: 8\n")), TuningStrategy.Asha)
    {
        Epochs = 9,
        FirstRungEpochs = 1,
        Reduction = 3,
        Patience = 4,
        Seeds = 2,
        VirtualWorkers = 4,
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TuningStrategy.Grid)]
    [InlineData(TuningStrategy.Random)]
    [InlineData(TuningStrategy.Asha)]
    public void A_search_through_arrays_is_the_search_here_to_the_last_byte_and_makes_every_pass_once(TuningStrategy strategy)
    {
        TuningOptions options = strategy == TuningStrategy.Asha ? _halving : _halving with { Strategy = strategy, FirstRungEpochs = null, Epochs = 3 };
        var scheduler = new ScriptedTrials(Sets, options);
        WorkProgress? last = null;
        var listener = new ProgressListener(value => last = value);
        TuningResult result = Run(scheduler, options, progress: listener);
        Assert.Equal((result.Sets.Sum(set => set.GraphSteps), 0), (last!.Done, last.DoneBefore));
        Assert.Equal(Text(Tuner.Run(Sets, options, _folder.File("here"), 2, cancellation: TestContext.Current.CancellationToken)), Text(result));
        Assert.Equal(Journals("here"), Journals("work"));
        Assert.Equal(result.Sets.Sum(set => set.GraphSteps), scheduler.GraphSteps);

        // All that is certain goes at once, more tasks than there are workers in virtual time; what goes on follows.
        Assert.Equal($"1-{2 * Trials} 00:10:00 100M", Needs(scheduler.Scripts[0]));
        Assert.Equal(strategy == TuningStrategy.Asha, scheduler.Scripts.Count > 1);
        Assert.Equal(scheduler.Begun.Distinct(), scheduler.Begun);
        NothingIsLeft("work");
        var again = new ScriptedTrials(Sets, options);
        Assert.Equal(Text(result), Text(Run(again, options, progress: listener)));
        Assert.Equal(0, again.Calls);
        Assert.Equal(last.Done, last.DoneBefore);
    }

    [Fact]
    public void Ends_without_a_result_are_submitted_again_by_rule_and_continue_from_their_checkpoints()
    {
        var scheduler = new ScriptedTrials(Sets, _halving) { Fate = (about, before) => before > 0 ? "COMPLETED" : about[^3] switch { '1' => "TIMEOUT", '2' => "OUT_OF_MEMORY", _ => "NODE_FAIL" } };
        TuningResult result = Run(scheduler, _halving);
        Assert.Equal(Text(Tuner.Run(Sets, _halving, _folder.File("here"), 2, cancellation: TestContext.Current.CancellationToken)), Text(result));
        Assert.Equal(result.Sets.Sum(set => set.GraphSteps), scheduler.GraphSteps);
        Assert.Contains(scheduler.Scripts, script => Needs(script).EndsWith(" 00:20:00 100M", StringComparison.Ordinal));
        Assert.Contains(scheduler.Scripts, script => Needs(script).EndsWith(" 00:10:00 200M", StringComparison.Ordinal));
        NothingIsLeft("work");
    }

    [Fact]
    public void A_coordinator_that_dies_at_any_call_leaves_everything_to_the_next_one_and_no_pass_is_made_twice()
    {
        TuningOptions small = _halving with { Seeds = 1, Trials = 6, Epochs = 3 };
        TuningResult here = Tuner.Run(Sets, small, _folder.File("here"), 2, cancellation: TestContext.Current.CancellationToken);
        for (int death = 1; ; death++)
        {
            var scheduler = new ScriptedTrials(Sets, small) { Fate = (about, before) => before == 0 && about == "first 2 1" ? "NODE_FAIL" : "COMPLETED", LosesAnswer = number => number == 1 };
            bool hasDied = false;
            scheduler.BeforeCall = call =>
            {
                if (call == death)
                {
                    hasDied = true;
                    throw new OperationCanceledException();
                }
            };
            string work = $"work-{death}";
            TuningResult result;
            try
            {
                result = Run(scheduler, small, work);
            }
            catch (OperationCanceledException)
            {
                result = Run(scheduler, small, work);
            }

            Assert.Equal(Text(here), Text(result));
            Assert.Equal(here.Sets.Sum(set => set.GraphSteps), scheduler.GraphSteps);
            Assert.Equal(["first 2 1"], Repeated(scheduler));
            NothingIsLeft(work);
            if (!hasDied)
            {
                Assert.True(death > 5);
                return;
            }
        }
    }

    [Fact]
    public void Tasks_that_the_scheduler_has_forgotten_are_submitted_again()
    {
        TuningOptions small = _halving with { Seeds = 1, Trials = 4, Epochs = 3 };
        var scheduler = new ScriptedTrials(Sets, small) { Forgets = true, Fate = (about, before) => before == 0 && about == "second 1 1" ? "NODE_FAIL" : "COMPLETED" };
        TuningResult result = Run(scheduler, small);
        Assert.Equal(result.Sets.Sum(set => set.GraphSteps), scheduler.GraphSteps);
        Assert.Equal(["second 1 1"], Repeated(scheduler));
    }

    [Fact]
    public void A_trial_that_ends_too_often_is_named_and_the_same_call_tries_it_again()
    {
        var scheduler = new ScriptedTrials(Sets, _halving) { Fate = (about, before) => about == "first 3 1" && before < 2 ? "CANCELLED?" : "COMPLETED" };
        FitsMissingException error = Assert.Throws<FitsMissingException>(() => Run(scheduler, _halving, losses: 1));
        Assert.Contains("Trial 3 of 'first' could not be trained for 1 epochs on the cluster: interrupted (CANCELLED as task", error.Message, StringComparison.Ordinal);
        TuningResult result = Run(scheduler, _halving, losses: 1);
        Assert.Equal(Text(Tuner.Run(Sets, _halving, _folder.File("here"), 2, cancellation: TestContext.Current.CancellationToken)), Text(result));
        Assert.Equal(result.Sets.Sum(set => set.GraphSteps), scheduler.GraphSteps);
    }

    [Fact]
    public void Another_program_and_another_command_train_nothing_and_say_so()
    {
        string task = TaskInFlight(_halving);
        InputException other = Assert.Throws<InputException>(() => Work(task, [Sets[1] with { Name = "first" }, Sets[1]], _halving));
        Assert.Contains("this folder holds a tuning with another choice of cells of first", other.Message, StringComparison.Ordinal);
        string file = Path.Combine(task, "task.json");
        JsonNode document = JsonNode.Parse(File.ReadAllText(file))!;
        string text = document.ToJsonString();
        document["trial"] = 2;
        File.WriteAllText(file, document.ToJsonString());
        InputException trial = Assert.Throws<InputException>(() => Work(task, Sets, _halving));
        Assert.Contains($"Trial 2 of 'first' of {task} is not a trial of this command on", trial.Message, StringComparison.Ordinal);
        document = JsonNode.Parse(text)!;
        document["program_version"] = "0.0.1";
        File.WriteAllText(file, document.ToJsonString());
        InputException version = Assert.Throws<InputException>(() => Work(task, Sets, _halving));
        Assert.Contains("the trials were asked for by Phonograph 0.0.1", version.Message, StringComparison.Ordinal);
        Assert.Empty(Journals("work"));
        Assert.False(File.Exists(Path.Combine(task, "started")));

        // The next coordinator withdraws what no node of this build would do, and asks for it anew.
        var scheduler = new ScriptedTrials(Sets, _halving);
        TuningResult result = Run(scheduler, _halving);
        Assert.Equal(result.Sets.Sum(set => set.GraphSteps), scheduler.GraphSteps);
        Assert.False(Work(task, Sets, _halving));
        NothingIsLeft("work");
    }

    [Fact]
    public async Task A_node_that_was_given_up_stops_training()
    {
        TuningOptions longer = _halving with { FirstRungEpochs = 900_000, Epochs = 1_000_000, Patience = 1_000_000, Seeds = 1 };
        string task = TaskInFlight(longer);
        var begun = new TaskCompletionSource();
        var listener = new ProgressListener(_ => begun.TrySetResult());
        CancellationToken stop = TestContext.Current.CancellationToken;
        Task<bool> node = Task.Run(() => TrialWorker.Run(task, () => Sets, longer, "job", listener, stop), stop);
        await begun.Task;
        Directory.Move(task, _folder.File("work/slurm/waiting/elsewhere"));
        Assert.False(await node);
        Assert.Empty(Journals("work"));
    }

    [Fact]
    public void What_is_in_flight_is_not_trained_here_a_second_time()
    {
        TaskInFlight(_halving);
        InputException error = Assert.Throws<InputException>(() => Tuner.Run(Sets, _halving, _folder.File("work"), 1, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains($"{2 * Trials} trials of this search are with Slurm. Go on with --slurm; or, to train them here, cancel the arrays (scancel 1)", error.Message, StringComparison.Ordinal);
        TrialArrayPlan plan = TrialArrays.Plan(Sets, _halving, _folder.File("work"), Execution(new ScriptedTrials(Sets, _halving)));
        Assert.Equal((2 * Trials, 0, 2 * Trials, 0), (plan.Trials, plan.Trained, plan.InFlight, plan.Missing));
        TuningResult result = Run(new ScriptedTrials(Sets, _halving) { Forgets = true }, _halving);
        Assert.Equal(Text(result), Text(Tuner.Run(Sets, _halving, _folder.File("work"), 1, cancellation: TestContext.Current.CancellationToken)));
    }

    [Fact]
    public void The_plan_is_what_is_submitted_first_and_changes_nothing()
    {
        var scheduler = new ScriptedTrials(Sets, _halving);
        TrialArrayPlan plan = TrialArrays.Plan(Sets, _halving, _folder.File("work"), Execution(scheduler));
        Assert.False(Directory.Exists(_folder.File("work")));
        Assert.Equal((1, 2 * Trials, 0, 0, 2 * Trials), (plan.Epochs, plan.Trials, plan.Trained, plan.InFlight, plan.Missing));
        Run(scheduler, _halving);
        string name = scheduler.Scripts[0].Split("--job-name=")[1].Split('\n')[0];
        Assert.Equal(scheduler.Scripts[0], Assert.Single(plan.Arrays).Script.Replace("phonograph-xxxxxxxxxxxx", name, StringComparison.Ordinal));
        TrialArrayPlan after = TrialArrays.Plan(Sets, _halving, _folder.File("work"), Execution(scheduler));
        Assert.Equal((2 * Trials, 0), (after.Trained, after.Arrays.Length));
        InputException other = Assert.Throws<InputException>(() => TrialArrays.Plan(Sets, _halving with { Seed = 2 }, _folder.File("work"), Execution(scheduler)));
        Assert.Contains("--seed: found 1; this command has 2", other.Message, StringComparison.Ordinal);
    }

    private static string Needs(string script)
    {
        string Value(string key) => script.Split($"--{key}=")[1].Split('\n')[0];
        return $"{Value("array")} {Value("time")} {Value("mem")}";
    }

    private static ArrayExecution Execution(IArrayScheduler scheduler, int losses = 5) => new(
        new SlurmCluster { Time = TimeSpan.FromMinutes(10), MemoryMebibytes = 100, Poll = TimeSpan.FromMilliseconds(1), Retries = new SlurmRetries(Losses: losses) }, scheduler, "phonograph tune --trials-of");

    private static bool Work(string task, ImmutableArray<TuningSet> sets, TuningOptions options) => TrialWorker.Run(task, () => sets, options, "job", cancellation: TestContext.Current.CancellationToken);

    private TuningResult Run(ScriptedTrials scheduler, TuningOptions options, string work = "work", int losses = 5, IProgress<WorkProgress>? progress = null) =>
        TrialArrays.Run(Sets, options, _folder.File(work), Execution(scheduler, losses), progress: progress, cancellation: TestContext.Current.CancellationToken);

    /// <summary>Submits what is certain and dies before a task begins.</summary>
    /// <returns>Folder of the first task.</returns>
    private string TaskInFlight(TuningOptions options)
    {
        var scheduler = new ScriptedTrials(Sets, options) { BeforeCall = call => _ = call == 2 ? throw new OperationCanceledException() : 0 };
        Assert.ThrowsAny<OperationCanceledException>(() => Run(scheduler, options));
        return Directory.GetDirectories(_folder.File("work/slurm"), "phonograph-*").Single() + "/1";
    }

    private string Text(TuningResult result) => File.ReadAllText(TuningResultFile.Write(result, _folder.Path));

    private List<(string Name, string Text)> Journals(string work) =>
        [.. Directory.GetFiles(_folder.File($"{work}/trainings"), "*.json").Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file)))];

    private void NothingIsLeft(string work)
    {
        Assert.Empty(Directory.GetFiles(_folder.File($"{work}/trainings"), "*.checkpoint"));
        Assert.Equal(["waiting"], Directory.GetFileSystemEntries(_folder.File($"{work}/slurm")).Select(Path.GetFileName));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File($"{work}/slurm/waiting")));
    }

    private static IEnumerable<string> Repeated(ScriptedTrials scheduler) => scheduler.Begun.GroupBy(about => about, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);
}
