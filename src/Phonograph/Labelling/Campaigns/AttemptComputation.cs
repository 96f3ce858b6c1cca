using Phonograph.Crystals;
using Phonograph.Execution;
using Phonograph.Files;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns;

/// <summary>One attempt from the crystal to its folder in <c>attempts/</c>, wherever it runs: no journal is needed for it.</summary>
internal sealed class AttemptComputation(CampaignFolder campaign, IElectronicStructureEngine engine)
{
    private const int KeptLogLines = 80;
    private const long FreeBytesNeeded = 100L << 20, FreeBytesOfAnHonestFailure = 16L << 20;

    /// <summary>Computes a crystal; one that the engine has no use for is a failure without a computation.</summary>
    /// <param name="crystal">What to compute.</param>
    /// <param name="request">How and where.</param>
    /// <param name="time">Counts its time and fires at its limit.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InputException">The engine is gone.</exception>
    internal async Task<(LabelOutcome Outcome, double Seconds)> ComputeAsync(Crystal crystal, EngineRequest request, ActiveTime time, CancellationToken cancellation)
    {
        if (Refusal(crystal, request.Level) is { } objection)
        {
            return (objection, 0);
        }

        try
        {
            LabelOutcome outcome = await engine.ComputeAsync(request, time.Token);
            return outcome is LabelFailure { Reason: JobState.Refusal } refusal && !engine.Probe().IsInstalled
                ? throw new InputException($"Engine {engine.Name} is gone: {refusal.Detail}")
                : (outcome, time.Seconds);
        }
        catch (OperationCanceledException) when (time.IsExhausted && !cancellation.IsCancellationRequested)
        {
            return (new LabelFailure("timeout", FormattableString.Invariant($"Not finished after {time.Limit.TotalSeconds:0} s.")), time.Seconds);
        }
    }

    /// <summary>Why the engine has no use for a crystal; null when it has.</summary>
    internal LabelFailure? Refusal(Crystal crystal, string level)
    {
        try
        {
            engine.Check(crystal, level);
            return null;
        }
        catch (InputException error)
        {
            return new LabelFailure(JobState.Refusal, error.Message);
        }
    }

    /// <summary>Keeps an attempt: its record is flushed before the folder gets its final name.</summary>
    /// <param name="job">What was computed.</param>
    /// <param name="rung">Rung of the ladder.</param>
    /// <param name="folder">Folder it was computed in.</param>
    /// <param name="name">Its name in <c>attempts/</c>.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="seconds">Wall time without pauses, s.</param>
    /// <param name="host">Machine it ran on; null for this one.</param>
    /// <exception cref="IOException">The disk is full, or the folder was taken away.</exception>
    internal AttemptEntry Keep(LabelJob job, int rung, string folder, string name, LabelOutcome outcome, double seconds, string? host = null)
    {
        if (outcome is LabelFailure)
        {
            // What failed because nothing more could be written says nothing about the crystal.
            CheckFreeSpace(FreeBytesOfAnHonestFailure);
        }

        Compact(folder, isFailure: outcome is LabelFailure);
        var record = new AttemptRecord(job.Key, job.Id, campaign.Engine, campaign.EngineVersion, campaign.Level, rung, Math.Round(seconds, 3), outcome)
        {
            ProgramVersion = ProgramVersion.Current,
            Host = host ?? Environment.MachineName,
        };
        record.Write(folder);
        string place = Path.Combine(campaign.Attempts, name);
        Directory.Move(folder, place);
        return AttemptEntry.Of(record, place);
    }

    /// <summary>Refuses to begin on a disk that is all but full.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    internal void CheckFreeSpace() => CheckFreeSpace(FreeBytesNeeded);

    private void CheckFreeSpace(long needed)
    {
        long free = new DriveInfo(Path.GetFullPath(campaign.Root)).AvailableFreeSpace;
        if (free < needed)
        {
            throw new IOException($"{campaign.Root}: only {free >> 20} MiB are left on this disk, {FreeBytesNeeded >> 20} MiB are needed.");
        }
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
}
