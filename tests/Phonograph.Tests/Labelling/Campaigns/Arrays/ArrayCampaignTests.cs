using Phonograph.Execution.Arrays;
using Phonograph.Execution.Slurm;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Campaigns.Arrays;
using Phonograph.Testing;
using Phonograph.Tests.Execution.Arrays;

namespace Phonograph.Tests.Labelling.Campaigns.Arrays;

/// <summary>Campaigns through job arrays with a scheduler that follows a script; the real Slurm is in the tests of the command line.</summary>
public sealed class ArrayCampaignTests : IDisposable
{
    private const int Cells = 12;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Labels_are_those_of_local_workers_to_the_last_bit()
    {
        var engine = new ScriptedEngine { Script = (mark, rung, _) => mark > 0.05 && rung < 2 ? new LabelFailure("not-converged", "60 steps") : null };
        CampaignStatus status = await Run(engine, new ScriptedLabels(engine), input: Input());
        Assert.Equal((Cells, 0, 0), (status.Jobs.Done, status.Jobs.Failed, status.Jobs.Waiting));
        byte[] through = CampaignFiles.Export(_folder, engine);

        using var other = new TemporaryFolder();
        var local = new ScriptedEngine { Script = engine.Script };
        await CampaignFiles.Run(other, local, inputs: CampaignFiles.Write(other, "cells.xyz", Cells));
        Assert.Equal(CampaignFiles.Export(other, local), through);
        Assert.Equal(local.Calls.Order(), engine.Calls.Order());
    }

    [Fact]
    public async Task Ends_without_a_result_are_submitted_again_by_rule()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine)
        {
            Fate = (frame, before) => before > 0 ? "COMPLETED" : frame switch
            {
                "c1" => "TIMEOUT",
                "c2" => "OUT_OF_MEMORY",
                "c3" => "NODE_FAIL",
                "c4" => "PREEMPTED",
                "c5" => "CANCELLED",
                "c6" => "FAILED",
                _ => "COMPLETED",
            },
        };
        CampaignStatus status = await Run(engine, scheduler, input: Input());
        Assert.Equal(Cells, status.Jobs.Done);
        Assert.Equal(Cells, engine.Calls.Distinct().Count());
        Assert.Equal(Cells, engine.Calls.Count);
        Assert.Equal(
            ["1-12 00:10:00 100M", "1-1 00:10:00 200M", "1-1 00:20:00 100M", "1-4 00:10:00 100M"],
            scheduler.Scripts.Take(1).Select(Needs).Concat(scheduler.Scripts.Skip(1).Select(Needs).Order(StringComparer.Ordinal)));
        Assert.Empty(status.Reasons);
    }

    [Fact]
    public async Task What_ends_too_often_fails_with_its_reason_and_the_next_rung_is_tried()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine)
        {
            Fate = (frame, before) => (frame, before) switch
            {
                ("c1", < 3) => "TIMEOUT",
                ("c2", < 3) => "OUT_OF_MEMORY",
                ("c3", _) => "NODE_FAIL",
                _ => "COMPLETED",
            },
        };
        CampaignStatus status = await Run(engine, scheduler, input: Input());
        Assert.Equal((Cells - 1, 1), (status.Jobs.Done, status.Jobs.Failed));
        Assert.Equal([0.01, 0.02], engine.Calls.Where(call => call.Rung == 1).Select(call => Math.Round(call.Mark, 6)).Order());
        Assert.Equal(("interrupted", 1), (status.Reasons.Single().Reason, status.Reasons.Single().Jobs));
        Assert.Contains("NODE_FAIL", status.Reasons.Single().Example, StringComparison.Ordinal);
        string[] reasons = [.. Attempts().Select(attempt => attempt.Outcome).OfType<LabelFailure>().Select(failure => failure.Reason).Order(StringComparer.Ordinal)];
        Assert.Equal(["interrupted", "interrupted", "interrupted", "out-of-memory", "timeout"], reasons);
        Assert.Contains(scheduler.Scripts, script => Needs(script).Contains("00:40:00 100M", StringComparison.Ordinal));
        Assert.Contains(scheduler.Scripts, script => Needs(script).Contains("00:10:00 400M", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_time_than_the_cluster_gives_ends_the_attempt_and_not_the_campaign()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine)
        {
            Fate = (frame, before) => frame == "c1" && before == 0 ? "TIMEOUT" : "COMPLETED",
            Refuses = script => Needs(script).Contains("00:20:00", StringComparison.Ordinal),
        };
        CampaignStatus status = await Run(engine, scheduler, input: Input());
        Assert.Equal((Cells, 2), (status.Jobs.Done, scheduler.Scripts.Count));
        LabelFailure failure = Assert.Single(Attempts().Select(attempt => attempt.Outcome).OfType<LabelFailure>());
        Assert.Equal(("timeout", "sbatch said: Requested time limit is invalid."), (failure.Reason, failure.Detail));
        Assert.Equal(1, Assert.Single(engine.Calls, call => Math.Round(call.Mark, 6) == 0.01).Rung);

        using var other = new TemporaryFolder();
        string input = CampaignFiles.Write(other, "cells.xyz", 2);
        await Assert.ThrowsAsync<InputException>(() => Run(engine, new ScriptedLabels(engine) { Refuses = _ => true }, other, input: input));
    }

    [Fact]
    public async Task A_coordinator_that_dies_at_any_call_leaves_everything_to_the_next_one()
    {
        for (int death = 1; ; death++)
        {
            using var folder = new TemporaryFolder();
            var engine = new ScriptedEngine { Script = (mark, rung, _) => mark > 0.08 && rung == 0 ? new LabelFailure("not-converged", "60 steps") : null };
            var scheduler = new ScriptedLabels(engine) { Fate = (frame, before) => before == 0 && frame is "c1" or "c11" ? "NODE_FAIL" : "COMPLETED", LosesAnswer = number => number == 1 };
            string input = CampaignFiles.Write(folder, "cells.xyz", Cells);
            bool hasDied = false;
            scheduler.BeforeCall = call =>
            {
                if (call == death)
                {
                    hasDied = true;
                    throw new OperationCanceledException();
                }
            };
            CampaignStatus? status = null;
            try
            {
                status = await Run(engine, scheduler, folder, input: input);
            }
            catch (OperationCanceledException)
            {
                status = await Run(engine, scheduler, folder);
            }

            Assert.Equal((Cells, 0), (status.Jobs.Done, status.Jobs.Waiting));
            Assert.Equal(engine.Calls.Count, engine.Calls.Distinct().Count());
            Assert.True(status.ArrayTasks.IsEmpty);
            Assert.Equal(["waiting"], Directory.GetFileSystemEntries(folder.File("campaign/slurm")).Select(Path.GetFileName));
            if (!hasDied)
            {
                Assert.True(death > 4);
                return;
            }
        }
    }

    [Fact]
    public async Task Labels_that_come_while_a_coordinator_begins_are_not_computed_again()
    {
        var engine = new ScriptedEngine { Script = (mark, rung, _) => mark > 0.08 && rung == 0 ? new LabelFailure("not-converged", "60 steps") : null };
        var scheduler = new ScriptedLabels(engine) { BeforeCall = call => _ = call == 2 ? throw new OperationCanceledException() : 0 };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(engine, scheduler, input: Input()));

        // The first coordinator died before it had written the number down; the second one asks for it, and nodes work meanwhile.
        File.Delete(Directory.GetDirectories(_folder.File("campaign/slurm"), "phonograph-*").Single() + "/job-id");
        scheduler.LosesLook = call => call == 3;
        CampaignStatus status = await Run(engine, scheduler);
        Assert.Equal((Cells, 0), (status.Jobs.Done, status.Jobs.Waiting));
        Assert.Equal(engine.Calls.Distinct().Order(), engine.Calls.Order());
        Assert.Equal(["waiting"], Directory.GetFileSystemEntries(_folder.File("campaign/slurm")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task An_array_whose_number_was_lost_is_found_by_its_name()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine) { LosesAnswer = _ => true };
        CampaignStatus status = await Run(engine, scheduler, input: Input());
        Assert.Equal(Cells, status.Jobs.Done);
        Assert.Single(scheduler.Scripts);
    }

    [Fact]
    public async Task A_silent_scheduler_is_asked_again_and_nothing_is_concluded()
    {
        var engine = new ScriptedEngine();
        var said = new List<string>();
        var scheduler = new ScriptedLabels(engine) { BeforeCall = call => _ = call is >= 2 and <= 5 ? throw new ArraySchedulerException("squeue said: Unable to contact slurm controller.") : 0 };
        CampaignStatus status = await Run(engine, scheduler, notice: said.Add, input: Input());
        Assert.Equal(Cells, status.Jobs.Done);
        Assert.Single(scheduler.Scripts);
        Assert.Contains("Asking again", Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_counts_whatever_the_scheduler_says_of_its_task()
    {
        var engine = new ScriptedEngine();
        CampaignStatus status = await Run(engine, new ScriptedLabels(engine) { Fate = (_, _) => "NODE_FAIL!" }, input: Input());
        Assert.Equal((Cells, Cells), (status.Jobs.Done, engine.Calls.Count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("TIMEOUT")]
    public async Task Tasks_that_the_scheduler_has_forgotten_are_lost_unless_the_accounting_knows_more(string? accounting)
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine) { Forgets = true, Accounting = accounting, Fate = (frame, before) => frame == "c3" && before == 0 ? "TIMEOUT" : "COMPLETED" };
        CampaignStatus status = await Run(engine, scheduler, input: Input());
        Assert.Equal((Cells, Cells), (status.Jobs.Done, engine.Calls.Count));
        Assert.Equal(accounting is null ? "1-1 00:10:00 100M" : "1-1 00:20:00 100M", Needs(scheduler.Scripts[1]));
    }

    [Fact]
    public async Task A_cluster_on_which_nothing_begins_stops_the_campaign_with_what_it_printed()
    {
        var engine = new ScriptedEngine();
        InputException error = await Assert.ThrowsAsync<InputException>(() => Run(engine, new ScriptedLabels(engine) { Fate = (_, _) => "FAILED?" }, input: Input()));
        Assert.Contains("ended before it began to compute (ExitCode=127:0). It printed: module: no such module.", error.Message, StringComparison.Ordinal);
        Assert.Equal(Cells, (await Run(engine, new ScriptedLabels(engine))).Jobs.Done);
        Assert.Equal(Cells, engine.Calls.Count);
    }

    [Fact]
    public async Task A_node_that_fails_to_begin_is_a_loss_when_others_do_begin()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine) { Fate = (frame, before) => frame == "c9" && before < 2 ? "FAILED?" : "COMPLETED" };
        Assert.Equal(Cells, (await Run(engine, scheduler, input: Input())).Jobs.Done);
    }

    [Fact]
    public async Task What_is_in_flight_is_not_computed_here_a_second_time()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine) { BeforeCall = call => _ = call == 2 ? throw new OperationCanceledException() : 0 };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(engine, scheduler, input: Input()));
        var tasks = CampaignStatus.Of(CampaignFiles.Open(_folder), engine).ArrayTasks;
        Assert.Equal((0, Cells, 0), (tasks.Waiting, tasks.Queued, tasks.Running));
        InputException error = await Assert.ThrowsAsync<InputException>(() => CampaignFiles.Run(_folder, engine));
        Assert.Contains("12 attempts of this campaign are with Slurm. Go on with --slurm; or, to compute them here, cancel the arrays (scancel 1)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_outlives_its_task_cannot_bring_a_second_label()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine) { BeforeCall = call => _ = call == 2 ? throw new OperationCanceledException() : 0 };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(engine, scheduler, input: Input()));
        string task = Directory.GetDirectories(_folder.File("campaign/slurm"), "phonograph-*").Single() + "/1";
        var release = new TaskCompletionSource();
        var slow = new ScriptedEngine { Before = (_, _) => release.Task };
        Task<ArrayWorkerEnd> zombie = ArrayWorker.RunAsync(task, _ => slow, "job", TestContext.Current.CancellationToken);
        scheduler.Fate = (frame, before) => frame == "c0" && before == 0 ? "NODE_FAIL" : "COMPLETED";
        await Run(engine, scheduler);
        release.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(() => zombie);
        Assert.Equal(Cells, Directory.GetDirectories(_folder.File("campaign/attempts")).Length);
    }

    [Fact]
    public async Task A_node_with_another_version_of_the_engine_computes_nothing()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine) { BeforeCall = call => _ = call == 2 ? throw new OperationCanceledException() : 0 };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(engine, scheduler, input: Input()));
        string task = Directory.GetDirectories(_folder.File("campaign/slurm"), "phonograph-*").Single() + "/1";
        var other = new ScriptedEngine { Version = "2.0" };
        InputException error = await Assert.ThrowsAsync<InputException>(() => ArrayWorker.RunAsync(task, _ => other, "job", TestContext.Current.CancellationToken));
        Assert.Contains("has scripted 2.0; the campaign's labels are scripted 1.0", error.Message, StringComparison.Ordinal);
        Assert.Empty(other.Calls);
    }

    [Fact]
    public async Task Arrays_are_no_larger_than_the_scheduler_takes_and_refused_crystals_are_not_submitted()
    {
        var engine = new ScriptedEngine { Refuses = mark => mark < 0.015 };
        var scheduler = new ScriptedLabels(engine) { Largest = 4 };
        CampaignStatus status = await Run(engine, scheduler, input: Input());
        Assert.Equal((Cells - 2, 2), (status.Jobs.Done, status.Jobs.Refused));
        Assert.Equal(["1-4", "1-4", "1-2"], scheduler.Scripts.Select(script => Needs(script).Split(' ')[0]));
    }

    [Fact]
    public async Task A_limit_holds_for_jobs_that_were_taken_over_too()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine) { BeforeCall = call => _ = call == 2 ? throw new OperationCanceledException() : 0 };
        await Assert.ThrowsAsync<OperationCanceledException>(() => Run(engine, scheduler, limit: 3, input: Input()));
        Assert.Equal(5, (await Run(engine, scheduler, limit: 5)).Jobs.Done);
    }

    [Fact]
    public async Task The_plan_is_what_is_submitted_then_and_changes_nothing()
    {
        var engine = new ScriptedEngine();
        var scheduler = new ScriptedLabels(engine);
        string input = Input();
        ArrayPlan plan = ArrayPlan.Of(_folder.File("campaign"), [input], Options(engine, scheduler, null, null));
        Assert.False(Directory.Exists(_folder.File("campaign")));
        Assert.Equal((Cells, 0, 1), (plan.Jobs, plan.InFlight, plan.Arrays.Length));
        await Run(engine, scheduler, input: input);
        string name = scheduler.Scripts[0].Split("--job-name=")[1].Split('\n')[0];
        Assert.Equal(scheduler.Scripts[0], plan.Arrays[0].Script.Replace("phonograph-xxxxxxxxxxxx", name, StringComparison.Ordinal));
        Assert.Equal(0, ArrayPlan.Of(_folder.File("campaign"), [], Options(engine, scheduler, null, null)).Jobs);

        // Labels that an export knows are in no plan of a new campaign.
        CampaignExport.Write(CampaignFolder.Open(_folder.File("campaign")), engine, _folder.File("labelled.xyz"));
        Assert.Equal(0, ArrayPlan.Of(_folder.File("other"), [input], Options(engine, scheduler, null, null) with { KnownFiles = [_folder.File("labelled.xyz")] }).Jobs);
    }

    private static string Needs(string script)
    {
        string Value(string key) => script.Split($"--{key}=")[1].Split('\n')[0];
        return $"{Value("array")} {Value("time")} {Value("mem")}";
    }

    private static CampaignOptions Options(ScriptedEngine engine, IArrayScheduler scheduler, int? limit, Action<string>? notice) => new(engine, "one")
    {
        Limit = limit,
        Notice = notice,
        Arrays = new ArrayExecution(
            new SlurmCluster { Time = TimeSpan.FromMinutes(10), MemoryMebibytes = 100, Poll = TimeSpan.FromMilliseconds(1) }, scheduler, "phonograph label --attempt"),
    };

    private string Input() => CampaignFiles.Write(_folder, "cells.xyz", Cells);

    private IEnumerable<AttemptRecord> Attempts() => Directory.GetDirectories(_folder.File("campaign/attempts")).Select(AttemptRecord.Read);

    private Task<CampaignStatus> Run(
        ScriptedEngine engine, ScriptedScheduler scheduler, TemporaryFolder? folder = null, int? limit = null, Action<string>? notice = null, string? input = null) =>
        LabelCampaign.RunAsync((folder ?? _folder).File("campaign"), input is null ? [] : [input], Options(engine, scheduler, limit, notice), null, TestContext.Current.CancellationToken);
}
