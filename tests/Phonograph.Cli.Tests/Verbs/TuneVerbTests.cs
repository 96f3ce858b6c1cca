using System.Diagnostics;
using System.Text.Json;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>The verb tune as a user runs it: killed, with other threads, with sets side by side, and on to train.</summary>
public sealed class TuneVerbTests(SmallStudy study) : IDisposable
{
    private const string Settings = "--property band_gap --space space.yaml --epochs 18 --first-rung 2 --reduction 3 --seed 5 --quiet";
    private static readonly string[] Tables = ["trials.csv", "best.json", "tune.json", "tuning.csv", "tuning.svg"];
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_search_killed_at_random_moments_and_on_other_threads_ends_with_the_same_files()
    {
        WriteSpace();
        string command = $"tune {study.Cells} {Settings}";
        AssertDone($"{command} --threads 1 --work whole --output undisturbed");
        string trainings = Directory.CreateDirectory(_folder.File("work/trainings")).FullName;
        var random = new Philox((ulong)Environment.ProcessId, 3);
        int kills = 0;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            // Each run gets a little further than the one before, and dies a random time later.
            int before = Directory.GetFiles(trainings, "*.json").Length;
            using Process process = PhonographProgram.Start(_folder.Path, $"{command} --threads {2 + attempt} --work work --output killed");
            while (!process.HasExited && Directory.GetFiles(trainings, "*.json").Length <= before)
            {
                Thread.Sleep(3);
            }

            Thread.Sleep(random.NextInt32(100));
            kills += process.HasExited ? 0 : 1;
            process.Kill();
            process.WaitForExit();
        }

        Assert.True(kills > 0, "The search ended before it could be killed.");
        AssertDone($"{command} --threads 2 --work work --output killed");
        foreach (string file in Tables)
        {
            Assert.Equal(File.ReadAllText(_folder.File($"undisturbed/{file}")), File.ReadAllText(_folder.File($"killed/{file}")));
        }

        Assert.Empty(Directory.GetFiles(trainings, "*.checkpoint"));
        PhonographProgram.Answer other = PhonographProgram.Run(_folder.Path, $"{command} --trials 3 --work work --output other");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("--trials: found not given; this command has 3", other.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("other/trials.csv")));
    }

    [Fact]
    public void A_search_that_is_interrupted_ends_with_exit_code_1()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "sends signals with the programs env and kill: run on Linux");
        WriteSpace();
        using Process process = PhonographProgram.Start(_folder.Path, $"tune {study.Cells} {Settings.Replace("--epochs 18", "--epochs 5000", StringComparison.Ordinal)} --patience 5000 --work work --output out", null, Shell.Interruptible);
        while (!process.HasExited && (!Directory.Exists(_folder.File("work/trainings")) || Directory.GetFiles(_folder.File("work/trainings")).Length == 0))
        {
            Thread.Sleep(3);
        }

        Shell.Interrupt(process);
        Assert.Equal(new PhonographProgram.Answer(1, "", "phonograph: Stopped. The same command continues where it stopped.\n"), PhonographProgram.Finish(process));
    }

    [Fact]
    public void The_command_it_prints_trains_with_the_best_settings()
    {
        WriteSpace();
        JsonElement set = Json($"tune {study.Cells} {Settings.Replace("--first-rung 2", "", StringComparison.Ordinal)} --strategy random --trials 3 --work work --output out --json").GetProperty("sets")[0];
        Assert.Equal((3, 20, 4), (set.GetProperty("trials").GetInt32(), set.GetProperty("training_cells").GetInt32(), set.GetProperty("validation_cells").GetInt32()));
        string train = set.GetProperty("train").GetString()!;
        Assert.StartsWith($"phonograph train {study.Cells} --property band_gap --model m", train, StringComparison.Ordinal);

        // All cells of the division were used, and the split seed is the same: train arrives at the very error of the trial.
        JsonElement trained = Json($"{train["phonograph ".Length..]} --quiet --json");
        Assert.Equal(set.GetProperty("best_validation_mae").GetDouble(), trained.GetProperty("validation_mae").GetDouble());
    }

    [Fact]
    public void Kinds_and_named_files_are_compared_with_equal_trials_and_searches_are_put_side_by_side()
    {
        WriteSpace();
        JsonElement kinds = Json($"tune {study.Cells} {Settings} --kinds phonon,random --strategy grid --first-rung 2 --work kinds-work --output kinds --json", expectedExitCode: 2);
        Assert.Equal(JsonValueKind.Undefined, kinds.ValueKind);
        string plain = Settings.Replace("--first-rung 2", "", StringComparison.Ordinal).Replace("--epochs 18", "--epochs 3", StringComparison.Ordinal);
        kinds = Json($"tune {study.Cells} {plain} --kinds phonon,random --strategy grid --work kinds-work --output kinds --json").GetProperty("sets");
        Assert.Equal(["phonon", "random"], kinds.EnumerateArray().Select(set => set.GetProperty("set").GetString()));
        Assert.All(kinds.EnumerateArray(), set => Assert.Equal((8, 10, 240), (set.GetProperty("trials").GetInt32(), set.GetProperty("training_cells").GetInt32(), set.GetProperty("graph_steps").GetInt32())));
        Assert.All(kinds.EnumerateArray(), set => Assert.StartsWith("phonograph train DATA ", set.GetProperty("train").GetString(), StringComparison.Ordinal));

        File.Copy(study.Cells, _folder.File("copy.xyz.gz"));
        JsonElement named = Json($"tune one={study.Cells} two=copy.xyz.gz {plain} --strategy random --trials 2 --cells 20 --work named-work --output named --json").GetProperty("sets");
        Assert.Equal(["one", "two"], named.EnumerateArray().Select(set => set.GetProperty("set").GetString()));
        Assert.Equal(named[0].GetProperty("best_validation_mae").GetDouble(), named[1].GetProperty("best_validation_mae").GetDouble());

        PhonographProgram.Answer compared = PhonographProgram.Run(_folder.Path, "tune --compare kinds named --output compared");
        Assert.True(compared.ExitCode == 0, compared.Errors);
        Assert.Contains("100.0 %", compared.Output, StringComparison.Ordinal);
        Assert.Equal(5, File.ReadAllLines(_folder.File("compared/comparison.csv")).Length);
        Assert.True(File.Exists(_folder.File("compared/tuning.png")));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private void WriteSpace() => _folder.Write("space.yaml", "# eight settings\nmodel: [m2, m5]\nhidden: [4, 8]\nlearning-rate: [1e-2, 1e-3]\nbatch: 8\n");

    private void AssertDone(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, answer.Errors);
    }

    private JsonElement Json(string command, int expectedExitCode = 0)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == expectedExitCode, $"{command}: {answer.ExitCode} {answer.Errors}");
        return expectedExitCode == 0 ? JsonDocument.Parse(answer.Output).RootElement : default;
    }
}
