using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Execution.Slurm;
using Phonograph.Files;

namespace Phonograph.Learning.Fitting.Arrays;

/// <summary>
/// Trains fits as tasks of job arrays into a cache on a file system that nodes share. What follows, such as <see cref="FitSchedule"/> on the same cache, reads the models: that they were trained elsewhere changes nothing.
/// </summary>
public static class FitArrays
{
    /// <summary>Trains all fits that are not in the cache, and takes over what an earlier call submitted. Stopped or killed the arrays go on, and the same call finds them.</summary>
    /// <param name="requests">What to train.</param>
    /// <param name="cacheFolder">Where models lie; made when missing.</param>
    /// <param name="execution">How tasks are run; the command ends with the option that makes a node call <see cref="FitWorker"/>.</param>
    /// <param name="notice">Told what the scheduler says.</param>
    /// <param name="progress">Told about finished fits.</param>
    /// <param name="cancellation">Stops the coordinator; the arrays go on.</param>
    /// <exception cref="InputException">Another process does this in the same cache, the scheduler refuses the arrays for good, or no task can begin.</exception>
    /// <exception cref="FitsMissingException">Tasks were given up; all other fits are in the cache.</exception>
    public static async Task RunAsync(
        IReadOnlyList<ModelRequest> requests, string cacheFolder, ArrayExecution execution, Action<string>? notice = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(execution);
        string root = Root(cacheFolder);
        OutputPlace.Prepare(root);
        using var own = ExclusiveLock.Take(Path.Combine(root, "lock"), $"{root}: another process sends fits from here to Slurm. Wait for it, or choose another --cache.");
        var coordinator = new FitCoordinator(Fingerprints(requests), cacheFolder, execution, notice ?? (_ => { }), progress);
        IReadOnlyList<(FitTask Task, TaskFailure Failure)> failed = await coordinator.RunAsync(cancellation);
        var models = new LearntModels(cacheFolder);
        HashSet<string> missing = [.. failed.SelectMany(each => each.Task.Fits).Where(fit => !models.Has(fit))];
        if (missing.Count > 0)
        {
            string name = requests.FirstOrDefault(request => missing.Contains(request.Fingerprint()))?.Name ?? missing.First();
            throw new FitsMissingException(
                $"{missing.Count} fits could not be trained on the cluster, '{name}' among them: {failed[0].Failure.Reason} ({failed[0].Failure.Detail}). All others are kept. Give more time or memory in the description of the cluster where that is the reason, then repeat the command.");
        }
    }

    /// <summary>What <see cref="RunAsync"/> would submit; nothing is made, and the queue is not asked.</summary>
    public static FitArrayPlan Plan(IReadOnlyList<ModelRequest> requests, string cacheFolder, ArrayExecution execution)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(execution);
        string root = Root(cacheFolder);
        var models = new LearntModels(cacheFolder);
        FitTask[] flying = [.. ArrayTasks.InFlight<FitTask>(root, task => task.Fits.All(models.Has))];
        HashSet<string> taken = [.. flying.SelectMany(task => task.Fits)];
        ImmutableArray<string> all = Fingerprints(requests), missing = [.. all.Where(fit => !taken.Contains(fit) && !models.Has(fit))];
        return new FitArrayPlan(all.Length, all.Count(models.Has), all.Count(fit => taken.Contains(fit) && !models.Has(fit)), PlannedArray.All(root, execution, Shares(missing, execution.Cluster).Count()));
    }

    /// <summary>Makes sure that fits which are with a cluster are not trained here a second time.</summary>
    /// <param name="cacheFolder">Where models lie; it may be missing.</param>
    /// <exception cref="InputException">Fits of this cache are with Slurm.</exception>
    public static void RefuseTwoPlaces(string cacheFolder)
    {
        string root = Root(cacheFolder);
        var models = new LearntModels(cacheFolder);
        int fits = ArrayTasks.InFlight<FitTask>(root, task => task.Fits.All(models.Has)).SelectMany(task => task.Fits).Count(fit => !models.Has(fit));
        if (fits > 0)
        {
            var tasks = ArrayTasks.Of<FitTask>(root, task => task.Fits.All(models.Has), out _);
            throw new InputException(
                $"{cacheFolder}: {fits} fits of this folder are with Slurm. Go on with --slurm; or, to train them here, cancel the arrays ({tasks.Describe()}) and remove {root}.");
        }
    }

    /// <summary>Folder of the arrays of a cache.</summary>
    internal static string Root(string cacheFolder) => Path.Combine(Path.GetFullPath(cacheFolder), ArrayFolder.RootName);

    /// <summary>Fits of each task.</summary>
    internal static IEnumerable<ImmutableArray<string>> Shares(ImmutableArray<string> fits, SlurmCluster cluster) => fits.Chunk(cluster.FitsPerTask).Select(share => share.ToImmutableArray());

    private static ImmutableArray<string> Fingerprints(IReadOnlyList<ModelRequest> requests) => [.. requests.Select(request => request.Fingerprint()).Distinct(StringComparer.Ordinal)];
}

/// <summary>What a run through job arrays would submit.</summary>
/// <param name="Fits">Fits of the command, equal ones counted once.</param>
/// <param name="Trained">Those that are in the cache.</param>
/// <param name="InFlight">Those that are with the cluster already.</param>
/// <param name="Arrays">Scripts of the first arrays and how often each is submitted.</param>
public sealed record FitArrayPlan(int Fits, int Trained, int InFlight, ImmutableArray<PlannedArray> Arrays)
{
    /// <summary>Those that would be submitted.</summary>
    public int Missing => Fits - Trained - InFlight;
}
