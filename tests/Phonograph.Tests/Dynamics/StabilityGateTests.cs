using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Dynamics;
using Phonograph.Dynamics.Gate;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.Dynamics;

public sealed class StabilityGateTests
{
    private static readonly GateEnsemble Ensemble = new(PhononModes.Of(SpringCrystals.RockSalt), 300, ThermalStatistics.Quantum, SoftModePolicy.Parse("reject"));

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public async Task A_harmonic_crystal_stays(ulong seed)
    {
        GateReport report = await MeasureAsync(new SpringEngine(SpringCrystals.RockSalt), 600, seed, runs: 4);
        Assert.True(report.Verdict == GateVerdict.Stays, string.Join("; ", report.Reasons));
        Assert.InRange(report.PotentialElectronvolt.Mean / report.HarmonicElectronvolt, 0.75, 1.25);
        Assert.InRange(report.Displacements[0].RootMeanSquareAngstrom.Mean / report.Displacements[0].EnsembleClassicalAngstrom!.Value, 0.7, 1.4);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    public async Task A_crystal_on_a_saddle_leaves(ulong seed)
    {
        // Every atom has wells 0.7 Å off its site along the axes.
        GateReport report = await MeasureAsync(new SpringEngine(SpringCrystals.RockSalt, quadratic: 14, quartic: 10), 600, seed);
        Assert.Equal(GateVerdict.Leaves, report.Verdict);
        Assert.Contains(report.Reasons, reason => reason.Contains("below the reference crystal's", StringComparison.Ordinal));
        Assert.Contains(report.Reasons, reason => reason.Contains("off the sites", StringComparison.Ordinal));
        Assert.Contains(report.Reasons, reason => reason.Contains("of the classical ensemble", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_crystal_on_a_saddle_leaves_by_its_energy_alone_when_no_ensemble_is_given_and_the_run_is_short()
    {
        GateReport report = await MeasureAsync(new SpringEngine(SpringCrystals.RockSalt, quadratic: 14, quartic: 10), 150, 1, ensemble: null);
        Assert.True(report.JudgedFemtosecond < report.NeededFemtosecond);
        Assert.Equal(GateVerdict.Leaves, report.Verdict);
        Assert.Single(report.Reasons);
        Assert.Contains(report.Cautions, caution => caution.Contains("no force constants", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_too_short_is_undecided()
    {
        GateReport report = await MeasureAsync(new SpringEngine(SpringCrystals.RockSalt), 60, 1);
        Assert.Equal(GateVerdict.Undecided, report.Verdict);
        Assert.Contains(report.Reasons, reason => reason.StartsWith("too short", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_force_constants_a_harmonic_crystal_stays_after_a_longer_time_and_the_report_says_what_is_missing()
    {
        GateReport half = await MeasureAsync(new SpringEngine(SpringCrystals.RockSalt), 600, 1, runs: 2, ensemble: null);
        Assert.Equal((GateVerdict.Undecided, 1000), (half.Verdict, half.NeededFemtosecond));
        GateReport whole = await MeasureAsync(new SpringEngine(SpringCrystals.RockSalt), 700, 1, runs: 2, ensemble: null);
        Assert.True(whole.Verdict == GateVerdict.Stays, string.Join("; ", whole.Reasons));
        Assert.Contains(whole.Cautions, caution => caution.Contains("no force constants", StringComparison.Ordinal));
        Assert.All(whole.Displacements, row => Assert.Null(row.EnsembleAngstrom));
    }

    [Fact]
    public async Task A_run_that_the_engine_gave_up_never_stays()
    {
        var engine = new SpringEngine(SpringCrystals.RockSalt) { Script = (call, _) => call > 550 ? new LabelFailure("not-converged", "no") : null };
        GateReport report = await MeasureAsync(engine, 600, 1);
        Assert.Equal(GateVerdict.Undecided, report.Verdict);
        Assert.Contains(report.Reasons, reason => reason.Contains("a run ended after", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_time_step_that_is_too_long_is_seen()
    {
        GateReport report = await MeasureAsync(new SpringEngine(SpringCrystals.RockSalt), 600, 1, timeStep: 2, damage: frame => frame with { ConservedEnergyElectronvolt = frame.ConservedEnergyElectronvolt + (frame.Step * 1e-3) });
        Assert.Equal(GateVerdict.Undecided, report.Verdict);
        Assert.Contains(report.Reasons, reason => reason.Contains("conserved energy", StringComparison.Ordinal));
    }

    [Fact]
    public void Displacements_are_measured_without_the_drift_of_the_centre_of_mass()
    {
        // Na sits 0.3 Å off along x and swings by 0.1 Å along y; the whole crystal wanders.
        Crystal crystal = TestCrystals.RockSaltPrimitive;
        double share = crystal.MassesAmu[0] / (crystal.MassesAmu[0] + crystal.MassesAmu[1]);
        GateReport report = StabilityGate.Measure([Series(crystal, 400, frame =>
        {
            var wander = new Vector3D(0.01 * frame, 0, -0.02 * frame);
            return [wander + new Vector3D(0.3, 0.1 * Math.Sqrt(2) * Math.Sin(2 * Math.PI * frame / 8), 0), wander];
        })], null, new GateOptions { SettlingFraction = 0 });
        GateDisplacement sodium = report.Displacements.Single(row => row.Species == "Na"), chlorine = report.Displacements.Single(row => row.Species == "Cl");
        Assert.Equal((1 - share) * 0.3, sodium.DriftAngstrom.Mean, 3);
        Assert.Equal(share * 0.3, chlorine.DriftAngstrom.Mean, 3);
        Assert.Equal((1 - share) * Math.Sqrt(0.09 + 0.01), sodium.RootMeanSquareAngstrom.Mean, 3);
        Assert.Equal((1 - share) * 0.1, sodium.AmplitudeAngstrom, 3);
    }

    [Fact]
    public void Chance_alone_gives_no_drift()
    {
        // Independent blocks about the sites: the squared distance of the mean place, less its bias, scatters about zero.
        Crystal crystal = TestCrystals.SilverSulphideBromide40;
        var random = new Numerics.Random.Philox(5, 0);
        GateReport report = StabilityGate.Measure(
            [Series(crystal, 200, _ => [.. Enumerable.Range(0, 40).Select(_ => 0.1 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))])], null, new GateOptions());
        Assert.InRange(report.Displacements[0].DriftAngstrom.Mean, 0, 0.006);
        Assert.InRange(report.Displacements[0].RootMeanSquareAngstrom.Mean, 0.168, 0.174);
    }

    [Fact]
    public void Block_averages_have_the_error_of_independent_blocks()
    {
        var average = BlockAverage.Of([1, 2, 3, 6]);
        Assert.Equal(3, average.Mean);
        // Deviations 2, 1, 0, 3: variance 14/3, over four blocks.
        Assert.Equal(Math.Sqrt(14.0 / 3 / 4), average.StandardError, 12);
        Assert.Equal(1, average.LowestBlock);
        Assert.Equal(average.StandardError / (2 * Math.Sqrt(3)), average.Root().StandardError, 12);
        Assert.Equal(new BlockAverage(0, 0.2, 0), new BlockAverage(-0.01, 0.04, -0.1).Root());
    }

    private static async Task<GateReport> MeasureAsync(
        SpringEngine engine, int steps, ulong seed, int runs = 1, double timeStep = 2, bool? ensemble = true, Func<DynamicsFrame, DynamicsFrame>? damage = null)
    {
        using var folder = new TemporaryFolder();
        ImmutableArray<Trajectory> trajectories = await GateRun.RunAsync(
            folder.Path, SpringCrystals.Reference, engine, new DynamicsOptions("harmonic", 300, steps, seed) { TimeStepFemtosecond = timeStep }, runs, workers: 2, null, TestContext.Current.CancellationToken);
        GateSeries[] series = [.. trajectories.Select(run => GateSeries.Of(damage is null ? run : run with { Frames = [.. run.Frames.Select(damage)] }))];
        return StabilityGate.Measure(series, ensemble is null ? null : Ensemble, new GateOptions());
    }

    private static GateSeries Series(Crystal crystal, int frames, Func<int, ImmutableArray<Vector3D>> displacements) => GateSeries.Of(new Trajectory(
        crystal, 2, 300,
        [.. Enumerable.Range(0, frames).Select(frame => new DynamicsFrame(frame, 0, 0, null, displacements(frame), [.. new Vector3D[crystal.AtomCount]], [.. new Vector3D[crystal.AtomCount]]))],
        null));
}
