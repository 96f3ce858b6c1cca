using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Electrons;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.WaveVectors;
using Phonograph.Testing;
using Phonograph.Tests.Labelling.Cp2k;

namespace Phonograph.Tests.Electrons;

public sealed class ElectronsRunTests
{
    private static readonly Crystal Cell = TestCrystals.SilverSulphideBromide;

    [Fact]
    public async Task Gamma_of_a_supercell_holds_the_bands_of_the_cell_at_the_wave_vectors_it_folds()
    {
        var engine = new TightBindingEngine();
        var supercell = Supercell.Of(Cell, 2, 2, 1);
        ElectronicStates cell = await StatesAsync(engine, Cell, CommensurateWaveVectors.Of(supercell)), folded = await StatesAsync(engine, supercell.Crystal, [Vector3D.Zero]);
        double[] expected = [.. cell.EnergiesElectronvolt.SelectMany(levels => levels).Order()];
        Assert.Equal(expected.Length, folded.EnergiesElectronvolt[0].Length);
        Assert.All(expected.Zip(folded.EnergiesElectronvolt[0]), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(4 * cell.Occupied, folded.Occupied);
        Assert.All(cell.Shares.SelectMany(point => point), shares => Assert.Equal(1, shares.Sum(), 1e-12));

        // The trace of the projections: every shell has as much in all states together as it has orbitals, at every wave vector.
        Assert.All(cell.Shares, point => Assert.Equal(3, point.Sum(shares => shares[cell.Shells.IndexOf(new ElementShell(Element.Of("Ag"), "s"))]), 1e-9));
    }

    [Fact]
    public async Task Bands_density_and_shares_fit_together()
    {
        using var folder = new TemporaryFolder();
        ElectronicBands bands = await ElectronsRun.ComputeAsync(Cell, new TightBindingEngine(), Options(TightBindingEngine.Level, IntegerMatrix3.Diagonal(2, 2, 2), range: 40), folder.Path, null, TestContext.Current.CancellationToken);
        double step = bands.Density.EnergiesElectronvolt[1] - bands.Density.EnergiesElectronvolt[0];
        int count = bands.States.EnergiesElectronvolt[0].Length;
        Assert.Equal(2 * count, bands.Density.Total.Sum() * step, 1e-3 * count);
        Assert.Equal(2 * count, bands.Density.Parts.Sum(part => part.Sum()) * step, 1e-3 * count);

        // At points that the supercell holds every state is taken apart; elsewhere nothing is said.
        int gamma = bands.States.PointsFractional.ToList().FindIndex(point => point.Length < 1e-9);
        Assert.All(Enumerable.Range(0, count), band => Assert.Equal(1, bands.SharesAt(gamma, band)!.Value.Sum(), 1e-9));
        int between = bands.States.PointsFractional.ToList().FindIndex(point => point.Length > 0.01 && Math.Abs(point.X) + Math.Abs(point.Y) + Math.Abs(point.Z) < 0.49);
        Assert.Null(bands.SharesAt(between, 0));
        Assert.True(bands.Extrema.GapElectronvolt <= bands.Extrema.DirectGapElectronvolt);
    }

    [Fact]
    public async Task The_gap_of_a_label_is_that_of_the_bands_on_its_mesh()
    {
        var engine = new TightBindingEngine(TightBindingParameters.Default, new KPointMesh(2, 2, 2));
        using var folder = new TemporaryFolder();
        var label = Assert.IsType<Label>(await engine.ComputeAsync(new EngineRequest(Cell, TightBindingEngine.Level, 0, folder.Path, 1), TestContext.Current.CancellationToken));
        ElectronicStates states = await StatesAsync(engine, Cell, WaveVectorMesh.Of(new IntegerVector3(2, 2, 2), SpaceGroup.Of(Cell), isGammaCentred: true).PointsFractional);
        Assert.Equal(label.BandEdges.GapElectronvolt, BandExtrema.Of([states]).GapElectronvolt, 1e-9);
    }

    [Fact]
    [Trait("Category", InstalledCp2k.Category)]
    public async Task Bands_of_CP2K_have_the_gap_of_its_labels_and_of_its_folded_supercell()
    {
        Phonograph.Labelling.Cp2k.Cp2kEngine engine = InstalledCp2k.Engine;
        Crystal cell = Cp2kCrystals.MagnesiumOxide;
        const string level = "pbesol/k2x2x2";
        using var folder = new TemporaryFolder();
        Label label = await InstalledCp2k.LabelAsync(level, cell);
        var options = new ElectronsOptions(level, BandPath.Parse("0,0,0 1/2,0,0", cell.Lattice, 3), WaveVectorMesh.Of(new IntegerVector3(2, 2, 2), group: null, isGammaCentred: true), IntegerMatrix3.Diagonal(2, 2, 2));
        ElectronicBands bands = await ElectronsRun.ComputeAsync(cell, engine, options, folder.Path, null, TestContext.Current.CancellationToken);
        Assert.Equal(label.BandEdges.GapElectronvolt, BandExtrema.Of([bands.Density.States]).GapElectronvolt, 1e-3);

        // Γ of the 2×2×2 supercell is the 2×2×2 mesh of the cell: the same states, computed on another grid.
        double[] expected = [.. bands.Density.States.EnergiesElectronvolt.SelectMany((levels, point) => Enumerable.Repeat(levels.Take(bands.States.Occupied), bands.Density.Mesh.Weights[point]).SelectMany(level => level)).Order()];
        double[] folded = [.. bands.Folded!.EnergiesElectronvolt[0].Take(bands.Folded.Occupied)];
        Assert.Equal(expected.Length, folded.Length);

        // The upper half are states of oxygen; the deep ones of magnesium feel the grid, by 0.3 eV.
        Assert.All(expected.Zip(folded).Skip(expected.Length / 2), pair => Assert.Equal(pair.First, pair.Second, 0.02));
        Assert.All(Enumerable.Range(bands.States.Occupied - 4, 4), band => Assert.Equal(1, bands.SharesAt(0, band)!.Value.Sum(), 0.03));
    }

    private static ElectronsOptions Options(string level, IntegerMatrix3 projection, double range) =>
        new(level, BandPath.Parse("G X M G", Cell.Lattice, 5), WaveVectorMesh.Of(new IntegerVector3(2, 2, 2), SpaceGroup.Of(Cell), isGammaCentred: true), projection) { RangeElectronvolt = range };

    private static async Task<ElectronicStates> StatesAsync(TightBindingEngine engine, Crystal crystal, ImmutableArray<Vector3D> points)
    {
        using var folder = new TemporaryFolder();
        return Assert.IsType<ElectronicStates>(await engine.StatesAsync(new EngineRequest(crystal, TightBindingEngine.Level, 0, folder.Path, 1), points, TestContext.Current.CancellationToken));
    }
}
