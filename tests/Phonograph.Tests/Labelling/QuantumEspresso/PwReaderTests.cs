using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.QuantumEspresso;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.QuantumEspresso;

/// <summary>Result files of pw.x that were kept, whole and damaged.</summary>
public sealed class PwReaderTests
{

    [Theory]
    [InlineData("silicon", false)]
    [InlineData("aluminium", true)]
    public async Task A_kept_result_is_read_as_ASE_reads_it_and_as_differences_of_the_energy_say(string name, bool isMetallic)
    {
        var label = Assert.IsType<Label>(await ReadAsync(name, text => text));
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "quantum-espresso", name + ".json")));
        JsonElement expected = document.RootElement;
        // The text output has eight decimals in rydberg and bohr, and ASE a rydberg of 2006, larger by 9e-8 of itself.
        Assert.Equal(expected.GetProperty("ase_energy_eV").GetDouble(), label.EnergyElectronvolt, 5e-5);
        Vector3D[] forces = PwCrystals.Vectors(expected.GetProperty("ase_forces_eV_A")), stress = PwCrystals.Vectors(expected.GetProperty("ase_stress_eV_A3"));
        Assert.Equal(forces.Length, label.Forces.Length);
        Assert.All(forces.Zip(label.Forces), pair => Assert.True((pair.First - pair.Second).Length < 1e-6, pair.ToString()));
        Assert.All(Enumerable.Range(0, 3), row => Assert.True((stress[row] - label.Stress[row]).Length < 3e-6, $"{stress[row]} {label.Stress[row]}"));
        foreach (JsonProperty slope in expected.GetProperty("slope_forces_eV_A").EnumerateObject())
        {
            Assert.Equal(slope.Value.GetDouble(), label.Forces[slope.Name[0] - '0'][slope.Name[1] - '0'], PwTolerance.Force);
        }

        foreach (JsonProperty slope in expected.GetProperty("slope_stress_eV_A3").EnumerateObject())
        {
            Assert.Equal(slope.Value.GetDouble(), label.Stress[slope.Name[0] - '0', slope.Name[1] - '0'], PwTolerance.Stress);
        }

        Assert.Equal(isMetallic, label.BandEdges.IsMetallic);
        Assert.True(isMetallic || label.BandEdges.GapElectronvolt > 0.1);
    }

    [Fact]
    public async Task A_file_that_was_cut_anywhere_is_a_failure()
    {
        string whole = Text("silicon");
        for (int length = 0; length < whole.LastIndexOf("</qes", StringComparison.Ordinal); length += 1501)
        {
            int kept = length;
            Assert.Equal("unreadable-output", Assert.IsType<LabelFailure>(await ReadAsync("silicon", text => text[..kept])).Reason);
        }
    }

    [Theory]
    [InlineData("<etot>-", "<etot>*********", "'*********")]
    [InlineData("<etot>-", "<etot>NaN -", "'NaN' in <etot>")]
    [InlineData("<forces", "<other", "no output/forces")]
    [InlineData("<stress rank=\"2\" dims=\"3 3\" order=\"F\">", "<stress rank=\"2\" dims=\"3 3\" order=\"F\">1.0 ", "10 numbers in <stress>")]
    [InlineData("<nks>8</nks>", "<nks>9</nks>", "8 k-points; expected those of 9")]
    [InlineData("<eigenvalues size=\"8\">", "<eigenvalues size=\"7\">", "8 numbers in <eigenvalues>")]
    [InlineData("<atom name=\"Si\" index=\"2\">", "<atom name=\"Ge\" index=\"2\">", "the atoms Si Ge")]
    [InlineData("<a2>", "<a2>1 ", "4 numbers in <a2>")]
    [InlineData("qes:espresso", "qes:other", "begins with <other>")]
    public async Task Damage_is_found_and_named(string old, string damaged, string named)
    {
        var failure = Assert.IsType<LabelFailure>(await ReadAsync("silicon", text => Damaged(text, old, damaged)));
        Assert.Equal("unreadable-output", failure.Reason);
        Assert.Contains(named, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Document_types_are_refused() => Assert.Equal("unreadable-output", Assert.IsType<LabelFailure>(await ReadAsync(
        "silicon", text => Damaged(text, "<qes:espresso ", "<!DOCTYPE qes:espresso [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]><qes:espresso "))).Reason);

    [Fact]
    public async Task A_run_that_did_not_converge_is_a_failure_that_says_how_far_it_came()
    {
        var failure = Assert.IsType<LabelFailure>(await ReadAsync("silicon", text => Damaged(text, "<convergence_achieved>true", "<convergence_achieved>false")));
        Assert.Equal("not-converged", failure.Reason);
        Assert.Contains("estimated error", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bands_without_an_empty_one_are_a_failure_that_says_what_to_do()
    {
        string filled = System.Text.RegularExpressions.Regex.Replace(
            Text("silicon"), "(<occupations size=\"(\\d+)\">)[^<]*", match => match.Groups[1].Value + string.Concat(Enumerable.Repeat("1 ", int.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Contains("nbnd", Assert.IsType<LabelFailure>(await ReadAsync("silicon", _ => filled)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_of_another_cell_is_a_failure()
    {
        Crystal silicon = PwCrystals.Silicon;
        var other = new Crystal(new Lattice(silicon.Lattice.Rows * (1.0001 * Matrix3x3.Identity)), silicon.Elements, silicon.PositionsFractional);
        Assert.Contains("another lattice vector", Assert.IsType<LabelFailure>(await ReadAsync(other, Text("silicon"))).Detail, StringComparison.Ordinal);
    }

    private static string Text(string name)
    {
        using StreamReader reader = AtomicFile.OpenText(Repository.PathOf("tests", "reference", "quantum-espresso", name + ".xml.gz"));
        return reader.ReadToEnd();
    }

    private static string Damaged(string text, string old, string damaged)
    {
        string result = text.Replace(old, damaged, StringComparison.Ordinal).Replace("</forces", damaged == "<other" ? "</other" : "</forces", StringComparison.Ordinal);
        Assert.NotEqual(text, result);
        return result;
    }

    private static Task<LabelOutcome> ReadAsync(string name, Func<string, string> change) => ReadAsync(PwCrystals.Reference(name), change(Text(name)));

    /// <summary>What the adapter makes of a program that leaves this result; a template stands for the level, so that no pseudopotential need be installed.</summary>
    private static async Task<LabelOutcome> ReadAsync(Crystal crystal, string result)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), FakeCp2k.NeedsShell);
        using var program = new FakePw(result);
        using var folder = new TemporaryFolder();
        using var templates = new TemporaryFolder();
        string species = string.Concat(crystal.Elements.Distinct().Select(element => $"{element.Symbol} 1.0 any.upf\n"));
        templates.Write("any.upf", "kept result");
        string template = templates.Write("kept.in", $"&CONTROL\n pseudo_dir = '{templates.Path}'\n{{{{output}}}}\n/\nATOMIC_SPECIES\n{species}{{{{cell}}}}\n{{{{atoms}}}}\n");
        IElectronicStructureEngine engine = new QuantumEspressoEngine(program: program.ProgramPath).WithTemplate(EngineTemplate.Read(template));
        return await engine.ComputeAsync(new EngineRequest(crystal, engine.Levels[0], 0, folder.Path, Threads: 1), TestContext.Current.CancellationToken);
    }
}
