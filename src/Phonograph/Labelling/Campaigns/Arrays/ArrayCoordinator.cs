using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns.Arrays;

/// <summary>Sends the attempts of a campaign through job arrays, takes their results into the journal, and sends jobs up their ladders.</summary>
internal sealed class ArrayCoordinator : IArrayWork<ArrayTask>
{
    private readonly CampaignFolder _campaign;
    private readonly CampaignOptions _options;
    private readonly ArrayExecution _arrays;
    private readonly CampaignJournal _journal;
    private readonly AttemptComputation _computation;
    private readonly ArrayQueue<ArrayTask> _queue;
    private readonly int _rungs;
    private CampaignTally? _tally;

    internal ArrayCoordinator(CampaignFolder campaign, CampaignOptions options, ArrayExecution arrays, CampaignJournal journal)
    {
        (_campaign, _options, _arrays, _journal) = (campaign, options, arrays, journal);
        _computation = new AttemptComputation(campaign, options.Engine);
        _queue = new ArrayQueue<ArrayTask>(campaign.Arrays, arrays, this, options.Notice ?? (_ => { }));
        _rungs = options.Engine.RungCount(options.Level);
    }

    /// <summary>Tasks that run now, as the queue said last.</summary>
    internal int Running => _queue.Running;

    /// <summary>Takes over the tasks of an earlier coordinator; their jobs are not handed out again.</summary>
    /// <returns>Number of jobs taken over.</returns>
    internal async Task<int> AdoptAsync(CancellationToken cancellation)
    {
        await _queue.AdoptAsync(cancellation);
        return _queue.Count;
    }

    /// <summary>Works until every job has come to its end.</summary>
    /// <param name="jobs">Jobs to add.</param>
    /// <param name="tally">Told about every job that comes to its end.</param>
    /// <param name="cancellation">Stops the coordinator; the arrays go on.</param>
    internal async Task RunAsync(JobSource jobs, CampaignTally tally, CancellationToken cancellation)
    {
        _tally = tally;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            await _queue.CollectAsync(cancellation);
            Fill(jobs);
            if (_queue.Count == 0)
            {
                return;
            }

            if (!_campaign.IsPaused)
            {
                _computation.CheckFreeSpace();
                await _queue.SubmitAsync(cancellation);
            }

            await _queue.WaitAsync(cancellation);
        }
    }

    /// <summary>A task whose job is finished, or no part of the campaign, is not wanted.</summary>
    bool IArrayWork<ArrayTask>.IsWanted(ArrayTask task) => _journal.Reserve(task.Job.Key);

    bool IArrayWork<ArrayTask>.HasResult(ArrayTask task) => task.IsFinished(_campaign);

    /// <summary>A started task without <c>work/</c> has renamed it.</summary>
    bool IArrayWork<ArrayTask>.IsResultComing(TaskFolder<ArrayTask> folder) => !Directory.Exists(folder.Work);

    void IArrayWork<ArrayTask>.Take(IReadOnlyList<TaskFolder<ArrayTask>> finished) => Take([.. finished.Select(folder => (folder, (AttemptEntry?)null))]);

    void IArrayWork<ArrayTask>.GiveUp(TaskFolder<ArrayTask> folder, TaskFailure failure) =>
        Take([(folder, KeepHere(folder, new LabelFailure(failure.Reason, failure.Detail), failure.Seconds, failure.Node))]);

    private void Fill(JobSource jobs)
    {
        int room = _queue.Room;
        while (room > 0 && jobs.Next() is { } job)
        {
            if (_computation.Refusal(job.Crystal, _options.Level) is { } refusal)
            {
                TaskFolder<ArrayTask> folder = _queue.Make(NewTask(job, job.FirstRung));
                Take([(folder, KeepHere(folder, refusal, 0, null))]);
                continue;
            }

            _queue.Add(NewTask(job, job.FirstRung));
            room--;
        }
    }

    private ArrayTask NewTask(LabelJob job, int rung) => new(
        AttemptName.New(job.Key, rung), job, rung, _campaign.Engine, _campaign.EngineVersion, _campaign.Level, _arrays.Cluster.Cores, _options.Timeout.TotalSeconds)
    {
        Ranks = _arrays.Cluster.Ranks,
    };

    /// <summary>Writes the failure of an attempt that no node could finish.</summary>
    private AttemptEntry KeepHere(TaskFolder<ArrayTask> folder, LabelFailure failure, double seconds, string? node)
    {
        Directory.CreateDirectory(folder.Work);
        return _computation.Keep(folder.Task.Job, folder.Task.Rung, folder.Work, folder.Task.Attempt, failure, seconds, string.IsNullOrEmpty(node) ? null : node);
    }

    /// <summary>Takes attempts that are in place into the journal, and sends jobs up their ladders.</summary>
    private void Take(IReadOnlyList<(TaskFolder<ArrayTask> Folder, AttemptEntry? Entry)> attempts)
    {
        var ending = new List<AttemptEntry>();
        var climbing = new List<AttemptEntry>();
        foreach ((TaskFolder<ArrayTask> folder, AttemptEntry? kept) in attempts)
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
                _queue.Add(NewTask(task.Job, task.Rung));
                folder.Remove();
                continue;
            }

            if (JobState.IsEnd(outcome, task.Rung, _rungs))
            {
                ending.Add(entry);
                _tally?.Finish(task.Job, outcome, task.Rung);
            }
            else
            {
                climbing.Add(entry);
                _queue.Add(NewTask(task.Job, task.Rung + 1));
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
