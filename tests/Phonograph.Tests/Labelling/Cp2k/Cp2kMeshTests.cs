using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Meshes of k-points of the real program.</summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class Cp2kMeshTests
{
    private const string Level = "gfn1-xtb/k1x1x2";

    [Fact]
    public async Task Forces_of_a_mesh_are_minus_the_slope_of_the_energy()
    {
        IReadOnlyList<DerivativeCheck> checks = await InstalledCp2k.Contract(Level).ForcesAsync(Cp2kCrystals.RockSalt, [1], 0.01, TestContext.Current.CancellationToken);
        Assert.All(checks, check => Assert.True(check.Deviation < Cp2kTolerance.ForceTightBinding, check.ToString()));
    }

    [Fact]
    public async Task Stress_of_a_mesh_is_the_slope_of_the_energy_under_strain()
    {
        IReadOnlyList<DerivativeCheck> checks = await InstalledCp2k.Contract(Level).StressAsync(Cp2kCrystals.RockSalt, [(0, 0), (0, 1)], 0.002, TestContext.Current.CancellationToken);
        Assert.All(checks, check => Assert.True(check.Deviation < Cp2kTolerance.StressTightBindingTwoAtoms, check.ToString()));
    }

    [Fact]
    public async Task A_mesh_on_a_cell_is_gamma_on_its_supercell()
    {
        Label small = await InstalledCp2k.LabelAsync(Level, Cp2kCrystals.RockSalt);
        Label large = await InstalledCp2k.LabelAsync("gfn1-xtb", Supercell.Of(Cp2kCrystals.RockSalt, 1, 1, 2).Crystal);
        Assert.Equal(small.EnergyPerAtomElectronvolt, large.EnergyPerAtomElectronvolt, Cp2kTolerance.SupercellEnergy);
        Assert.Equal(small.BandEdges.GapElectronvolt, large.BandEdges.GapElectronvolt, 1e-3);
        Assert.Equal(small.HydrostaticStressGigapascal, large.HydrostaticStressGigapascal, 0.05);
    }
}
