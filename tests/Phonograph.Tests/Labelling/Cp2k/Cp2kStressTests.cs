using Phonograph.Crystals;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>
/// Stress of the real program against central differences of its own energy under strain. The grids of a density-functional level follow the cell: where one
/// of them gets another number of points between two strained cells, the energy jumps (Ag3SBr below under zz: the second grid goes from 25 to 27 points
/// and the energy of the cell by 9 meV). The components checked at 240 Ry are those without such a jump.
/// </summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class Cp2kStressTests
{
    private const double Strain = 0.002;

    [Fact]
    public Task Stress_is_the_slope_of_the_energy_under_strain_at_GFN1_xTB() =>
        CheckAsync("gfn1-xtb", Cp2kCrystals.Sheared, [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)], Cp2kTolerance.StressTightBinding);

    [Fact]
    public Task Stress_is_the_slope_of_the_energy_under_strain_at_PBEsol() =>
        CheckAsync("pbesol", Cp2kCrystals.AluminiumPhosphide, [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)], Cp2kTolerance.StressSameGrid);

    [Fact]
    public Task Stress_is_the_slope_of_the_energy_under_strain_at_PBEsol_with_silver() =>
        CheckAsync("pbesol", Cp2kCrystals.Sheared, [(0, 0), (1, 2)], Cp2kTolerance.StressSameGrid);

    [Theory]
    [InlineData("gfn1-xtb", 4.6, 5.1)]
    [InlineData("pbesol", 5.2, 5.8)]
    public async Task A_compressed_crystal_has_negative_stress_and_a_stretched_one_positive(string level, double compressedAngstrom, double stretchedAngstrom)
    {
        Crystal Cell(double edge) => level == "gfn1-xtb" ? Cp2kCrystals.SilverSulphideBromide(edge) : Cp2kCrystals.AluminiumPhosphideCube(edge);
        double compressed = (await InstalledCp2k.LabelAsync(level, Cell(compressedAngstrom))).HydrostaticStressGigapascal;
        double stretched = (await InstalledCp2k.LabelAsync(level, Cell(stretchedAngstrom))).HydrostaticStressGigapascal;
        Assert.True(compressed < -5, $"compressed: {compressed} GPa");
        Assert.True(stretched > 5, $"stretched: {stretched} GPa");
    }

    internal static async Task CheckAsync(string level, Crystal crystal, (int, int)[] components, double tolerance)
    {
        IReadOnlyList<DerivativeCheck> checks = await InstalledCp2k.Contract(level).StressAsync(crystal, components, Strain, TestContext.Current.CancellationToken);
        Assert.Equal(components.Length, checks.Count);
        Assert.True(checks.Max(check => Math.Abs(check.Analytic)) > 50 * tolerance, "the stress must be large against the tolerance");
        Assert.All(checks, check => Assert.True(check.Deviation < tolerance, check.ToString()));
    }
}
