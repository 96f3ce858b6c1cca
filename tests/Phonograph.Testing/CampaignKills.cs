using System.Diagnostics;
using Phonograph.Execution;
using Phonograph.Labelling.Campaigns.Journal;
using Phonograph.Numerics.Random;

namespace Phonograph.Testing;

/// <summary>
/// Kills a labelling campaign with signal 9 at moments that a seed decides: its coordinator, one of its engine processes with all that it started, or all at
/// once. After some of the coordinator's deaths the journal is deleted, written over with noise, or put back to what it was earlier.
/// </summary>
/// <param name="campaign">The campaign's folder.</param>
/// <param name="start">Starts its coordinator as a process of its own; its output must be small.</param>
/// <param name="seed">Decides whom to kill, and when.</param>
/// <remarks>
/// No attempt of one job is killed more than three times: a campaign takes the fourth death on a rung for a fault of the job and goes on to the next
/// rung, with another label where the rungs differ.
/// </remarks>
public sealed class CampaignKills(string campaign, Func<Process> start, ulong seed)
{
    private const int KillsOfOneJob = 3;
    private readonly Philox _random = new(seed, 0x6b69_6c6c);
    private readonly Dictionary<string, int> _killed = new(StringComparer.Ordinal);

    private string Journal => Path.Combine(campaign, CampaignJournal.FileName);

    private int Finished => Path.Combine(campaign, "attempts") is var attempts && Directory.Exists(attempts) ? Directory.GetDirectories(attempts).Length : 0;

    /// <summary>Kills a number of times; when it returns no coordinator runs, and the campaign has work left.</summary>
    /// <param name="kills">Number of kills.</param>
    /// <param name="longestMilliseconds">Longest time between engines at work and the kill; every other time an attempt is finished first.</param>
    /// <exception cref="InvalidOperationException">The campaign came to its end before: it needs more jobs.</exception>
    public KillCounts Run(int kills, int longestMilliseconds)
    {
        var counts = new KillCounts(0, 0, 0, 0);
        Process? coordinator = null;
        try
        {
            for (int kill = 0; kill < kills; kill++)
            {
                coordinator ??= start();
                WaitForEngines(coordinator, Finished + _random.NextInt32(2));
                Thread.Sleep(_random.NextInt32(longestMilliseconds));
                double lot = _random.NextDouble();
                (string Job, ProcessIdentity Process)[] engines = [.. Engines().Where(engine => _killed.GetValueOrDefault(engine.Job) < KillsOfOneJob)];
                if (lot < 0.6 && engines.Length > 0)
                {
                    (string job, ProcessIdentity process) = engines[_random.NextInt32(engines.Length)];
                    _killed[job] = _killed.GetValueOrDefault(job) + 1;
                    process.End();
                    counts = counts with { Engine = counts.Engine + 1 };
                    continue;
                }

                bool isAll = lot >= 0.85;
                KillCoordinator(coordinator, isAll);
                coordinator.Dispose();
                coordinator = null;
                counts = isAll ? counts with { All = counts.All + 1 } : counts with { Coordinator = counts.Coordinator + 1 };
                counts = DamageJournal() ? counts with { Journal = counts.Journal + 1 } : counts;
            }

            return counts;
        }
        finally
        {
            if (coordinator is not null)
            {
                KillCoordinator(coordinator, withEngines: false);
                coordinator.Dispose();
            }
        }
    }

    /// <summary>Engine processes at work and the beginnings of their jobs' hashes.</summary>
    private IEnumerable<(string Job, ProcessIdentity Process)> Engines()
    {
        string running = Path.Combine(campaign, "running");
        foreach (string folder in Directory.Exists(running) ? Directory.GetDirectories(running) : [])
        {
            if (ProcessIdentity.TryLoad(Path.Combine(folder, ExternalProgram.IdentityFileName)) is { IsRunning: true } process)
            {
                yield return (Path.GetFileName(folder).Split('-')[0], process);
            }
        }
    }

    /// <summary>Waits for engines at work and, so that the campaign gets on however slow the machine is, for a number of finished attempts.</summary>
    private void WaitForEngines(Process coordinator, int finished)
    {
        long began = Stopwatch.GetTimestamp();
        while (!Engines().Any() || Finished < finished)
        {
            if (coordinator.HasExited)
            {
                throw new InvalidOperationException($"The campaign ended by itself with exit code {coordinator.ExitCode}: {coordinator.StandardError.ReadToEnd()}");
            }

            if (Stopwatch.GetElapsedTime(began).TotalSeconds > 120)
            {
                throw new InvalidOperationException("No engine process came to work in two minutes.");
            }

            Thread.Sleep(3);
        }
    }

    private void KillCoordinator(Process coordinator, bool withEngines)
    {
        ProcessIdentity[] engines = [.. Engines().Select(engine => engine.Process)];
        coordinator.Kill(entireProcessTree: false);
        if (withEngines)
        {
            Array.ForEach(engines, engine => engine.End());
        }

        coordinator.WaitForExit();
        long began = Stopwatch.GetTimestamp();
        while (engines.Any(engine => engine.IsRunning))
        {
            if (Stopwatch.GetElapsedTime(began).TotalSeconds > 30)
            {
                throw new InvalidOperationException("An engine process outlived its coordinator.");
            }

            Thread.Sleep(3);
        }
    }

    /// <summary>Does the journal harm in six of ten cases.</summary>
    private bool DamageJournal()
    {
        string earlier = campaign + ".earlier-journal", log = Journal + "-wal";
        int harm = _random.NextInt32(10);
        if (!File.Exists(Journal))
        {
            return false;
        }

        switch (harm)
        {
            case 0 or 1:
                File.Delete(Journal);
                return true;
            case 2 or 3:
                foreach (string file in new[] { Journal, log }.Where(File.Exists))
                {
                    using FileStream noise = File.OpenWrite(file);
                    for (int spot = 0; spot < 5 && noise.Length > 0; spot++)
                    {
                        noise.Position = _random.NextInt32((int)noise.Length);
                        noise.WriteByte((byte)_random.NextInt32(256));
                    }
                }

                return true;
            case 4 or 5 when File.Exists(earlier):
                File.Copy(earlier, Journal, overwrite: true);
                return true;
            default:
                File.Copy(Journal, earlier, overwrite: true);
                return false;
        }
    }
}

/// <summary>What was done to a campaign.</summary>
/// <param name="Coordinator">Deaths of the coordinator alone.</param>
/// <param name="Engine">Deaths of one engine process with all that it started.</param>
/// <param name="All">Deaths of the coordinator and all engine processes at once.</param>
/// <param name="Journal">Times the journal was deleted, written over or put back.</param>
public sealed record KillCounts(int Coordinator, int Engine, int All, int Journal);
