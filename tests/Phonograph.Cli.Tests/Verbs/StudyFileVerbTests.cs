using System.Text.Json;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>A whole study from one file: report, comparison of schemes beside it, the same numbers when it is repeated.</summary>
public sealed class StudyFileVerbTests(SmallStudy study) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_file_gives_report_and_comparison_and_a_second_run_trains_nothing()
    {
        Directory.CreateDirectory(_folder.File("crystal"));
        File.Copy(study.Cells, _folder.File("crystal/cells.xyz.gz"));
        File.Copy(study.UnitCell, _folder.File("crystal/POSCAR"));
        File.Copy(study.ForceConstants, _folder.File("crystal/FORCE_CONSTANTS"));
        _folder.Write(
            "crystal/study.yaml",
            """
            data: cells.xyz.gz
            unit-cell: POSCAR
            force-constants: FORCE_CONSTANTS
            draws: 2
            curve: [0.5, 1]
            hamiltonian: none
            training: {hidden: 4, epochs: 3}
            comparison:
              size: 6
              validation: 2
              draws: 2
              resamples: 100
              properties: band_gap
            budgets:
              full: {draws: 3, notice: All there is., comparison: none}
            """);
        PhonographProgram.Answer first = Run("study crystal/study.yaml --output report --json --quiet");
        string page = File.ReadAllText(_folder.File("report/study-result.json"));
        string[] tables = [.. JsonDocument.Parse(first.Output).RootElement.GetProperty("comparison").EnumerateArray().Select(file => file.GetString()!)];
        Assert.NotEmpty(tables);
        Assert.All(tables, table => Assert.True(File.Exists(_folder.File(table)) && table.Contains("comparison", StringComparison.Ordinal), table));
        Assert.Contains("phonograph study crystal/study.yaml --seed 1", page, StringComparison.Ordinal);
        Dictionary<string, string> texts = tables.ToDictionary(table => table, table => File.ReadAllText(_folder.File(table)));
        string[] models = Models();
        Assert.Equal(0, Run("study crystal/study.yaml --output report --quiet").ExitCode);
        Assert.Equal(models, Models());
        Assert.All(texts, text => Assert.Equal(text.Value, File.ReadAllText(_folder.File(text.Key))));

        // The budget that the file names: one more draw, its notice, no comparison.
        Run("study crystal/study.yaml --full --output full --quiet");
        Assert.Contains("All there is.", File.ReadAllText(_folder.File("full/study-result.json")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("full/comparison")));
    }

    private string[] Models() => [.. Directory.GetFiles(_folder.File("report/models"), "*", SearchOption.AllDirectories).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}").Order(StringComparer.Ordinal)];

    private PhonographProgram.Answer Run(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, $"phonograph {command}: exit code {answer.ExitCode}\n{answer.Errors}");
        return answer;
    }
}
