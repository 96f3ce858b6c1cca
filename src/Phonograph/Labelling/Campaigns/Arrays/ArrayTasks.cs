using System.Collections.Immutable;

namespace Phonograph.Labelling.Campaigns.Arrays;

/// <summary>Attempts of a campaign that are with a cluster, as their folders tell; the queue is not asked.</summary>
/// <param name="Waiting">Made, and in no array yet.</param>
/// <param name="Queued">In an array; no node has begun them.</param>
/// <param name="Running">Begun by a node; those whose node died count until the coordinator hears of it.</param>
/// <param name="JobIds">Numbers of their arrays as the queue counts them, ascending.</param>
public sealed record ArrayTasks(int Waiting, int Queued, int Running, ImmutableArray<string> JobIds)
{
    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => Waiting + Queued + Running == 0;

    /// <summary>Attempts that nodes have begun: name of the attempt, and when, by the file system's clock.</summary>
    internal ImmutableArray<(string Attempt, string Frame, int Rung, DateTime StartedUtc)> Begun { get; private init; } = [];

    /// <summary>Looks at the folders.</summary>
    internal static ArrayTasks Of(CampaignFolder campaign)
    {
        int queued = 0;
        var begun = new List<(string, string, int, DateTime)>();
        var ids = new List<string>();
        foreach (ArrayFolder array in ArrayFolder.All(campaign))
        {
            int before = queued + begun.Count;
            foreach ((_, string place) in array.Tasks())
            {
                if (!TaskFolder.HasStarted(place))
                {
                    queued++;
                }
                else if (TaskFolder.TryOpen(place) is { } folder && !Directory.Exists(Path.Combine(campaign.Attempts, folder.Task.Attempt)))
                {
                    begun.Add((folder.Task.Attempt, folder.Task.Job.Id, folder.Task.Rung, folder.StartedUtc));
                }
            }

            if (queued + begun.Count > before && array.JobId is { } id)
            {
                ids.Add(id);
            }
        }

        string waiting = ArrayFolder.Waiting(campaign);
        return new ArrayTasks(
            Directory.Exists(waiting) ? Directory.GetDirectories(waiting).Length : 0, queued, begun.Count, [.. ids.OrderBy(id => id.Length).ThenBy(id => id, StringComparer.Ordinal)])
        {
            Begun = [.. begun],
        };
    }

    /// <summary>The arrays for a message.</summary>
    internal string Describe() => JobIds.Length > 0 ? $"scancel {string.Join(' ', JobIds)}" : "none is in the queue";
}
