using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Dynamics;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Sampling;

namespace Phonograph.Tests.Dynamics;

public sealed class VelocityVerletTests
{
    private static readonly Crystal Reference = SpringCrystals.Reference;
    private static readonly SpringEngine Engine = new(SpringCrystals.RockSalt);

    [Fact]
    public void Without_thermostat_the_error_of_the_energy_falls_with_the_square_of_the_step()
    {
        double coarse = EnergyError(4), half = EnergyError(2), quarter = EnergyError(1);
        Assert.InRange(coarse / half, 3.6, 4.4);
        Assert.InRange(half / quarter, 3.9, 4.1);
        Assert.True(coarse > 1e-5, "The error must be there to fall.");
    }

    [Fact]
    public void Reversed_velocities_lead_back_to_the_start()
    {
        DynamicsFrame frame = Start(300, 4, 0);
        ImmutableArray<Vector3D> velocities = frame.VelocitiesCartesian;
        frame = Run(frame, 300, 3);
        Assert.True(frame.DisplacementsCartesian.Max(move => move.Length) > 0.01);
        frame = Run(frame with { VelocitiesCartesian = [.. frame.VelocitiesCartesian.Select(velocity => -velocity)] }, 300, 3);
        Assert.InRange(frame.DisplacementsCartesian.Max(move => move.Length), 0, 1e-11);
        Assert.InRange(frame.VelocitiesCartesian.Zip(velocities, (back, there) => (back + there).Length).Max(), 0, 1e-12);
    }

    [Fact]
    public void One_mode_swings_with_its_own_frequency()
    {
        var modes = PhononModes.Of(SpringCrystals.RockSalt);
        int mode = modes.Count - 1;
        double period = 1000 / modes.FrequenciesTerahertz[mode];
        Vector3D[] pattern = [.. Enumerable.Range(0, Reference.AtomCount).Select(atom =>
        {
            ReadOnlySpan<double> vector = modes.Vector(mode);
            return 0.1 / Math.Sqrt(Reference.MassesAmu[atom]) * new Vector3D(vector[3 * atom], vector[(3 * atom) + 1], vector[(3 * atom) + 2]);
        })];
        Label label = Engine.LabelOf(Reference.Displaced(pattern));
        var frame = new DynamicsFrame(0, label.EnergyElectronvolt, label.EnergyElectronvolt, null, [.. pattern], [.. new Vector3D[pattern.Length]], label.Forces);
        const int steps = 400;
        DynamicsFrame half = Run(frame, steps / 2, period / steps), full = Run(frame, steps, period / steps);
        double size = pattern.Max(move => move.Length);
        Assert.InRange(half.DisplacementsCartesian.Zip(pattern, (move, start) => (move + start).Length).Max(), 0, 1e-3 * size);
        Assert.InRange(full.DisplacementsCartesian.Zip(pattern, (move, start) => (move - start).Length).Max(), 0, 1e-3 * size);
    }

    [Fact]
    public void A_harmonic_crystal_has_temperature_energy_and_displacements_of_the_classical_ensemble()
    {
        // One factor for all velocities never moves energy between harmonic modes: their shares come from the first velocities, so many runs are averaged.
        const int runs = 240, settling = 150, steps = 350;
        const double kelvin = 300, step = 4;
        var ensemble = new ThermalEnsemble(PhononModes.Of(SpringCrystals.RockSalt), kelvin, ThermalStatistics.Classical, SoftModePolicy.Parse("reject"));
        double expectedSquare = ensemble.MeanSquareDisplacements().Average(square => square.X + square.Y + square.Z);
        var thermostat = new ThermostatSettings(kelvin, 40);
        var temperatures = new double[runs];
        var squares = new double[runs];
        var energies = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            DynamicsFrame frame = Start(kelvin, 21, run);
            var random = new Numerics.Random.Philox(22, (ulong)run);
            for (int number = 1; number <= steps; number++)
            {
                DynamicsStart drift = VelocityVerlet.Drift(Reference, frame, step);
                frame = VelocityVerlet.Complete(Reference, frame, drift, Engine.LabelOf(Reference.Displaced(drift.DisplacementsCartesian.AsSpan())), step, thermostat, random);
                if (number > settling)
                {
                    temperatures[run] += frame.TemperatureKelvin(Reference) / (steps - settling);
                    squares[run] += frame.DisplacementsCartesian.Average(move => move.LengthSquared) / (steps - settling);
                    energies[run] += (frame.PotentialEnergyElectronvolt + 10) / (steps - settling);
                }
            }
        }

        Near(temperatures, kelvin, 0.03);
        Near(squares, expectedSquare, 0.06);
        Near(energies, 21 * Units.PhysicalConstants.BoltzmannElectronvoltPerKelvin * kelvin / 2, 0.03);
    }

    /// <summary>The mean lies within four standard errors of what is expected, and these are small.</summary>
    private static void Near(double[] values, double expected, double largestError)
    {
        double mean = values.Average();
        double error = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length);
        Assert.InRange(error / expected, 0, largestError);
        Assert.InRange((mean - expected) / error, -4, 4);
    }

    private static double EnergyError(double step)
    {
        DynamicsFrame frame = Start(300, 9, 0);
        double start = frame.ConservedEnergyElectronvolt, worst = 0;
        for (int number = 0; number < 800 / step; number++)
        {
            frame = Run(frame, 1, step);
            worst = Math.Max(worst, Math.Abs(frame.ConservedEnergyElectronvolt - start));
        }

        return worst;
    }

    private static DynamicsFrame Start(double kelvin, ulong seed, int run)
    {
        ImmutableArray<Vector3D> velocities = InitialVelocities.Draw(Reference, kelvin, seed, run);
        Label label = Engine.LabelOf(Reference);
        return new DynamicsFrame(
            0, label.EnergyElectronvolt, label.EnergyElectronvolt + DynamicsFrame.KineticEnergy(Reference, velocities.AsSpan()), null, [.. new Vector3D[Reference.AtomCount]], velocities, label.Forces);
    }

    private static DynamicsFrame Run(DynamicsFrame frame, int steps, double step)
    {
        for (int number = 0; number < steps; number++)
        {
            DynamicsStart drift = VelocityVerlet.Drift(Reference, frame, step);
            frame = VelocityVerlet.Complete(Reference, frame, drift, Engine.LabelOf(Reference.Displaced(drift.DisplacementsCartesian.AsSpan())), step);
        }

        return frame;
    }
}
