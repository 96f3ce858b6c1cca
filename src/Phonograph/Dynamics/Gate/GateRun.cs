using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Labelling;

namespace Phonograph.Dynamics.Gate;

/// <summary>Runs the trajectories of a gate, several side by side.</summary>
public static class GateRun
{
    /// <summary>Runs all of them; may be killed at any moment, the same call continues.</summary>
    /// <param name="folder">Working folder; each run has one inside.</param>
    /// <param name="reference">The crystal at rest.</param>
    /// <param name="engine">Engine.</param>
    /// <param name="options">What a run is.</param>
    /// <param name="runs">Number of runs, which differ in their random numbers.</param>
    /// <param name="workers">Runs computed at the same time.</param>
    /// <param name="progress">Told about frames.</param>
    /// <param name="cancellation">Ends the engine's processes at once.</param>
    /// <exception cref="InputException">The numbers make no run, or the engine gives no label for the reference crystal.</exception>
    public static async Task<ImmutableArray<Trajectory>> RunAsync(
        string folder, Crystal reference, IElectronicStructureEngine engine, DynamicsOptions options, int runs, int workers, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (runs < 1 || workers < 1)
        {
            throw new InputException($"{runs} runs with {workers} workers: both must be at least 1.");
        }

        var results = new Trajectory[runs];
        int[] done = new int[runs];
        int[] before = [.. Enumerable.Repeat(-1, runs)];
        int next = -1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAll(Enumerable.Range(0, Math.Min(runs, workers)).Select(_ => Task.Run(WorkAsync, CancellationToken.None)));
        foreach (Trajectory run in results.Where(run => run.Frames.IsEmpty))
        {
            throw new InputException($"{engine.Name} gives no label for the reference crystal at {options.Level}: {run.Ended?.Reason}, {run.Ended?.Detail} Check the crystal with 'phonograph label'.");
        }

        return [.. results];

        async Task WorkAsync()
        {
            try
            {
                for (int run = Interlocked.Increment(ref next); run < runs; run = Interlocked.Increment(ref next))
                {
                    int number = run;
                    string place = Path.Combine(folder, FormattableString.Invariant($"run-{number + 1:D3}"));
                    results[number] = await MolecularDynamics.RunAsync(place, reference, engine, options, number, frames => Report(number, frames), stop.Token);
                }
            }
            catch
            {
                // One run that cannot go on (a full disk, Ctrl-C) stops the others.
                await stop.CancelAsync();
                throw;
            }
        }

        void Report(int run, int frames)
        {
            int kept = Math.Min(frames, options.Steps + 1);
            done[run] = kept;
            before[run] = before[run] < 0 ? kept : before[run];
            progress?.Report(new WorkProgress("gate", done.Sum(), (long)runs * (options.Steps + 1), null, before.Sum(count => Math.Max(0, count))));
        }
    }
}
