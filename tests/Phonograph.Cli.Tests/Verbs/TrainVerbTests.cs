using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>The verbs train, evaluate and predict as a user runs them, on small cells with a made-up label.</summary>
public sealed class TrainVerbTests
{
    private const string Train = "train cells.xyz.gz --property band_gap --hidden 16 --batch 16 --epochs 15 --learning-rate 3e-3 --quiet ";

    [Fact]
    public void From_labels_to_a_model_to_its_errors_and_predictions()
    {
        using var folder = new TemporaryFolder();
        WriteCells(folder.File("cells.xyz.gz"), 60);
        JsonElement trained = Json(folder, Train + "--output model.safetensors --json");
        Assert.Equal((42, 9), (trained.GetProperty("training_size").GetInt32(), trained.GetProperty("validation_size").GetInt32()));
        Assert.False(File.Exists(folder.File("model.safetensors.checkpoint")));

        JsonElement evaluated = Json(folder, "evaluate model.safetensors cells.xyz.gz --json");
        Assert.Equal(51, evaluated.GetProperty("left_out_as_seen").GetInt32());
        JsonElement metrics = evaluated.GetProperty("metrics")[0];
        Assert.Equal(
            ["property", "unit", "model", "trained_on", "tested_on", "training_size", "n", "label_std", "label_std_low", "label_std_high", "mae", "mae_low", "mae_high", "rmse", "rmse_low", "rmse_high", "r2", "r2_low", "r2_high", "max_error", "max_error_low", "max_error_high"],
            metrics.EnumerateObject().Select(member => member.Name));
        Assert.Equal(9, metrics.GetProperty("n").GetInt32());
        Assert.Equal(trained.GetProperty("test")[0].GetRawText().Replace(" ", ""), metrics.GetRawText().Replace(" ", ""));
        Assert.Equal(60, Json(folder, "evaluate model.safetensors cells.xyz.gz --include-seen --json").GetProperty("metrics")[0].GetProperty("n").GetInt32());

        Poscar.Write(folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        Poscar.Write(folder.File("salt.vasp"), TestCrystals.RockSaltPrimitive, "NaCl");
        PhonographProgram.Answer predicted = PhonographProgram.Run(folder.Path, "predict model.safetensors POSCAR salt.vasp cells.xyz.gz --output predictions.csv");
        Assert.True(predicted.ExitCode == 0, predicted.Errors);
        Assert.Contains("warning", predicted.Errors, StringComparison.Ordinal);
        Assert.Contains("Trained elements: S, Br, Ag", predicted.Errors, StringComparison.Ordinal);
        string[] lines = File.ReadAllLines(folder.File("predictions.csv"));
        Assert.Equal("structure,property,unit,predicted,outside,reasons", lines[0]);
        Assert.Equal(63, lines.Length);
        Assert.StartsWith("POSCAR,band_gap,eV,", lines[1], StringComparison.Ordinal);
        Assert.Contains("true,unknown-element", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("cell-0,band_gap,eV,", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cgcnn")]
    [InlineData("schnet")]
    [InlineData("painn")]
    public void Every_architecture_goes_from_labels_to_errors_and_predictions(string model)
    {
        using var folder = new TemporaryFolder();
        WriteCells(folder.File("cells.xyz.gz"), 30);
        const string Small = "train cells.xyz.gz --property band_gap --hidden 8 --layers 2 --batch 16 --epochs 4 --schedule cosine --warmup 1 --weight-decay 0.01 --clip 1 --average 0.9 --read-out attention --quiet ";
        JsonElement trained = Json(folder, $"{Small} --model {model} --output model.safetensors --last last.safetensors --log losses.csv --json");
        JsonElement evaluated = Json(folder, "evaluate model.safetensors cells.xyz.gz --json");
        Assert.Equal(trained.GetProperty("test")[0].GetRawText().Replace(" ", ""), evaluated.GetProperty("metrics")[0].GetRawText().Replace(" ", ""));
        Assert.Equal(model, evaluated.GetProperty("metrics")[0].GetProperty("model").GetString());
        Assert.Equal(0, PhonographProgram.Run(folder.Path, "predict last.safetensors cells.xyz.gz --output predictions.csv").ExitCode);
        Assert.DoesNotContain(",NaN,", File.ReadAllText(folder.File("predictions.csv")), StringComparison.Ordinal);
        Assert.Equal(5, File.ReadAllLines(folder.File("losses.csv")).Length);
    }

    [Fact]
    public void A_training_killed_a_few_times_ends_with_the_same_file()
    {
        using var folder = new TemporaryFolder();
        WriteCells(folder.File("cells.xyz.gz"), 60);
        const string Long = "train cells.xyz.gz --property band_gap --hidden 16 --batch 8 --epochs 400 --patience 400 --dropout 0.2 --checkpoint-interval 0 --quiet --output ";
        Assert.Equal(0, PhonographProgram.Run(folder.Path, Long + "whole.safetensors").ExitCode);
        string checkpoint = folder.File("killed.safetensors.checkpoint");
        var random = new Philox((ulong)Environment.ProcessId, 0);
        int kills = 0;
        for (int attempt = 0; attempt < 3; attempt++)
        {
            DateTime before = File.Exists(checkpoint) ? File.GetLastWriteTimeUtc(checkpoint) : DateTime.MinValue;
            using Process process = PhonographProgram.Start(folder.Path, Long + "killed.safetensors");
            while (!process.HasExited && (!File.Exists(checkpoint) || File.GetLastWriteTimeUtc(checkpoint) == before))
            {
                Thread.Sleep(5);
            }

            Thread.Sleep(random.NextInt32(120));
            kills += process.HasExited ? 0 : 1;
            process.Kill();
            process.WaitForExit();
        }

        Assert.True(kills > 0, "The training ended before it could be killed.");
        PhonographProgram.Answer last = PhonographProgram.Run(folder.Path, Long + "killed.safetensors");
        Assert.True(last.ExitCode == 0, last.Errors);
        Assert.Equal(File.ReadAllBytes(folder.File("whole.safetensors")), File.ReadAllBytes(folder.File("killed.safetensors")));
        Assert.Empty(Directory.GetFiles(folder.Path, "*.checkpoint"));
    }

    [Fact]
    public void The_same_command_again_reads_the_model_and_another_one_asks_before_it_replaces()
    {
        using var folder = new TemporaryFolder();
        WriteCells(folder.File("cells.xyz.gz"), 30);
        Assert.Equal(0, PhonographProgram.Run(folder.Path, Train + "--output model.safetensors").ExitCode);
        DateTime written = File.GetLastWriteTimeUtc(folder.File("model.safetensors"));
        Assert.Equal(0, PhonographProgram.Run(folder.Path, Train + "--output model.safetensors").ExitCode);
        Assert.Equal(written, File.GetLastWriteTimeUtc(folder.File("model.safetensors")));
        PhonographProgram.Answer other = PhonographProgram.Run(folder.Path, Train + "--seed 2 --output model.safetensors");
        Assert.Equal(2, other.ExitCode);
        Assert.Contains("--overwrite", other.Errors, StringComparison.Ordinal);
        Assert.Equal(0, PhonographProgram.Run(folder.Path, Train + "--seed 2 --overwrite --output model.safetensors").ExitCode);
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(folder.File("model.safetensors")));
    }

    [Fact]
    public void Bad_input_is_named_and_ends_with_two()
    {
        using var folder = new TemporaryFolder();
        WriteCells(folder.File("cells.xyz.gz"), 30);
        WriteCells(folder.File("other.xyz.gz"), 3, level: "other-level");
        folder.Write("broken.safetensors", "nothing of the kind");
        Assert.Equal(0, PhonographProgram.Run(folder.Path, Train + "--output model.safetensors").ExitCode);
        (string Command, string Reason)[] cases =
        [
            (Train + "--dropout 1 --output x.safetensors", "dropout"),
            (Train + "--model m9 --output x.safetensors", "m9"),
            (Train + "--cutoff -1 --output x.safetensors", "--cutoff"),
            ("train cells.xyz.gz --property band_gap --hidden 16 --batch 16 --epochs 15 --learning-rate 1e30 --output x.safetensors", "diverged"),
            ("train cells.xyz.gz other.xyz.gz --property band_gap --output x.safetensors", "mixed"),
            ("train none.xyz --property band_gap --output x.safetensors", "none.xyz"),
            ("train cells.xyz.gz --property colour --output x.safetensors", "colour"),
            ("evaluate broken.safetensors cells.xyz.gz", "broken.safetensors"),
            ("evaluate none.safetensors cells.xyz.gz", "none.safetensors"),
            ("evaluate model.safetensors other.xyz.gz", "other-level"),
            ("predict broken.safetensors cells.xyz.gz --output p.csv", "broken.safetensors"),
            ("predict model.safetensors none.vasp --output p.csv", "none.vasp"),
        ];
        foreach ((string command, string reason) in cases)
        {
            PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, command);
            Assert.True(answer.ExitCode == 2, $"{command}: {answer.ExitCode} {answer.Errors}");
            Assert.Contains(reason, answer.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", answer.Errors, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(folder.File("x.safetensors")) || File.Exists(folder.File("p.csv")));
    }

    internal static JsonElement Json(TemporaryFolder folder, string commandLine)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.True(answer.ExitCode == 0, $"{commandLine}: {answer.Errors}");
        return JsonDocument.Parse(answer.Output).RootElement;
    }

    /// <summary>Cells whose labels follow from the distances of the sulphur atom to silver.</summary>
    internal static void WriteCells(string path, int count, string level = "made-up", int first = 0) => ExtendedXyz.Write(path, Enumerable.Range(first, count).Select(index =>
    {
        var random = new Philox(17, (ulong)index);
        Vector3D[] displacements = [.. Enumerable.Range(0, 5).Select(_ => 0.1 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))];
        Crystal crystal = TestCrystals.SilverSulphideBromide.Displaced(displacements);
        double label = Enumerable.Range(0, 3).Sum(silver => (crystal.PositionCartesian(silver) - crystal.PositionCartesian(3)).Length);
        string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        ImmutableDictionary<string, string> info = ImmutableDictionary<string, string>.Empty
            .Add("id", $"{(level == "made-up" ? "cell" : level)}-{index}").Add("scheme", "phonon").Add("temperature_K", "300").Add("REF_energy", Text(-5 * label))
            .Add("band_gap_eV", Text(label)).Add("vbm_eV", Text(-0.4 * label)).Add("hydrostatic_stress_GPa", Text(label)).Add("metallic", "F").Add("engine", "test").Add("level", level);
        return new ExtendedXyzFrame(crystal, info, ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty);
    }));
}
