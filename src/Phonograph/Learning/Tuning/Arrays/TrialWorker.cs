using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Numerics.Memory;

namespace Phonograph.Learning.Tuning.Arrays;

/// <summary>What a node does for one task of an array: trains one trial up to a rung, in the folder of the search it belongs to. The lock of that folder is with the coordinator; a node writes journals and checkpoints of its trial alone.</summary>
public static class TrialWorker
{
    /// <summary>Trains the trial of a task; passes that are there are not made again.</summary>
    /// <param name="folder">Folder of the task, <c>WORK/slurm/ARRAY/INDEX</c>.</param>
    /// <param name="sets">Makes the sets of cells of the command.</param>
    /// <param name="options">The search of the command.</param>
    /// <param name="job">What the queue calls this task, for <c>started</c>.</param>
    /// <param name="progress">Told about graph-steps of the trial.</param>
    /// <param name="cancellation">Stops after the pass in hand; the checkpoint is kept.</param>
    /// <returns>False when the coordinator took the task back before or while it was computed.</returns>
    /// <exception cref="InputException">The program here is another one, the command makes another trial of this number, or it cannot be trained.</exception>
    public static bool Run(
        string folder, Func<ImmutableArray<TuningSet>> sets, TuningOptions options, string job, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sets);
        if (TaskFolder<TrialTask>.TryOpen(folder) is not { } own)
        {
            return false;
        }

        TrialTask task = own.Task;
        task.Build.MustBeHere("trials");
        ImmutableArray<TuningSet> here = sets();
        var search = new TuningSearch(here, options, own.Owner, null);
        if (!TuningFolder.Holds(own.Owner, here, options) || TrialArrays.StoreOf(search, task) is not { } store)
        {
            throw new InputException(
                $"Trial {task.Goal.Trial + 1} of '{task.Goal.Set}' of {folder} is not a trial of this command on {Environment.MachineName}: its files or options have changed, or the folder is not the one it was given in. Start the command again.");
        }

        var tally = new TuningProgress(store.MostGraphSteps(task.Goal.Epochs), progress);
        return own.Compute(
            job,
            stop =>
            {
                using var pool = new WorkerPool(task.Threads);
                store.Evaluate(task.Goal.Trial, task.Goal.Epochs, pool, tally.Add, stop);
            },
            cancellation);
    }
}
