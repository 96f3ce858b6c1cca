using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.TightBinding;

public sealed class TightBindingInvarianceTests
{
    private const double Tolerance = 1e-10;
    private static readonly Matrix3x3 Rotation = RotationAbout(new Vector3D(1, 2, -0.5), 0.7);

    [Fact]
    public async Task Turning_the_crystal_turns_forces_and_stress() =>
        AssertSame(await Contract(3, 2, 1).RotationAsync(TightBindingCrystals.Triclinic, Rotation, TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_origin_does_not_matter() =>
        AssertSame(await Contract(3, 2, 1).OriginShiftAsync(TightBindingCrystals.Triclinic, new Vector3D(0.31, -0.77, 0.05), TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_order_of_atoms_does_not_matter() =>
        AssertSame(await Contract(3, 2, 1).PermutationAsync(TightBindingCrystals.Triclinic, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(3, 1, 2)]
    public void A_mesh_on_the_unit_cell_equals_gamma_on_the_supercell(int a, int b, int c)
    {
        var model = new TightBindingModel(TightBindingParameters.Default);
        Crystal unit = TightBindingCrystals.Triclinic;
        var supercell = Supercell.Of(unit, a, b, c);
        TightBindingResult small = model.Solve(unit, new KPointMesh(a, b, c));
        TightBindingResult large = model.Solve(supercell.Crystal, KPointMesh.Gamma);
        Assert.Equal(small.Label.EnergyPerAtomElectronvolt, large.Label.EnergyPerAtomElectronvolt, Tolerance);
        Assert.Equal(small.Label.BandEdges.ValenceBandMaximumElectronvolt, large.Label.BandEdges.ValenceBandMaximumElectronvolt, Tolerance);
        Assert.Equal(small.Label.BandEdges.ConductionBandMinimumElectronvolt, large.Label.BandEdges.ConductionBandMinimumElectronvolt, Tolerance);
        for (int atom = 0; atom < supercell.Crystal.AtomCount; atom++)
        {
            Assert.True((large.Label.Forces[atom] - small.Label.Forces[supercell.UnitAtom[atom]]).Length < Tolerance);
        }

        for (int row = 0; row < 3; row++)
        {
            Assert.True((large.Label.Stress[row] - small.Label.Stress[row]).Length < Tolerance);
        }
    }

    [Fact]
    public async Task The_engine_gives_a_unit_cell_and_its_supercell_the_same_label()
    {
        var contract = new EngineContract(new TightBindingEngine(), TightBindingEngine.Level);
        AssertSame(await contract.SupercellAsync(TightBindingCrystals.Triclinic, 2, 2, 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Forces_add_up_to_zero_and_stress_is_symmetric()
    {
        TightBindingResult result = new TightBindingModel(TightBindingParameters.Default).Solve(TightBindingCrystals.Triclinic, new KPointMesh(2, 3, 1));
        Vector3D sum = result.Label.Forces.Aggregate(Vector3D.Zero, (total, force) => total + force);
        Assert.True(sum.Length < 1e-11);
        Assert.Equal(result.Label.Stress, result.Label.Stress.Transposed);
    }

    [Fact]
    public void The_same_crystal_gives_the_same_bits()
    {
        TightBindingResult Solve() => new TightBindingModel(TightBindingParameters.Default).Solve(TightBindingCrystals.Triclinic, new KPointMesh(3, 2, 1));
        (TightBindingResult first, TightBindingResult second) = (Solve(), Solve());
        Assert.Equal(first.Label.EnergyElectronvolt, second.Label.EnergyElectronvolt);
        Assert.Equal(first.Label.Forces.AsEnumerable(), second.Label.Forces.AsEnumerable());
        Assert.Equal(first.Label.Stress, second.Label.Stress);
    }

    private static void AssertSame(EquivalenceDeviation deviation)
    {
        Assert.InRange(deviation.EnergyPerAtomElectronvolt, 0, Tolerance);
        Assert.InRange(deviation.ForceElectronvoltPerAngstrom, 0, Tolerance);
        Assert.InRange(deviation.StressElectronvoltPerCubicAngstrom, 0, Tolerance);
        Assert.InRange(deviation.GapElectronvolt, 0, Tolerance);
        Assert.InRange(deviation.ValenceBandMaximumElectronvolt, 0, Tolerance);
    }

    private static EngineContract Contract(int a, int b, int c) =>
        new(new TightBindingEngine(TightBindingParameters.Default, new KPointMesh(a, b, c)), TightBindingEngine.Level);

    /// <summary>Rodrigues' formula.</summary>
    private static Matrix3x3 RotationAbout(Vector3D axis, double angle)
    {
        Vector3D n = axis / axis.Length;
        var cross = new Matrix3x3(new(0, -n.Z, n.Y), new(n.Z, 0, -n.X), new(-n.Y, n.X, 0));
        return Matrix3x3.Identity + (Math.Sin(angle) * cross) + ((1 - Math.Cos(angle)) * (cross * cross));
    }
}
