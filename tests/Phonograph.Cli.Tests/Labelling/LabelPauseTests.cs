using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Phonograph.Execution;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary><c>label --pause</c> frees the cores at once, <c>--continue</c> gives them back, from another terminal and after a kill.</summary>
public sealed class LabelPauseTests : IDisposable
{
    private const string Command = "label cells.xyz --engine cp2k --level gfn1-xtb --campaign run --workers 2 --quiet --export labelled.xyz";

    private readonly TemporaryFolder _folder = new();
    private readonly FakeCp2k _program = RecordedEngine.Create(before: """while [ ! -e "$here/go" ]; do echo x >> "$here/ticks-$call"; sleep 0.01; done""");

    [Fact]
    public void A_paused_campaign_does_no_work_and_goes_on_where_it_stood()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at processes in /proc: run on Linux");
        RecordedEngine.WriteCells(_folder, 2);
        KilledCampaign campaign = Campaign();
        using Process run = campaign.Start();
        KilledCampaign.Eventually(() => campaign.EngineProcesses.Length == 2 && Ticks > 2);

        Assert.Equal(("paused", 2), State("--pause"));

        // D: a shell whose child was stopped between vfork and exec waits for it in the kernel, and is stopped after that.
        Assert.All(campaign.EngineProcesses, process => Assert.True(StateOf(process) is 'T' or 'D', $"in the state {StateOf(process)}"));
        int before = Ticks;
        Thread.Sleep(300);
        Assert.Equal(before, Ticks);
        JsonElement status = Json("label --status run --json");
        Assert.True(status.GetProperty("is_paused").GetBoolean());
        Assert.True(status.GetProperty("is_running").GetBoolean());
        Assert.Equal(2, status.GetProperty("in_flight").GetInt32());

        Assert.Equal(("continued", 2), State("--continue"));
        KilledCampaign.Eventually(() => Ticks > before + 2);
        File.WriteAllText(Path.Combine(_program.Folder, "go"), "");
        KilledCampaign.Eventually(() => run.HasExited);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(2, _program.CallCount);
        Assert.True(File.Exists(_folder.File("labelled.xyz")));
    }

    [Fact]
    public async Task A_campaign_killed_while_paused_leaves_no_stopped_process_and_says_why_it_waits()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "looks at processes in /proc: run on Linux");
        RecordedEngine.WriteCells(_folder, 1);
        KilledCampaign campaign = Campaign();
        ProcessIdentity[] engines;
        using (Process run = campaign.Start())
        {
            KilledCampaign.Eventually(() => campaign.EngineProcesses.Length == 1 && Ticks > 0);
            State("--pause");
            engines = campaign.EngineProcesses;
            run.Kill(entireProcessTree: false);
            run.WaitForExit();
        }

        KilledCampaign.Eventually(() => engines.All(engine => !engine.IsRunning));
        File.WriteAllText(Path.Combine(_program.Folder, "go"), "");
        using Process again = campaign.Start();
        Task<string?> said = again.StandardError.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.Contains("paused", (await said.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken))!, StringComparison.Ordinal);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.Equal(1, _program.CallCount);
        Assert.False(again.HasExited);
        Assert.Equal(("continued", 0), State("--continue"));
        KilledCampaign.Eventually(() => again.HasExited);
        Assert.Equal(0, again.ExitCode);
        Assert.Equal(2, _program.CallCount);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _program.Dispose();
        _folder.Dispose();
    }

    private int Ticks => Directory.GetFiles(_program.Folder, "ticks-*").Sum(file => File.ReadAllLines(file).Length);

    private KilledCampaign Campaign() => new(_folder, "run", Command, RecordedEngine.Use(_program));

    private static char StateOf(ProcessIdentity process)
    {
        string text = File.ReadAllText($"/proc/{process.ProcessId.ToString(CultureInfo.InvariantCulture)}/stat");
        return text[text.LastIndexOf(')') + 2];
    }

    private (string, int) State(string option)
    {
        JsonElement said = Json($"label {option} run --json");
        return (said.GetProperty("state").GetString()!, said.GetProperty("engine_processes").GetInt32());
    }

    private JsonElement Json(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        return JsonDocument.Parse(answer.Output).RootElement;
    }
}
