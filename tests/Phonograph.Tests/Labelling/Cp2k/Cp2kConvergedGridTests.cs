namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>With converged grids the stress of PBEsol holds to a tenth of what it holds to at 240 Ry; dear, therefore one component.</summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class Cp2kConvergedGridTests
{
    [Fact]
    public Task Stress_is_the_slope_of_the_energy_under_strain_with_converged_grids() =>
        Cp2kStressTests.CheckAsync("pbesol-tight", Cp2kCrystals.AluminiumPhosphide, [(0, 0)], Cp2kTolerance.StressConvergedGrid);
}
