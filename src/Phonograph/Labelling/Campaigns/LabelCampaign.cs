using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Execution.Arrays;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Arrays;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns;

/// <summary>
/// Computes the labels of a campaign with a number of workers, each job up its recovery ladder. May be killed at any moment: the jobs in
/// flight are lost, everything else is kept, and the same call continues.
/// </summary>
public sealed class LabelCampaign
{
    private const int InterruptionsAllowed = 3;

    private readonly CampaignOptions _options;
    private readonly CampaignJournal _journal;
    private readonly CampaignFolder _campaign;
    private readonly CampaignWatch _watch;
    private readonly AttemptRunner _runner;
    private readonly int _rungs;
    private readonly ImmutableArray<ImmutableArray<int>> _places;

    private LabelCampaign(CampaignFolder campaign, CampaignOptions options, CampaignJournal journal, ImmutableArray<ImmutableArray<int>> places)
    {
        (_campaign, _options, _journal, _places) = (campaign, options, journal, places);
        _watch = new CampaignWatch(campaign);
        _runner = new AttemptRunner(campaign, options, journal, _watch);
        _rungs = options.Engine.RungCount(options.Level);
    }

    /// <summary>Runs until every job has a label, has failed on every rung, or was refused by the engine.</summary>
    /// <param name="folder">The campaign's folder; made when missing.</param>
    /// <param name="inputs">Files of configurations to add (extended XYZ); may be empty to continue with what is there.</param>
    /// <param name="options">Engine, level, workers.</param>
    /// <param name="progress">Told about every finished job.</param>
    /// <param name="cancellation">Ends the engine's processes at once.</param>
    /// <exception cref="InputException">Unknown level, missing engine, another coordinator at work, or bad input files.</exception>
    /// <exception cref="IOException">The disk is full; finished labels are kept.</exception>
    public static async Task<CampaignStatus> RunAsync(
        string folder, IReadOnlyList<string> inputs, CampaignOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(options);
        IElectronicStructureEngine engine = options.Engine;
        if (!engine.Levels.Contains(options.Level))
        {
            throw new InputException($"Engine {engine.Name} has no level '{options.Level}'; it offers {string.Join(", ", engine.Levels)}.");
        }

        EngineAvailability availability = engine.Probe();
        if (!availability.IsInstalled)
        {
            throw new InputException($"Engine {engine.Name} is not installed here. To get it: {availability.HowToGet}");
        }

        if (options.Workers < 1 || options.Threads < 1 || options.Ranks < 1)
        {
            throw new InputException($"{options.Workers} workers with {options.Ranks} ranks of {options.Threads} threads: each must be at least 1.");
        }

        if (availability.Advice is { } advice)
        {
            options.Notice?.Invoke(advice);
        }

        ImmutableArray<ImmutableArray<int>> places = options.Arrays is null ? Places(options) : [];

        var added = NewInputs.Read(inputs, options);
        var known = KnownLabels.Read(options.KnownFiles, engine.Name, availability.Version ?? "unknown", options.Level);
        CampaignFolder campaign = CampaignFolder.OpenOrCreate(folder, engine.Name, availability.Version ?? "unknown", options.Level);
        string refusal = $"{folder}: another 'phonograph label' works on this campaign. Wait for it or end it; look with 'phonograph label --status {folder}'.";
        using (ExclusiveLock.Take(campaign.LockFile, refusal))
        {
            RefuseTwoPlaces(campaign, options);
            CampaignPause.ClearRunning(campaign);
            using var journal = CampaignJournal.OpenForWork(campaign, engine.RungCount(options.Level), options.Notice);
            added.CheckNames(journal.JobOfFrame);
            foreach (string input in inputs)
            {
                campaign.AddInput(input);
            }

            journal.Follow();
            if (known.Keep(campaign, engine, journal) is > 0 and var taken)
            {
                options.Notice?.Invoke($"{taken} labels were taken from {string.Join(", ", options.KnownFiles)}.");
            }

            await new LabelCampaign(campaign, options, journal, places).ComputeAsync(progress, cancellation);
        }

        return CampaignStatus.Of(campaign, engine);
    }

    private async Task ComputeAsync(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (_options.RetryFailed)
        {
            SetFailuresAside();
        }

        if (_options.Arrays is { } arrays)
        {
            await ComputeElsewhereAsync(arrays, progress, cancellation);
            return;
        }

        (long open, long before) = CountJobs();
        long toDo = Math.Min(open, _options.Limit ?? open);
        int places = WorkersThatFit();
        using var jobs = new JobSource(_campaign, _journal, places, toDo);
        var tally = new CampaignTally(progress, before, before + toDo, () => _watch.Running);
        tally.Begin();

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var workersDone = new CancellationTokenSource();
        Task watch = _watch.RunAsync(workersDone.Token);
        Task[] workers = [.. Enumerable.Range(0, (int)Math.Min(places, toDo)).Select(worker => WorkAsync(jobs, _places.IsEmpty ? [] : _places[worker], tally, stop))];
        try
        {
            await Task.WhenAll(workers);
        }
        finally
        {
            await workersDone.CancelAsync();
            await watch;
        }
    }

    /// <summary>Processors of each worker; empty when jobs are not bound.</summary>
    private static ImmutableArray<ImmutableArray<int>> Places(CampaignOptions options)
    {
        RankLaunch.Check(options.Ranks);
        if (!options.IsPinned)
        {
            return [];
        }

        if (Processors.Binder is null)
        {
            throw new InputException("--pin: found no taskset; expected Linux with util-linux. Leave --pin out.");
        }

        int each = options.Ranks * options.Threads, there = Processors.Allowed.Length;
        return Processors.Deal(Processors.Allowed, options.Workers, each)
            ?? throw new InputException($"--pin: {options.Workers} workers with {options.Ranks} ranks of {options.Threads} threads need {options.Workers * each} processors; this program may use {there}. Ask for fewer, or leave --pin out.");
    }

    private int WorkersThatFit()
    {
        if (_options.MemoryOfAJobBytes is not { } need)
        {
            return _options.Workers;
        }

        long free = FreeMemory.AvailableBytes;
        int fitting = FreeMemory.Fitting(_options.Workers, need, free);
        if (fitting < _options.Workers)
        {
            _options.Notice?.Invoke($"{fitting} of {_options.Workers} workers: each job needs {need >> 20} MiB, {free >> 20} MiB are free.");
        }

        return fitting;
    }

    /// <summary>Attempts that an earlier coordinator submitted are taken over first; they count as part of this run.</summary>
    private async Task ComputeElsewhereAsync(ArrayExecution arrays, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var coordinator = new ArrayCoordinator(_campaign, _options, arrays, _journal);
        int adopted = await coordinator.AdoptAsync(cancellation);
        (long open, long before) = CountJobs();
        long added = Math.Min(open, Math.Max(0, (_options.Limit ?? long.MaxValue) - adopted));
        before -= adopted;
        using var jobs = new JobSource(_campaign, _journal, arrays.Cluster.Tasks, added);
        var tally = new CampaignTally(progress, before, before + adopted + added, () => coordinator.Running);
        tally.Begin();
        await coordinator.RunAsync(jobs, tally, cancellation);
    }

    /// <summary>Jobs that wait, and all others.</summary>
    private (long Open, long Before) CountJobs()
    {
        IReadOnlyDictionary<JobStage, int> stages = _journal.CountStages();
        long open = stages.GetValueOrDefault(JobStage.Waiting);
        return (open, stages.Values.Sum() - open);
    }

    /// <summary>What is in flight on a cluster must not be computed here a second time.</summary>
    private static void RefuseTwoPlaces(CampaignFolder campaign, CampaignOptions options)
    {
        if (options.Arrays is null && ArrayTasks.Of<ArrayTask>(campaign.Arrays, task => task.IsFinished(campaign), out _) is { IsEmpty: false } tasks)
        {
            throw new InputException(
                $"{campaign.Root}: {tasks.Count} attempts of this campaign are with Slurm. Go on with --slurm; or, to compute them here, cancel the arrays ({tasks.Describe()}) and remove {campaign.Arrays}.");
        }
    }

    private async Task WorkAsync(JobSource jobs, ImmutableArray<int> processors, CampaignTally tally, CancellationTokenSource stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && jobs.Next() is { } job)
            {
                await ClimbAsync(job, processors, tally, stop.Token);
            }
        }
        catch
        {
            // One worker that cannot go on (a full disk, Ctrl-C) stops the others.
            await stop.CancelAsync();
            throw;
        }

        stop.Token.ThrowIfCancellationRequested();
    }

    /// <summary>Tries rung after rung.</summary>
    private async Task ClimbAsync(LabelJob job, ImmutableArray<int> processors, CampaignTally tally, CancellationToken cancellation)
    {
        int interruptions = 0, rung = job.FirstRung;
        LabelOutcome? outcome = null;
        while (rung < _rungs)
        {
            outcome = await _runner.RunAsync(job, rung, processors, interruptions >= InterruptionsAllowed, cancellation);
            if (outcome is Label or LabelFailure { Reason: JobState.Refusal })
            {
                break;
            }

            if (outcome is LabelFailure { Reason: "interrupted" } && interruptions < InterruptionsAllowed)
            {
                interruptions++;
                continue;
            }

            rung++;
        }

        tally.Finish(job, outcome, rung);
    }

    private void SetFailuresAside()
    {
        IReadOnlyList<(string Folder, string Job)> attempts = _journal.AttemptsWithoutHope();
        foreach ((string folder, _) in attempts)
        {
            _campaign.SetAside(Path.Combine(_campaign.Attempts, folder));
        }

        _journal.Forget(attempts);
    }
}
