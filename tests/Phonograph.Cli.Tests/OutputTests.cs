using System.Text.Json;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests;

/// <summary>What goes to stdout and what to stderr: results to one, one JSON document on request; progress to the other, and only on a terminal.</summary>
public sealed class OutputTests(SmallStudy study) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("crystal POSCAR", "formula")]
    [InlineData("phonons displacements POSCAR --supercell 2,2,2 --output d.xyz", "frames")]
    [InlineData("phonons constants SETS POSCAR --supercell 2,2,2 --output p", "modes")]
    [InlineData("phonons modes CONSTANTS POSCAR --supercell 2,2,2", "frequencies_THz")]
    [InlineData("sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --count 2 --seed 1 --output s.xyz", "rms_displacement_A")]
    [InlineData("label CELLS --engine tight-binding --level slater-koster --limit 2 --campaign labels", "groups")]
    [InlineData("label CELLS --engine tight-binding --level slater-koster --limit 2 --campaign exported --export e.xyz", "export")]
    [InlineData("dataset CELLS", "census")]
    [InlineData("graph POSCAR", "directed_edges")]
    [InlineData("train CELLS --property band_gap --hidden 8 --epochs 2 --output g.safetensors", "test")]
    [InlineData("evaluate MODEL CELLS", "metrics")]
    [InlineData("predict MODEL POSCAR --output p.csv", "structures")]
    [InlineData("report STUDY --output r", "figures")]
    [InlineData("engines", "")]
    public void Every_verb_answers_with_exactly_one_json_document_and_shows_no_progress_in_a_file(string command, string key)
    {
        PhonographProgram.Answer json = Run(command + " --json");
        Assert.True(json.ExitCode == 0, json.Errors);
        Assert.DoesNotContain('\r', json.Errors);
        Assert.True(json.Errors.Length == 0 || command.StartsWith("predict", StringComparison.Ordinal), json.Errors);
        using var document = JsonDocument.Parse(json.Output);
        Assert.True(key.Length == 0 ? document.RootElement.ValueKind == JsonValueKind.Array : document.RootElement.TryGetProperty(key, out _), json.Output);
    }

    [Fact]
    public void A_campaign_answers_status_pause_and_continue_as_json()
    {
        Assert.Equal(0, Run("label CELLS --engine tight-binding --level slater-koster --limit 3 --campaign labels").ExitCode);
        JsonElement Answer(string command) => JsonDocument.Parse(Run(command).Output).RootElement;
        Assert.Equal("paused", Answer("label --pause labels --json").GetProperty("state").GetString());
        Assert.True(Answer("label --status labels --json").GetProperty("is_paused").GetBoolean());
        Assert.Equal("continued", Answer("label --continue labels --json").GetProperty("state").GetString());
        JsonElement export = Answer("label --campaign labels --export e.xyz --json").GetProperty("export");
        Assert.Equal((3, 25, "failures.csv"), (export.GetProperty("labelled").GetInt32(), export.GetProperty("without_label").GetInt32(), export.GetProperty("failures").GetString()));
    }

    [Fact]
    public void A_study_answers_with_one_json_document()
    {
        using var document = JsonDocument.Parse(Run($"study CELLS --quick --cache {study.Report}/models --output again --json").Output);

        // Four properties, three kinds of training cells, three kinds of test cells; network, mean, and ridge on radial distributions.
        Assert.Equal(4 * 3 * 3 * 3, document.RootElement.GetProperty("metrics").GetInt32());
        Assert.True(File.Exists(document.RootElement.GetProperty("page").GetString()));
    }

    [Fact]
    public void Progress_shows_on_a_terminal_and_not_when_quiet()
    {
        const string script = "/usr/bin/script";
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(script), "needs the program script for a terminal: apt-get install -y bsdutils");
        string OnTerminal(string command)
        {
            PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, Filled(command), null, "sh", "-c", $"exec {script} -qec \"$*\" /dev/null", "sh");
            Assert.True(answer.ExitCode == 0, answer.Output + answer.Errors);
            return answer.Output;
        }

        const string Label = "label CELLS --engine tight-binding --level slater-koster --campaign ";
        Assert.Contains("label: 28/28", OnTerminal(Label + "one"), StringComparison.Ordinal);
        string quiet = OnTerminal(Label + "two --quiet");
        Assert.DoesNotContain("label: ", quiet, StringComparison.Ordinal);
        Assert.Contains("tight-binding harrison-1", quiet, StringComparison.Ordinal);

        // A job of many stages says how long all of them take.
        string report = OnTerminal("report STUDY --output r"), whole = OnTerminal("study CELLS --quick --output q");
        Assert.Matches(@"fits: \d+/\d+  [0-9.]+/\w+  \d+:\d\d left, about \d+:\d\d in all", whole);
        Assert.DoesNotContain("in all", report, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private PhonographProgram.Answer Run(string command) => PhonographProgram.Run(_folder.Path, Filled(command));

    private string Filled(string command)
    {
        File.Copy(study.UnitCell, _folder.File("POSCAR"), overwrite: true);
        return string.Join(' ', command.Split(' ').Select(word => word switch
        {
            "SETS" => study.ForceSets,
            "CONSTANTS" => study.ForceConstants,
            "CELLS" => study.Cells,
            "MODEL" => study.Model,
            "STUDY" => study.Report,
            _ => word,
        }));
    }
}
