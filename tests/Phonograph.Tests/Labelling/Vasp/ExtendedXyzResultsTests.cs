using System.Collections.Immutable;
using Phonograph.Labelling;
using Phonograph.Labelling.Outside;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Vasp;

/// <summary>Results of any program in extended XYZ, with the keys that MACE users write.</summary>
public sealed class ExtendedXyzResultsTests : IDisposable
{
    private const string Whole = "REF_energy=-7.5 REF_stress=\"1 2 3 2 5 6 3 6 9\" vbm_eV=1.5 cbm_eV=2.75 engine=vasp engine_version=6.4.2";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_frame_with_all_keys_is_a_label()
    {
        OutsideResult result = Assert.Single(Read(Whole));
        var label = Assert.IsType<Label>(result.Outcome);
        Assert.Equal(("vasp", "6.4.2"), (result.Engine, result.Version));
        Assert.Equal(-7.5, label.EnergyElectronvolt);
        Assert.Equal(new(-0.1, 0.2, -0.3), label.Forces[1]);
        Assert.Equal(5, label.Stress[1, 1]);
        Assert.Equal((1.25, false), (label.BandEdges.GapElectronvolt, label.BandEdges.IsMetallic));
    }

    [Fact]
    public void Six_numbers_of_stress_are_in_Voigt_order()
    {
        var nine = (Label)Read(Whole)[0].Outcome;
        var six = (Label)Read(Whole.Replace("1 2 3 2 5 6 3 6 9", "1 5 9 6 3 2", StringComparison.Ordinal))[0].Outcome;
        Assert.Equal(nine.Stress, six.Stress);
    }

    [Theory]
    [InlineData("REF_energy=-7.5 ", "", "no REF_energy")]
    [InlineData("REF_energy", "energy", "'energy' without REF_")]
    [InlineData("REF_energy=-7.5", "REF_energy=****", "REF_energy=****; expected a number")]
    [InlineData("REF_stress", "stress", "'stress' without REF_")]
    [InlineData("1 2 3 2 5 6 3 6 9", "1 2 3 4", "REF_stress with 4 numbers")]
    [InlineData("vbm_eV=1.5 ", "", "no band edges")]
    [InlineData("cbm_eV=2.75", "", "no band edges")]
    [InlineData("cbm_eV=2.75", "cbm_eV=2.75 band_gap_eV=2", "band_gap_eV=2 but 1.25 eV")]
    public void What_is_missing_or_wrong_is_a_failure_that_names_it(string old, string other, string named)
    {
        var failure = Assert.IsType<LabelFailure>(Read(Whole.Replace(old, other, StringComparison.Ordinal))[0].Outcome);
        Assert.Equal("unreadable-output", failure.Reason);
        Assert.Contains(named, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Edges_that_cross_are_flagged() => Assert.True(((Label)Read(Whole.Replace("cbm_eV=2.75", "cbm_eV=1.25", StringComparison.Ordinal))[0].Outcome).BandEdges.IsMetallic);

    [Fact]
    public void Forces_without_their_name_are_no_reference()
    {
        var failure = Assert.IsType<LabelFailure>(Read(Whole, "forces")[0].Outcome);
        Assert.Contains("no column REF_forces: 'forces' without REF_", failure.Detail, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private ImmutableArray<OutsideResult> Read(string keys, string column = "REF_forces") => ExtendedXyzResults.Read(_folder.Write(
        "results.xyz", $"2\nLattice=\"4 0 0 0 4 0 0 0 4\" Properties=species:S:1:pos:R:3:{column}:R:3 {keys} pbc=\"T T T\"\nAg 0 0 0 0.1 -0.2 0.3\nBr 2 2 2.05 -0.1 0.2 -0.3\n"));
}
