using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests;

/// <summary>
/// Every stage of the pipeline as a user runs it, from a POSCAR to a report, with labels of the built-in tight-binding model: no outside
/// program is needed.
/// </summary>
public sealed class ChainTests : IDisposable
{
    private const string Engine = "--engine tight-binding --level slater-koster --workers 2 --quiet";
    private const string Study = "study labelled.xyz.gz --quick --quiet --unit-cell POSCAR --force-constants phonons/FORCE_CONSTANTS --output ";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void From_a_crystal_to_a_report()
    {
        Label(ofEach: 14);
        Assert.Contains("14", Run("dataset labelled.xyz.gz --quiet"), StringComparison.Ordinal);
        Run("train labelled.xyz.gz --property band_gap --hidden 8 --epochs 5 --output gap.safetensors --quiet");
        Run("evaluate gap.safetensors labelled.xyz.gz --quiet");
        Run("predict gap.safetensors POSCAR --output predictions.csv --quiet");
        Run(Study + "report --json");

        using var metrics = JsonDocument.Parse(File.ReadAllText(_folder.File("report/metrics.json")));
        JsonElement[] records = [.. metrics.RootElement.EnumerateArray()];
        foreach (string property in new[] { "energy_per_atom", "band_gap", "vbm", "hydrostatic_stress" })
        {
            foreach (string trained in new[] { "phonon", "random", "combined" })
            {
                foreach (string tested in new[] { "phonon", "random", "combined" })
                {
                    JsonElement[] found =
                    [
                        .. records.Where(record => record.GetProperty("property").GetString() == property && record.GetProperty("trained_on").GetString() == trained
                            && record.GetProperty("tested_on").GetString() == tested),
                    ];
                    Assert.Equal(["painn", "mean", "ridge-radial", "ridge-modes", "ridge-modes-squared"], found.Select(record => record.GetProperty("model").GetString()));
                    Assert.All(found, record => Assert.True(record.GetProperty("mae_low").GetDouble() <= record.GetProperty("mae_high").GetDouble()));
                }
            }
        }

        string page = File.ReadAllText(_folder.File("report/index.html"));
        Assert.Contains("analytic tight-binding model", page, StringComparison.Ordinal);
        Assert.True(Directory.GetFiles(_folder.File("report/figures"), "*.svg").Length >= 8);

        // The report alone, from the results of the study, is the same page.
        Run("report report --output again --quiet");
        Assert.Equal(page, File.ReadAllText(_folder.File("again/index.html")));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>Force constants of the model, thermal and random draws, labels.</summary>
    private void Label(int ofEach)
    {
        Poscar.Write(_folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        Run("phonons displacements POSCAR --supercell 2,2,2 --output displacements.xyz --quiet");
        Run($"label displacements.xyz {Engine} --campaign forces --export forces.xyz.gz");
        Run("phonons constants forces.xyz.gz POSCAR --supercell 2,2,2 --output phonons --quiet");
        Run($"sample POSCAR --supercell 2,2,2 --scheme phonon --force-constants phonons/FORCE_CONSTANTS --temperature 300 --count {ofEach} --seed 1 --output phonon.xyz.gz --quiet");
        Run($"sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --count {ofEach} --seed 2 --output random.xyz.gz --quiet");
        Run($"label phonon.xyz.gz random.xyz.gz {Engine} --campaign labels --export labelled.xyz.gz");
    }

    private string Run(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, $"phonograph {command}: exit code {answer.ExitCode}\n{answer.Errors}");
        return answer.Output;
    }
}
