using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Learning.Tuning;
using Phonograph.Learning.Tuning.Arrays;

namespace Phonograph.Studies.Comparisons;

/// <summary>The searches of a comparison as job arrays, each with arrays of its own in its folder.</summary>
public static class SearchArrays
{
    /// <summary>Does the searches that are not finished: all at once, or one after the other where the cluster is to run a limited number of tasks.</summary>
    /// <param name="searches">The searches.</param>
    /// <param name="execution">How trials are run; the command ends with the option that makes a node call <see cref="Work"/>.</param>
    /// <param name="notice">Told what the scheduler says; may be called by several threads.</param>
    /// <param name="progress">Told about graph-steps of all searches together.</param>
    /// <param name="cancellation">Stops the coordinator; the arrays go on.</param>
    /// <exception cref="InputException">See <see cref="ComparisonSearch.Run"/>; searches that run at the same time are finished first.</exception>
    public static async Task RunAsync(
        IReadOnlyList<ComparisonSearch> searches, ArrayExecution execution, Action<string>? notice = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(searches);
        ArgumentNullException.ThrowIfNull(execution);
        ComparisonSearch[] open = [.. searches.Where(search => !search.IsFinished)];
        SummedProgress? whole = progress is null ? null : new SummedProgress(TuningProgress.Stage, open.Length, progress);
        if (execution.Cluster.Throttle is not null)
        {
            for (int place = 0; place < open.Length; place++)
            {
                open[place].Run(execution, notice, whole?.Part(place), cancellation);
            }

            return;
        }

        await Task.WhenAll(open.Select((search, place) => Task.Factory.StartNew(
            () => search.Run(execution, notice, whole?.Part(place), cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
    }

    /// <summary>What <see cref="RunAsync"/> would submit first; nothing is made, and the queue is not asked.</summary>
    /// <param name="searches">The searches.</param>
    /// <param name="execution">How trials are run.</param>
    public static SearchArrayPlan Plan(IReadOnlyList<ComparisonSearch> searches, ArrayExecution execution)
    {
        TrialArrayPlan[] plans = [.. searches.Where(search => !search.IsFinished).Select(search => TrialArrays.Plan(search.Sets, search.Options, search.Folder, execution))];
        return new SearchArrayPlan(searches.Count, searches.Count - plans.Length, plans.Sum(plan => plan.Missing), [.. plans.SelectMany(plan => plan.Arrays)]);
    }

    /// <summary>What a node does for one task: trains a trial of one of the searches.</summary>
    /// <param name="folder">Folder of the task.</param>
    /// <param name="searches">Makes the searches of the command.</param>
    /// <param name="job">What the queue calls this task.</param>
    /// <param name="progress">Told about graph-steps.</param>
    /// <param name="cancellation">Stops after the pass in hand; the checkpoint is kept.</param>
    /// <returns>False when the coordinator took the task back.</returns>
    /// <exception cref="InputException">The task belongs to none of the searches, or cannot be done here.</exception>
    public static bool Work(string folder, Func<ImmutableArray<ComparisonSearch>> searches, string job, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(searches);
        if (TrialArrays.SearchOf(folder) is not { } work)
        {
            return false;
        }

        ComparisonSearch search = searches().FirstOrDefault(each => Path.GetFullPath(each.Folder) == work) ?? throw new InputException(
            $"{folder} belongs to no search of this command on {Environment.MachineName}: its files or options have changed, or the folder is not the one it was given in. Start the command again.");
        return TrialWorker.Run(folder, () => search.Sets, search.Options, job, progress, cancellation);
    }
}

/// <summary>What the searches of a comparison would submit first.</summary>
/// <param name="Searches">Searches.</param>
/// <param name="Finished">Those that were finished so far.</param>
/// <param name="Missing">Trials that would be submitted.</param>
/// <param name="Arrays">Scripts of the arrays and how often each is submitted.</param>
public sealed record SearchArrayPlan(int Searches, int Finished, int Missing, ImmutableArray<PlannedArray> Arrays);
