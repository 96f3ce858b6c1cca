using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Fitting.Arrays;

/// <summary>Sends fits through job arrays, some in each task, until all that can be trained are in the cache.</summary>
internal sealed class FitCoordinator : IArrayWork<FitTask>
{
    private readonly LearntModels _models;
    private readonly ArrayExecution _arrays;
    private readonly ImmutableArray<string> _fits;
    private readonly HashSet<string> _wanted;
    private readonly ArrayQueue<FitTask> _queue;
    private readonly List<(FitTask Task, TaskFailure Failure)> _failed = [];
    private readonly IProgress<WorkProgress>? _progress;

    /// <param name="fits">Fingerprints of all fits, each once.</param>
    /// <param name="cacheFolder">Where models lie.</param>
    /// <param name="arrays">How tasks are run.</param>
    /// <param name="notice">Told what the scheduler says.</param>
    /// <param name="progress">Told about finished fits.</param>
    internal FitCoordinator(ImmutableArray<string> fits, string cacheFolder, ArrayExecution arrays, Action<string> notice, IProgress<WorkProgress>? progress)
    {
        (_fits, _wanted, _arrays, _progress) = (fits, [.. fits], arrays, progress);
        _models = new LearntModels(cacheFolder);
        _queue = new ArrayQueue<FitTask>(FitArrays.Root(cacheFolder), arrays, this, notice);
    }

    /// <summary>Works until every fit is in the cache, or belongs to a task that was given up.</summary>
    /// <returns>Tasks that were given up.</returns>
    internal async Task<IReadOnlyList<(FitTask Task, TaskFailure Failure)>> RunAsync(CancellationToken cancellation)
    {
        await _queue.AdoptAsync(cancellation);
        HashSet<string> taken = [.. _queue.Tasks.SelectMany(task => task.Fits)];
        var shares = new Queue<ImmutableArray<string>>(FitArrays.Shares([.. _fits.Where(fit => !taken.Contains(fit) && !_models.Has(fit))], _arrays.Cluster));
        int before = _fits.Count(_models.Has);
        await _queue.RunAsync(
            () => shares.TryDequeue(out ImmutableArray<string> share) ? FitTask.Of(share, _arrays.Cluster.Cores) : null,
            () =>
            {
                _progress?.Report(new WorkProgress("fits", _fits.Count(_models.Has), _fits.Length, $"{_queue.Running} of {_queue.Count} tasks run", before));
                return false;
            },
            cancellation);
        return _failed;
    }

    /// <summary>A task with a fit that is not asked for any more would find that its command does not make it; the others of its fits go into new tasks.</summary>
    bool IArrayWork<FitTask>.IsWanted(FitTask task) => task.Build == TrainingBuild.Here && task.Fits.All(fit => _wanted.Contains(fit) || _models.Has(fit));

    bool IArrayWork<FitTask>.HasResult(FitTask task) => task.Fits.All(_models.Has);

    /// <summary>Models come one by one under their final names, and what is missing is trained again: there is nothing to wait for.</summary>
    bool IArrayWork<FitTask>.IsResultComing(TaskFolder<FitTask> folder) => false;

    void IArrayWork<FitTask>.Take(IReadOnlyList<TaskFolder<FitTask>> finished)
    {
        foreach (TaskFolder<FitTask> folder in finished)
        {
            folder.Remove();
        }
    }

    void IArrayWork<FitTask>.GiveUp(TaskFolder<FitTask> folder, TaskFailure failure)
    {
        _failed.Add((folder.Task, failure));
        folder.Remove();
    }
}
