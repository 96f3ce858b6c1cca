using System.Diagnostics;
using Phonograph.Execution;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary>Killed with signal 9 a few times, a campaign ends with the bytes of an undisturbed one, and leaves nothing that computes on.</summary>
public sealed class LabelKillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_campaign_whose_engines_and_coordinators_are_killed_25_times_exports_the_same_bytes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "finds engine processes through /proc: run on Linux");
        const int cells = 40, workers = 2;
        RecordedEngine.WriteCells(_folder, cells);
        using FakeCp2k program = RecordedEngine.Create(before: "sleep 0.08", isHard: true);
        using FakeCp2k quick = RecordedEngine.Create(isHard: true);
        Run("whole", "cp2k --level gfn1-xtb", RecordedEngine.Use(quick));
        KilledCampaign campaign = Killed("killed", "cp2k --level gfn1-xtb", RecordedEngine.Use(program));
        KillCounts killed = new CampaignKills(_folder.File("killed"), campaign.Start, seed: 1).Run(kills: 25, longestMilliseconds: 80);
        campaign.RunAndKill(kills: 0, seed: 0);
        AssertSameExport();
        Assert.Equal(25, killed.Coordinator + killed.Engine + killed.All);
        Assert.True(killed is { Coordinator: > 0, Engine: > 0, All: > 0, Journal: > 0 }, $"every kind must be met: {killed}");
        Assert.InRange(program.CallCount, quick.CallCount, quick.CallCount + (25 * workers));
        Assert.True(quick.CallCount > cells, "some cells must need a second rung");
    }

    [Fact]
    public void A_campaign_of_the_built_in_model_killed_at_random_moments_exports_the_same_bytes()
    {
        RecordedEngine.WriteCells(_folder, 150, TestCrystals.SilverSulphideBromide40);
        Run("whole", "tight-binding");
        Killed("killed", "tight-binding").RunAndKill(kills: 3, seed: 3, milliseconds: 100);
        AssertSameExport();
    }

    [Fact]
    [Trait("Category", "Engine")]
    public void A_campaign_of_CP2K_killed_at_random_moments_exports_the_same_bytes()
    {
        SkipWithoutCp2k();
        RecordedEngine.WriteCells(_folder, 10);
        Run("whole", "cp2k --level gfn1-xtb");
        int met = Killed("killed", "cp2k --level gfn1-xtb").RunAndKill(kills: 3, seed: 4);
        Assert.True(met > 0, "no kill met CP2K at work");
        AssertSameExport();
    }

    [Fact]
    public void An_engine_process_does_not_outlive_a_killed_coordinator()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the kernel tells a process of the death of its parent: run on Linux");
        RecordedEngine.WriteCells(_folder, 2);
        using FakeCp2k program = RecordedEngine.Create(before: "i=0; while [ $i -lt 1000000000 ]; do i=$((i + 1)); done");
        KilledCampaign campaign = Killed("killed", "cp2k --level gfn1-xtb", RecordedEngine.Use(program));
        using Process run = campaign.Start();
        KilledCampaign.Eventually(() => campaign.EngineProcesses.Length == 2);
        ProcessIdentity[] engines = campaign.EngineProcesses;
        run.Kill(entireProcessTree: false);
        run.WaitForExit();
        try
        {
            KilledCampaign.Eventually(() => engines.All(engine => !engine.IsRunning));
        }
        finally
        {
            Array.ForEach(engines, engine => engine.End());
        }
    }

    [Fact]
    public void What_a_wrapper_script_left_running_is_ended_when_the_campaign_continues()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "finds processes through /proc: run on Linux");
        RecordedEngine.WriteCells(_folder, 1);
        using FakeCp2k wrapper = RecordedEngine.Create(
            before: """[ -e "$here/second" ] || { sleep 600 & echo $! > "$here/child.part"; mv "$here/child.part" "$here/child"; wait; }""");
        KilledCampaign campaign = Killed("killed", "cp2k --level gfn1-xtb", RecordedEngine.Use(wrapper));
        string file = Path.Combine(wrapper.Folder, "child");
        using (Process run = campaign.Start())
        {
            KilledCampaign.Eventually(() => File.Exists(file) && campaign.EngineProcesses.Length > 0);
            run.Kill(entireProcessTree: false);
            run.WaitForExit();
        }

        int child = int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);
        ProcessIdentity? orphan = ProcessIdentity.Of(child, leadsGroup: false);
        Assert.True(orphan is not null, "the system ends what a killed script started; then there is nothing to do here");
        File.WriteAllText(Path.Combine(wrapper.Folder, "second"), "");
        try
        {
            campaign.RunAndKill(kills: 0, seed: 0);
            KilledCampaign.Eventually(() => !orphan.IsRunning);
        }
        finally
        {
            orphan.End();
        }

        Assert.Equal(1, CampaignStatus.Of(CampaignFolder.Open(_folder.File("killed")), new Cp2kEngine()).Sum.Labelled);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static void SkipWithoutCp2k()
    {
        Phonograph.Labelling.EngineAvailability found = new Cp2kEngine().Probe();
        Assert.SkipUnless(found.IsInstalled, $"needs CP2K: {found.HowToGet}");
    }

    private static string Command(string campaign, string engine) =>
        $"label cells.xyz --engine {engine} --campaign {campaign} --workers 2 --quiet --export {campaign}.xyz.gz --failures {campaign}.csv";

    private void Run(string campaign, string engine, params (string, string?)[] environment)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, Command(campaign, engine), environment);
        Assert.True(answer.ExitCode == 0, answer.Errors);
    }

    private KilledCampaign Killed(string campaign, string engine, params (string, string?)[] environment) =>
        new(_folder, campaign, Command(campaign, engine), environment);

    private void AssertSameExport()
    {
        Assert.Equal(File.ReadAllBytes(_folder.File("whole.xyz.gz")), File.ReadAllBytes(_folder.File("killed.xyz.gz")));
        Assert.Equal(File.ReadAllText(_folder.File("whole.csv")), File.ReadAllText(_folder.File("killed.csv")));
    }
}
