using System.Text.RegularExpressions;
using Phonograph.Labelling;
using Phonograph.Labelling.Campaigns;
using Phonograph.Labelling.Cp2k;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>The recovery ladder changes mixing, steps and starting guess, never the level; what fails on a rung goes on to the next.</summary>
public sealed partial class Cp2kLadderTests
{
    /// <summary>What may stand in an SCF section of a rung and nowhere in that of another.</summary>
    private static readonly string[] WayToConvergence =
    [
        "MAX_SCF", "SCF_GUESS", "LEVEL_SHIFT", "&DIAGONALIZATION", "&END DIAGONALIZATION", "&MIXING", "&END MIXING", "METHOD DIRECT_P_MIXING", "METHOD BROYDEN_MIXING", "ALPHA", "NBUFFER",
    ];

    public static TheoryData<string> Levels => [.. new Cp2kEngine().Levels];

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Rungs_differ_only_in_the_way_to_self_consistency(string level)
    {
        string[][] rungs = await InputsAsync(level);
        Assert.True(rungs.Length > 1, "a ladder has more than one rung");
        string[] finals = [.. rungs.Select(inputs => inputs[^1])];
        Assert.Equal(finals.Length, finals.Distinct().Count());
        string common = WithoutScf(finals[0]);
        Assert.Contains("&COORD", common, StringComparison.Ordinal);
        Assert.All(finals, final => Assert.Equal(common, WithoutScf(final)));
        string[] fixedLines = [.. ScfLines(finals[0]).Where(IsFixed)];
        Assert.Contains(fixedLines, line => line.StartsWith("EPS_SCF", StringComparison.Ordinal));
        Assert.Contains(fixedLines, line => line.StartsWith("ADDED_MOS", StringComparison.Ordinal));
        Assert.All(finals, final => Assert.Equal(fixedLines, ScfLines(final).Where(IsFixed)));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public async Task Only_a_seed_is_smeared_and_its_level_is_that_of_the_run_it_seeds(string level)
    {
        foreach (string[] inputs in await InputsAsync(level))
        {
            Assert.DoesNotContain("SMEAR", inputs[^1], StringComparison.OrdinalIgnoreCase);
            Assert.Equal(inputs.Length > 1, inputs[^1].Contains("SCF_GUESS RESTART", StringComparison.Ordinal));
            foreach (string seed in inputs[..^1])
            {
                // A seed asks for less: no forces, no stress, no states. What it asks for, it asks for in the same words.
                string[] asked = [.. WithoutScf(seed).Split('\n').Where(line => line != "  RUN_TYPE ENERGY")];
                string[] whole = WithoutScf(inputs[^1]).Split('\n');
                Assert.Contains("    &COORD", asked);
                int at = 0;
                Assert.All(asked, line => Assert.True((at = Array.IndexOf(whole, line, at) + 1) > 0, $"only in the seed: {line}"));
                Assert.Equal(Line(inputs[^1], "EPS_SCF"), Line(seed, "EPS_SCF"));
            }
        }
    }

    [Theory]
    [InlineData("not-converged")]
    [InlineData("engine-error")]
    [InlineData("unreadable-output")]
    public async Task A_failure_is_kept_with_its_reason_and_the_next_rung_gives_the_label(string reason)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder);
        string bad = program.Answer(1, reason == "not-converged" ? Cp2kRecording.Unconverged.Folder : Cp2kRecording.Insulator.Folder);
        if (reason == "engine-error")
        {
            File.WriteAllText(Path.Combine(bad, "job.out"), " SCF WAVEFUNCTION OPTIMIZATION\n");
        }

        if (reason == "unreadable-output")
        {
            File.Delete(Path.Combine(bad, "job.stress"));
        }

        using var folder = new TemporaryFolder();
        CampaignStatus status = await RunAsync(folder, program, "gfn1-xtb");
        Assert.Equal([0, 1, 0, 0, 0], status.Sum.LabelledByRung);
        AttemptRecord[] attempts = Attempts(folder);
        Assert.Equal([0, 1], attempts.Select(attempt => attempt.Rung));
        Assert.Equal(reason, Assert.IsType<LabelFailure>(attempts[0].Outcome).Reason);
        Assert.DoesNotContain("LEVEL_SHIFT", program.Inputs[0], StringComparison.Ordinal);
        Assert.Contains("LEVEL_SHIFT", program.Inputs[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_fails_on_every_rung_is_a_failed_record_and_never_a_label()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Cp2kRecording.Unconverged.Folder, after: "touch job-RESTART.wfn");
        using var folder = new TemporaryFolder();
        CampaignStatus status = await RunAsync(folder, program, "gfn1-xtb");
        Assert.Equal((0, 1, 0), (status.Sum.Labelled, status.Sum.Failed, status.Sum.Pending));
        Assert.All(Attempts(folder), attempt => Assert.Equal("not-converged", Assert.IsType<LabelFailure>(attempt.Outcome).Reason));
        Assert.Equal([0, 1, 2, 3, 4], Attempts(folder).Select(attempt => attempt.Rung));
        // The log of a failure stays.
        Assert.All(
            Directory.GetDirectories(folder.File("campaign/attempts")),
            attempt => Assert.Contains("SCF run NOT converged", File.ReadAllText(Path.Combine(attempt, "job.tail.txt")), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_over_its_time_is_ended_and_kept_as_a_timeout()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakeCp2k(Cp2kRecording.DensityFunctional.Folder, before: "echo $$ >> \"$here/started\"; sleep 600");
        using var folder = new TemporaryFolder();
        CampaignStatus status = await RunAsync(folder, program, "pbesol", TimeSpan.FromSeconds(0.5));
        Assert.Equal((0, 1), (status.Sum.Labelled, status.Sum.Failed));
        Assert.All(Attempts(folder), attempt => Assert.Equal("timeout", Assert.IsType<LabelFailure>(attempt.Outcome).Reason));
        string[] started = File.ReadAllLines(Path.Combine(program.Folder, "started"));
        Assert.Equal(2, started.Length);
        Assert.All(started, process => Assert.False(OperatingSystem.IsLinux() && Directory.Exists($"/proc/{process}"), $"process {process} still runs"));
    }

    /// <summary>The inputs of every rung of a level: seeds first, the run that gives the label last.</summary>
    private static async Task<string[][]> InputsAsync(string level)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        var rungs = new List<string[]>();
        for (int rung = 0; rung < new Cp2kEngine().RungCount(level); rung++)
        {
            using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder, after: "touch job-RESTART.wfn");
            await (Cp2kRecording.Insulator with { Level = level, Rung = rung }).ComputeAsync(program);
            rungs.Add([.. program.Inputs]);
        }

        return [.. rungs];
    }

    private static Task<CampaignStatus> RunAsync(TemporaryFolder folder, FakeCp2k program, string level, TimeSpan? timeout = null) => LabelCampaign.RunAsync(
        folder.File("campaign"),
        [Cp2kCells.Write(folder, "cells.xyz", [level == "pbesol" ? Cp2kCrystals.AluminiumPhosphide : Cp2kCrystals.Shaken])],
        new CampaignOptions(new Cp2kEngine(program: program.ProgramPath), level) { Timeout = timeout ?? TimeSpan.FromMinutes(5) },
        null,
        TestContext.Current.CancellationToken);

    private static AttemptRecord[] Attempts(TemporaryFolder folder) =>
        [.. Directory.GetDirectories(folder.File("campaign/attempts")).Select(AttemptRecord.Read).OrderBy(attempt => attempt.Rung)];

    /// <summary>An input without its SCF section and without the name of the wave function it starts from.</summary>
    private static string WithoutScf(string input)
    {
        string rest = RestartName().Replace(ScfSection().Replace(input, ""), "");
        Assert.NotEqual(input, rest);
        return rest;
    }

    private static string[] ScfLines(string input) => [.. ScfSection().Match(input).Value.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)];

    private static bool IsFixed(string line) => !WayToConvergence.Any(keyword => line == keyword || line.StartsWith(keyword + " ", StringComparison.Ordinal));

    private static string Line(string input, string keyword) => ScfLines(input).Single(line => line.StartsWith(keyword, StringComparison.Ordinal));

    [GeneratedRegex(@"^    &SCF\n.*?^    &END SCF\n", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ScfSection();

    [GeneratedRegex(@"^    WFN_RESTART_FILE_NAME .*\n", RegexOptions.Multiline)]
    private static partial Regex RestartName();
}
