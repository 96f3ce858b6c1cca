using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Phonograph.Learning.Storage;
using Phonograph.Learning.Training;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>Several properties in one network, band edges, fine-tuning and the view on a training, as a user runs them.</summary>
public sealed partial class HeadAndStartTests : IDisposable
{
    private const string Small = "--model schnet --layers 1 --hidden 8 --batch 16 --epochs 12 --learning-rate 3e-3 --quiet --json --output ";
    private readonly TemporaryFolder _folder = new();

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--property band_gap,hydrostatic_stress,vbm", "band_gap,hydrostatic_stress,vbm", "eV,GPa,eV")]
    [InlineData("--property band_gap --head edges", "band_gap,vbm", "eV,eV")]
    public void Every_property_has_its_rows_in_metrics_and_predictions(string asked, string keys, string units)
    {
        TrainVerbTests.WriteCells(_folder.File("cells.xyz.gz"), 40);
        string[] properties = keys.Split(',');
        JsonElement trained = TrainVerbTests.Json(_folder, $"train cells.xyz.gz {asked} {Small} model.safetensors");
        JsonElement evaluated = TrainVerbTests.Json(_folder, "evaluate model.safetensors cells.xyz.gz --json");
        Assert.Equal(properties, trained.GetProperty("test").EnumerateArray().Select(row => row.GetProperty("property").GetString()));
        Assert.Equal(Plain(trained.GetProperty("test")), Plain(evaluated.GetProperty("metrics")));
        string text = PhonographProgram.Run(_folder.Path, "evaluate model.safetensors cells.xyz.gz").Output;
        Assert.Contains("\nValence band maximum\ntested on", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);

        JsonElement answer = TrainVerbTests.Json(_folder, "predict model.safetensors cells.xyz.gz --output p.csv --json");
        Assert.Equal((keys, units, 40), (answer.GetProperty("property").GetString(), answer.GetProperty("unit").GetString(), answer.GetProperty("structures").GetInt32()));
        string[][] rows = [.. File.ReadAllLines(_folder.File("p.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.Equal(40 * properties.Length, rows.Length);
        Assert.Equal(properties, rows.Take(properties.Length).Select(row => row[1]));
        Assert.Equal(units.Split(','), rows.Take(properties.Length).Select(row => row[2]));
        Assert.Equal(40, rows.Select(row => row[0]).Distinct().Count());
        Assert.True(properties.Length == rows.Take(properties.Length).Select(row => row[3]).Distinct().Count(), "Properties have the same predictions.");
    }

    [Fact]
    public void Fine_tuning_says_where_it_starts_and_leaves_cells_out_of_the_test_that_the_start_model_has_seen()
    {
        TrainVerbTests.WriteCells(_folder.File("cells.xyz.gz"), 60);
        TrainVerbTests.WriteCells(_folder.File("other.xyz.gz"), 90, "other", first: 30);
        TrainVerbTests.WriteCells(_folder.File("new.xyz.gz"), 40, "other", first: 60);
        JsonElement first = TrainVerbTests.Json(_folder, $"train cells.xyz.gz --property band_gap {Small} start.safetensors");

        // The same cells as before, under other names and another level: those the start model has seen do not count.
        string command = $"train other.xyz.gz --property band_gap --start start.safetensors {Small} tuned.safetensors";
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        Match warning = Warning().Match(answer.Errors);
        Assert.True(warning.Success, answer.Errors);
        int seen = int.Parse(warning.Groups[1].Value, CultureInfo.InvariantCulture), all = int.Parse(warning.Groups[2].Value, CultureInfo.InvariantCulture);
        JsonElement tuned = JsonDocument.Parse(answer.Output).RootElement;
        Assert.InRange(seen, 1, all - 1);
        Assert.Equal(all - seen, tuned.GetProperty("test")[0].GetProperty("n").GetInt32());
        Assert.Equal(("made-up", 42), (tuned.GetProperty("start").GetProperty("level").GetString(), tuned.GetProperty("start").GetProperty("training_size").GetInt32()));
        Assert.NotEqual(first.GetProperty("fingerprint").GetString(), tuned.GetProperty("fingerprint").GetString());

        // Evaluation knows the cells of both trainings, and finds the test of before.
        Assert.Equal(Plain(tuned.GetProperty("test")), Plain(TrainVerbTests.Json(_folder, "evaluate tuned.safetensors other.xyz.gz --json").GetProperty("metrics")));
        PhonographProgram.Answer fresh = PhonographProgram.Run(_folder.Path, $"train new.xyz.gz --property band_gap --start start.safetensors --freeze {Small} new.safetensors");
        Assert.True(fresh.ExitCode == 0 && fresh.Errors.Length == 0, fresh.Errors);

        // The same command reads the model, another start model is another training.
        DateTime written = File.GetLastWriteTimeUtc(_folder.File("tuned.safetensors"));
        Assert.Equal(0, PhonographProgram.Run(_folder.Path, command).ExitCode);
        Assert.Equal(written, File.GetLastWriteTimeUtc(_folder.File("tuned.safetensors")));
        Assert.Equal(2, PhonographProgram.Run(_folder.Path, command.Replace("start.safetensors", "new.safetensors", StringComparison.Ordinal)).ExitCode);
    }

    [Fact]
    public void Fine_tuning_without_a_model_keeps_architecture_and_settings_of_the_start_model()
    {
        TrainVerbTests.WriteCells(_folder.File("cells.xyz.gz"), 40);
        TrainVerbTests.WriteCells(_folder.File("other.xyz.gz"), 40, "other", first: 40);
        TrainVerbTests.Json(_folder, "train cells.xyz.gz --property band_gap --model m4 --hidden 6 --epochs 3 --weight-decay 0.01 --quiet --json --output start.safetensors");
        TrainVerbTests.Json(_folder, "train other.xyz.gz --property band_gap --start start.safetensors --epochs 2 --quiet --json --output tuned.safetensors");
        TrainingOptions options = ModelFile.Read(_folder.File("tuned.safetensors")).Description.Training.Options;
        Assert.Equal(("m4", 6, 2, 0.01, LearningRateSchedule.ReduceOnPlateau), (options.Model, options.Hidden, options.Epochs, options.WeightDecay, options.Schedule));

        // Without a start model either: the recommended network, whose warm-up gives way to a short training.
        TrainVerbTests.Json(_folder, "train cells.xyz.gz --property band_gap --epochs 2 --quiet --json --output plain.safetensors");
        Assert.Equal(TrainingOptions.Recommended with { Epochs = 2, WarmupEpochs = 1 }, ModelFile.Read(_folder.File("plain.safetensors")).Description.Training.Options);
    }

    [Fact]
    public void A_test_of_seen_cells_alone_is_refused()
    {
        TrainVerbTests.WriteCells(_folder.File("cells.xyz.gz"), 14);
        TrainVerbTests.Json(_folder, $"train cells.xyz.gz --property band_gap {Small} start.safetensors");
        PhonographProgram.Answer? refused = null;
        for (int seed = 1; seed <= 12 && refused?.ExitCode != 2; seed++)
        {
            refused = PhonographProgram.Run(_folder.Path, $"train cells.xyz.gz --property band_gap --start start.safetensors --split-seed {seed} {Small} tuned-{seed}.safetensors");
        }

        Assert.Equal(2, refused!.ExitCode);
        Assert.StartsWith("phonograph: All 2 test cells trained or validated the start model, so none is left to test on.", refused.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("losses.svg")]
    [InlineData("losses.png")]
    public void The_figure_of_the_losses_is_written(string figure)
    {
        TrainVerbTests.WriteCells(_folder.File("cells.xyz.gz"), 30);
        TrainVerbTests.Json(_folder, $"train cells.xyz.gz --property band_gap --figure {figure} {Small} model.safetensors");
        byte[] content = File.ReadAllBytes(_folder.File(figure));
        Assert.True(content.Length > 3000 && (figure.EndsWith("png", StringComparison.Ordinal) ? content[1] == 'P' : content[0] == '<'));
        if (Environment.GetEnvironmentVariable("PHONOGRAPH_KEEP_REPORT") is { } kept)
        {
            File.Copy(_folder.File(figure), Path.Combine(kept, figure), overwrite: true);
        }
    }

    [Fact]
    public void On_a_terminal_the_losses_are_a_table_with_rate_and_time_left()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/script"), "needs Linux and the program script (util-linux) for a terminal");
        TrainVerbTests.WriteCells(_folder.File("cells.xyz.gz"), 30);
        const string Command = "train cells.xyz.gz --property band_gap --model schnet --layers 1 --hidden 8 --epochs 50 --patience 50 --output ";
        string[] terminal = ["sh", "-c", "script -qec \"$*\" /dev/null </dev/null", "sh"];
        string shown = PhonographProgram.Run(_folder.Path, Command + "model.safetensors", null, terminal).Output;
        Assert.Contains(" epoch  training loss  validation loss        MAE / eV  learning rate", shown, StringComparison.Ordinal);
        Assert.Matches(@"train: \d+/50  [\d.]+/(s|min)  [\d:]+ left", shown);
        string[] epochs = [.. Epoch().Matches(shown).Select(row => row.Groups[1].Value)];
        Assert.Equal(["1", "2", "3", "5", "10", "15", "20", "25", "30", "35", "40", "45", "50"], epochs);
        Assert.Contains(" *", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("training loss", PhonographProgram.Run(_folder.Path, Command + "quiet.safetensors --quiet", null, terminal).Output, StringComparison.Ordinal);
        Assert.Equal("", PhonographProgram.Run(_folder.Path, Command + "piped.safetensors").Errors);
    }

    private static string Plain(JsonElement json) => json.GetRawText().Replace(" ", "", StringComparison.Ordinal);

    [GeneratedRegex(@"warning: (\d+) of (\d+) test cells trained or validated the start model; they are left out of the test\.")]
    private static partial Regex Warning();

    [GeneratedRegex(@"(?<=[\r\n])\s*(\d+)  +0\.\d{6}  ")]
    private static partial Regex Epoch();
}
