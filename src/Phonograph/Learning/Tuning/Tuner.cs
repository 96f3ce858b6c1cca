using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning.Arrays;

namespace Phonograph.Learning.Tuning;

/// <summary>
/// Searches settings for one or several sets of cells, each with the same list of settings, the same rungs and the same budget. Settings are judged by validation cells alone.
/// Data, options and training code decide every number; threads, speed, kills and continuations do not (<see cref="TrialSchedule"/> says why).
/// </summary>
public static class Tuner
{
    /// <summary>Searches, or continues what an earlier call with the same options left in the work folder.</summary>
    /// <param name="sets">Sets of cells of equal sizes, one property and one cutoff.</param>
    /// <param name="options">What is searched, and how.</param>
    /// <param name="workFolder">Folder of checkpoints; made when missing.</param>
    /// <param name="threads">Trainings at the same time, each on one thread; the number of processors when null. It changes no number.</param>
    /// <param name="progress">Told about graph-steps of all sets together.</param>
    /// <param name="best">Told whenever another trial becomes the best of a set, or its error changes.</param>
    /// <param name="cancellation">Stops after the passes in hand; the same call continues.</param>
    /// <exception cref="InputException">Options cannot be used, the sets differ in size, the folder belongs to another search, or trials of it are with a cluster.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static TuningResult Run(
        IReadOnlyList<TuningSet> sets, TuningOptions options, string workFolder, int? threads = null, IProgress<WorkProgress>? progress = null, IProgress<TuningNews>? best = null, CancellationToken cancellation = default)
    {
        var search = new TuningSearch(sets, options, workFolder, progress);
        using var folder = TuningFolder.Open(workFolder, sets, options);
        TrialArrays.RefuseTwoPlaces(search, workFolder);
        int count = Math.Clamp(threads ?? Environment.ProcessorCount, 1, Math.Min(options.VirtualWorkers, search.Schedule.Costs.Length));
        TuningResult result = search.Run(
            store => new TrialWorkers(count, (job, pool, stop) => store.Evaluate(job.Trial, search.Rungs[job.Rung], pool, search.Tally.Add, stop), cancellation), best);
        folder.DeleteCheckpoints();
        return result;
    }
}

/// <summary>A trial has become the best of its set, or its error has changed.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="Settings">Settings of the trial.</param>
/// <param name="Point">Its number, epochs and error.</param>
public sealed record TuningNews(string Set, TrainingOptions Settings, TuningPoint Point);
