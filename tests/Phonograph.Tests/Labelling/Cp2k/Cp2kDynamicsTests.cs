using Phonograph.Crystals;
using Phonograph.Dynamics;
using Phonograph.Labelling;
using Phonograph.Labelling.Cp2k;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;
using Phonograph.Units;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Molecular dynamics by the real program.</summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class Cp2kDynamicsTests : IDisposable
{
    /// <summary>Å; positions are printed with ten decimals.</summary>
    private const double PrintedPosition = 1e-9;

    private readonly TemporaryFolder _folder = new();

    private static Crystal Reference => Cp2kDynamicsRequest.Reference;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_frame_is_the_label_of_the_single_point()
    {
        DynamicsFrame first = (await Cp2kDynamicsRequest.RunAsync(InstalledCp2k.Engine, Cp2kDynamicsRequest.From(_folder.File("run"), 1)))[0];
        Label label = await InstalledCp2k.LabelAsync("gfn1-xtb", Reference);
        Assert.Equal(label.EnergyElectronvolt, first.PotentialEnergyElectronvolt, 1e-7);
        Assert.Equal(label.BandEdges.GapElectronvolt, first.GapElectronvolt!.Value, 1e-7);
        Assert.InRange(label.Forces.Zip(first.Forces, (one, other) => (one - other).Length).Max(), 0, 1e-7);
        Assert.True(first.Forces.Max(force => force.Length) > 0.1);
    }

    [Fact]
    public async Task The_first_step_is_that_of_the_given_velocities_forces_and_masses()
    {
        List<DynamicsFrame> frames = await Cp2kDynamicsRequest.RunAsync(InstalledCp2k.Engine, Cp2kDynamicsRequest.From(_folder.File("run"), 1, hasThermostat: false));
        Assert.Equal(2, frames.Count);
        for (int atom = 0; atom < 5; atom++)
        {
            Assert.InRange(frames[0].DisplacementsCartesian[atom].Length, 0, PrintedPosition);
            Assert.InRange((frames[0].VelocitiesCartesian[atom] - Cp2kDynamicsRequest.Velocities[atom]).Length, 0, 1e-9);
            Vector3D acceleration = PhysicalConstants.AccelerationOfUnitForce / Reference.MassesAmu[atom] * frames[0].Forces[atom];
            Vector3D expected = (2 * frames[0].VelocitiesCartesian[atom]) + (2 * acceleration);
            Assert.InRange((frames[1].DisplacementsCartesian[atom] - expected).Length, 0, 3 * PrintedPosition);
            Assert.True((2 * acceleration).Length > 1e-4, "Without force nothing is tested.");
        }
    }

    [Fact]
    public async Task Without_thermostat_the_energy_is_kept()
    {
        List<DynamicsFrame> frames = await Cp2kDynamicsRequest.RunAsync(InstalledCp2k.Engine, Cp2kDynamicsRequest.From(_folder.File("run"), 60, hasThermostat: false));
        double[] totals = [.. frames.Select(frame => frame.PotentialEnergyElectronvolt + frame.KineticEnergyElectronvolt(Reference))];
        Assert.All(frames.Zip(totals), pair => Assert.Equal(pair.First.ConservedEnergyElectronvolt, pair.Second, 1e-6));
        double exchanged = frames.Max(frame => frame.PotentialEnergyElectronvolt) - frames.Min(frame => frame.PotentialEnergyElectronvolt);
        Assert.InRange((totals.Max() - totals.Min()) / exchanged, 0, 0.02);
    }

    [Fact]
    public async Task It_walks_as_our_own_integrator_does_with_its_single_points()
    {
        List<DynamicsFrame> frames = await Cp2kDynamicsRequest.RunAsync(InstalledCp2k.Engine, Cp2kDynamicsRequest.From(_folder.File("run"), 6, hasThermostat: false));
        DynamicsFrame own = frames[0];
        for (int step = 1; step <= 6; step++)
        {
            DynamicsStart drift = VelocityVerlet.Drift(Reference, own, 2);
            own = VelocityVerlet.Complete(Reference, own, drift, await InstalledCp2k.LabelAsync("gfn1-xtb", Reference.Displaced(drift.DisplacementsCartesian.AsSpan())), 2);
            Assert.InRange(own.DisplacementsCartesian.Zip(frames[step].DisplacementsCartesian, (one, other) => (one - other).Length).Max(), 0, 1e-6);
            Assert.Equal(own.PotentialEnergyElectronvolt, frames[step].PotentialEnergyElectronvolt, 1e-5);
        }
    }

    [Fact]
    public async Task A_run_in_two_segments_equals_an_unbroken_one_with_the_random_numbers_of_the_thermostat()
    {
        Cp2kEngine engine = InstalledCp2k.Engine;
        List<DynamicsFrame> whole = await Cp2kDynamicsRequest.RunAsync(engine, Cp2kDynamicsRequest.From(_folder.File("whole"), 14));
        DynamicsRequest first = Cp2kDynamicsRequest.From(_folder.File("first"), 6);
        List<DynamicsFrame> pieces = await Cp2kDynamicsRequest.RunAsync(engine, first);
        pieces.AddRange(await Cp2kDynamicsRequest.RunAsync(engine, Cp2kDynamicsRequest.After(first, pieces[6], _folder.File("second")) with { LastStep = 14 }));
        Assert.Equal(whole.Select(frame => frame.Step), pieces.Select(frame => frame.Step));
        foreach ((DynamicsFrame one, DynamicsFrame other) in whole.Zip(pieces))
        {
            // The wave function starts anew: forces agree within the error of self-consistency.
            Assert.InRange(one.DisplacementsCartesian.Zip(other.DisplacementsCartesian, (a, b) => (a - b).Length).Max(), 0, 1e-6);
            Assert.InRange(one.VelocitiesCartesian.Zip(other.VelocitiesCartesian, (a, b) => (a - b).Length).Max(), 0, 1e-7);
            Assert.Equal(one.ConservedEnergyElectronvolt, other.ConservedEnergyElectronvolt, 1e-5);
        }
    }

    [Fact]
    public async Task What_a_cancelled_run_had_finished_is_recovered()
    {
        Cp2kEngine engine = InstalledCp2k.Engine;
        DynamicsRequest request = Cp2kDynamicsRequest.From(Directory.CreateDirectory(_folder.File("run")).FullName, 100_000);
        using var stop = new CancellationTokenSource();
        var frames = new List<DynamicsFrame>();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.MoveAsync(
            request,
            frame =>
            {
                frames.Add(frame);
                if (frame.Step == 5)
                {
                    stop.Cancel();
                }
            },
            stop.Token));
        IReadOnlyList<DynamicsFrame> recovered = engine.Recover(request);
        Assert.True(recovered.Count >= frames.Count);
        Assert.Equal(frames.Select(frame => frame.PotentialEnergyElectronvolt), recovered.Take(frames.Count).Select(frame => frame.PotentialEnergyElectronvolt));
    }
}
