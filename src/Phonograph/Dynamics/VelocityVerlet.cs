using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Units;

namespace Phonograph.Dynamics;

/// <summary>
/// Newton's equations step by step (W. Swope, H. Andersen, P. Berens, K. Wilson, J. Chem. Phys. 76, 637 (1982)): reversible in time, with an error of the energy
/// that falls with the square of the step.
/// </summary>
public static class VelocityVerlet
{
    /// <summary>Where the atoms are one step later.</summary>
    /// <returns>Displacements, Å, and the velocities half a step later, Å/fs.</returns>
    public static DynamicsStart Drift(Crystal reference, DynamicsFrame frame, double timeStepFemtosecond)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ImmutableArray<Vector3D> half = Kick(reference, frame.VelocitiesCartesian, frame.Forces, timeStepFemtosecond / 2);
        return new DynamicsStart([.. frame.DisplacementsCartesian.Select((place, atom) => place + (timeStepFemtosecond * half[atom]))], half);
    }

    /// <summary>Completes a step with the label of the new positions.</summary>
    /// <param name="reference">The crystal at rest.</param>
    /// <param name="frame">The frame before.</param>
    /// <param name="drift">What <see cref="Drift"/> gave.</param>
    /// <param name="label">Label at those positions.</param>
    /// <param name="timeStepFemtosecond">Time step, fs.</param>
    /// <param name="thermostat">Thermostat that acts at the end of the step; null for none.</param>
    /// <param name="random">Random numbers of the thermostat for this step; null without one.</param>
    public static DynamicsFrame Complete(
        Crystal reference, DynamicsFrame frame, DynamicsStart drift, Label label, double timeStepFemtosecond, ThermostatSettings? thermostat = null, Philox? random = null)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(drift);
        ArgumentNullException.ThrowIfNull(label);
        ImmutableArray<Vector3D> velocities = Kick(reference, drift.VelocitiesCartesian, label.Forces, timeStepFemtosecond / 2);
        double kinetic = DynamicsFrame.KineticEnergy(reference, velocities.AsSpan());
        double conserved = frame.ConservedEnergyElectronvolt + label.EnergyElectronvolt + kinetic - frame.PotentialEnergyElectronvolt - frame.KineticEnergyElectronvolt(reference);
        if (thermostat is not null && random is not null)
        {
            double factor = CanonicalRescaling.Factor(
                kinetic, PhysicalConstants.BoltzmannElectronvoltPerKelvin * thermostat.TemperatureKelvin, DynamicsFrame.DegreesOfFreedom(reference),
                timeStepFemtosecond / thermostat.TimeFemtosecond, random);
            velocities = [.. velocities.Select(velocity => factor * velocity)];
        }

        return new DynamicsFrame(frame.Step + 1, label.EnergyElectronvolt, conserved, label.BandEdges.GapElectronvolt, drift.DisplacementsCartesian, velocities, label.Forces);
    }

    private static ImmutableArray<Vector3D> Kick(Crystal reference, ImmutableArray<Vector3D> velocities, ImmutableArray<Vector3D> forces, double time) =>
        [.. velocities.Select((velocity, atom) => velocity + (time * PhysicalConstants.AccelerationOfUnitForce / reference.MassesAmu[atom] * forces[atom]))];
}
