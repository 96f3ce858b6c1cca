using System.Collections.Immutable;
using System.Diagnostics;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Testing;

namespace Phonograph.Tests.Execution;

public sealed class ProgramRunnerTests
{
    [Fact]
    public async Task A_program_runs_in_its_folder_with_its_variables_and_its_exit_code_comes_back()
    {
        SkipWithoutShell();
        using var folder = new TemporaryFolder();
        ProgramResult result = await ProgramRunner.RunAsync(Shell(folder, "pwd; echo $FRUIT; echo trouble >&2; exit 7"), TestContext.Current.CancellationToken);
        Assert.Equal(7, result.ExitCode);
        Assert.Contains(folder.Path, result.Output, StringComparison.Ordinal);
        Assert.Contains("apple", result.Output, StringComparison.Ordinal);
        Assert.Contains("trouble", result.Output, StringComparison.Ordinal);
        Assert.False(result.WasEndedFromOutside);
        Assert.False(File.Exists(folder.File(ExternalProgram.IdentityFileName)));
    }

    [Fact]
    public async Task A_program_that_prints_without_end_keeps_only_its_last_lines()
    {
        SkipWithoutShell();
        using var folder = new TemporaryFolder();
        ProgramResult result = await ProgramRunner.RunAsync(Shell(folder, "seq 1 20000"), TestContext.Current.CancellationToken);
        string[] lines = result.Output.Split('\n');
        Assert.True(lines.Length <= 60);
        Assert.Equal("20000", lines[^1]);
    }

    [Fact]
    public async Task Cancelling_ends_the_program_and_everything_it_started()
    {
        SkipWithoutShell();
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        Task<ProgramResult> run = ProgramRunner.RunAsync(Shell(folder, "sleep 300 & echo $! > grandchild; wait"), stop.Token);
        int grandchild = int.Parse(await EventuallyRead(folder.File("grandchild")), System.Globalization.CultureInfo.InvariantCulture);
        ProcessIdentity? identity = ProcessIdentity.Of(grandchild, leadsGroup: false);
        Assert.NotNull(identity);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Eventually(() => !identity.IsRunning);
    }

    [Fact]
    public async Task What_it_started_in_groups_of_their_own_is_paused_and_ended_with_it()
    {
        // As a launcher of MPI starts its ranks: the same session, another process group.
        SkipWithoutShell();
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/bin/bash"), "needs bash and /proc");
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var program = new ExternalProgram("/bin/bash", ["-c", "set -m; (i=0; while true; do i=$((i+1)); echo $i > ticks; sleep 0.02; done) & echo $! > rank; wait"], folder.Path, ImmutableDictionary<string, string>.Empty);
        Task<ProgramResult> run = ProgramRunner.RunAsync(program, stop.Token);
        int number = int.Parse(await EventuallyRead(folder.File("rank")), System.Globalization.CultureInfo.InvariantCulture);
        ProcessIdentity rank = ProcessIdentity.Of(number, leadsGroup: false)!;
        ProcessIdentity? launcher = null;
        await Eventually(() => (launcher = ProcessIdentity.TryLoad(folder.File(ExternalProgram.IdentityFileName))) is not null);
        launcher!.Pause();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        string before = File.ReadAllText(folder.File("ticks"));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(before, File.ReadAllText(folder.File("ticks")));
        launcher.Resume();
        await Eventually(() => File.ReadAllText(folder.File("ticks")) is { Length: > 0 } now && now != before);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        await Eventually(() => !rank.IsRunning);
    }

    [Fact]
    public async Task A_bound_program_and_what_it_starts_see_their_processors_alone()
    {
        Assert.SkipWhen(Processors.Binder is null, "needs taskset of util-linux");
        using var folder = new TemporaryFolder();
        foreach (int processor in Processors.Allowed.Take(3))
        {
            ProgramResult result = await ProgramRunner.RunAsync(Shell(folder, "sh -c 'grep Cpus_allowed_list /proc/self/status'") with { BoundTo = [processor] }, TestContext.Current.CancellationToken);
            Assert.Equal([processor], Processors.Parse(result.Output.Split(':')[1]));
        }
    }

    [Fact]
    public async Task A_program_killed_by_somebody_else_says_so()
    {
        SkipWithoutShell();
        using var folder = new TemporaryFolder();
        ProgramResult result = await ProgramRunner.RunAsync(Shell(folder, "kill -9 $$"), TestContext.Current.CancellationToken);
        Assert.True(result.WasEndedFromOutside);
    }

    [Fact]
    public async Task A_paused_program_makes_no_progress_until_it_is_continued()
    {
        SkipWithoutShell();
        using var folder = new TemporaryFolder();
        Task<ProgramResult> run = ProgramRunner.RunAsync(
            Shell(folder, "i=0; while [ ! -e stop ]; do i=$((i+1)); echo $i > ticks; sleep 0.02; done"), TestContext.Current.CancellationToken);
        await EventuallyRead(folder.File("ticks"));
        ProcessIdentity? identity = null;
        await Eventually(() => (identity = ProcessIdentity.TryLoad(folder.File(ExternalProgram.IdentityFileName))) is not null);
        identity!.Pause();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        string before = File.ReadAllText(folder.File("ticks"));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(before, File.ReadAllText(folder.File("ticks")));
        identity.Resume();
        await Eventually(() => File.ReadAllText(folder.File("ticks")) != before);
        folder.Write("stop", "");
        Assert.Equal(0, (await run).ExitCode);
    }

    [Fact]
    public void A_process_number_that_was_used_again_is_not_mistaken_for_the_process()
    {
        ProcessIdentity self = ProcessIdentity.Of(Environment.ProcessId, leadsGroup: false)!;
        Assert.True(self.IsRunning);
        Assert.False((self with { Started = "another boot:1" }).IsRunning);
    }

    [Fact]
    public void A_damaged_identity_file_is_no_process()
    {
        using var folder = new TemporaryFolder();
        Assert.Null(ProcessIdentity.TryLoad(folder.File("none.json")));
        Assert.Null(ProcessIdentity.TryLoad(folder.Write("half.json", "{\"ProcessId\": 1")));
    }

    [Fact]
    public void A_lock_is_refused_to_a_second_holder_and_free_after_the_first()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("lock");
        Assert.False(ExclusiveLock.IsHeld(path));
        using (ExclusiveLock.Take(path, "taken"))
        {
            Assert.True(ExclusiveLock.IsHeld(path));
            InputException refusal = Assert.Throws<InputException>(() => ExclusiveLock.Take(path, "taken"));
            Assert.Equal("taken", refusal.Message);
        }

        Assert.False(ExclusiveLock.IsHeld(path));
        ExclusiveLock.Take(path, "taken").Dispose();
    }

    private static void SkipWithoutShell() => Assert.SkipWhen(OperatingSystem.IsWindows(), "the test programs are shell scripts: run on Linux or macOS");

    private static ExternalProgram Shell(TemporaryFolder folder, string script) =>
        new("/bin/sh", ["-c", script], folder.Path, ImmutableDictionary<string, string>.Empty.Add("FRUIT", "apple"));

    private static async Task<string> EventuallyRead(string path)
    {
        string text = "";
        await Eventually(() => File.Exists(path) && (text = File.ReadAllText(path)).EndsWith('\n'));
        return text.Trim();
    }

    private static async Task Eventually(Func<bool> holds)
    {
        long started = Stopwatch.GetTimestamp();
        while (!holds())
        {
            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < 30, "waited 30 s in vain");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
