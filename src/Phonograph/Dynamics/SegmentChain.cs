using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Dynamics;

/// <summary>Drives an engine that moves the atoms itself, segment after segment.</summary>
internal sealed class SegmentChain(
    TrajectoryFolder folder, FrameJournal journal, Crystal reference, IMolecularDynamicsEngine engine, DynamicsOptions options, int run)
{
    /// <summary>Runs until the last step, or until no rung of the ladder takes another step.</summary>
    internal async Task<LabelFailure?> RunAsync(Action<DynamicsFrame> keep, CancellationToken cancellation)
    {
        Recover(keep);
        var attempt = new MolecularDynamics.Attempt(0, 0);
        while (journal.NextStep <= options.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            int first = journal.NextStep;
            string? previous = folder.SegmentFolders() is [.., var last] ? last.Folder : null;
            string place = folder.NewSegment(first);
            DynamicsRequest request = Request(place, first, attempt.Rung, previous);
            using var time = new StepTime(options.StepTimeout, cancellation);
            void Keep(DynamicsFrame frame)
            {
                time.Restart();
                keep(frame);
            }

            LabelFailure? failure = await time.RunAsync(token => engine.MoveAsync(request, Keep, token), late => late);
            if (failure is null)
            {
                continue;
            }

            if (attempt.After(failure, journal.NextStep > first, engine.DynamicsRungCount(options.Level)) is not { } next)
            {
                return failure;
            }

            attempt = next;
        }

        return null;
    }

    /// <summary>Takes in what a killed run had finished, and ends what it may have left running.</summary>
    private void Recover(Action<DynamicsFrame> keep)
    {
        if (folder.SegmentFolders() is not [.., var last] || last.FirstStep > journal.NextStep)
        {
            return;
        }

        ProcessIdentity.TryLoad(Path.Combine(last.Folder, ExternalProgram.IdentityFileName))?.EndWithOrphans();
        foreach (DynamicsFrame frame in engine.Recover(Request(last.Folder, last.FirstStep, 0, null)).Where(frame => frame.Step == journal.NextStep))
        {
            keep(frame);
        }
    }

    private DynamicsRequest Request(string place, int first, int rung, string? previous)
    {
        DynamicsStart start = first == 0
            ? new DynamicsStart([.. new Vector3D[reference.AtomCount]], InitialVelocities.Draw(reference, options.TemperatureKelvin, options.Seed, run))
            : Of(journal.Frames[first - 1]);
        ThermostatSettings? thermostat = options.ThermostatTimeFemtosecond is { } time ? new ThermostatSettings(options.TemperatureKelvin, time) : null;
        return new DynamicsRequest(
            reference, options.Level, rung, place, options.Threads, start, first, options.Steps, options.TimeStepFemtosecond, thermostat,
            DynamicsRandom.EngineSeed(options.Seed, run, first), previous);
    }

    private static DynamicsStart Of(DynamicsFrame frame) => new(frame.DisplacementsCartesian, frame.VelocitiesCartesian, frame.ConservedEnergyElectronvolt);
}
