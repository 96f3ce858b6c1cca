using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Dynamics;

/// <summary>Moves the atoms with the labels of any engine, one single point for each step. A resumed run has the bits of an unbroken one if the labels have.</summary>
internal sealed class SinglePointDynamics(
    TrajectoryFolder folder, FrameJournal journal, Crystal reference, IElectronicStructureEngine engine, DynamicsOptions options, int run)
{
    /// <summary>Runs until the last step, or until no rung of the ladder gives a label.</summary>
    internal async Task<LabelFailure?> RunAsync(Action<DynamicsFrame> keep, CancellationToken cancellation)
    {
        ThermostatSettings? thermostat = options.ThermostatTimeFemtosecond is { } time ? new ThermostatSettings(options.TemperatureKelvin, time) : null;
        int freedoms = DynamicsFrame.DegreesOfFreedom(reference);
        while (journal.NextStep <= options.Steps)
        {
            int step = journal.NextStep;
            DynamicsFrame? before = step == 0 ? null : journal.Frames[step - 1];
            DynamicsStart drift = before is null
                ? new DynamicsStart([.. new Vector3D[reference.AtomCount]], InitialVelocities.Draw(reference, options.TemperatureKelvin, options.Seed, run))
                : VelocityVerlet.Drift(reference, before, options.TimeStepFemtosecond);
            LabelOutcome outcome = await LabelAsync(reference.Displaced(drift.DisplacementsCartesian.AsSpan()), cancellation);
            if (outcome is not Label label)
            {
                return (LabelFailure)outcome;
            }

            keep(before is null
                ? new DynamicsFrame(
                    0, label.EnergyElectronvolt, label.EnergyElectronvolt + DynamicsFrame.KineticEnergy(reference, drift.VelocitiesCartesian.AsSpan()),
                    label.BandEdges.GapElectronvolt, drift.DisplacementsCartesian, drift.VelocitiesCartesian, label.Forces)
                : VelocityVerlet.Complete(
                    reference, before, drift, label, options.TimeStepFemtosecond, thermostat, DynamicsRandom.ForThermostat(options.Seed, run, step, freedoms)));
        }

        return null;
    }

    private async Task<LabelOutcome> LabelAsync(Crystal crystal, CancellationToken cancellation)
    {
        var attempt = new MolecularDynamics.Attempt(0, 0);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var request = new EngineRequest(crystal, options.Level, attempt.Rung, folder.NewScratch(), options.Threads);
            using var time = new StepTime(options.StepTimeout, cancellation);
            LabelOutcome outcome = await time.RunAsync(token => engine.ComputeAsync(request, token), late => late);
            if (outcome is not LabelFailure failure || attempt.After(failure, hadProgress: false, engine.RungCount(options.Level)) is not { } next)
            {
                return outcome;
            }

            attempt = next;
        }
    }
}
