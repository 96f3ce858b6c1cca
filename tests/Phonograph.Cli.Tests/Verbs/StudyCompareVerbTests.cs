using System.Text.Json;
using Phonograph.Crystals.Formats;
using Phonograph.Reporting.Comparisons;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Verbs;

/// <summary>The whole chain of the controlled comparison on labels of the built-in tight-binding model: all schemes, frames of molecular dynamics, a pre-training elsewhere.</summary>
public sealed class StudyCompareVerbTests : IDisposable
{
    private const string Compare = "study compare cells.xyz.gz --frames frames.xyz.gz --size 8 --validation 2 --draws 2 --models m6,hamiltonian --hidden 4 --epochs 3 --resamples 100 --block 8 --quiet ";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_scheme_is_compared_with_the_one_before_on_molecular_dynamics()
    {
        Label();
        using var printed = JsonDocument.Parse(Run(Compare + "--curve 4 --force-constants phonons/FORCE_CONSTANTS --unit-cell POSCAR --output compared --json"));
        Assert.Equal(10, printed.RootElement.GetProperty("files").GetArrayLength());
        ComparisonResult result = ComparisonResultFile.Read(_folder.File("compared"));
        Assert.Equal(["einstein", "gaussian", "gaussian-energy", "phonon", "species", "uniform"], result.Design.Schemes.Order(StringComparer.Ordinal));
        Assert.Equal(["amplitude", "what is matched", "mass and site", "anisotropy", "correlation", "all of it"], result.Differences.Select(row => row.Meaning).Distinct());
        Assert.Equal(
            ["hamiltonian", "m6", "mean", "ridge-modes", "ridge-modes-squared", "ridge-radial"],
            result.Errors.Where(error => error.Metric.TestedOn == "dynamics 300 K" && error.Metric.Property.Key == "band_gap").Select(error => error.Metric.Model).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(4, result.Errors.Select(error => error.Metric.Property).Distinct().Count());
        Assert.Equal(3, result.TestSets.Single(set => set.Name == "dynamics 300 K").Blocks);
        Assert.Contains(result.Notes, note => note.Contains("tight-binding model", StringComparison.Ordinal));
        Assert.StartsWith("No test cell", result.Design.Leakage, StringComparison.Ordinal);
        Assert.Equal("phonograph study compare cells.xyz.gz --frames frames.xyz.gz --size 8 --validation 2 --draws 2 --models m6,hamiltonian --hidden 4 --epochs 3 --resamples 100 --block 8 --curve 4 --force-constants phonons/FORCE_CONSTANTS --unit-cell POSCAR", result.Design.Command);

        // A model trained on what the exclusion list leaves may be fine-tuned, one that has seen all cells may not.
        Run("study divide cells.xyz.gz frames.xyz.gz --block 8 --other-level cells.xyz.gz frames.xyz.gz --output division --quiet");
        string[] excluded = [.. File.ReadAllLines(_folder.File("division/exclusions.csv")).Skip(1).Select(line => line.Split(',')[0])];
        string[] tested = [.. File.ReadAllLines(_folder.File("division/division.csv")).Where(line => line.EndsWith(",test", StringComparison.Ordinal)).Select(line => line.Split(',')[0])];
        Assert.Empty(tested.Except(excluded));
        Assert.Empty(ExtendedXyz.Read(_folder.File("division/pretraining.xyz.gz")).Select(frame => frame.Info["id"]).Intersect(excluded));
        Run("train division/pretraining.xyz.gz --property band_gap --model m6 --hidden 4 --epochs 3 --output clean.safetensors --quiet");
        Run("train cells.xyz.gz --property band_gap --model m6 --hidden 4 --epochs 3 --output leaking.safetensors --quiet");
        Run(Compare + "--properties band_gap --start clean.safetensors --output tuned");
        Assert.Contains("fine-tuned", File.ReadAllText(_folder.File("tuned/differences.csv")), StringComparison.Ordinal);
        PhonographProgram.Answer refused = PhonographProgram.Run(_folder.Path, Compare + "--properties band_gap --start leaking.safetensors --output refused");
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("test cells", refused.Errors, StringComparison.Ordinal);
    }

    private void Label()
    {
        const string Engine = "--engine tight-binding --level slater-koster --workers 2 --quiet";
        Poscar.Write(_folder.File("POSCAR"), TestCrystals.SilverSulphideBromide, "Ag3SBr");
        Run("phonons displacements POSCAR --supercell 2,2,1 --output displacements.xyz --quiet");
        Run($"label displacements.xyz {Engine} --campaign forces --export forces.xyz.gz");
        Run("phonons constants forces.xyz.gz POSCAR --supercell 2,2,1 --output phonons --quiet");
        const string Sample = "sample POSCAR --supercell 2,2,1 --count 13 --quiet --seed ";
        Run(Sample + "1 --scheme uniform --width 0.4 --output uniform.xyz");
        string[] matched = ["gaussian", "gaussian-energy", "species", "einstein", "phonon"];
        for (int scheme = 0; scheme < matched.Length; scheme++)
        {
            Run($"{Sample}{scheme + 2} --scheme {matched[scheme]} --force-constants phonons/FORCE_CONSTANTS --temperature 300 --soft-modes absolute-floor:1 --output {matched[scheme]}.xyz");
        }

        Run("phonons gate POSCAR --supercell 2,2,1 --engine tight-binding --temperature 300 --time-step 2 --steps 10 --runs 1 --seed 3 --work gate --output gated --quiet");
        Run($"label uniform.xyz {string.Join(' ', matched.Select(scheme => scheme + ".xyz"))} {Engine} --campaign labels --export cells.xyz.gz");
        Run($"label gated/trajectory.xyz.gz {Engine} --campaign dynamics --export frames.xyz.gz");
    }

    private string Run(string command)
    {
        PhonographProgram.Answer answer = PhonographProgram.Run(_folder.Path, command);
        Assert.True(answer.ExitCode == 0, $"phonograph {command}: exit code {answer.ExitCode}\n{answer.Errors}");
        return answer.Output;
    }
}
