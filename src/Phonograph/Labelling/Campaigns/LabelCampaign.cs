using System.Collections.Concurrent;
using System.Diagnostics;
using Phonograph.Crystals.Formats;
using Phonograph.Execution;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns;

/// <summary>
/// Computes the labels of a campaign with a number of workers, each job up its recovery ladder. May be killed at any moment: the jobs in
/// flight are lost, everything else is kept, and the same call continues.
/// </summary>
public sealed class LabelCampaign
{
    private const int KeptLogLines = 80;
    private const int InterruptionsAllowed = 3;
    private const long FreeBytesNeeded = 100L << 20;
    private static readonly TimeSpan WatchPeriod = TimeSpan.FromMilliseconds(250);

    private readonly CampaignFolder _campaign;
    private readonly CampaignOptions _options;
    private readonly ConcurrentDictionary<string, ActiveTime> _active = new();
    private long _finished;

    private LabelCampaign(CampaignFolder campaign, CampaignOptions options)
    {
        _campaign = campaign;
        _options = options;
    }

    /// <summary>Runs until every job has a label or has failed on every rung.</summary>
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

        if (options.Workers < 1 || options.Threads < 1)
        {
            throw new InputException($"{options.Workers} workers with {options.Threads} threads: both must be at least 1.");
        }

        Check(inputs, options);
        CampaignFolder campaign = CampaignFolder.OpenOrCreate(folder, engine.Name, availability.Version ?? "unknown", options.Level);
        string refusal = $"{folder}: another 'phonograph label' works on this campaign. Wait for it or end it; look with 'phonograph label --status {folder}'.";
        using (ExclusiveLock.Take(campaign.LockFile, refusal))
        {
            // A file that contradicts the configurations that are there must not become one of them: the campaign could neither go on nor be exported.
            _ = LabelFrame.ReadAll(campaign, inputs);
            foreach (string input in inputs)
            {
                campaign.AddInput(input);
            }

            CampaignPause.ClearRunning(campaign);
            await new LabelCampaign(campaign, options).ComputeAsync(progress, cancellation);
        }

        return CampaignStatus.Of(campaign, engine);
    }

    /// <summary>Refuses damaged files and crystals that the engine cannot use before anything is made of them.</summary>
    private static void Check(IReadOnlyList<string> inputs, CampaignOptions options)
    {
        foreach (string input in inputs)
        {
            int number = 0;
            foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(input))
            {
                number++;
                try
                {
                    options.Engine.Check(frame.Crystal, options.Level);
                }
                catch (InputException error)
                {
                    throw new InputException($"{input}, frame {number}: {error.Message}", error);
                }
            }
        }
    }

    private async Task ComputeAsync(IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<LabelFrame> frames = LabelFrame.ReadAll(_campaign);
        var journal = AttemptJournal.Read(_campaign);
        int rungs = _options.Engine.RungCount(_options.Level);
        if (_options.RetryFailed)
        {
            SetFailuresAside(journal, frames, rungs);
            journal = AttemptJournal.Read(_campaign);
        }

        LabelFrame[] jobs = [.. frames.DistinctBy(frame => frame.Job)];
        LabelFrame[] open = [.. jobs.Where(job => journal[job.Job] is { Label: null } state && state.NextRung < rungs)];
        long before = jobs.Length - open.Length;
        long total = _options.Limit is { } limit ? before + Math.Min(limit, open.Length) : jobs.Length;
        var queue = new ConcurrentQueue<LabelFrame>(open.Take((int)(total - before)));
        progress?.Report(new WorkProgress("label", before, total, null, before));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var workersDone = new CancellationTokenSource();
        Task watch = WatchAsync(workersDone.Token);
        Task[] workers = [.. Enumerable.Range(0, Math.Min(_options.Workers, queue.Count)).Select(_ => WorkAsync(queue, journal, rungs, Report, stop))];
        try
        {
            await Task.WhenAll(workers);
        }
        finally
        {
            await workersDone.CancelAsync();
            await watch;
        }

        void Report(string detail) =>
            progress?.Report(new WorkProgress("label", before + Interlocked.Increment(ref _finished), total, detail, before));
    }

    private async Task WorkAsync(ConcurrentQueue<LabelFrame> queue, AttemptJournal journal, int rungs, Action<string> report, CancellationTokenSource stop)
    {
        try
        {
            while (!stop.IsCancellationRequested && queue.TryDequeue(out LabelFrame? job))
            {
                report($"{job.Id}: {await ClimbAsync(job, journal[job.Job].NextRung, rungs, stop.Token)}");
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
    /// <returns>What to tell the user.</returns>
    private async Task<string> ClimbAsync(LabelFrame job, int firstRung, int rungs, CancellationToken cancellation)
    {
        int interruptions = 0;
        string said = "no rung left";
        for (int rung = firstRung; rung < rungs;)
        {
            LabelOutcome outcome = await AttemptAsync(job, rung, interruptions >= InterruptionsAllowed, cancellation);
            if (outcome is Label label)
            {
                return FormattableString.Invariant($"rung {rung}, gap {label.BandEdges.GapElectronvolt:0.000} eV");
            }

            var failure = (LabelFailure)outcome;
            said = failure.Reason;
            if (failure.Reason == "interrupted" && interruptions < InterruptionsAllowed)
            {
                interruptions++;
                continue;
            }

            rung++;
        }

        return said;
    }

    private async Task<LabelOutcome> AttemptAsync(LabelFrame job, int rung, bool keepInterruption, CancellationToken cancellation)
    {
        await WaitWhilePausedAsync(cancellation);
        CheckFreeSpace();
        string name = FormattableString.Invariant($"{job.Job[..16]}-r{rung}-{Guid.NewGuid():N}");
        string folder = Path.Combine(_campaign.Running, name);
        Directory.CreateDirectory(folder);
        using var time = new ActiveTime(_options.Timeout, cancellation);
        _active[name] = time;
        LabelOutcome outcome;
        try
        {
            outcome = await _options.Engine.ComputeAsync(new EngineRequest(job.Frame.Crystal, _options.Level, rung, folder, _options.Threads), time.Token);
        }
        catch (OperationCanceledException) when (time.IsExhausted && !cancellation.IsCancellationRequested)
        {
            outcome = new LabelFailure("timeout", FormattableString.Invariant($"Not finished after {_options.Timeout.TotalSeconds:0} s."));
        }
        catch
        {
            CampaignPause.Remove(folder);
            throw;
        }
        finally
        {
            _active.TryRemove(name, out _);
        }

        if (outcome is LabelFailure { Reason: "interrupted" } && !keepInterruption)
        {
            CampaignPause.Remove(folder);
            return outcome;
        }

        Compact(folder, isFailure: outcome is LabelFailure);
        new AttemptRecord(job.Job, job.Id, _campaign.Engine, _campaign.EngineVersion, _campaign.Level, rung, Math.Round(time.Seconds, 3), outcome).Write(folder);
        Directory.Move(folder, Path.Combine(_campaign.Attempts, name));
        return outcome;
    }

    /// <summary>Removes the engine's files; of a failure the ends of its logs stay.</summary>
    private static void Compact(string folder, bool isFailure)
    {
        foreach (string file in Directory.GetFiles(folder))
        {
            if (isFailure && file.EndsWith(".out", StringComparison.Ordinal))
            {
                string[] lines = File.ReadAllLines(file);
                AtomicFile.WriteText(Path.ChangeExtension(file, ".tail.txt"), string.Join('\n', lines.TakeLast(KeptLogLines)) + "\n");
            }

            File.Delete(file);
        }
    }

    private void CheckFreeSpace()
    {
        long free = new DriveInfo(Path.GetFullPath(_campaign.Root)).AvailableFreeSpace;
        if (free < FreeBytesNeeded)
        {
            throw new IOException($"{_campaign.Root}: only {free >> 20} MiB are left on this disk, {FreeBytesNeeded >> 20} MiB are needed.");
        }
    }

    private async Task WaitWhilePausedAsync(CancellationToken cancellation)
    {
        while (_campaign.IsPaused)
        {
            await Task.Delay(WatchPeriod, cancellation);
        }
    }

    /// <summary>Stops processes that started while a pause began, continues them after it, and counts the time of running attempts without pauses.</summary>
    private async Task WatchAsync(CancellationToken workersDone)
    {
        bool wasPaused = false;
        long last = Stopwatch.GetTimestamp();
        while (!workersDone.IsCancellationRequested)
        {
            await Task.Delay(WatchPeriod, workersDone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            bool isPaused = _campaign.IsPaused;
            if (isPaused)
            {
                CampaignPause.SignalAll(_campaign, process => process.Pause());
            }
            else if (wasPaused)
            {
                CampaignPause.SignalAll(_campaign, process => process.Resume());
            }

            long now = Stopwatch.GetTimestamp();
            if (isPaused || wasPaused)
            {
                foreach (ActiveTime time in _active.Values)
                {
                    time.Exclude(Stopwatch.GetElapsedTime(last, now));
                }
            }

            foreach (ActiveTime time in _active.Values)
            {
                time.Check();
            }

            last = now;
            wasPaused = isPaused;
        }

        if (wasPaused)
        {
            CampaignPause.SignalAll(_campaign, process => process.Resume());
        }
    }

    private void SetFailuresAside(AttemptJournal journal, IReadOnlyList<LabelFrame> frames, int rungs)
    {
        var failed = frames.Where(frame => journal[frame.Job] is { Label: null } state && state.NextRung >= rungs).Select(frame => frame.Job[..16]).ToHashSet();
        string aside = Path.Combine(_campaign.Root, "set-aside");
        foreach (string folder in Directory.GetDirectories(_campaign.Attempts).Where(folder => failed.Contains(Path.GetFileName(folder)[..16])))
        {
            Directory.CreateDirectory(aside);
            Directory.Move(folder, Path.Combine(aside, Path.GetFileName(folder)));
        }
    }
}
