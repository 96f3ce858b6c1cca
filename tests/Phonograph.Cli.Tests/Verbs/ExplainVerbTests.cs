using System.Globalization;
using System.Text.Json;
using Phonograph.Cli.Tests.Browser;
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
        string[] figures = [.. new[] { "densities", "features", "pairs", "structure" }.SelectMany(name => new[] { ".csv", ".png", ".svg" }.Select(extension => $"figure-{name}{extension}")), "figure-structure.html"];
        Assert.Equal(figures.Order(StringComparer.Ordinal), json.GetProperty("figures").EnumerateArray().Select(file => file.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(figures.Concat(["atoms.csv", "bonds.csv", "densities.csv", "explanation.json", "features.csv", "pairs.csv", "quality.csv"]).Order(StringComparer.Ordinal), Directory.GetFiles(folder.File("out")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

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

    [Fact]
    public void A_control_is_explained_summed_up_and_drawn_beside_the_model()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"train {study.Cells} --property band_gap --hidden 8 --epochs 1 --seed 9 --output poor.safetensors --quiet").ExitCode);
        string command = $"explain {study.Model} {study.UnitCell} {study.Cells} --method gradients --quality-structures 0";
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, $"{command} --control poor.safetensors --draw 1 --threshold 0.7 --output both --json");
        Assert.Equal((0, ""), (answer.ExitCode, answer.Errors));
        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"{command.Replace(study.Model, "poor.safetensors", StringComparison.Ordinal)} --output poor --quiet").ExitCode);
        foreach (string table in new[] { "pairs", "densities", "features" })
        {
            Assert.Equal(File.ReadAllText(folder.File($"poor/{table}.csv")), File.ReadAllText(folder.File($"both/control-{table}.csv")));
        }

        // What is drawn are the bonds of the first structure, each of the model and of the control.
        string[][] drawn = Rows(folder.File("both/figure-structure.csv"));
        foreach ((string name, string explained) in new[] { ("model", "both"), ("control", "poor") })
        {
            string[][] bonds = Rows(folder.File($"{explained}/bonds.csv"));
            bonds = [.. bonds.Where(row => row[0] == bonds[0][0])];
            string[][] own = [.. drawn.Where(row => row[0] == name).DistinctBy(row => row[1])];
            Assert.Equal(bonds.Select(row => string.Join(' ', [row[1], row[2], .. row[5..8]])), own.Select(row => string.Join(' ', [row[2], row[3], .. row[6..9]])));
            Assert.All(bonds.Zip(own), pair => Assert.Equal(Number(pair.First[9]), Number(pair.Second[10]), 1e-5 * bonds.Max(row => Math.Abs(Number(row[9])))));
            Assert.All(own, row => Assert.Equal(Number(row[12]) >= 0.7 ? "true" : "false", row[13]));
        }

        Assert.Equal(["model", "control"], Rows(folder.File("both/figure-pairs.csv")).Select(row => row[0]).Distinct());
        Assert.Equal(Rows(folder.File("both/control-pairs.csv")).Count(row => row[4] == "true"), JsonDocument.Parse(answer.Output).RootElement.GetProperty("control_pairs").GetArrayLength());
        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"{command} --draw 0 --output none --quiet").ExitCode);
        Assert.False(File.Exists(folder.File("none/figure-structure.svg")));
    }

    [Fact]
    public void The_page_of_a_structure_counts_in_the_browser_what_the_table_counts()
    {
        Assert.SkipUnless(Chromium.Program is not null, Chromium.HowToGet);
        using var folder = new TemporaryFolder();
        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"explain {study.Model} {study.Cells} --method gradients --quality-structures 0 --threshold 0.8 --output out --quiet").ExitCode);
        string[][] bonds = [.. Rows(folder.File("out/figure-structure.csv")).DistinctBy(row => row[1])];
        string page = Chromium.Dump(folder.File("out/figure-structure.html"));
        Assert.Contains($"model: {bonds.Count(row => row[13] == "true")} of {bonds.Length} bonds in colour: ", page, StringComparison.Ordinal);
        Assert.Contains(">0.80</output>", page, StringComparison.Ordinal);
    }

    private static string[][] Rows(string path) => [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
