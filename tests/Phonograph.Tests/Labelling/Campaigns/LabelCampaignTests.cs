using System.Globalization;
using Phonograph.Crystals.Formats;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Campaigns;

public sealed class LabelCampaignTests
{
    private static readonly LabelFailure NotConverged = new("not-converged", "step 60, \"error\" 0.1");

    [Fact]
    public async Task Every_configuration_gets_its_label_and_every_key_of_it()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        CampaignStatus status = await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 5));
        Assert.Equal((5, 5, 0, 0), (status.Sum.Configurations, status.Sum.Labelled, status.Sum.Failed, status.Sum.Pending));
        CampaignFiles.Export(folder, engine);
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(folder.File("labelled.xyz.gz"))];
        Assert.Equal(["c0", "c1", "c2", "c3", "c4"], frames.Select(frame => frame.Info["id"]));
        Label expected = ScriptedEngine.LabelOf(frames[3].Crystal, 0);
        double Number(string key) => double.Parse(frames[3].Info[key], CultureInfo.InvariantCulture);
        Assert.Equal(expected.EnergyElectronvolt, Number("REF_energy"));
        Assert.Equal(expected.BandEdges.GapElectronvolt, Number("band_gap_eV"));
        Assert.Equal(expected.BandEdges.ValenceBandMaximumElectronvolt, Number("vbm_eV"));
        Assert.Equal(expected.BandEdges.ConductionBandMinimumElectronvolt, Number("cbm_eV"));
        Assert.Equal(expected.HydrostaticStressGigapascal, Number("hydrostatic_stress_GPa"));
        double[] stress = [.. frames[3].Info["REF_stress"].Split(' ').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
        Assert.Equal([expected.Stress[0, 0], 0, 0, 0, expected.Stress[1, 1], 0, 0, 0, expected.Stress[2, 2]], stress);
        Assert.Equal(expected.Forces[1].X, frames[3].VectorColumns["REF_forces"][1].X, 1e-8);
        Assert.Equal(("F", "scripted", "one", "0", "uniform", "0.4", "average electrostatic potential"), (
            frames[3].Info["metallic"], frames[3].Info["engine"], frames[3].Info["level"], frames[3].Info["rung"],
            frames[3].Info["scheme"], frames[3].Info["width_A"], frames[3].Info["vbm_reference"]));
    }

    [Fact]
    public async Task A_finished_label_is_never_computed_again()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Script = (mark, rung, _) => mark > 0.055 && rung < 1 ? NotConverged : null };
        string input = CampaignFiles.Write(folder, "a.xyz", 8);
        CampaignStatus part = await CampaignFiles.Run(folder, engine, limit: 3, inputs: input);
        Assert.Equal((3, 5), (part.Sum.Labelled, part.Sum.Pending));
        await CampaignFiles.Run(folder, engine, inputs: input);
        await CampaignFiles.Run(folder, engine);
        Assert.Equal(8 + 2, engine.Calls.Count);
        Assert.Equal(8, engine.Calls.Count(call => call.Rung == 0));
    }

    [Fact]
    public async Task A_cell_that_comes_twice_is_computed_once_and_written_under_both_names()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        string[] inputs = [CampaignFiles.Write(folder, "a.xyz", 4), CampaignFiles.Write(folder, "b.xyz", 4, first: 2, prefix: "d"), CampaignFiles.Write(folder, "again.xyz", 4)];
        await CampaignFiles.Run(folder, engine, inputs: inputs);
        Assert.Equal(6, engine.Calls.Count);
        CampaignFiles.Export(folder, engine);
        Assert.Equal(["c0", "c1", "c2", "c3", "d2", "d3", "d4", "d5"], ExtendedXyz.Read(folder.File("labelled.xyz.gz")).Select(frame => frame.Info["id"]));
    }

    [Fact]
    public async Task One_name_for_two_cells_is_refused()
    {
        using var folder = new TemporaryFolder();
        string[] inputs = [CampaignFiles.Write(folder, "a.xyz", 2), folder.File("b.xyz")];
        File.WriteAllText(inputs[1], File.ReadAllText(inputs[0]).Replace("2.5 2.5 2.5", "2.4 2.5 2.5", StringComparison.Ordinal));
        InputException refusal = await Assert.ThrowsAsync<InputException>(() => CampaignFiles.Run(folder, new ScriptedEngine(), inputs: inputs));
        Assert.Contains("c0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("b.xyz", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rungs_are_climbed_in_order_and_the_rung_is_kept()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Script = (mark, rung, _) => mark > 0.005 && rung < 2 ? NotConverged : null };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, workers: 1, inputs: CampaignFiles.Write(folder, "a.xyz", 2));
        Assert.Equal([0, 0, 1, 2], engine.Calls.Select(call => call.Rung));
        Assert.Equal([1, 0, 1], status.Sum.LabelledByRung);
        Assert.Equal(1, status.Sum.Metallic);
    }

    [Fact]
    public async Task What_fails_on_every_rung_is_a_record_with_its_reason()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Script = (mark, rung, _) => mark is > 0.005 and < 0.015 ? new LabelFailure("not-converged", $"rung \"{rung}\", given up") : null };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 3));
        Assert.Equal((2, 1, 0), (status.Sum.Labelled, status.Sum.Failed, status.Sum.Pending));
        CampaignFiles.Export(folder, engine);
        Assert.Equal(
            ["id,scheme,temperature_K,width_A,reason,detail", "c1,uniform,,0.4,not-converged,\"rung 2: rung \"\"2\"\", given up\""],
            File.ReadAllLines(folder.File("failures.csv")));
        await CampaignFiles.Run(folder, engine);
        Assert.Equal(2 + 3, engine.Calls.Count);
        await CampaignFiles.Run(folder, engine, retry: true);
        Assert.Equal(2 + 3 + 3, engine.Calls.Count);
    }

    [Fact]
    public async Task Labels_that_end_at_the_same_moment_do_not_count_as_work_of_that_moment()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Before = (_, stop) => Task.Delay(600, stop) };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, workers: 2, inputs: CampaignFiles.Write(folder, "a.xyz", 2));
        Assert.InRange(status.LabelsPerHour, 1, 2 / 0.59 * 3600);
        Assert.InRange(status.MeanWallSeconds, 0.59, 600);
    }

    [Fact]
    public async Task A_configuration_that_was_not_reached_is_pending_in_the_table()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        await CampaignFiles.Run(folder, engine, workers: 1, limit: 1, inputs: CampaignFiles.Write(folder, "a.xyz", 2));
        CampaignFiles.Export(folder, engine);
        Assert.StartsWith("c1,uniform,,0.4,pending,", File.ReadAllLines(folder.File("failures.csv"))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_attempt_ended_from_outside_is_repeated_on_its_rung()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Script = (_, _, before) => before < 2 ? new LabelFailure("interrupted", "killed") : null };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 1));
        Assert.Equal([1, 0, 0], status.Sum.LabelledByRung);
        Assert.Equal(3, engine.Calls.Count);
        Assert.Single(Directory.GetDirectories(CampaignFiles.Open(folder).Root + "/attempts"));
    }

    [Fact]
    public async Task An_attempt_that_is_always_ended_from_outside_goes_on_to_the_next_rung()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Script = (_, rung, _) => rung == 0 ? new LabelFailure("interrupted", "killed") : null };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 1));
        Assert.Equal([0, 1, 0], status.Sum.LabelledByRung);
    }

    [Fact]
    public async Task An_attempt_over_its_time_is_ended_and_the_next_rung_is_tried()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Before = (request, stop) => request.Rung == 0 ? Task.Delay(-1, stop) : Task.CompletedTask };
        var options = new CampaignOptions(engine, "one") { Timeout = TimeSpan.FromSeconds(2) };
        CampaignStatus status = await LabelCampaign.RunAsync(
            folder.File("campaign"), [CampaignFiles.Write(folder, "a.xyz", 1)], options, null, TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 0], status.Sum.LabelledByRung);
    }

    [Fact]
    public async Task A_cancelled_run_loses_only_what_was_in_flight()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var engine = new ScriptedEngine { Before = (request, ended) => request.Crystal.PositionsFractional[0].X > 0.025 ? WaitAsync(ended) : Task.CompletedTask };
        async Task WaitAsync(CancellationToken ended)
        {
            await stop.CancelAsync();
            await Task.Delay(-1, ended);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LabelCampaign.RunAsync(
            folder.File("campaign"), [CampaignFiles.Write(folder, "a.xyz", 6)], new CampaignOptions(engine, "one"), null, stop.Token));
        CampaignFolder campaign = CampaignFiles.Open(folder);
        Assert.Equal(3, CampaignStatus.Of(campaign, engine).Sum.Labelled);
        Assert.Empty(Directory.GetDirectories(Path.Combine(campaign.Root, "running")));
    }

    [Fact]
    public async Task The_exported_bytes_do_not_depend_on_workers_interruptions_or_duplicated_attempts()
    {
        byte[][] exports = new byte[2][];
        for (int run = 0; run < 2; run++)
        {
            using var folder = new TemporaryFolder();
            var engine = new ScriptedEngine { Script = (mark, rung, _) => Math.Sin(1000 * mark) > 0.5 && rung == 0 ? NotConverged : null };
            string input = CampaignFiles.Write(folder, "a.xyz", 20);
            if (run == 0)
            {
                await CampaignFiles.Run(folder, engine, workers: 1, inputs: input);
            }
            else
            {
                await CampaignFiles.Run(folder, engine, workers: 4, limit: 7, inputs: input);
                string attempts = Path.Combine(CampaignFiles.Open(folder).Root, "attempts");
                string copied = Directory.GetDirectories(attempts)[0];
                Directory.CreateDirectory(copied + "-again");
                File.Copy(Path.Combine(copied, AttemptRecord.FileName), Path.Combine(copied + "-again", AttemptRecord.FileName));
                await CampaignFiles.Run(folder, engine, workers: 3);
            }

            exports[run] = CampaignFiles.Export(folder, engine);
        }

        Assert.Equal(exports[0], exports[1]);
    }

    [Fact]
    public async Task Scratch_files_are_removed_and_a_failure_keeps_the_end_of_its_log()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine { Script = (_, rung, _) => rung == 0 ? NotConverged : null };
        await CampaignFiles.Run(folder, engine, inputs: CampaignFiles.Write(folder, "a.xyz", 1));
        string attempts = Path.Combine(CampaignFiles.Open(folder).Root, "attempts");
        string failed = Directory.GetDirectories(attempts).Single(path => path.Contains("-r0-", StringComparison.Ordinal));
        string good = Directory.GetDirectories(attempts).Single(path => path.Contains("-r1-", StringComparison.Ordinal));
        Assert.Equal(["job.tail.txt", "result.json"], Directory.GetFiles(failed).Select(Path.GetFileName).Order());
        Assert.Equal("500", File.ReadAllLines(Path.Combine(failed, "job.tail.txt"))[^1]);
        Assert.Equal(["result.json"], Directory.GetFiles(good).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Labels_of_another_level_or_version_are_refused()
    {
        using var folder = new TemporaryFolder();
        string input = CampaignFiles.Write(folder, "a.xyz", 1);
        await CampaignFiles.Run(folder, new ScriptedEngine(), inputs: input);
        foreach (ScriptedEngine other in new[] { new ScriptedEngine { Levels = ["two"] }, new ScriptedEngine { Version = "2.0" }, new ScriptedEngine { Name = "other" } })
        {
            InputException refusal = await Assert.ThrowsAsync<InputException>(() => CampaignFiles.Run(folder, other));
            Assert.Contains("never mixed", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_unknown_level_and_a_missing_engine_are_named()
    {
        using var folder = new TemporaryFolder();
        InputException level = await Assert.ThrowsAsync<InputException>(() => LabelCampaign.RunAsync(
            folder.File("campaign"), [], new CampaignOptions(new ScriptedEngine(), "three"), null, TestContext.Current.CancellationToken));
        Assert.Contains("one, two", level.Message, StringComparison.Ordinal);
        InputException missing = await Assert.ThrowsAsync<InputException>(() => CampaignFiles.Run(folder, new ScriptedEngine { IsInstalled = false }));
        Assert.Contains("write it", missing.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.File("campaign")));
    }

    [Fact]
    public async Task A_second_coordinator_is_refused_while_the_first_works()
    {
        using var folder = new TemporaryFolder();
        var second = new TaskCompletionSource<InputException>();
        string input = CampaignFiles.Write(folder, "a.xyz", 1);
        var engine = new ScriptedEngine
        {
            Before = async (_, _) => second.SetResult(await Assert.ThrowsAsync<InputException>(() => CampaignFiles.Run(folder, new ScriptedEngine()))),
        };
        CampaignStatus status = await CampaignFiles.Run(folder, engine, inputs: input);
        Assert.Contains("another 'phonograph label'", (await second.Task).Message, StringComparison.Ordinal);
        Assert.False(status.IsCoordinated);
        Assert.Equal(1, status.Sum.Labelled);
    }

    [Fact]
    public async Task A_paused_campaign_starts_no_job_until_it_is_continued()
    {
        using var folder = new TemporaryFolder();
        string input = CampaignFiles.Write(folder, "a.xyz", 3);
        var engine = new ScriptedEngine();
        await CampaignFiles.Run(folder, engine, workers: 1, limit: 1, inputs: input);
        CampaignPause.Pause(CampaignFiles.Open(folder));
        Task<CampaignStatus> run = CampaignFiles.Run(folder, engine);
        await Task.Delay(600, TestContext.Current.CancellationToken);
        Assert.Single(engine.Calls);
        Assert.True(CampaignStatus.Of(CampaignFiles.Open(folder), engine).IsPaused);
        CampaignPause.Continue(CampaignFiles.Open(folder));
        Assert.Equal(3, (await run).Sum.Labelled);
    }

    [Fact]
    public async Task Progress_counts_what_earlier_runs_finished()
    {
        using var folder = new TemporaryFolder();
        var engine = new ScriptedEngine();
        await CampaignFiles.Run(folder, engine, limit: 2, inputs: CampaignFiles.Write(folder, "a.xyz", 5));
        var reports = new List<WorkProgress>();
        await LabelCampaign.RunAsync(folder.File("campaign"), [], new CampaignOptions(engine, "one"), new ProgressListener(reports.Add), TestContext.Current.CancellationToken);
        Assert.Equal([2, 3, 4, 5], reports.Select(report => report.Done));
        Assert.All(reports, report => Assert.Equal((5, 2), (report.Total, report.DoneBefore)));
    }
}
