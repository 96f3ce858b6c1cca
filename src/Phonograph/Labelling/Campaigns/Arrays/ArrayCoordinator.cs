using Phonograph.Execution.Slurm;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns.Arrays;

/// <summary>
/// Sends the attempts of a campaign through job arrays: fills the queue, takes results in, submits again by rule what ended without one. Killed at any
/// moment the arrays go on; the next coordinator finds them by their folders and names.
/// </summary>
internal sealed class ArrayCoordinator
{
    /// <summary>Looks at which a task may be unknown, or done without a result to be seen, before it counts as lost: file systems of clusters show names late.</summary>
    private const int PuzzlesAllowed = 3;

    private const int LooksForAResult = 60;

    private readonly CampaignFolder _campaign;
    private readonly CampaignOptions _options;
    private readonly ArrayExecution _arrays;
    private readonly CampaignJournal _journal;
    private readonly AttemptComputation _computation;
    private readonly ArraySubmission _submission;
    private readonly int _rungs;
    private readonly List<TaskInFlight> _flying = [];
    private readonly List<TaskFolder> _waiting = [];
    private bool _hasStarted, _isSilent;

    internal ArrayCoordinator(CampaignFolder campaign, CampaignOptions options, ArrayExecution arrays, CampaignJournal journal)
    {
        (_campaign, _options, _arrays, _journal) = (campaign, options, arrays, journal);
        _computation = new AttemptComputation(campaign, options.Engine);
        _submission = new ArraySubmission(campaign, arrays, options.Notice ?? (_ => { }));
        _rungs = options.Engine.RungCount(options.Level);
    }

    /// <summary>Tasks that run now, as the queue said last.</summary>
    internal int Running => _flying.Count(task => task.State == SlurmTaskState.Running);

    /// <summary>Takes over the tasks of an earlier coordinator; their jobs are not handed out again.</summary>
    /// <returns>Number of jobs taken over.</returns>
    internal async Task<int> AdoptAsync(CancellationToken cancellation)
    {
        (IReadOnlyList<TaskInFlight> flying, IReadOnlyList<TaskFolder> waiting) = await FindEarlierAsync(cancellation);
        foreach (TaskInFlight task in flying)
        {
            if (IsOurs(task.Folder))
            {
                _flying.Add(task);
            }
        }

        _waiting.AddRange(waiting.Where(IsOurs));
        return _flying.Count + _waiting.Count;
    }

    /// <summary>Works until every job has come to its end.</summary>
    /// <param name="jobs">Jobs to add.</param>
    /// <param name="tally">Told about every job that comes to its end.</param>
    /// <param name="cancellation">Stops the coordinator; the arrays go on.</param>
    internal async Task RunAsync(JobSource jobs, CampaignTally tally, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await CollectAsync(tally, cancellation);
            Fill(jobs, tally);
            if (_flying.Count + _waiting.Count == 0)
            {
                return;
            }

            if (!_campaign.IsPaused)
            {
                _computation.CheckFreeSpace();
                foreach ((TaskFolder folder, string said) in await _submission.SubmitAsync(_waiting, _flying, cancellation))
                {
                    GiveUp(folder, said, tally);
                }
            }

            await Task.Delay(_arrays.Cluster.Poll, cancellation);
        }
    }

    private async Task<(IReadOnlyList<TaskInFlight> Flying, IReadOnlyList<TaskFolder> Waiting)> FindEarlierAsync(CancellationToken cancellation)
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
                await Task.Delay(_arrays.Cluster.Poll, cancellation);
            }
        }
    }

    private void SayOnce(ArraySchedulerException error)
    {
        if (!_isSilent)
        {
            _options.Notice?.Invoke($"{error.Message} Asking again every {_arrays.Cluster.Poll.TotalSeconds:0.#} s.");
        }

        _isSilent = true;
    }

    /// <summary>Gives an attempt up for which the cluster has not the time or memory it would need.</summary>
    private void GiveUp(TaskFolder folder, string said, CampaignTally tally)
    {
        bool isTime = TaskEnds.Of(folder.Ends()).TimeOuts > 0;
        _waiting.Remove(folder);
        Take([(folder, KeepHere(folder, new LabelFailure(isTime ? "timeout" : "out-of-memory", said), 0, null))], tally);
    }

    /// <summary>A task whose job is finished, or no part of the campaign, is withdrawn.</summary>
    private bool IsOurs(TaskFolder folder)
    {
        bool isOurs = _journal.Reserve(folder.Task.Job.Key);
        if (!isOurs)
        {
            folder.Remove();
        }

        return isOurs;
    }

    /// <summary>Hands new jobs out when half of the queue is free, so that arrays stay large.</summary>
    private void Fill(JobSource jobs, CampaignTally tally)
    {
        int free = _arrays.Cluster.Tasks - _flying.Count - _waiting.Count;
        if (2 * free < _arrays.Cluster.Tasks)
        {
            return;
        }

        while (free > 0 && jobs.Next() is { } job)
        {
            if (_computation.Refusal(job.Crystal, _options.Level) is { } refusal)
            {
                TaskFolder folder = NewTask(job, job.FirstRung);
                Take([(folder, KeepHere(folder, refusal, 0, null))], tally);
                continue;
            }

            _waiting.Add(NewTask(job, job.FirstRung));
            free--;
        }
    }

    private TaskFolder NewTask(LabelJob job, int rung)
    {
        var task = new ArrayTask(
            AttemptName.New(job.Key, rung), job, rung, _campaign.Engine, _campaign.EngineVersion, _campaign.Level, _arrays.Cluster.Cores, _options.Timeout.TotalSeconds)
        {
            Ranks = _arrays.Cluster.Ranks,
        };
        return TaskFolder.Create(Path.Combine(ArrayFolder.Waiting(_campaign), task.Attempt), task);
    }

    private async Task CollectAsync(CampaignTally tally, CancellationToken cancellation)
    {
        if (_flying.Count == 0)
        {
            return;
        }

        Dictionary<(string, int), SlurmTask>? known = await LookAsync(cancellation);
        var finished = new List<TaskInFlight>();
        var ended = new List<(TaskInFlight Task, string End, string Node)>();
        foreach (TaskInFlight task in _flying)
        {
            if (HasResult(task.Folder))
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
                    ended.Add((task, said?.StateName ?? "LOST", said?.Node ?? ""));
                }
            }

            _hasStarted |= finished.Count > 0 || task.Folder.IsStarted;
        }

        Take(finished, tally);
        if (ended.Any(end => end.End == "LOST"))
        {
            ended = await RememberedAsync(ended, cancellation);
        }

        foreach ((TaskInFlight task, string end, string node) in ended)
        {
            await DecideAsync(task, end, node, tally, cancellation);
        }
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
    private async Task<List<(TaskInFlight Task, string End, string Node)>> RememberedAsync(List<(TaskInFlight Task, string End, string Node)> ended, CancellationToken cancellation)
    {
        try
        {
            string[] ids = [.. ended.Where(end => end.End == "LOST").Select(end => end.Task.Array.JobId).OfType<string>().Distinct(StringComparer.Ordinal)];
            ILookup<(string, int), SlurmTask> remembered = (await _arrays.Scheduler.RememberAsync(ids, cancellation)).ToLookup(task => (task.JobId, task.Index));
            return
            [
                .. ended.Select(end => end.End == "LOST" && end.Task.Array.JobId is { } id && remembered[(id, end.Task.Index)].LastOrDefault() is { } task
                    ? (end.Task, task.StateName, task.Node)
                    : end).Where(end => SlurmStateName.Parse(end.Item2) is not (SlurmTaskState.Pending or SlurmTaskState.Running)),
            ];
        }
        catch (ArraySchedulerException)
        {
            return [.. ended.Where(end => end.End != "LOST")];
        }
    }

    /// <summary>Submits a task again or gives its attempt up; unless its result came in the last moment.</summary>
    private async Task DecideAsync(TaskInFlight task, string end, string node, CampaignTally tally, CancellationToken cancellation)
    {
        string log = task.Array.LogTail(task.Index);
        bool hasStarted = task.Folder.IsStarted;
        task.Folder.AddEnd(end);
        var ends = TaskEnds.Of(task.Folder.Ends());
        string? reason = ends.GivenUp(_arrays.Cluster.Retries);
        if (!hasStarted && SlurmStateName.Parse(end) == SlurmTaskState.Failed && (!_hasStarted || reason is not null))
        {
            string said = await _arrays.Scheduler.ExplainAsync(task.Array.JobId ?? "", task.Index, cancellation);
            throw new InputException(
                $"Task {task.Array.JobId}_{task.Index} ended before it began to compute ({(said.Length > 0 ? said : end)}). It printed: {(log.Length > 0 ? log : "nothing")}. Correct the description of the cluster, then repeat the command.");
        }

        task.Folder.MoveTo(Path.Combine(ArrayFolder.Waiting(_campaign), task.Folder.Task.Attempt));
        _flying.Remove(task);
        task.Array.RemoveIfEmpty();
        if (await HasResultAfterAllAsync(task.Folder, hasStarted, cancellation))
        {
            Take([(task.Folder, null)], tally);
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
            $"{end} as task {task.Array.JobId}_{task.Index}; {ends.TimeOuts} time-outs, {ends.MemoryLacks} lacks of memory, {ends.Losses} losses. {log}").TrimEnd();
        Take([(task.Folder, KeepHere(task.Folder, new LabelFailure(reason, detail), seconds, node))], tally);
    }

    /// <summary>Once its folder is taken away, a started task without <c>work/</c> has renamed it: then the result comes into sight sooner or later.</summary>
    private async Task<bool> HasResultAfterAllAsync(TaskFolder folder, bool hasStarted, CancellationToken cancellation)
    {
        for (int look = 0; hasStarted && !Directory.Exists(folder.Work) && !HasResult(folder) && look < LooksForAResult; look++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellation);
        }

        return HasResult(folder);
    }

    private bool HasResult(TaskFolder folder) => Directory.Exists(Path.Combine(_campaign.Attempts, folder.Task.Attempt));

    /// <summary>Writes the failure of an attempt that no node could finish.</summary>
    private AttemptEntry KeepHere(TaskFolder folder, LabelFailure failure, double seconds, string? node)
    {
        Directory.CreateDirectory(folder.Work);
        return _computation.Keep(folder.Task.Job, folder.Task.Rung, folder.Work, folder.Task.Attempt, failure, seconds, string.IsNullOrEmpty(node) ? null : node);
    }

    private void Take(List<TaskInFlight> finished, CampaignTally tally)
    {
        Take([.. finished.Select(task => (task.Folder, (AttemptEntry?)null))], tally);
        _flying.RemoveAll(finished.Contains);
        foreach (ArrayFolder array in finished.Select(task => task.Array).Distinct())
        {
            array.RemoveIfEmpty();
        }
    }

    /// <summary>Takes attempts that are in place into the journal, and sends jobs up their ladders.</summary>
    private void Take(IReadOnlyList<(TaskFolder Folder, AttemptEntry? Entry)> attempts, CampaignTally tally)
    {
        var ending = new List<AttemptEntry>();
        var climbing = new List<AttemptEntry>();
        foreach ((TaskFolder folder, AttemptEntry? kept) in attempts)
        {
            ArrayTask task = folder.Task;
            string place = Path.Combine(_campaign.Attempts, task.Attempt);
            LabelOutcome outcome;
            AttemptEntry entry;
            try
            {
                outcome = AttemptRecord.Read(place).Outcome;
                entry = kept ?? AttemptEntry.Read(place);
            }
            catch (InputException damage)
            {
                _options.Notice?.Invoke($"{damage.Message} It is now {_campaign.SetAside(place)}; the job is computed again.");
                _waiting.Add(NewTask(task.Job, task.Rung));
                folder.Remove();
                continue;
            }

            if (JobState.IsEnd(outcome, task.Rung, _rungs))
            {
                ending.Add(entry);
                tally.Finish(task.Job, outcome, task.Rung);
            }
            else
            {
                climbing.Add(entry);
                _waiting.Add(NewTask(task.Job, task.Rung + 1));
            }

            folder.Remove();
        }

        if (ending.Count > 0)
        {
            _journal.Finish(ending);
        }

        if (climbing.Count > 0)
        {
            _journal.Finish(climbing, jobEnds: false);
        }
    }
}
