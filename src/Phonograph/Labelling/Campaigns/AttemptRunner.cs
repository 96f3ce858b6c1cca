using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Computes one attempt in a folder of <c>running/</c>, and renames it into <c>attempts/</c> when its record is on the disk.</summary>
internal sealed class AttemptRunner(CampaignFolder campaign, CampaignOptions options, CampaignJournal journal, CampaignWatch watch)
{
    private const int KeptLogLines = 80;
    private const long FreeBytesNeeded = 100L << 20, FreeBytesOfAnHonestFailure = 16L << 20;
    private readonly int _rungs = options.Engine.RungCount(options.Level);

    /// <summary>One attempt on one rung.</summary>
    /// <param name="job">What to compute.</param>
    /// <param name="rung">Rung of the ladder.</param>
    /// <param name="keepInterruption">Whether an attempt that was ended from outside counts as a failure.</param>
    /// <param name="cancellation">Ends it; nothing is kept.</param>
    /// <exception cref="IOException">The disk is full; nothing of this attempt is kept.</exception>
    /// <exception cref="InputException">The engine is gone.</exception>
    internal async Task<LabelOutcome> RunAsync(LabelJob job, int rung, bool keepInterruption, CancellationToken cancellation)
    {
        await watch.WaitWhilePausedAsync(cancellation);
        CheckFreeSpace(FreeBytesNeeded);
        string name = FormattableString.Invariant($"{job.Key[..16]}-r{rung}-{Guid.NewGuid():N}");
        string folder = Path.Combine(campaign.Running, name);
        Directory.CreateDirectory(folder);
        try
        {
            (LabelOutcome outcome, double seconds) = await ComputeAsync(job, rung, name, folder, cancellation);
            if (outcome is LabelFailure { Reason: "interrupted" } && !keepInterruption)
            {
                CampaignPause.Remove(folder);
                return outcome;
            }

            if (outcome is LabelFailure)
            {
                // What failed because nothing more could be written says nothing about the crystal.
                CheckFreeSpace(FreeBytesOfAnHonestFailure);
            }

            Keep(job, rung, folder, name, outcome, seconds);
            return outcome;
        }
        catch
        {
            CampaignPause.Remove(folder);
            throw;
        }
    }

    private async Task<(LabelOutcome Outcome, double Seconds)> ComputeAsync(LabelJob job, int rung, string name, string folder, CancellationToken cancellation)
    {
        using var time = new ActiveTime(options.Timeout, cancellation);
        watch.Add(name, time);
        try
        {
            options.Engine.Check(job.Crystal, options.Level);
        }
        catch (InputException error)
        {
            watch.Remove(name);
            return (new LabelFailure(JobState.Refusal, error.Message), 0);
        }

        try
        {
            LabelOutcome outcome = await options.Engine.ComputeAsync(new EngineRequest(job.Crystal, options.Level, rung, folder, options.Threads), time.Token);
            return outcome is LabelFailure { Reason: JobState.Refusal } refusal && !options.Engine.Probe().IsInstalled
                ? throw new InputException($"Engine {options.Engine.Name} is gone: {refusal.Detail}")
                : (outcome, time.Seconds);
        }
        catch (OperationCanceledException) when (time.IsExhausted && !cancellation.IsCancellationRequested)
        {
            return (new LabelFailure("timeout", FormattableString.Invariant($"Not finished after {options.Timeout.TotalSeconds:0} s.")), time.Seconds);
        }
        finally
        {
            watch.Remove(name);
        }
    }

    /// <summary>The record is flushed before the folder gets its final name, and the journal follows the folder: neither ever says more than is true.</summary>
    private void Keep(LabelJob job, int rung, string folder, string name, LabelOutcome outcome, double seconds)
    {
        Compact(folder, isFailure: outcome is LabelFailure);
        var record = new AttemptRecord(job.Key, job.Id, campaign.Engine, campaign.EngineVersion, campaign.Level, rung, Math.Round(seconds, 3), outcome)
        {
            ProgramVersion = ProgramVersion.Current,
            Host = Environment.MachineName,
        };
        record.Write(folder);
        string place = Path.Combine(campaign.Attempts, name);
        Directory.Move(folder, place);
        bool jobEnds = outcome is Label or LabelFailure { Reason: JobState.Refusal } || rung + 1 >= _rungs;
        journal.Finish([AttemptEntry.Of(record, place)], jobEnds);
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

    private void CheckFreeSpace(long needed)
    {
        long free = new DriveInfo(Path.GetFullPath(campaign.Root)).AvailableFreeSpace;
        if (free < needed)
        {
            throw new IOException($"{campaign.Root}: only {free >> 20} MiB are left on this disk, {FreeBytesNeeded >> 20} MiB are needed.");
        }
    }
}
