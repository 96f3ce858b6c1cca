namespace Phonograph.Labelling.Campaigns;

/// <summary>Where a job stands.</summary>
/// <param name="Label">The attempt that gave the label; null when there is none.</param>
/// <param name="LastFailure">The failed attempt on the highest rung; null when none failed.</param>
/// <param name="NextRung">Rung to try next when there is no label.</param>
/// <param name="WallSeconds">Time of all its attempts, s.</param>
public sealed record JobState(AttemptRecord? Label, AttemptRecord? LastFailure, int NextRung, double WallSeconds);

/// <summary>All finished attempts of a campaign, read from their folders.</summary>
public sealed class AttemptJournal
{
    private static readonly JobState Untouched = new(null, null, 0, 0);
    private readonly Dictionary<string, JobState> _states;

    private AttemptJournal(Dictionary<string, JobState> states) => _states = states;

    /// <summary>Where a job stands.</summary>
    public JobState this[string job] => _states.GetValueOrDefault(job, Untouched);

    /// <summary>Reads the folders of a campaign; their number and order on disk do not matter.</summary>
    /// <exception cref="Files.InputException">A record is damaged.</exception>
    public static AttemptJournal Read(CampaignFolder campaign)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        string[] folders = Directory.Exists(campaign.Attempts) ? Directory.GetDirectories(campaign.Attempts) : [];
        Array.Sort(folders, StringComparer.Ordinal);
        return new AttemptJournal(folders.Select(AttemptRecord.Read).GroupBy(record => record.Job).ToDictionary(group => group.Key, StateOf));
    }

    private static JobState StateOf(IEnumerable<AttemptRecord> attempts)
    {
        AttemptRecord[] sorted = [.. attempts.OrderBy(attempt => attempt.Rung)];
        AttemptRecord? failure = sorted.LastOrDefault(attempt => attempt.Outcome is LabelFailure);
        return new JobState(
            sorted.FirstOrDefault(attempt => attempt.Outcome is Label),
            failure,
            (failure?.Rung ?? -1) + 1,
            sorted.Sum(attempt => attempt.WallSeconds));
    }
}
