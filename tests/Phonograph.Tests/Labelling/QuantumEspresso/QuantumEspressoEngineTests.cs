using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.QuantumEspresso;
using Phonograph.Testing;
using Phonograph.Tests.Labelling.Cp2k;

namespace Phonograph.Tests.Labelling.QuantumEspresso;

/// <summary>The real pw.x beyond what the examination of engines asks.</summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class QuantumEspressoEngineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Every_rung_gives_one_crystal_the_same_label_and_leaves_no_large_files()
    {
        QuantumEspressoEngine engine = InstalledPw.Engine;
        (LabelOutcome first, string[] left) = await InstalledPw.ComputeAsync(engine, "lda", 0, PwCrystals.Silicon);
        var plain = Assert.IsType<Label>(first);
        Assert.DoesNotContain(left, name => name.EndsWith(".save", StringComparison.Ordinal) || name.EndsWith(".dat", StringComparison.Ordinal));
        for (int rung = 1; rung < engine.RungCount("lda"); rung++)
        {
            var other = Assert.IsType<Label>((await InstalledPw.ComputeAsync(engine, "lda", rung, PwCrystals.Silicon)).Outcome);
            Assert.Equal(plain.EnergyElectronvolt, other.EnergyElectronvolt, 1e-7);
            Assert.Equal(plain.BandEdges.GapElectronvolt, other.BandEdges.GapElectronvolt, 1e-4);
            Assert.All(plain.Forces.Zip(other.Forces), pair => Assert.True((pair.First - pair.Second).Length < 1e-4, $"rung {rung}: {pair}"));
        }
    }

    [Fact]
    public async Task A_mesh_on_a_cell_is_gamma_on_its_supercell()
    {
        Crystal unit = PwCrystals.AluminiumArsenide(5.5);
        var small = Assert.IsType<Label>((await InstalledPw.ComputeAsync(InstalledPw.Engine, "lda/k1x1x2", 0, unit)).Outcome);
        var large = Assert.IsType<Label>((await InstalledPw.ComputeAsync(InstalledPw.Engine, "lda", 0, Supercell.Of(unit, 1, 1, 2).Crystal)).Outcome);
        Assert.Equal(small.EnergyPerAtomElectronvolt, large.EnergyPerAtomElectronvolt, PwTolerance.OriginEnergy);
        Assert.Equal(small.HydrostaticStressGigapascal, large.HydrostaticStressGigapascal, 0.05);
        Assert.Equal(small.BandEdges.GapElectronvolt, large.BandEdges.GapElectronvolt, PwTolerance.Origin);
    }

    [Fact]
    public async Task A_template_that_says_what_a_level_says_gives_its_label()
    {
        IElectronicStructureEngine engine = InstalledPw.Engine.WithTemplate(Template());
        string level = Assert.Single(engine.Levels);
        Assert.Matches(@"^si\.in@[0-9a-f]{16}$", level);
        Assert.Equal(InstalledPw.Engine.RungCount("lda"), engine.RungCount(level));
        var own = Assert.IsType<Label>((await InstalledPw.ComputeAsync(engine, level, 0, PwCrystals.Silicon)).Outcome);
        var built = Assert.IsType<Label>((await InstalledPw.ComputeAsync(InstalledPw.Engine, "lda/k2x2x2", 0, PwCrystals.Silicon)).Outcome);
        Assert.Equal(built.EnergyElectronvolt, own.EnergyElectronvolt, 1e-8);
        Assert.Equal(built.Forces[1].Y, own.Forces[1].Y, 1e-6);
    }

    [Fact]
    public async Task Too_few_steps_are_no_convergence()
    {
        IElectronicStructureEngine engine = InstalledPw.Engine.WithTemplate(Template("{{convergence}}", "electron_maxstep = 2"));
        Assert.Equal(1, engine.RungCount(engine.Levels[0]));
        var failure = Assert.IsType<LabelFailure>((await InstalledPw.ComputeAsync(engine, engine.Levels[0], 0, PwCrystals.Silicon)).Outcome);
        Assert.Equal("not-converged", failure.Reason);
        Assert.Contains("in 2 steps", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_pw_x_refuses_is_a_failure_with_its_words()
    {
        IElectronicStructureEngine engine = InstalledPw.Engine.WithTemplate(Template("ecutwfc = 30", "ecutwfc = -30"));
        var failure = Assert.IsType<LabelFailure>((await InstalledPw.ComputeAsync(engine, engine.Levels[0], 0, PwCrystals.Silicon)).Outcome);
        Assert.Equal("engine-error", failure.Reason);
        Assert.Contains("ecutwfc", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_ends_at_once()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var request = new EngineRequest(Supercell.Of(PwCrystals.Silicon, 2, 2, 2).Crystal, "lda/k4x4x4", 0, _folder.Path, Threads: 1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => InstalledPw.Engine.ComputeAsync(request, cancel.Token));
    }

    [Fact]
    public void An_element_without_a_pseudopotential_is_refused_before_anything_is_computed() => Assert.Contains(
        "no pseudopotential for Ag", Assert.Throws<InputException>(() => InstalledPw.Engine.Check(TestCrystals.SilverSulphideBromide, "lda")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_program_is_said_with_the_command_that_installs_it()
    {
        EngineAvailability found = new QuantumEspressoEngine(program: "/nowhere/pw.x").Probe();
        Assert.False(found.IsInstalled);
        Assert.Contains("apt-get install -y quantum-espresso", found.HowToGet, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private EngineTemplate Template(string old = "none", string replaced = "") => EngineTemplate.Read(_folder.Write("si.in", """
        &CONTROL
        {{output}}
        /
        &SYSTEM
          ibrav = 0
          nat = {{count}}
          ntyp = 1
          ecutwfc = 30
          occupations = 'smearing'
          smearing = 'gaussian'
          degauss = 0.002
          nosym = .true.
        /
        &ELECTRONS
          conv_thr = 1.0d-10
        {{convergence}}
        /
        ATOMIC_SPECIES
          Si 28.085 Si.pz-vbc.UPF
        {{cell}}
        {{atoms}}
        K_POINTS automatic
          2 2 2 0 0 0
        """.Replace(old, replaced, StringComparison.Ordinal)));
}
