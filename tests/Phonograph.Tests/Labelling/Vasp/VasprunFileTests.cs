using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Outside;
using Phonograph.Labelling.Vasp;
using Phonograph.Testing;
using Phonograph.Units;

namespace Phonograph.Tests.Labelling.Vasp;

public sealed class VasprunFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string, string> Damages => new()
    {
        { "energy too wide", VasprunText.Of(energies: "<energy><i name=\"e_0_energy\"> *********** </i></energy>"), "unreadable-output", "'***********'; expected a number" },
        { "energy missing", VasprunText.Of(energies: "<energy></energy>"), "unreadable-output", "no energy 'e_0_energy'" },
        { "stress missing", VasprunText.Of(stress: "<time/>"), "unreadable-output", "ISIF = 2" },
        { "stress of two rows", VasprunText.Of(stress: "<varray name=\"stress\"><v> 1 0 0 </v><v> 0 1 0 </v></varray>"), "unreadable-output", "2 vectors of 'stress'" },
        { "eigenvalue not a number", VasprunText.Of(states: VasprunText.States("NaN 1.0", "0.5 0.0")), "unreadable-output", "expected a number" },
        { "no eigenvalues", VasprunText.Of(states: "<time/>"), "unreadable-output", "no eigenvalues" },
        { "no empty state", VasprunText.Of(states: "<eigenvalues><r> -2.0 1.0 </r></eigenvalues>"), "unreadable-output", "NBANDS" },
        { "all electronic steps used", VasprunText.Of(electronicSteps: 60), "not-converged", "NELM = 60" },
    };

    [Fact]
    public void Units_and_signs_are_those_of_the_project()
    {
        OutsideResult result = Assert.Single(Read(VasprunText.Of()));
        Assert.Equal(("vasp", "6.4.2"), (result.Engine, result.Version));
        Assert.Equal(["Ag", "Br"], result.Crystal!.Elements.Select(element => element.Symbol));
        Assert.Equal(new(0.5, 0.5, 0.5125), result.Crystal.PositionsFractional[1]);
        var label = Assert.IsType<Label>(result.Outcome);
        Assert.Equal(-7.375, label.EnergyElectronvolt);
        Assert.Equal(new(-0.1, 0.2, -0.3), label.Forces[1]);

        // 20 kbar of pressure on average are 2 GPa, negative under compression here.
        Assert.Equal(-2, label.HydrostaticStressGigapascal, 12);
        Assert.Equal(-0.1 / PhysicalConstants.ElectronvoltPerCubicAngstromGigapascal, label.Stress[0, 1], 15);
        Assert.Equal((-1.5, 0.5, false), (label.BandEdges.ValenceBandMaximumElectronvolt, label.BandEdges.ConductionBandMinimumElectronvolt, label.BandEdges.IsMetallic));
        Assert.Equal(64, label.VolumeCubicAngstrom, 10);
    }

    [Fact]
    public void The_energy_of_version_5_stands_under_another_name() =>
        Assert.Equal(-7.5, ((Label)Read(VasprunText.Of(version: "5.4.4"))[0].Outcome).EnergyElectronvolt);

    [Theory]
    [InlineData("0.2 0.5004", "0.25 0.4996")]
    [InlineData("0.8 1.0", "0.9 0.0")]
    public void Fractional_occupations_and_edges_that_cross_are_flagged(string occupied, string empty) =>
        Assert.True(((Label)Read(VasprunText.Of(states: VasprunText.States(occupied, empty)))[0].Outcome).BandEdges.IsMetallic);

    [Fact]
    public void Every_ionic_step_is_a_result()
    {
        OutsideResult[] results = [.. Read(VasprunText.Of(more: VasprunText.Step(electronicSteps: 61) + VasprunText.Step()))];
        Assert.Equal([true, false, true], results.Select(result => result.Outcome is Label));
        Assert.EndsWith("step 3", results[2].Place, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_is_wrong_is_a_failure_with_its_reason(string name, string text, string reason, string detail)
    {
        OutsideResult result = Assert.Single(Read(text));
        var failure = Assert.IsType<LabelFailure>(result.Outcome);
        Assert.True(failure.Reason == reason, $"{name}: {failure}");
        Assert.Contains(detail, failure.Detail, StringComparison.Ordinal);
        Assert.NotNull(result.Crystal);
    }

    [Fact]
    public void A_file_cut_anywhere_gives_the_steps_before_the_cut_and_a_failure()
    {
        string text = VasprunText.Of(more: VasprunText.Step());
        int first = text.IndexOf("</calculation>", StringComparison.Ordinal) + 14, last = text.LastIndexOf("</calculation>", StringComparison.Ordinal) + 14;
        for (int length = 80; length < text.Length - 5; length += 7)
        {
            OutsideResult[] results = [.. Read(text[..length])];
            int whole = length >= last ? 2 : length >= first ? 1 : 0;
            Assert.Equal(whole, results.Count(result => result.Outcome is Label));
            Assert.All(results.Skip(whole), result => Assert.Equal("engine-error", Assert.IsType<LabelFailure>(result.Outcome).Reason));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html></html>")]
    [InlineData("INCAR")]
    public void Another_file_is_refused(string text) => Assert.Contains("vasprun.xml", Assert.Throws<InputException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Document_types_are_not_followed()
    {
        string text = VasprunText.Of().Replace("<modeling>", "<!DOCTYPE modeling [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]><modeling>", StringComparison.Ordinal);
        Assert.Throws<InputException>(() => Read(text));
    }

    /// <summary>
    /// Results of VASP 5 and 6 for 64 atoms of NaCl, as ASE 3.22.1 (Debian python3-ase) reads them: read(file, format='vasp-xml'), get_potential_energy(), get_forces(),
    /// get_stress(voigt=False).trace()/3/GPa, and the edges over calc.kpts with occupations above and below one half.
    /// </summary>
    [Theory]
    [InlineData("NaCl-vasprun.xml-001.xz", -216.82820693, 0.00502017, 0, 0.16566, -0.811, 4.7125)]
    [InlineData("NaCl-rd-vasprun-00000.xml.xz", -223.94835772, 1.0e-07, -8.7e-07, 0.00394, -0.7143, 4.846)]
    public void Real_files_are_read_as_ASE_reads_them(string name, double energy, double forceX, double forceZ, double stress, double highest, double lowest)
    {
        string? file = OutsideReference.Find("vasp", name);
        Assert.SkipWhen(file is null, OutsideReference.HowToGet);
        OutsideResult result = Assert.Single(VasprunFile.Read(file));
        Assert.Equal("Cl32Na32", string.Concat(result.Crystal!.Elements.GroupBy(element => element.Symbol).OrderBy(group => group.Key).Select(group => $"{group.Key}{group.Count()}")));
        var label = Assert.IsType<Label>(result.Outcome);
        Assert.Equal(energy, label.EnergyElectronvolt, 8);
        Assert.Equal(forceX, label.Forces[40].X, 8);
        Assert.Equal(forceZ, label.Forces[40].Z, 8);
        Assert.Equal(stress, label.HydrostaticStressGigapascal, 5);
        Assert.Equal((highest, lowest), (label.BandEdges.ValenceBandMaximumElectronvolt, label.BandEdges.ConductionBandMinimumElectronvolt));
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private System.Collections.Immutable.ImmutableArray<OutsideResult> Read(string text) => VasprunFile.Read(_folder.Write("vasprun.xml", text));
}
