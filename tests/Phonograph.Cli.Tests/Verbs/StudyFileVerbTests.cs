using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
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
        WriteFrames();
        _folder.Write(
            "crystal/study.yaml",
            """
            data: cells.xyz.gz
            frames: frames.xyz
            unit-cell: POSCAR
            force-constants: FORCE_CONSTANTS
            draws: 2
            curve: [0.5, 1]
            hamiltonian: none
            hypotheses:
              - {name: H1, claim: phonon is better on frames, better: phonon, than: random, on: dynamics}
            published:
              - {source: nobody, property: band_gap, model: none, remark: made up, mae: 0.1}
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

        // The report with its comparison can be written again from the results.
        string report = File.ReadAllText(_folder.File("report/index.html"));
        Assert.All(["id=\"schemes\"", "figure-9-dynamics_300_K", "figure-3-map", "H1 (phonon is better on frames)", "href=\"comparison/differences.csv\"", "Table 3."], part => Assert.Contains(part, report, StringComparison.Ordinal));
        Run("report report --output again --quiet");
        Assert.Equal(report, File.ReadAllText(_folder.File("again/index.html")));
        Assert.Equal(File.ReadAllText(_folder.File("report/comparison/differences.csv")), File.ReadAllText(_folder.File("again/comparison/differences.csv")));

        // The budget that the file names: one more draw, its notice, no comparison.
        Run("study crystal/study.yaml --full --output full --quiet");
        Assert.Contains("All there is.", File.ReadAllText(_folder.File("full/study-result.json")), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("full/comparison")));
    }

    [Fact]
    public void Frames_that_are_none_and_hypotheses_about_cells_that_are_not_there_are_refused()
    {
        File.Copy(study.Cells, _folder.File("cells.xyz.gz"));
        WriteFrames("");
        Refused("data: frames.xyz\nframes: cells.xyz.gz\n", "frames of molecular dynamics, scheme 'dynamics'");
        Refused("data: cells.xyz.gz\nhypotheses:\n  - {name: H1, claim: c, better: phonon, than: einstein, on: phonon}\n", "hypotheses, 'H1': found the kind of cells 'einstein'; expected one of phonon, random, combined");

        void Refused(string text, string expected)
        {
            _folder.Write("study.yaml", text);
            PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, "study study.yaml --output refused --quiet");
            Assert.Equal(2, answer.ExitCode);
            Assert.Contains(expected, answer.Errors, StringComparison.Ordinal);
        }
    }

    /// <summary>Six of the labelled cells again, moved a little and called frames of one run.</summary>
    private void WriteFrames(string folder = "crystal/") => ExtendedXyz.Write(
        _folder.File(folder + "frames.xyz"),
        ExtendedXyz.Read(study.Cells).Take(6).Select((frame, place) => frame with
        {
            Crystal = frame.Crystal.Displaced([.. Enumerable.Range(0, frame.Crystal.AtomCount).Select(atom => new Vector3D(0.05 * Math.Sin(atom + place), 0.05 * Math.Cos(atom), 0))]),
            Info = frame.Info.SetItem("id", $"md-{place}").SetItem("scheme", "dynamics").SetItem("run", "1").SetItem("time_fs", $"{40 * place}").Remove("mode_amplitudes"),
            VectorColumns = frame.VectorColumns.Remove("displacement"),
        }));

    private string[] Models() => [.. Directory.GetFiles(_folder.File("report/models"), "*", SearchOption.AllDirectories).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O}").Order(StringComparer.Ordinal)];

    private PhonographProgram.Answer Run(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, $"phonograph {command}: exit code {answer.ExitCode}\n{answer.Errors}");
        return answer;
    }
}
