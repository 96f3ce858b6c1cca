using Phonograph.Execution.Arrays;
using Phonograph.Learning.Fitting.Arrays;
using Phonograph.Learning.Training;

namespace Phonograph.Learning.Tuning.Arrays;

/// <summary>
/// Sends trials of all sets of a search through job arrays. What is certain goes at once; all else when the schedule of a set begins it. Results are the journals that nodes leave in the folder of the search.
/// </summary>
internal sealed class TrialCoordinator : IArrayWork<TrialTask>
{
    private readonly TuningSearch _search;
    private readonly ArrayExecution _arrays;
    private readonly CancellationToken _cancellation;
    private readonly ArrayQueue<TrialTask> _queue;
    private readonly HashSet<TrialGoal> _asked = [];
    private readonly Dictionary<TrialGoal, TaskFailure> _failed = [];

    /// <summary>Trials that are in no queue yet: those that have gone furthest first, because decisions wait for them.</summary>
    private readonly PriorityQueue<TrialTask, (int Epochs, int Order)> _further = new();

    /// <param name="search">The search.</param>
    /// <param name="workFolder">Its folder.</param>
    /// <param name="arrays">How tasks are run.</param>
    /// <param name="notice">Told what the scheduler says.</param>
    /// <param name="cancellation">Stops it; the arrays go on.</param>
    internal TrialCoordinator(TuningSearch search, string workFolder, ArrayExecution arrays, Action<string> notice, CancellationToken cancellation)
    {
        (_search, _arrays, _cancellation) = (search, arrays, cancellation);
        _queue = new ArrayQueue<TrialTask>(TrialArrays.Root(workFolder), arrays, this, notice);
    }

    /// <summary>Takes over what an earlier coordinator submitted, and asks for what is trained whatever comes out.</summary>
    internal void Begin()
    {
        Block(() => _queue.AdoptAsync(_cancellation));
        _asked.UnionWith(_queue.Tasks.Select(task => task.Goal));
        foreach (TrialStore store in _search.Stores)
        {
            for (int trial = 0; trial < _search.Schedule.CertainTrials; trial++)
            {
                Ask(store, new TrialGoal(store.Set, trial, _search.Rungs[0]));
            }
        }
    }

    /// <summary>Who does the jobs of a set.</summary>
    internal ITrialEvaluator For(TrialStore store) => new SetEvaluator(this, store);

    bool IArrayWork<TrialTask>.IsWanted(TrialTask task) => task.Build == TrainingBuild.Here && TrialArrays.StoreOf(_search, task) is not null && _search.Rungs.Contains(task.Goal.Epochs);

    bool IArrayWork<TrialTask>.HasResult(TrialTask task) => TrialArrays.HasResult(_search, task);

    /// <summary>Journals come one by one under their final names, and what is missing is trained again: there is nothing to wait for.</summary>
    bool IArrayWork<TrialTask>.IsResultComing(TaskFolder<TrialTask> folder) => false;

    void IArrayWork<TrialTask>.Take(IReadOnlyList<TaskFolder<TrialTask>> finished)
    {
        foreach (TaskFolder<TrialTask> folder in finished)
        {
            folder.Remove();
        }
    }

    void IArrayWork<TrialTask>.GiveUp(TaskFolder<TrialTask> folder, TaskFailure failure)
    {
        _failed[folder.Task.Goal] = failure;
        folder.Remove();
    }

    private void Ask(TrialStore store, TrialGoal goal)
    {
        if (!_asked.Contains(goal) && !store.Has(goal.Trial, goal.Epochs))
        {
            _asked.Add(goal);
            _further.Enqueue(TrialTask.Of(goal, store.Fingerprints(goal.Trial), _arrays.Cluster.Cores), (-goal.Epochs, _asked.Count));
        }
    }

    private TrialAnswer Await(TrialStore store, TrialGoal goal)
    {
        bool IsThere() => store.Has(goal.Trial, goal.Epochs);
        if (!IsThere() && !_failed.ContainsKey(goal))
        {
            Block(() => _queue.RunAsync(
                () => _further.TryDequeue(out TrialTask? task, out _) ? task : null,
                () =>
                {
                    _search.Tally.Tell($"{_queue.Running} of {_queue.Count} tasks run");
                    return IsThere() || _failed.ContainsKey(goal);
                },
                _cancellation));
        }

        return IsThere() || !_failed.TryGetValue(goal, out TaskFailure? failure)
            // What was asked for in this run counts as made in it.
            ? store.Evaluate(goal.Trial, goal.Epochs, null, (graphSteps, isNow) => _search.Tally.Add(graphSteps, isNow || _asked.Contains(goal)), _cancellation)
            : throw new FitsMissingException(
                $"Trial {goal.Trial + 1} of '{goal.Set}' could not be trained for {goal.Epochs} epochs on the cluster: {failure.Reason} ({failure.Detail}). All others are kept, and their tasks go on. Give more time or memory in the description of the cluster where that is the reason, then repeat the command.");
    }

    /// <summary>Schedules decide one after the other and wait for answers, in a thread that may have a context of its own.</summary>
    private void Block(Func<Task> work) => Task.Run(work, _cancellation).GetAwaiter().GetResult();

    private sealed class SetEvaluator(TrialCoordinator coordinator, TrialStore store) : ITrialEvaluator
    {
        public void Begin(TrialJob job) => coordinator.Ask(store, Goal(job));

        public TrialAnswer Await(TrialJob job) => coordinator.Await(store, Goal(job));

        private TrialGoal Goal(TrialJob job) => new(store.Set, job.Trial, coordinator._search.Rungs[job.Rung]);
    }
}
