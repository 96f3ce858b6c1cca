using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Tests.Labelling;
using Phonograph.Crystals.Formats;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Slurm;

/// <summary>Campaigns on a real Slurm, with everything done to them that happens on clusters.</summary>
public sealed class SlurmCampaignTests(RealSlurm slurm) : IClassFixture<RealSlurm>, IDisposable
{
    private const string Command = "label cells.xyz --campaign c --slurm cluster.yaml --quiet";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Labels_through_arrays_are_those_computed_here()
    {
        slurm.MustBeThere();
        WriteCells(8);
        Cluster("throttle: 3\nsetup: [export PHONOGRAPH_OF_THE_SETUP=1]");
        PhonographProgram.Answer through = Run($"{Command} --engine tight-binding --export through.xyz");
        Assert.True(through.ExitCode == 0, through.Errors);
        Assert.Equal(0, Run("label cells.xyz --campaign here --engine tight-binding --export here.xyz").ExitCode);
        Assert.Equal(File.ReadAllText(_folder.File("here.xyz")), File.ReadAllText(_folder.File("through.xyz")));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.File("c/slurm/waiting")));
        Assert.Equal(["waiting"], Directory.GetFileSystemEntries(_folder.File("c/slurm")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_killed_coordinator_leaves_its_arrays_at_work_and_the_next_one_repeats_nothing()
    {
        slurm.MustBeThere();
        using FakeCp2k program = RecordedEngine.Create(before: "sleep 1");
        WriteCells(12);
        Cluster("throttle: 3");
        using (Process first = Start($"{Command} --engine cp2k", RecordedEngine.Use(program)))
        {
            Eventually(() => Attempts.Length >= 2, first);
            first.Kill(entireProcessTree: false);
            first.WaitForExit();
        }

        int atDeath = Attempts.Length;
        PhonographProgram.Answer refused = Run("label --campaign c --quiet", RecordedEngine.Use(program));
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("are with Slurm. Go on with --slurm", refused.Errors, StringComparison.Ordinal);
        KilledCampaign.Eventually(() => Attempts.Length > atDeath);
        using var status = JsonDocument.Parse(Run("label --status c --json", RecordedEngine.Use(program)).Output);
        JsonElement arrays = status.RootElement.GetProperty("slurm");
        Assert.False(status.RootElement.GetProperty("is_running").GetBoolean());
        Assert.True(arrays.GetProperty("queued").GetInt32() + arrays.GetProperty("begun").GetInt32() > 0);
        Assert.Equal(1, arrays.GetProperty("job_ids").GetArrayLength());

        PhonographProgram.Answer second = Run("label --campaign c --slurm cluster.yaml --quiet", RecordedEngine.Use(program));
        Assert.True(second.ExitCode == 0, second.Errors);
        Assert.Equal(12, program.CallCount);
        AllLabelledOnce(12);
    }

    [Fact]
    public void Tasks_that_make_room_for_urgent_work_are_submitted_again()
    {
        slurm.MustBeThere();
        using FakeCp2k program = RecordedEngine.Create(before: "sleep 2");
        WriteCells(6);
        Cluster("");
        using Process run = Start($"{Command} --engine cp2k", RecordedEngine.Use(program));
        Eventually(() => slurm.Tasks("RUNNING").Length == 4, run);
        slurm.Ask("sbatch", "--partition=urgent", "--cpus-per-task=2", "--mem=100M", "--output=/dev/null", "--wrap=sleep 2");
        Eventually(() => slurm.Tasks("PREEMPTED").Length > 0, run);
        PhonographProgram.Answer answer = PhonographProgram.Finish(run);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        AllLabelledOnce(6);
    }

    [Fact]
    public void An_account_or_partition_that_is_not_there_stops_the_campaign_with_the_words_of_Slurm()
    {
        slurm.MustBeThere();
        WriteCells(2);
        Cluster("partition: nowhere");
        PhonographProgram.Answer answer = Run($"{Command} --engine tight-binding");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("sbatch said: sbatch: error: invalid partition specified: nowhere", answer.Errors, StringComparison.Ordinal);
        Cluster("");
        Assert.Equal(0, Run("label --campaign c --slurm cluster.yaml --quiet").ExitCode);
        AllLabelledOnce(2);
    }

    [Fact]
    public void A_program_that_nodes_do_not_have_stops_the_campaign_with_what_it_printed()
    {
        slurm.MustBeThere();
        WriteCells(2);
        Cluster("program: /nowhere/phonograph");
        PhonographProgram.Answer answer = Run($"{Command} --engine tight-binding");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("ended before it began to compute (JobState=FAILED, Reason=NonZeroExitCode, ExitCode=127:0", answer.Errors, StringComparison.Ordinal);
        Assert.Contains("/nowhere/phonograph: No such file or directory", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Forty_cells_are_labelled_once_each_through_a_cancellation_a_node_failure_and_a_time_out()
    {
        slurm.MustBeThere();
        string? cp2k = new Cp2kEngine().Probe().Path;
        Assert.SkipWhen(cp2k is null, "needs CP2K: apt-get install -y cp2k cp2k-data");
        const int cells = 40;
        WriteCells(cells);
        // Once the file hang is there, the next computation hangs until Slurm's time limit ends it; one minute is the shortest.
        string program = _folder.Write("cp2k.psmp", $"""
            #!/bin/sh
            if [ "$1" = --version ]; then exec '{cp2k}' --version; fi
            if [ -f '{_folder.Path}/hang' ] && mkdir '{_folder.Path}/hung' 2>/dev/null; then exec sleep 3600; fi
            exec '{cp2k}' "$@"
            """.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Cluster("throttle: 3\nretries: {timeout: 1, lost: 3}", minutes: 1);
        using Process run = Start($"{Command} --engine cp2k --level gfn1-xtb --export labelled.xyz", (Cp2kEngine.PathVariable, program));
        try
        {
            // What runs now may be done before it is reached: again, until it was met.
            Eventually(() => Attempts.Length >= 2 && (slurm.Tasks("CANCELLED").Length > 0 || Cancel(slurm.Tasks("RUNNING"))), run);
            Eventually(() => Attempts.Length >= 5 && (slurm.Tasks("NODE_FAIL").Length > 0 || (slurm.Tasks("RUNNING").Length > 0 && TakeNodeDown())), run);
            _folder.Write("hang", "");
            PhonographProgram.Answer answer = PhonographProgram.Finish(run);
            Assert.True(answer.ExitCode == 0, answer.Errors + answer.Output);
            Assert.Single(slurm.Tasks("TIMEOUT"));
            Assert.True(Directory.Exists(_folder.File("hung")));
            Assert.NotEmpty(slurm.Tasks("CANCELLED"));
            AllLabelledOnce(cells);
            Assert.Equal(cells, ExtendedXyz.Read(_folder.File("labelled.xyz")).Count());
        }
        finally
        {
            if (!run.HasExited)
            {
                run.Kill();
            }
        }
    }

    /// <summary>Cancels the first of some tasks.</summary>
    /// <returns>False: whether it was in time shows the next look.</returns>
    private bool Cancel(string[] tasks)
    {
        if (tasks.Length > 0)
        {
            slurm.Ask("scancel", tasks[0]);
            Thread.Sleep(500);
        }

        return false;
    }

    /// <summary>Sets the node down under what runs, and brings it back.</summary>
    /// <returns>False: whether something ran shows the next look.</returns>
    private bool TakeNodeDown()
    {
        string node = slurm.Ask("sinfo", "--noheader", "--partition=test", "--format=%n").Trim();
        slurm.Ask("scontrol", "update", "nodename=" + node, "state=down", "reason=test");
        Thread.Sleep(500);
        if (slurm.Ask("sinfo", "--noheader", "--partition=test", "--format=%T").Contains("down", StringComparison.Ordinal))
        {
            slurm.Ask("scontrol", "update", "nodename=" + node, "state=resume");
        }

        return false;
    }

    private string[] Attempts => _folder.File("c/attempts") is var folder && Directory.Exists(folder) ? Directory.GetDirectories(folder) : [];

    private void AllLabelledOnce(int count)
    {
        AttemptRecord[] records = [.. Attempts.Select(AttemptRecord.Read)];
        Assert.All(records, record => Assert.IsType<Label>(record.Outcome));
        Assert.Equal(count, records.Length);
        Assert.Equal(count, records.Select(record => record.Job).Distinct().Count());
        Assert.Empty(Directory.GetDirectories(_folder.File("c/running")));
        Assert.Equal(["waiting"], Directory.GetFileSystemEntries(_folder.File("c/slurm")).Select(Path.GetFileName));
    }

    private void WriteCells(int count) => RecordedEngine.WriteCells(_folder, count);

    private void Cluster(string more, int minutes = 10) =>
        _folder.Write("cluster.yaml", string.Create(CultureInfo.InvariantCulture, $"memory: 300M\ntime: {minutes}\npoll: 0.5\n{more}\n"));

    private Process Start(string command, params (string, string?)[] variables) => PhonographProgram.Start(_folder.Path, command, [slurm.Variable, .. variables]);

    private PhonographProgram.Answer Run(string command, params (string, string?)[] variables) => PhonographProgram.Run(_folder.Path, command, [slurm.Variable, .. variables]);

    /// <summary>Waits for something that happens while the coordinator works.</summary>
    private static void Eventually(Func<bool> holds, Process coordinator) => KilledCampaign.Eventually(() =>
    {
        Assert.False(coordinator.HasExited, "the campaign was over before; give it more cells");
        return holds();
    });
}
