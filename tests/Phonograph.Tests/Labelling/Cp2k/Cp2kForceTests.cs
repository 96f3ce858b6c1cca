using Phonograph.Crystals;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Forces of the real program against central differences of its own energy, in cells without symmetry.</summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class Cp2kForceTests
{
    private const double StepAngstrom = 0.01;

    [Fact]
    public Task Forces_are_minus_the_slope_of_the_energy_at_GFN1_xTB() =>
        CheckAsync("gfn1-xtb", Cp2kCrystals.Sheared, [0, 3, 4], Cp2kTolerance.ForceTightBinding);

    [Fact]
    public Task Forces_are_minus_the_slope_of_the_energy_at_PBEsol() =>
        CheckAsync("pbesol", Cp2kCrystals.AluminiumPhosphide, [0], Cp2kTolerance.ForceSmoothElements);

    [Fact]
    public Task Forces_are_minus_the_slope_of_the_energy_at_PBEsol_with_silver() =>
        CheckAsync("pbesol", Cp2kCrystals.Sheared, [3], Cp2kTolerance.ForceSilver);

    private static async Task CheckAsync(string level, Crystal crystal, int[] atoms, double tolerance)
    {
        IReadOnlyList<DerivativeCheck> checks = await InstalledCp2k.Contract(level).ForcesAsync(crystal, atoms, StepAngstrom, TestContext.Current.CancellationToken);
        Assert.Equal(3 * atoms.Length, checks.Count);
        Assert.True(checks.Max(check => Math.Abs(check.Analytic)) > 100 * tolerance, "the forces must be large against the tolerance");
        Assert.All(checks, check => Assert.True(check.Deviation < tolerance, check.ToString()));
    }
}
