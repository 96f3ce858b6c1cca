using System.Collections.Immutable;
using Phonograph.Execution;
using Phonograph.Labelling.Campaigns.Journal;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Computes one attempt in a folder of <c>running/</c>, and renames it into <c>attempts/</c> when its record is on the disk.</summary>
internal sealed class AttemptRunner(CampaignFolder campaign, CampaignOptions options, CampaignJournal journal, CampaignWatch watch)
{
    private readonly int _rungs = options.Engine.RungCount(options.Level);
    private readonly AttemptComputation _computation = new(campaign, options.Engine);

    /// <summary>One attempt on one rung.</summary>
    /// <param name="job">What to compute.</param>
    /// <param name="rung">Rung of the ladder.</param>
    /// <param name="processors">Processors it is bound to; empty for any.</param>
    /// <param name="keepInterruption">Whether an attempt that was ended from outside counts as a failure.</param>
    /// <param name="cancellation">Ends it; nothing is kept.</param>
    /// <exception cref="IOException">The disk is full; nothing of this attempt is kept.</exception>
    /// <exception cref="Files.InputException">The engine is gone.</exception>
    internal async Task<LabelOutcome> RunAsync(LabelJob job, int rung, ImmutableArray<int> processors, bool keepInterruption, CancellationToken cancellation)
    {
        await watch.WaitWhilePausedAsync(cancellation);
        _computation.CheckFreeSpace();
        string name = AttemptName.New(job.Key, rung);
        string folder = Path.Combine(campaign.Running, name);
        Directory.CreateDirectory(folder);
        try
        {
            (LabelOutcome outcome, double seconds) = await ComputeAsync(job, rung, processors, name, folder, cancellation);
            if (outcome is LabelFailure { Reason: "interrupted" } && !keepInterruption)
            {
                FolderRemoval.Remove(folder);
                return outcome;
            }

            // The journal follows the folder: neither ever says more than is true.
            AttemptEntry entry = _computation.Keep(job, rung, folder, name, outcome, seconds);
            journal.Finish([entry], JobState.IsEnd(outcome, rung, _rungs));
            return outcome;
        }
        catch
        {
            FolderRemoval.Remove(folder);
            throw;
        }
    }

    private async Task<(LabelOutcome Outcome, double Seconds)> ComputeAsync(LabelJob job, int rung, ImmutableArray<int> processors, string name, string folder, CancellationToken cancellation)
    {
        using var time = new ActiveTime(options.Timeout, cancellation);
        watch.Add(name, time);
        try
        {
            return await _computation.ComputeAsync(job.Crystal, new EngineRequest(job.Crystal, options.Level, rung, folder, options.Threads) { Ranks = options.Ranks, Processors = processors }, time, cancellation);
        }
        finally
        {
            watch.Remove(name);
        }
    }
}
