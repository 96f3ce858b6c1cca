using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Labelling;

namespace Phonograph.Dynamics;

/// <summary>
/// Runs molecular dynamics from a crystal at rest. May be killed at any moment: the step in flight is lost, everything else is kept, and the same call
/// continues from the last complete frame.
/// </summary>
public static class MolecularDynamics
{
    private const int InterruptionsAllowed = 3;

    /// <summary>Runs one trajectory to its last step, or to where the engine fails on every rung of its ladder.</summary>
    /// <param name="folder">The run's folder; made when missing.</param>
    /// <param name="reference">The crystal at rest; its sites are where displacements count from.</param>
    /// <param name="engine">Moves the atoms itself where it can (<see cref="IMolecularDynamicsEngine"/>), otherwise it is asked for single points.</param>
    /// <param name="options">Level, temperature, steps.</param>
    /// <param name="run">Number of the run within the seed, from 0.</param>
    /// <param name="onFrame">Told about the number of frames there are, at the start and after each new one; may be null.</param>
    /// <param name="cancellation">Ends the engine's processes at once.</param>
    /// <exception cref="InputException">The engine is not there, or cannot use the crystal, or the folder holds another run.</exception>
    public static async Task<Trajectory> RunAsync(
        string folder, Crystal reference, IElectronicStructureEngine engine, DynamicsOptions options, int run, Action<int>? onFrame, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (!engine.Levels.Contains(options.Level))
        {
            throw new InputException($"Engine {engine.Name} has no level '{options.Level}'; it offers {string.Join(", ", engine.Levels)}.");
        }

        EngineAvailability availability = engine.Probe();
        if (!availability.IsInstalled)
        {
            throw new InputException($"Engine {engine.Name} is not installed here. To get it: {availability.HowToGet}");
        }

        if (reference.AtomCount < 2)
        {
            throw new InputException("A cell of one atom does not vibrate with its centre of mass at rest. Choose a larger supercell.");
        }

        engine.Check(reference, options.Level);
        using var place = TrajectoryFolder.OpenOrCreate(folder, reference, engine.Name, availability.Version ?? "unknown", options, run);
        using var journal = FrameJournal.Open(place.Journal, reference.AtomCount);
        void Keep(DynamicsFrame frame)
        {
            journal.Add(frame);
            onFrame?.Invoke(journal.NextStep);
        }

        onFrame?.Invoke(journal.NextStep);
        LabelFailure? ended = engine is IMolecularDynamicsEngine mover
            ? await new SegmentChain(place, journal, reference, mover, options, run).RunAsync(Keep, cancellation)
            : await new SinglePointDynamics(place, journal, reference, engine, options, run).RunAsync(Keep, cancellation);
        return new Trajectory(reference, options.TimeStepFemtosecond, options.TemperatureKelvin, [.. journal.Frames.Take(options.Steps + 1)], ended);
    }

    /// <summary>What to do after a segment or a single point failed.</summary>
    /// <param name="Rung">Rung of the next try.</param>
    /// <param name="Interruptions">How often somebody else ended it without progress.</param>
    internal readonly record struct Attempt(int Rung, int Interruptions)
    {
        /// <summary>The next try; null when nothing is left to try.</summary>
        /// <remarks>After progress the plain way is tried again: a new start has no memory of the steps before.</remarks>
        internal Attempt? After(LabelFailure failure, bool hadProgress, int rungs) => failure.Reason switch
        {
            "refused" => null,
            "interrupted" when hadProgress => new Attempt(Rung, 0),
            "interrupted" => Interruptions + 1 < InterruptionsAllowed ? this with { Interruptions = Interruptions + 1 } : null,
            _ when hadProgress => new Attempt(0, 0),
            _ => Rung + 1 < rungs ? new Attempt(Rung + 1, 0) : null,
        };
    }
}
