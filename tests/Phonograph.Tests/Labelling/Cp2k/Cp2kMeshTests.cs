using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Meshes of k-points and templates with the real program.</summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class Cp2kMeshTests
{
    private const string Level = "gfn1-xtb/k1x1x2";

    /// <summary>The level gfn1-xtb as a user would write it.</summary>
    private const string Template = """
        &GLOBAL
          RUN_TYPE ENERGY_FORCE
          PRINT_LEVEL LOW
        &END GLOBAL
        &FORCE_EVAL
          STRESS_TENSOR ANALYTICAL
          &DFT
            &QS
              METHOD XTB
              EPS_DEFAULT 1.0E-10
              &XTB
                DO_EWALD T
                CHECK_ATOMIC_CHARGES F
                USE_HALOGEN_CORRECTION F
              &END XTB
            &END QS
            &SCF
              SCF_GUESS MOPAC
              EPS_SCF 1.0E-6
              {{convergence}}
            &END SCF
            {{states}}
          &END DFT
          {{output}}
          &SUBSYS
            {{cell}}
            {{atoms}}
          &END SUBSYS
        &END FORCE_EVAL
        """;

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
    public async Task A_template_that_says_what_a_level_says_gives_its_label()
    {
        using var folder = new TemporaryFolder();
        IElectronicStructureEngine engine = InstalledCp2k.Engine.WithTemplate(EngineTemplate.Read(folder.Write("xtb.inp", Template)));
        Label own = await new EngineContract(engine, engine.Levels[0]).LabelAsync(Cp2kCrystals.RockSalt, TestContext.Current.CancellationToken);
        Label built = await InstalledCp2k.LabelAsync("gfn1-xtb", Cp2kCrystals.RockSalt);
        Assert.Equal(built.EnergyPerAtomElectronvolt, own.EnergyPerAtomElectronvolt, Cp2kTolerance.SameEnergy);
        Assert.Equal(built.BandEdges.GapElectronvolt, own.BandEdges.GapElectronvolt, 1e-3);
        Assert.Equal(built.Forces[1].X, own.Forces[1].X, 1e-3);
        Assert.Equal(built.HydrostaticStressGigapascal, own.HydrostaticStressGigapascal, 0.01);
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
