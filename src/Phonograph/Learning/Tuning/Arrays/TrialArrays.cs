using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Learning.Fitting.Arrays;

namespace Phonograph.Learning.Tuning.Arrays;

/// <summary>The search of <see cref="Tuner"/> with its trials as tasks of job arrays, in a folder on a file system that nodes share. Decisions fall in virtual time, so the result is the same.</summary>
public static class TrialArrays
{
    /// <summary>Searches, or continues what an earlier call with the same options left in the work folder and with the cluster. Stopped or killed the arrays go on, and the same call finds them.</summary>
    /// <param name="sets">Sets of cells of equal sizes, one property and one cutoff.</param>
    /// <param name="options">What is searched, and how.</param>
    /// <param name="workFolder">Folder of journals, checkpoints and arrays; made when missing.</param>
    /// <param name="execution">How tasks are run; the command ends with the option that makes a node call <see cref="TrialWorker"/>.</param>
    /// <param name="notice">Told what the scheduler says.</param>
    /// <param name="progress">Told about graph-steps of all sets together.</param>
    /// <param name="best">Told whenever another trial becomes the best of a set, or its error changes.</param>
    /// <param name="cancellation">Stops the coordinator; the arrays go on.</param>
    /// <exception cref="InputException">Options cannot be used, the folder belongs to another search or process, the scheduler refuses the arrays for good, or no task can begin.</exception>
    /// <exception cref="FitsMissingException">A trial was given up that the search cannot go on without.</exception>
    public static TuningResult Run(
        IReadOnlyList<TuningSet> sets,
        TuningOptions options,
        string workFolder,
        ArrayExecution execution,
        Action<string>? notice = null,
        IProgress<WorkProgress>? progress = null,
        IProgress<TuningNews>? best = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var search = new TuningSearch(sets, options, workFolder, progress);
        using var folder = TuningFolder.Open(workFolder, sets, options);
        OutputPlace.Prepare(folder.Trainings);
        var coordinator = new TrialCoordinator(search, workFolder, execution, notice ?? (_ => { }), cancellation);
        coordinator.Begin();
        TuningResult result = search.Run(coordinator.For, best);
        folder.DeleteCheckpoints();
        return result;
    }

    /// <summary>What <see cref="Run"/> would submit first; nothing is made, and the queue is not asked.</summary>
    /// <exception cref="InputException">Options cannot be used, or the folder belongs to another search.</exception>
    public static TrialArrayPlan Plan(IReadOnlyList<TuningSet> sets, TuningOptions options, string workFolder, ArrayExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        var search = new TuningSearch(sets, options, workFolder, null);
        TuningFolder.Holds(workFolder, sets, options);
        string root = Root(workFolder);
        HashSet<TrialGoal> flying = [.. ArrayTasks.InFlight<TrialTask>(root, task => HasResult(search, task)).Select(task => task.Goal)];
        TrialGoal[] untrained =
        [
            .. from store in search.Stores
               from trial in Enumerable.Range(0, search.Schedule.CertainTrials)
               where !store.Has(trial, search.Rungs[0])
               select new TrialGoal(store.Set, trial, search.Rungs[0]),
        ];
        int trials = search.Schedule.CertainTrials * search.Stores.Length, inFlight = untrained.Count(flying.Contains);
        return new TrialArrayPlan(search.Rungs[0], trials, trials - untrained.Length, inFlight, PlannedArray.All(root, execution, untrained.Length - inFlight));
    }

    /// <summary>Folder of the search that a task of an array belongs to; null when the coordinator took the task back.</summary>
    /// <param name="folder">Folder of the task.</param>
    internal static string? SearchOf(string folder) => TaskFolder<TrialTask>.TryOpen(folder)?.Owner;

    /// <summary>Folder of the arrays of a search.</summary>
    internal static string Root(string workFolder) => Path.Combine(Path.GetFullPath(workFolder), ArrayFolder.RootName);

    /// <summary>Makes sure that trials which are with a cluster are not trained here a second time.</summary>
    /// <exception cref="InputException">Trials of this search are with Slurm.</exception>
    internal static void RefuseTwoPlaces(TuningSearch search, string workFolder)
    {
        string root = Root(workFolder);
        int trials = ArrayTasks.InFlight<TrialTask>(root, task => HasResult(search, task)).Count();
        if (trials > 0)
        {
            var tasks = ArrayTasks.Of<TrialTask>(root, task => HasResult(search, task), out _);
            throw new InputException(
                $"{workFolder}: {trials} trials of this search are with Slurm. Go on with --slurm; or, to train them here, cancel the arrays ({tasks.Describe()}) and remove {root}.");
        }
    }

    /// <summary>Where the trainings of a task lie; null when this search has no such trial.</summary>
    internal static TrialStore? StoreOf(TuningSearch search, TrialTask task) =>
        search.Stores.FirstOrDefault(store => store.Set == task.Goal.Set) is { } store && task.Goal.Trial < store.Count && store.Fingerprints(task.Goal.Trial).SequenceEqual(task.Trainings) ? store : null;

    /// <summary>Whether the result of a task is there.</summary>
    internal static bool HasResult(TuningSearch search, TrialTask task) => StoreOf(search, task) is { } store && store.Has(task.Goal.Trial, task.Goal.Epochs);
}

/// <summary>What a search through job arrays would submit first: trials that are trained up to the first rung whatever comes out. Those that go on follow as results come.</summary>
/// <param name="Epochs">Epochs of the first rung.</param>
/// <param name="Trials">Trials, of all sets together.</param>
/// <param name="Trained">Those that were trained so far.</param>
/// <param name="InFlight">Those that are with the cluster already.</param>
/// <param name="Arrays">Scripts of the first arrays and how often each is submitted.</param>
public sealed record TrialArrayPlan(int Epochs, int Trials, int Trained, int InFlight, ImmutableArray<PlannedArray> Arrays)
{
    /// <summary>Those that would be submitted.</summary>
    public int Missing => Trials - Trained - InFlight;
}
