using System.Globalization;
using System.Text.Json;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>Explanations of networks as a user meets them.</summary>
public sealed class ExplainVerbTests(SmallStudy study)
{
    [Fact]
    public void An_ensemble_is_explained_in_files_that_agree_with_each_other_and_with_its_predictions()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"train {study.Cells} --property band_gap --hidden 8 --epochs 4 --ensemble 2 --output ensemble --quiet").ExitCode);
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, $"explain ensemble {study.UnitCell} {study.Cells} --method gradients --quality-structures 3 --output out --json");
        Assert.Equal((0, ""), (answer.ExitCode, answer.Errors));
        JsonElement json = JsonDocument.Parse(answer.Output).RootElement;
        Assert.Equal(json.GetRawText(), JsonDocument.Parse(File.ReadAllText(folder.File("out/explanation.json"))).RootElement.GetRawText());
        Assert.Equal((2, 29, 0), (json.GetProperty("members").GetInt32(), json.GetProperty("structures").GetInt32(), json.GetProperty("left_out").GetInt32()));
        Assert.Equal(["atoms.csv", "bonds.csv", "densities.csv", "explanation.json", "pairs.csv", "quality.csv"], Directory.GetFiles(folder.File("out")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

        // Sums of the bonds by pair are the pairs; atoms feel no force in sum.
        string[][] bonds = Rows(folder.File("out/bonds.csv")), pairs = Rows(folder.File("out/pairs.csv")), atoms = Rows(folder.File("out/atoms.csv"));
        Assert.Equal(29, bonds.Select(row => row[0]).Distinct().Count());
        foreach (string[] pair in pairs.Where(row => row[4] == "true"))
        {
            double[] importance = [.. bonds.Where(row => new[] { row[3], row[4] }.Order(StringComparer.Ordinal).SequenceEqual(pair.Take(2))).Select(row => Number(row[9]))];
            Assert.Equal(importance.Sum() / 29, Number(pair[6]), 1e-4 * (importance.Sum(Math.Abs) / 29));
        }

        foreach (IGrouping<string, string[]> structure in atoms.GroupBy(row => row[0]))
        {
            Assert.Equal(0, structure.Sum(row => Number(row[3])), 1e-4 * structure.Sum(row => Math.Abs(Number(row[3]))) + 1e-6);
        }

        Assert.Equal(1, pairs.Where(row => row[4] == "true").Sum(row => Number(row[12])), 1e-4);
        string[] agreements = [.. Rows(folder.File("out/quality.csv")).Where(row => row[0] == "cosine").Select(row => row[1])];
        Assert.Equal(["members", "order", "origin", "rotation", "supercell"], agreements.Where(each => each != "untrained"));
    }

    private static string[][] Rows(string path) => [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
