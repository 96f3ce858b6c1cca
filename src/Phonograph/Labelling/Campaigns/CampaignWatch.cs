using System.Collections.Concurrent;
using System.Diagnostics;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Looks after the running attempts of a campaign: pauses and continues them, and counts their time without pauses.</summary>
internal sealed class CampaignWatch(CampaignFolder campaign)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
    private readonly ConcurrentDictionary<string, ActiveTime> _active = new();

    /// <summary>Number of attempts that run now.</summary>
    internal int Running => _active.Count;

    internal void Add(string name, ActiveTime time) => _active[name] = time;

    internal void Remove(string name) => _active.TryRemove(name, out _);

    /// <summary>Waits until the campaign is not paused.</summary>
    internal async Task WaitWhilePausedAsync(CancellationToken cancellation)
    {
        while (campaign.IsPaused)
        {
            await Task.Delay(Period, cancellation);
        }
    }

    /// <summary>Stops processes that started while a pause began, continues them after it, and counts the time of running attempts without pauses.</summary>
    internal async Task RunAsync(CancellationToken workersDone)
    {
        bool wasPaused = false;
        long last = Stopwatch.GetTimestamp();
        while (!workersDone.IsCancellationRequested)
        {
            await Task.Delay(Period, workersDone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            bool isPaused = campaign.IsPaused;
            if (isPaused)
            {
                CampaignPause.SignalAll(campaign, process => process.Pause());
            }
            else if (wasPaused)
            {
                CampaignPause.SignalAll(campaign, process => process.Resume());
            }

            long now = Stopwatch.GetTimestamp();
            foreach (ActiveTime time in _active.Values)
            {
                if (isPaused || wasPaused)
                {
                    time.Exclude(Stopwatch.GetElapsedTime(last, now));
                }

                time.Check();
            }

            last = now;
            wasPaused = isPaused;
        }

        if (wasPaused)
        {
            CampaignPause.SignalAll(campaign, process => process.Resume());
        }
    }
}
