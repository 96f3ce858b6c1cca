using System.Globalization;
using System.Text.Json;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>What the models of a study look at, as the report and its files say it.</summary>
public sealed class StudyExplanationTests(SmallStudy study)
{
    [Fact]
    public void Every_kind_of_training_data_has_shares_that_add_up_to_one()
    {
        string[][] rows = Rows(Path.Combine(study.Report, "figures", "figure-5-importance-pairs.csv"));
        string[] models = [.. rows.Select(row => row[0]).Distinct()];
        Assert.Equal(["trained on phonon", "trained on random", "trained on combined"], models.Take(3));
        foreach (IGrouping<string, string[]> model in rows.GroupBy(row => row[0]))
        {
            Assert.Equal(1, model.Sum(row => Number(row[9])), 1e-9);
            Assert.Equal(1, model.Sum(row => Number(row[6])), 1e-9);
            Assert.All(model, row => Assert.True(Number(row[10]) <= Number(row[9]) && Number(row[9]) <= Number(row[11])));
        }

        string page = File.ReadAllText(Path.Combine(study.Report, "index.html"));
        Assert.All(models.Take(3), model => Assert.Contains(char.ToUpperInvariant(model[0]) + model[1..] + " (MAE ", page, StringComparison.Ordinal));
        Assert.Contains("are therefore to be compared with the share of the bonds and with the controls", page, StringComparison.Ordinal);

        // Two passes over these few cells leave the poor models saturated: what has no share is not drawn, and said to be left out.
        foreach (string control in new[] { "poor", "untrained" })
        {
            Assert.NotEqual(models.Contains(control), page.Contains("Of the controls, ", StringComparison.Ordinal) && page.Split("Of the controls, ")[1].Split(" networks")[0].Split(" and ").Contains(control));
        }

        Assert.Contains("Table 9. ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_result_keeps_the_explanations_and_one_without_them_is_still_read()
    {
        using var folder = new TemporaryFolder();
        string text = File.ReadAllText(Path.Combine(study.Report, "study-result.json"));
        JsonElement explanation = JsonDocument.Parse(text).RootElement.GetProperty("explanation");
        Assert.Equal(["phonon", "random", "combined"], explanation.GetProperty("trainings").EnumerateArray().Where(each => each.GetProperty("name").GetString() == "phonon").Select(each => each.GetProperty("tested_on").GetString()));
        Assert.Equal(2, explanation.GetProperty("drawn").GetArrayLength());
        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"report {Path.Combine(study.Report, "study-result.json")} --output again --quiet").ExitCode);
        foreach (string file in Directory.GetFiles(Path.Combine(study.Report, "figures"), "figure-5-*"))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(folder.File("again/figures/" + Path.GetFileName(file))));
        }

        // A result of an earlier program has no such key.
        string raw = explanation.GetRawText();
        Assert.Contains($"\"explanation\":{raw},", text, StringComparison.Ordinal);
        folder.Write("study-result.json", text.Replace($"\"explanation\":{raw},", "", StringComparison.Ordinal));
        Assert.Equal(0, PhonographProgram.Run(folder.Path, "report study-result.json --output old --quiet").ExitCode);
        Assert.Contains("No model was explained: Figure 5 is not drawn.", File.ReadAllText(folder.File("old/index.html")), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.File("old/figures"), "figure-5-*"));
    }

    [Fact]
    public void A_study_file_may_leave_the_explanations_out()
    {
        using var folder = new TemporaryFolder();
        folder.Write("study.yaml", $"data: {study.Cells}\nexplained-cells: 0\n");
        Assert.Equal(0, PhonographProgram.Run(folder.Path, $"study study.yaml --quick --cache {study.Report}/models --output report --quiet").ExitCode);
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(File.ReadAllText(folder.File("report/study-result.json"))).RootElement.GetProperty("explanation").ValueKind);
        Assert.Equal(File.ReadAllText(Path.Combine(study.Report, "metrics.json")), File.ReadAllText(folder.File("report/metrics.json")));
    }

    [Fact]
    public void Poor_models_take_no_warm_up_however_the_others_are_trained()
    {
        using var folder = new TemporaryFolder();
        folder.Write("study.yaml", $"data: {study.Cells}\nexplained-cells: 2\nbudgets:\n  quick:\n    draws: 1\n    curve: [1]\n    hamiltonian: none\n    training: {{hidden: 8, epochs: 8, schedule: cosine, warmup: 3}}\n");
        PhonographProgram.Answer run = PhonographProgram.Run(folder.Path, "study study.yaml --quick --output report --quiet");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.NotEqual(JsonValueKind.Null, JsonDocument.Parse(File.ReadAllText(folder.File("report/study-result.json"))).RootElement.GetProperty("explanation").ValueKind);
    }

    private static string[][] Rows(string path) => [.. File.ReadLines(path).Skip(1).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
