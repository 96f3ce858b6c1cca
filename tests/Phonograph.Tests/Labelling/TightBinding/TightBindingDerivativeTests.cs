using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.TightBinding;

public sealed class TightBindingDerivativeTests
{
    private static readonly (int, int)[] AllComponents = [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)];

    public static TheoryData<int, int, int> Meshes => new() { { 1, 1, 1 }, { 2, 2, 2 }, { 3, 2, 1 } };

    [Theory]
    [MemberData(nameof(Meshes))]
    public async Task Forces_are_minus_the_slope_of_the_energy(int a, int b, int c)
    {
        EngineContract contract = Contract(a, b, c);
        IReadOnlyList<DerivativeCheck> checks = await contract.ForcesAsync(
            TightBindingCrystals.Triclinic, [0, 1, 2, 3, 4], 1e-4, TestContext.Current.CancellationToken);
        Assert.True(checks.Max(check => Math.Abs(check.Analytic)) > 0.2, "the crystal must have forces");
        Assert.All(checks, check => Assert.True(check.Deviation < 1e-7, check.ToString()));
    }

    [Theory]
    [MemberData(nameof(Meshes))]
    public async Task Stress_is_the_slope_of_the_energy_under_strain(int a, int b, int c)
    {
        EngineContract contract = Contract(a, b, c);
        IReadOnlyList<DerivativeCheck> checks = await contract.StressAsync(
            TightBindingCrystals.Triclinic, AllComponents, 2e-5, TestContext.Current.CancellationToken);
        Assert.True(checks.Max(check => Math.Abs(check.Analytic)) > 0.003, "the crystal must have stress");
        Assert.All(checks, check => Assert.True(check.Deviation < 1e-8, check.ToString()));
    }

    [Fact]
    public async Task Forces_hold_where_neighbours_cross_the_cutoff()
    {
        // One bond whose length runs through the whole cutoff range: value, slope and curvature stay continuous.
        Element silver = Element.Of("Ag"), sulfur = Element.Of("S");
        BondParameters bond = TightBindingParameters.Default.Bonds[new ElementPair(silver, sulfur)];
        EngineContract contract = Contract(1, 1, 1);
        foreach (double distance in new[] { bond.CutoffStartAngstrom, (bond.CutoffStartAngstrom + bond.CutoffEndAngstrom) / 2, bond.CutoffEndAngstrom - 1e-3, bond.CutoffEndAngstrom })
        {
            Crystal pair = TightBindingCrystals.Of(Lattice.Cubic(14), "Zn S", [new(0, 0, 0), new(distance / 14, 0.01, 0.02)]);
            IReadOnlyList<DerivativeCheck> checks = await contract.ForcesAsync(pair, [0, 1], 1e-4, TestContext.Current.CancellationToken);
            Assert.All(checks, check => Assert.True(check.Deviation < 1e-7, $"{distance} Å: {check}"));
        }
    }

    [Fact]
    public async Task A_compressed_cell_has_negative_stress_and_a_stretched_one_positive()
    {
        var contract = new EngineContract(new TightBindingEngine(), TightBindingEngine.Level);
        async Task<double> StressAtAsync(double edge) => (await contract.LabelAsync(
            new Crystal(Lattice.Cubic(edge), TightBindingCrystals.SilverSulfideBromide.Elements, TightBindingCrystals.SilverSulfideBromide.PositionsFractional),
            TestContext.Current.CancellationToken)).HydrostaticStressGigapascal;
        Assert.True(await StressAtAsync(4.6) < -1);
        Assert.InRange(await StressAtAsync(4.793), -0.1, 0.1);
        Assert.True(await StressAtAsync(5.0) > 1);
    }

    private static EngineContract Contract(int a, int b, int c) =>
        new(new TightBindingEngine(TightBindingParameters.Default, new KPointMesh(a, b, c)), TightBindingEngine.Level);
}
