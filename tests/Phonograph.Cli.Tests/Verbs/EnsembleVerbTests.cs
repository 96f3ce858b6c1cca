using System.Globalization;
using System.Text.Json;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>Ensembles, mode amplitudes and simple baselines as a user meets them.</summary>
public sealed class EnsembleVerbTests(SmallStudy study)
{
    private const string Train = " --property band_gap --hidden 8 --epochs 4 --quiet ";

    [Fact]
    public void From_labels_to_an_ensemble_to_intervals()
    {
        using var folder = new TemporaryFolder();
        string command = $"train {study.Cells}{Train}--ensemble 3 --output ensemble";
        JsonElement trained = Json(folder, command + " --json");
        Assert.Equal(3, trained.GetProperty("members").GetArrayLength());
        Assert.Equal(4, trained.GetProperty("calibration").GetProperty("coverage").GetArrayLength());
        string[] files = [.. Directory.GetFiles(folder.File("ensemble")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal([.. trained.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("file").GetString()!).Append("ensemble.json").Order(StringComparer.Ordinal)], files);

        // The same command reads; more members are added; another training asks first.
        DateTime written = File.GetLastWriteTimeUtc(folder.File("ensemble/" + files[0]));
        Assert.Equal(trained.GetRawText(), Json(folder, command + " --json").GetRawText());
        Assert.Equal(4, Json(folder, command.Replace("--ensemble 3", "--ensemble 4", StringComparison.Ordinal) + " --json").GetProperty("members").GetArrayLength());
        Assert.Equal(written, File.GetLastWriteTimeUtc(folder.File("ensemble/" + files[0])));
        Assert.Equal(2, PhonographProgram.Run(folder.Path, command + " --seed 9").ExitCode);
        Assert.Equal(3, Json(folder, command + " --seed 9 --overwrite --json").GetProperty("members").GetArrayLength());
        Assert.Equal(4, Directory.GetFiles(folder.File("ensemble")).Length);

        JsonElement evaluated = Json(folder, $"evaluate ensemble {study.Cells} --calibration calibration --json");
        Assert.Equal(3, evaluated.GetProperty("members").GetInt32());
        Assert.Equal(2, evaluated.GetProperty("baselines").GetArrayLength());
        Assert.StartsWith("table,nominal,n,observed", File.ReadAllText(folder.File("calibration.csv")), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("calibration.svg")) && File.Exists(folder.File("calibration.png")));

        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"predict ensemble {study.UnitCell} {study.Cells} --output predictions.csv").ExitCode);
        string[] lines = File.ReadAllLines(folder.File("predictions.csv"));
        Assert.Equal("structure,property,unit,predicted,outside,reasons,spread,standard_error,low_95,high_95", lines[0]);
        double factor = evaluated.GetProperty("calibration").GetProperty("factor").GetDouble(), shared = evaluated.GetProperty("calibration").GetProperty("shared_error").GetDouble();
        Assert.Equal(30, lines.Length);
        Assert.All(lines.Skip(1), line =>
        {
            double[] numbers = [.. line.Split(',')[^4..].Prepend(line.Split(',')[3]).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            Assert.Equal(Math.Sqrt((shared * shared) + (factor * factor * numbers[1] * numbers[1])), numbers[2], 1e-5 * numbers[2]);
            Assert.Equal(numbers[0] - (1.959963985 * numbers[2]), numbers[3], 1e-5);
            Assert.Equal(numbers[0] + (1.959963985 * numbers[2]), numbers[4], 1e-5);
        });
    }

    [Fact]
    public void Cells_that_carry_amplitudes_are_compared_with_the_baselines_on_modes_too()
    {
        using var folder = new TemporaryFolder();
        string modes = $"--force-constants {study.ForceConstants} --unit-cell {study.UnitCell} --supercell 2,2,2";
        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"dataset {study.Cells} {modes} --amplitudes cells.xyz.gz --quiet").ExitCode);
        JsonElement without = Json(folder, $"train {study.Cells}{Train}--output a.safetensors --json"), with = Json(folder, $"train cells.xyz.gz{Train}--output b.safetensors --json");
        Assert.Equal(["mean", "ridge-radial"], Names(without));
        Assert.Equal(["mean", "ridge-radial", "ridge-modes", "ridge-modes-squared"], Names(with));
        Assert.Equal(without.GetProperty("fingerprint").GetString(), with.GetProperty("fingerprint").GetString());
        Assert.Equal(without.GetProperty("baselines")[1].GetRawText(), with.GetProperty("baselines")[1].GetRawText());

        // Evaluated on all cells, the baselines are fitted to the model's own training cells again.
        Assert.Equal(with.GetProperty("baselines").GetRawText(), Json(folder, "evaluate b.safetensors cells.xyz.gz --json").GetProperty("baselines").GetRawText());

        static IEnumerable<string?> Names(JsonElement answer) => answer.GetProperty("baselines").EnumerateArray().Select(baseline => baseline.GetProperty("baseline").GetString());
    }

    private static JsonElement Json(TemporaryFolder folder, string commandLine)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, commandLine);
        Assert.True(answer.ExitCode == 0, $"{commandLine}: {answer.Errors}");
        return JsonDocument.Parse(answer.Output).RootElement;
    }
}
