using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Execution.Slurm;
using Phonograph.Files;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Fitting.Arrays;
using Phonograph.Learning.Training;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Fitting.Arrays;

/// <summary>Fits through job arrays with a scheduler that follows a script; the real Slurm is in the tests of the command line.</summary>
public sealed class FitArrayTests : IDisposable
{
    private const int Fits = 5, Epochs = 6;
    private readonly TemporaryFolder _folder = new();
    private readonly ImmutableArray<FitRequest> _requests = Requests(Fits);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Models_are_those_trained_here_to_the_last_bit()
    {
        var scheduler = new ScriptedFits(_requests);
        await Run(scheduler);
        Assert.Equal(["1-3 00:10:00 100M"], scheduler.Scripts.Select(Needs));
        FitSchedule.Run(_requests, new FitCache(_folder.File("here")), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Models("here"), Models("models"));
        Assert.All(FitSchedule.Run(_requests, new FitCache(_folder.File("models")), cancellation: TestContext.Current.CancellationToken), result => Assert.True(result.WasCached));
        Assert.Equal(Fits * Epochs, scheduler.Passes);
        NothingIsLeft();
    }

    [Fact]
    public async Task Ends_without_a_result_are_submitted_again_by_rule_and_continue_from_their_checkpoints()
    {
        string[] first = [.. _requests.Select(Fingerprint)];
        var scheduler = new ScriptedFits(_requests);
        scheduler.Fate = (fit, before) => before > 0 ? "COMPLETED" : fit == first[0] ? "TIMEOUT" : fit == first[2] ? "OUT_OF_MEMORY" : "NODE_FAIL";
        await Run(scheduler);
        Assert.Equal(
            ["1-3 00:10:00 100M", "1-1 00:10:00 100M", "1-1 00:10:00 200M", "1-1 00:20:00 100M"],
            scheduler.Scripts.Take(1).Select(Needs).Concat(scheduler.Scripts.Skip(1).Select(Needs).Order(StringComparer.Ordinal)));
        FitSchedule.Run(_requests, new FitCache(_folder.File("here")), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Models("here"), Models("models"));
        Assert.Equal(Fits * Epochs, scheduler.Passes);
        NothingIsLeft();
    }

    [Fact]
    public async Task A_coordinator_that_dies_at_any_call_leaves_everything_to_the_next_one_and_no_pass_is_trained_twice()
    {
        string lost = Fingerprint(_requests[2]);
        for (int death = 1; ; death++)
        {
            using var folder = new TemporaryFolder();
            var scheduler = new ScriptedFits(_requests) { Fate = (fit, before) => before == 0 && fit == lost ? "NODE_FAIL" : "COMPLETED", LosesAnswer = number => number == 1 };
            bool hasDied = false;
            scheduler.BeforeCall = call =>
            {
                if (call == death)
                {
                    hasDied = true;
                    throw new OperationCanceledException();
                }
            };
            try
            {
                await Run(scheduler, folder: folder);
            }
            catch (OperationCanceledException)
            {
                await Run(scheduler, folder: folder);
            }

            Assert.Equal(Fits, Directory.GetFiles(folder.File("models"), "*.safetensors").Length);
            Assert.Equal(Fits * Epochs, scheduler.Passes);
            Assert.Equal(["lock", "waiting"], Directory.GetFileSystemEntries(folder.File("models/slurm")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
            if (!hasDied)
            {
                Assert.True(death > 3);
                return;
            }
        }
    }

    [Fact]
    public async Task Tasks_that_the_scheduler_has_forgotten_are_submitted_again()
    {
        string lost = Fingerprint(_requests[0]);
        var scheduler = new ScriptedFits(_requests) { Forgets = true, Fate = (fit, before) => before == 0 && fit == lost ? "NODE_FAIL" : "COMPLETED" };
        await Run(scheduler);
        Assert.Equal(["1-3 00:10:00 100M", "1-1 00:10:00 100M"], scheduler.Scripts.Select(Needs));
        Assert.Equal(Fits * Epochs, scheduler.Passes);
    }

    [Fact]
    public async Task Fits_that_end_too_often_are_named_and_all_others_are_kept()
    {
        string slow = Fingerprint(_requests[2]);
        var scheduler = new ScriptedFits(_requests) { Fate = (fit, before) => fit == slow && before < 2 ? "TIMEOUT" : "COMPLETED" };
        FitsMissingException error = await Assert.ThrowsAsync<FitsMissingException>(() => Run(scheduler, timeOuts: 1));
        Assert.Contains("2 fits could not be trained on the cluster, 'fit 2' among them: timeout (TIMEOUT as task", error.Message, StringComparison.Ordinal);
        Assert.Equal(Fits - 2, Models("models").Count);
        await Run(scheduler, timeOuts: 1);
        Assert.Equal(Fits, Models("models").Count);
        Assert.Equal(Fits * Epochs, scheduler.Passes);
    }

    [Fact]
    public async Task Another_program_and_another_command_train_nothing_and_say_so()
    {
        string task = await TaskInFlight(new ScriptedFits(_requests));
        InputException other = Assert.Throws<InputException>(() => Work(task, Requests(Fits, seed: 100)));
        Assert.Contains("2 of the 2 fits of", other.Message, StringComparison.Ordinal);
        Assert.Contains("are not asked for by this command", other.Message, StringComparison.Ordinal);
        string file = Path.Combine(task, "task.json");
        JsonNode document = JsonNode.Parse(File.ReadAllText(file))!;
        document["program_version"] = "0.0.1";
        File.WriteAllText(file, document.ToJsonString());
        InputException version = Assert.Throws<InputException>(() => Work(task, _requests));
        Assert.Contains("the fits were asked for by Phonograph 0.0.1", version.Message, StringComparison.Ordinal);
        Assert.Empty(Models("models"));
        Assert.False(File.Exists(Path.Combine(task, "started")));
    }

    [Fact]
    public async Task Tasks_whose_fits_nobody_asks_for_any_more_are_withdrawn()
    {
        string task = await TaskInFlight(new ScriptedFits(_requests));
        ImmutableArray<FitRequest> changed = [.. _requests.Take(1), .. Requests(2, seed: 100)];
        var scheduler = new ScriptedFits(changed);
        await Run(scheduler, changed);
        Assert.Equal(FitWorkerEnd.Withdrawn, Work(task, _requests));
        Assert.Equal(changed.Select(Fingerprint).Order(StringComparer.Ordinal), Models("models").Select(model => model.Name));
        NothingIsLeft();
    }

    [Fact]
    public async Task A_node_that_was_given_up_stops_training()
    {
        ImmutableArray<FitRequest> longer = [.. _requests.Select(request => request with { Options = request.Options with { Epochs = 1_000_000, Patience = 1_000_000 } })];
        string task = await TaskInFlight(new ScriptedFits(longer), longer);
        var begun = new TaskCompletionSource();
        var listener = new ProgressListener(_ => begun.TrySetResult());
        Task<FitWorkerEnd> node = Task.Run(() => FitWorker.Run(task, () => longer, "job", listener, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await begun.Task;
        Directory.Move(task, _folder.File("models/slurm/waiting/elsewhere"));
        Assert.Equal(FitWorkerEnd.Withdrawn, await node);
        Assert.Empty(Models("models"));
    }

    [Fact]
    public async Task What_is_in_flight_is_not_trained_here_a_second_time()
    {
        FitArrays.RefuseTwoPlaces(_folder.File("models"));
        await TaskInFlight(new ScriptedFits(_requests));
        InputException error = Assert.Throws<InputException>(() => FitArrays.RefuseTwoPlaces(_folder.File("models")));
        Assert.Contains("5 fits of this folder are with Slurm. Go on with --slurm; or, to train them here, cancel the arrays (scancel 1)", error.Message, StringComparison.Ordinal);
        FitArrayPlan plan = FitArrays.Plan(_requests, _folder.File("models"), Execution(new ScriptedFits(_requests)));
        Assert.Equal((Fits, 0, Fits, 0), (plan.Fits, plan.Trained, plan.InFlight, plan.Missing));
        await Run(new ScriptedFits(_requests) { Forgets = true });
        FitArrays.RefuseTwoPlaces(_folder.File("models"));
    }

    [Fact]
    public async Task The_plan_is_what_is_submitted_then_and_changes_nothing()
    {
        var scheduler = new ScriptedFits(_requests);
        FitArrayPlan plan = FitArrays.Plan([.. _requests, _requests[0]], _folder.File("models"), Execution(scheduler));
        Assert.False(Directory.Exists(_folder.File("models")));
        Assert.Equal((Fits, 0, 0, Fits), (plan.Fits, plan.Trained, plan.InFlight, plan.Missing));
        await Run(scheduler);
        string name = scheduler.Scripts[0].Split("--job-name=")[1].Split('\n')[0];
        Assert.Equal(scheduler.Scripts[0], Assert.Single(plan.Arrays).Script.Replace("phonograph-xxxxxxxxxxxx", name, StringComparison.Ordinal));
        FitArrayPlan after = FitArrays.Plan(_requests, _folder.File("models"), Execution(scheduler));
        Assert.Equal((Fits, 0), (after.Trained, after.Arrays.Length));
    }

    [Fact]
    public async Task A_cluster_on_which_nothing_begins_stops_with_what_it_printed_and_a_second_coordinator_is_refused()
    {
        var scheduler = new ScriptedFits(_requests) { Fate = (_, _) => "FAILED?" };
        InputException error = await Assert.ThrowsAsync<InputException>(() => Run(scheduler));
        Assert.Contains("ended before it began to compute (ExitCode=127:0). It printed: module: no such module.", error.Message, StringComparison.Ordinal);
        Task? second = null;
        var other = new ScriptedFits(_requests);
        other.BeforeCall = _ => second ??= Run(new ScriptedFits(_requests));
        await Run(other);
        InputException refusal = await Assert.ThrowsAsync<InputException>(() => second!);
        Assert.Contains("another process sends fits from here to Slurm", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(Fits, Models("models").Count);
    }

    private static ImmutableArray<FitRequest> Requests(int count, ulong seed = 0) =>
    [
        .. Enumerable.Range(0, count).Select(index => new FitRequest(
            $"fit {index}", SyntheticCells.Data(training: 14 + index, validation: 4), new TrainingOptions { Hidden = 8, Epochs = Epochs, BatchSize = 8, Seed = seed + (ulong)index }, [.. SyntheticCells.Many(8000, 2)])),
    ];

    private static string Fingerprint(FitRequest request) => request.Fingerprint();

    private static string Needs(string script)
    {
        string Value(string key) => script.Split($"--{key}=")[1].Split('\n')[0];
        return $"{Value("array")} {Value("time")} {Value("mem")}";
    }

    private static ArrayExecution Execution(IArrayScheduler scheduler, int timeOuts = 2) => new(
        new SlurmCluster { Time = TimeSpan.FromMinutes(10), MemoryMebibytes = 100, FitsPerTask = 2, Poll = TimeSpan.FromMilliseconds(1), Retries = new SlurmRetries(TimeOuts: timeOuts) },
        scheduler, "phonograph study --fits");

    private static FitWorkerEnd Work(string task, ImmutableArray<FitRequest> requests) => FitWorker.Run(task, () => requests, "job", cancellation: TestContext.Current.CancellationToken);

    private Task Run(ScriptedFits scheduler, ImmutableArray<FitRequest>? requests = null, TemporaryFolder? folder = null, int timeOuts = 2) => FitArrays.RunAsync(
        requests ?? _requests, (folder ?? _folder).File("models"), Execution(scheduler, timeOuts), cancellation: TestContext.Current.CancellationToken);

    /// <summary>Submits everything and dies before a task begins.</summary>
    /// <returns>Folder of the first task.</returns>
    private async Task<string> TaskInFlight(ScriptedFits scheduler, ImmutableArray<FitRequest>? requests = null)
    {
        scheduler.BeforeCall = call => _ = call == 2 ? throw new OperationCanceledException() : 0;
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(scheduler, requests));
        return Directory.GetDirectories(_folder.File("models/slurm"), "phonograph-*").Single() + "/1";
    }

    private List<(string Name, string Bytes)> Models(string cache) => Directory.Exists(_folder.File(cache))
        ? [.. Directory.GetFiles(_folder.File(cache), "*.safetensors").Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), Convert.ToHexString(File.ReadAllBytes(file))))]
        : [];

    private void NothingIsLeft()
    {
        Assert.Empty(Directory.GetFiles(_folder.File("models"), "*.checkpoint"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("models/slurm/waiting")));
        Assert.Equal(["lock", "waiting"], Directory.GetFileSystemEntries(_folder.File("models/slurm")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
