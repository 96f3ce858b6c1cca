using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Learning.Hamiltonians;

namespace Phonograph.Learning.Fitting.Arrays;

/// <summary>What a node does for one task of an array: trains the fits that the task names into the cache it belongs to.</summary>
public static class FitWorker
{
    /// <summary>Trains the fits of a task; those that are there are not trained again, and half-finished ones continue.</summary>
    /// <param name="folder">Folder of the task, <c>CACHE/slurm/ARRAY/INDEX</c>.</param>
    /// <param name="requests">Makes all fits of the command; not asked when there is nothing to train.</param>
    /// <param name="job">What the queue calls this task, for <c>started</c>.</param>
    /// <param name="progress">Told about passes.</param>
    /// <param name="cancellation">Stops after the passes in hand; checkpoints are kept.</param>
    /// <exception cref="InputException">The program here is another one, the command does not ask for the fits of the task, or a fit cannot be trained.</exception>
    public static FitWorkerEnd Run(string folder, Func<IReadOnlyList<ModelRequest>> requests, string job, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        if (TaskFolder<FitTask>.TryOpen(folder) is not { } own)
        {
            return FitWorkerEnd.Withdrawn;
        }

        FitTask task = own.Task;
        var models = new LearntModels(own.Owner);
        if (task.Fits.All(models.Has))
        {
            return FitWorkerEnd.Finished;
        }

        task.Build.MustBeHere("fits");
        Dictionary<string, ModelRequest> known = requests().GroupBy(request => request.Fingerprint(), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        string[] missing = [.. task.Fits.Where(fit => !models.Has(fit))], unknown = [.. missing.Where(fit => !known.ContainsKey(fit))];
        if (unknown.Length > 0)
        {
            throw new InputException(
                $"{unknown.Length} of the {missing.Length} fits of {folder} are not asked for by this command on {Environment.MachineName}, {unknown[0]} among them: its files or options have changed, or the folder is not the one it was given in. Start the command again.");
        }

        ModelRequest[] wanted = [.. missing.Select(fit => known[fit])];
        return own.Compute(
            job,
            stop =>
            {
                FitSchedule.Run([.. wanted.OfType<FitRequest>()], new FitCache(own.Owner), _ => true, task.Threads, progress, stop);
                HamiltonianSchedule.Learn([.. wanted.OfType<HamiltonianRequest>()], new HamiltonianCache(own.Owner), task.Threads, progress, stop);
            },
            cancellation)
            ? FitWorkerEnd.Finished
            : FitWorkerEnd.Withdrawn;
    }
}

/// <summary>How a task of an array ended on its node.</summary>
public enum FitWorkerEnd
{
    /// <summary>Its models are there.</summary>
    Finished,

    /// <summary>The coordinator took the task back before or while it was computed; another task has its fits, or nobody wants them.</summary>
    Withdrawn,
}
