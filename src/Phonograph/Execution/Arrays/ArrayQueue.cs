using Phonograph.Execution.Slurm;
using Phonograph.Files;

namespace Phonograph.Execution.Arrays;

/// <summary>
/// The tasks of a work that are with a cluster or on their way there: submits them, collects results, submits again by rule what ended without one. Killed at any moment
/// the arrays go on; the next queue on the same folder finds them by their folders and names.
/// </summary>
/// <typeparam name="TTask">What a task is to do.</typeparam>
internal sealed class ArrayQueue<TTask>
    where TTask : class, IArrayTask<TTask>
{
    /// <summary>Looks at which a task may be unknown, or done without a result to be seen, before it counts as lost: file systems of clusters show names late.</summary>
    private const int PuzzlesAllowed = 3;

    private const int LooksForAResult = 60;

    private readonly string _root;
    private readonly ArrayExecution _arrays;
    private readonly IArrayWork<TTask> _work;
    private readonly Action<string> _notice;
    private readonly ArraySubmission<TTask> _submission;
    private readonly List<TaskInFlight<TTask>> _flying = [];
    private readonly List<TaskFolder<TTask>> _waiting = [];
    private bool _hasStarted, _isSilent;

    /// <summary>A queue without tasks; <see cref="AdoptAsync"/> finds earlier ones.</summary>
    /// <param name="root">Folder of all arrays of the work, on a file system that nodes share.</param>
    /// <param name="arrays">How tasks are run.</param>
    /// <param name="work">What they are about.</param>
    /// <param name="notice">Told what the scheduler says.</param>
    internal ArrayQueue(string root, ArrayExecution arrays, IArrayWork<TTask> work, Action<string> notice)
    {
        (_root, _arrays, _work, _notice) = (root, arrays, work, notice);
        _submission = new ArraySubmission<TTask>(root, arrays, notice);
    }

    /// <summary>Tasks that run now, as the queue said last.</summary>
    internal int Running => _flying.Count(task => task.State == SlurmTaskState.Running);

    /// <summary>Tasks that have not come to an end.</summary>
    internal int Count => _flying.Count + _waiting.Count;

    /// <summary>Tasks that have not come to an end.</summary>
    internal IEnumerable<TTask> Tasks => [.. Folders.Select(folder => folder.Task)];

    /// <summary>Number of tasks to add: none as long as less than half of the queue is free, so that arrays stay large.</summary>
    internal int Room => _arrays.Cluster.Tasks - Count is var free && 2 * free >= _arrays.Cluster.Tasks ? free : 0;

    /// <summary>Takes over the wanted tasks of an earlier coordinator, takes in those that are finished, and withdraws the others.</summary>
    internal async Task AdoptAsync(CancellationToken cancellation)
    {
        (IReadOnlyList<TaskInFlight<TTask>> flying, IReadOnlyList<TaskFolder<TTask>> waiting) = await FindEarlierAsync(cancellation);
        _flying.AddRange(flying.Where(task => KeepWanted(task.Folder)));
        _waiting.AddRange(waiting.Where(KeepWanted));

        // A node may have brought a result after the work looked at its results: to clear the task away would compute it again.
        TaskFolder<TTask>[] finished = [.. Folders.Where(folder => _work.HasResult(folder.Task))];
        _flying.RemoveAll(task => finished.Contains(task.Folder));
        _waiting.RemoveAll(finished.Contains);
        _work.Take(finished);
        foreach (ArrayFolder array in flying.Select(task => task.Array).Distinct())
        {
            array.RemoveIfEmpty();
        }
    }

    /// <summary>Makes the folder of a task that is in no array, and not in this queue.</summary>
    internal TaskFolder<TTask> Make(TTask task) => TaskFolder<TTask>.Create(Path.Combine(ArrayFolder.Waiting(_root), task.Name), task);

    /// <summary>Adds a task; it goes to the cluster with the next submission.</summary>
    internal void Add(TTask task) => _waiting.Add(Make(task));

    /// <summary>Submits what waits; gives tasks up for which the cluster has not the time or memory they would need.</summary>
    /// <exception cref="InputException">The scheduler will never take arrays as the description of the cluster asks for them.</exception>
    internal async Task SubmitAsync(CancellationToken cancellation)
    {
        foreach ((TaskFolder<TTask> folder, string said) in await _submission.SubmitAsync(_waiting, _flying, cancellation))
        {
            bool isTime = TaskEnds.Of(folder.Ends()).TimeOuts > 0;
            _waiting.Remove(folder);
            _work.GiveUp(folder, new TaskFailure(isTime ? "timeout" : "out-of-memory", said, 0, ""));
        }
    }

    /// <summary>Looks, adds tasks as room comes, submits and waits, again and again.</summary>
    /// <param name="next">The next task to add; null for none now.</param>
    /// <param name="isEnough">Asked after each look: whether to return.</param>
    /// <param name="cancellation">Stops it; the arrays go on.</param>
    /// <exception cref="InputException">The scheduler refuses the arrays for good, or no task can begin.</exception>
    internal async Task RunAsync(Func<TTask?> next, Func<bool> isEnough, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await CollectAsync(cancellation);
            if (isEnough())
            {
                return;
            }

            for (int room = Room; room > 0 && next() is { } task; room--)
            {
                Add(task);
            }

            if (Count == 0)
            {
                return;
            }

            await SubmitAsync(cancellation);
            await WaitAsync(cancellation);
        }
    }

    /// <summary>Waits until the next look.</summary>
    internal Task WaitAsync(CancellationToken cancellation) => Task.Delay(_arrays.Cluster.Poll, cancellation);

    /// <summary>Looks at results and at the scheduler: takes in what is finished, decides on what ended without a result.</summary>
    /// <exception cref="InputException">No task could begin, and one ended: the description of the cluster does not fit.</exception>
    internal async Task CollectAsync(CancellationToken cancellation)
    {
        if (_flying.Count == 0)
        {
            return;
        }

        Dictionary<(string, int), SlurmTask>? known = await LookAsync(cancellation);
        var finished = new List<TaskInFlight<TTask>>();
        var ended = new List<TaskEnd>();
        foreach (TaskInFlight<TTask> task in _flying)
        {
            if (_work.HasResult(task.Folder.Task))
            {
                finished.Add(task);
            }
            else if (known is not null)
            {
                SlurmTask? said = known.GetValueOrDefault((task.Array.Name, task.Index));
                task.State = said?.State;
                bool isInQueue = said?.State is SlurmTaskState.Pending or SlurmTaskState.Running;
                task.Puzzles = said is null or { State: SlurmTaskState.Completed } ? task.Puzzles + 1 : 0;
                if (!isInQueue && task.Puzzles is 0 or > PuzzlesAllowed)
                {
                    ended.Add(new TaskEnd(task, said?.StateName ?? "LOST", said?.Node ?? ""));
                }
            }

            _hasStarted |= finished.Count > 0 || task.Folder.IsStarted;
        }

        _work.Take([.. finished.Select(task => task.Folder)]);
        _flying.RemoveAll(finished.Contains);
        foreach (ArrayFolder array in finished.Select(task => task.Array).Distinct())
        {
            array.RemoveIfEmpty();
        }

        foreach (TaskEnd end in await RememberedAsync(ended, cancellation))
        {
            await DecideAsync(end, cancellation);
        }
    }

    private IEnumerable<TaskFolder<TTask>> Folders => [.. _flying.Select(task => task.Folder), .. _waiting];

    private async Task<(IReadOnlyList<TaskInFlight<TTask>> Flying, IReadOnlyList<TaskFolder<TTask>> Waiting)> FindEarlierAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await _submission.FindEarlierAsync(cancellation);
            }
            catch (ArraySchedulerException error)
            {
                SayOnce(error);
                await WaitAsync(cancellation);
            }
        }
    }

    private void SayOnce(ArraySchedulerException error)
    {
        if (!_isSilent)
        {
            _notice($"{error.Message} Asking again every {_arrays.Cluster.Poll.TotalSeconds:0.#} s.");
        }

        _isSilent = true;
    }

    private bool KeepWanted(TaskFolder<TTask> folder)
    {
        bool isWanted = _work.IsWanted(folder.Task);
        if (!isWanted)
        {
            folder.Remove();
        }

        return isWanted;
    }

    /// <summary>What the queue knows; null when it did not answer, and then nothing is concluded.</summary>
    private async Task<Dictionary<(string, int), SlurmTask>?> LookAsync(CancellationToken cancellation)
    {
        try
        {
            string[] names = [.. _flying.Select(task => task.Array.Name).Distinct(StringComparer.Ordinal)];
            IReadOnlyList<SlurmTask> tasks = await _arrays.Scheduler.LookAsync(names, cancellation);
            _isSilent = false;
            return tasks.GroupBy(task => (task.Array, task.Index)).ToDictionary(group => group.Key, group => group.Last());
        }
        catch (ArraySchedulerException error)
        {
            SayOnce(error);
            return null;
        }
    }

    /// <summary>Asks the accounting about tasks that the queue has forgotten.</summary>
    private async Task<IReadOnlyList<TaskEnd>> RememberedAsync(List<TaskEnd> ended, CancellationToken cancellation)
    {
        if (!ended.Any(end => end.IsLost))
        {
            return ended;
        }

        try
        {
            string[] ids = [.. ended.Where(end => end.IsLost).Select(end => end.Task.Array.JobId).OfType<string>().Distinct(StringComparer.Ordinal)];
            ILookup<(string, int), SlurmTask> remembered = (await _arrays.Scheduler.RememberAsync(ids, cancellation)).ToLookup(task => (task.JobId, task.Index));
            return
            [
                .. ended.Select(end => end.IsLost && end.Task.Array.JobId is { } id && remembered[(id, end.Task.Index)].LastOrDefault() is { } task
                    ? end with { State = task.StateName, Node = task.Node }
                    : end).Where(end => SlurmStateName.Parse(end.State) is not (SlurmTaskState.Pending or SlurmTaskState.Running)),
            ];
        }
        catch (ArraySchedulerException)
        {
            return [.. ended.Where(end => !end.IsLost)];
        }
    }

    /// <summary>Submits a task again or gives it up; unless its result came in the last moment.</summary>
    private async Task DecideAsync(TaskEnd end, CancellationToken cancellation)
    {
        (TaskInFlight<TTask> task, string state, string node) = end;
        string log = task.Array.LogTail(task.Index);
        bool hasStarted = task.Folder.IsStarted;
        task.Folder.AddEnd(state);
        var ends = TaskEnds.Of(task.Folder.Ends());
        string? reason = ends.GivenUp(_arrays.Cluster.Retries);
        if (!hasStarted && SlurmStateName.Parse(state) == SlurmTaskState.Failed && (!_hasStarted || reason is not null))
        {
            string said = await _arrays.Scheduler.ExplainAsync(task.Array.JobId ?? "", task.Index, cancellation);
            throw new InputException(
                $"Task {task.Array.JobId}_{task.Index} ended before it began to compute ({(said.Length > 0 ? said : state)}). It printed: {(log.Length > 0 ? log : "nothing")}. Correct the description of the cluster, then repeat the command.");
        }

        task.Folder.MoveTo(Path.Combine(ArrayFolder.Waiting(_root), task.Folder.Task.Name));
        _flying.Remove(task);
        task.Array.RemoveIfEmpty();
        if (await HasResultAfterAllAsync(task.Folder, hasStarted, cancellation))
        {
            _work.Take([task.Folder]);
            return;
        }

        task.Folder.Clear();
        if (reason is null)
        {
            _waiting.Add(task.Folder);
            return;
        }

        double seconds = reason == "timeout" ? _arrays.Cluster.ResourcesAfter(ends.TimeOuts - 1, 0).Time.TotalSeconds : 0;
        string detail = FormattableString.Invariant(
            $"{state} as task {task.Array.JobId}_{task.Index}; {ends.TimeOuts} time-outs, {ends.MemoryLacks} lacks of memory, {ends.Losses} losses. {log}").TrimEnd();
        _work.GiveUp(task.Folder, new TaskFailure(reason, detail, seconds, node));
    }

    /// <summary>Once its folder is taken away, a result that the node had brought before comes into sight sooner or later.</summary>
    private async Task<bool> HasResultAfterAllAsync(TaskFolder<TTask> folder, bool hasStarted, CancellationToken cancellation)
    {
        for (int look = 0; hasStarted && _work.IsResultComing(folder) && !_work.HasResult(folder.Task) && look < LooksForAResult; look++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }

        return _work.HasResult(folder.Task);
    }

    /// <summary>A task that is not in the queue any more and has no result.</summary>
    private sealed record TaskEnd(TaskInFlight<TTask> Task, string State, string Node)
    {
        internal bool IsLost => State == "LOST";
    }
}
