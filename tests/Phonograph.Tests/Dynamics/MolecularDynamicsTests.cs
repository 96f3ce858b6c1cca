using Phonograph.Dynamics;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Testing;

namespace Phonograph.Tests.Dynamics;

public sealed class MolecularDynamicsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_in_pieces_has_the_bits_of_an_unbroken_one()
    {
        Trajectory whole = await RunAsync("whole", 30, new SpringEngine(SpringCrystals.RockSalt));
        var engine = new SpringEngine(SpringCrystals.RockSalt);
        await RunAsync("pieces", 11, engine);
        // A kill within a line.
        File.AppendAllText(Path.Combine(_folder.File("pieces"), "frames.txt"), "12 -9.98 1.0 0.5 0.1");
        Trajectory pieces = await RunAsync("pieces", 30, engine);
        Assert.Equal(31, engine.Calls);
        Assert.Equal(31, pieces.Frames.Length);
        for (int step = 0; step <= 30; step++)
        {
            Assert.Equal(whole.Frames[step].PotentialEnergyElectronvolt, pieces.Frames[step].PotentialEnergyElectronvolt);
            Assert.Equal(whole.Frames[step].DisplacementsCartesian.AsEnumerable(), pieces.Frames[step].DisplacementsCartesian);
            Assert.Equal(whole.Frames[step].VelocitiesCartesian.AsEnumerable(), pieces.Frames[step].VelocitiesCartesian);
        }

        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder.File("whole"), "frames.txt")), File.ReadAllBytes(Path.Combine(_folder.File("pieces"), "frames.txt")));
    }

    [Fact]
    public async Task A_damaged_line_in_the_middle_is_computed_again_with_all_that_follows()
    {
        var engine = new SpringEngine(SpringCrystals.RockSalt);
        Trajectory whole = await RunAsync("run", 10, engine);
        string journal = Path.Combine(_folder.File("run"), "frames.txt");
        string[] lines = File.ReadAllLines(journal);
        lines[6] = lines[6][..^40];
        File.WriteAllText(journal, string.Join('\n', lines) + "\n");
        Trajectory again = await RunAsync("run", 10, engine);
        Assert.Equal(11 + 5, engine.Calls);
        Assert.Equal(whole.Frames.Select(frame => frame.ConservedEnergyElectronvolt), again.Frames.Select(frame => frame.ConservedEnergyElectronvolt));
    }

    [Fact]
    public async Task Runs_of_one_seed_differ()
    {
        var engine = new SpringEngine(SpringCrystals.RockSalt);
        Trajectory first = await RunAsync("1", 3, engine), second = await RunAsync("2", 3, engine, run: 1);
        Assert.NotEqual(first.Frames[3].PotentialEnergyElectronvolt, second.Frames[3].PotentialEnergyElectronvolt);
    }

    [Fact]
    public async Task A_step_that_fails_is_tried_on_the_next_rung()
    {
        var engine = new SpringEngine(SpringCrystals.RockSalt) { Script = (call, rung) => call >= 4 && rung == 0 ? new LabelFailure("not-converged", "no") : null };
        Trajectory run = await RunAsync("run", 5, engine);
        Assert.Null(run.Ended);
        Assert.Equal(6, run.Frames.Length);
        Assert.Equal(6 + 3, engine.Calls);
    }

    [Fact]
    public async Task A_step_that_hangs_is_ended_and_tried_on_the_next_rung()
    {
        var engine = new SpringEngine(SpringCrystals.RockSalt) { Hangs = (call, rung) => call == 4 && rung == 0 };
        Trajectory run = await RunAsync("run", 5, engine);
        Assert.Null(run.Ended);
        Assert.Equal((6, 7), (run.Frames.Length, engine.Calls));
        Trajectory hung = await RunAsync("hung", 5, new SpringEngine(SpringCrystals.RockSalt) { Hangs = (call, _) => call >= 3 });
        Assert.Equal((2, "timeout"), (hung.Frames.Length, hung.Ended!.Reason));
    }

    [Fact]
    public async Task An_engine_that_moves_the_atoms_and_hangs_goes_on_from_its_last_step()
    {
        Trajectory whole = await RunAsync("whole", 9, new SpringEngine(SpringCrystals.RockSalt)), run = await RunAsync("run", 9, new HangingMover([.. whole.Frames], steps: 4));
        Assert.Null(run.Ended);
        Assert.Equal(whole.Frames.Select(frame => frame.PotentialEnergyElectronvolt), run.Frames.Select(frame => frame.PotentialEnergyElectronvolt));
        Trajectory hung = await RunAsync("hung", 9, new HangingMover([.. whole.Frames], steps: 0));
        Assert.Equal((0, "timeout"), (hung.Frames.Length, hung.Ended!.Reason));
    }

    [Fact]
    public async Task A_run_that_no_rung_takes_further_keeps_its_frames_and_says_why()
    {
        var engine = new SpringEngine(SpringCrystals.RockSalt) { Script = (call, _) => call > 4 ? new LabelFailure("not-converged", "jumps between two states") : null };
        Trajectory run = await RunAsync("run", 9, engine);
        Assert.Equal(4, run.Frames.Length);
        Assert.Equal("jumps between two states", run.Ended!.Detail);
        Assert.Equal(10, (await RunAsync("run", 9, new SpringEngine(SpringCrystals.RockSalt))).Frames.Length);
    }

    [Fact]
    public async Task Another_run_in_the_same_folder_is_refused()
    {
        await RunAsync("run", 2, new SpringEngine(SpringCrystals.RockSalt));
        InputException error = await Assert.ThrowsAsync<InputException>(() => MolecularDynamics.RunAsync(
            _folder.File("run"), SpringCrystals.Reference, new SpringEngine(SpringCrystals.RockSalt), new DynamicsOptions("harmonic", 301, 2, 1), 0, null, TestContext.Current.CancellationToken));
        Assert.Contains("is another one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_conserved_energy_is_kept_with_a_thermostat_too()
    {
        Trajectory run = await RunAsync("run", 200, new SpringEngine(SpringCrystals.RockSalt));
        double kinetic = run.Frames.Average(frame => frame.KineticEnergyElectronvolt(run.Reference));
        Assert.InRange(run.Frames.Max(frame => Math.Abs(frame.ConservedEnergyElectronvolt - run.Frames[0].ConservedEnergyElectronvolt)), 1e-9, 0.01 * kinetic);
        Assert.True(run.Frames.Max(frame => Math.Abs(frame.PotentialEnergyElectronvolt + frame.KineticEnergyElectronvolt(run.Reference) - run.Frames[0].ConservedEnergyElectronvolt)) > 0.1 * kinetic);
    }

    [Fact]
    public async Task The_tight_binding_model_is_driven_by_single_points()
    {
        var engine = ElectronicStructureEngines.Find("tight-binding");
        Trajectory run = await MolecularDynamics.RunAsync(
            _folder.File("run"), TestCrystals.SilverSulphideBromide, engine, new DynamicsOptions(engine.Levels[0], 100, 20, 1) { TimeStepFemtosecond = 1, ThermostatTimeFemtosecond = null }, 0, null,
            TestContext.Current.CancellationToken);
        double kinetic = run.Frames.Max(frame => frame.KineticEnergyElectronvolt(run.Reference));
        Assert.InRange(run.Frames.Max(frame => Math.Abs(frame.ConservedEnergyElectronvolt - run.Frames[0].ConservedEnergyElectronvolt)), 0, 0.01 * kinetic);
        Assert.All(run.Frames, frame => Assert.NotNull(frame.GapElectronvolt));
    }

    private Task<Trajectory> RunAsync(string name, int steps, IElectronicStructureEngine engine, int run = 0) => MolecularDynamics.RunAsync(
        _folder.File(name), SpringCrystals.Reference, engine, new DynamicsOptions("harmonic", 300, steps, 1) { StepTimeout = TimeSpan.FromSeconds(1) }, run, null, TestContext.Current.CancellationToken);
}
