namespace Phonograph.Labelling.Campaigns.Journal;

/// <content>What the journal answers; each answer is one statement over an index or one table.</content>
public sealed partial class CampaignJournal
{
    /// <summary>Number of jobs on each stage that has some.</summary>
    public IReadOnlyDictionary<JobStage, int> CountStages() => Ask(
        "SELECT stage, count(*) FROM job GROUP BY stage", row => (Stage: Stage(row.GetString(0)), Count: row.GetInt32(1))).ToDictionary(stage => stage.Stage, stage => stage.Count);

    /// <summary>The job behind the name of a configuration; null when the campaign has no such name.</summary>
    internal string? JobOfFrame(string id) =>
        Ask("SELECT job.key FROM frame JOIN job ON job.number = frame.job WHERE frame.id = ?1", row => row.GetString(0), id) is [string job, ..] ? job : null;

    /// <summary>The name under which the job of a running attempt came first; null for a job that is not part of the campaign.</summary>
    /// <param name="keyBegin">First digits of the job's hash.</param>
    internal string? FrameOfJob(string keyBegin) =>
        Ask("SELECT frame.id FROM job JOIN frame ON frame.job = job.number WHERE job.key >= ?1 AND job.key < ?1 || 'g' ORDER BY frame.number LIMIT 1", row => row.GetString(0), keyBegin) is [string id, ..] ? id : null;

    /// <summary>Attempts of jobs that failed on every rung or were refused.</summary>
    internal IReadOnlyList<(string Folder, string Job)> AttemptsWithoutHope() => Ask(
        "SELECT attempt.folder, job.key FROM job JOIN attempt ON attempt.job_key = job.key WHERE job.stage IN ('failed', 'refused') ORDER BY job.number",
        row => (row.GetString(0), row.GetString(1)));

    /// <summary>Where every job stands.</summary>
    internal IReadOnlyDictionary<string, JobOutcome> Outcomes() => Ask(
        "SELECT key, stage, attempt, rung, reason, detail FROM job",
        row => (row.GetString(0), new JobOutcome(
            Stage(row.GetString(1)), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? 0 : row.GetInt32(3), row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5))))
        .ToDictionary(job => job.Item1, job => job.Item2, StringComparer.Ordinal);

    /// <summary>Configurations counted by cohort, stage, rung and metallic flag, cohorts in the order they came.</summary>
    internal IReadOnlyList<(string Cohort, JobStage Stage, int Rung, bool IsMetallic, int Count)> CountFrames() => Ask(
        """
        SELECT cohort, stage, ifnull(rung, 0), is_metallic, count(*), min(min(frame.number)) OVER (PARTITION BY cohort) AS first
        FROM frame JOIN job ON job.number = frame.job GROUP BY cohort, stage, rung, is_metallic ORDER BY first
        """,
        row => (row.GetString(0), Stage(row.GetString(1)), row.GetInt32(2), row.GetInt64(3) != 0, row.GetInt32(4)));

    /// <summary>Why jobs have no label, the most frequent reason first.</summary>
    internal IReadOnlyList<ReasonCount> CountReasons() => Ask(
        "SELECT reason, count(*) AS jobs, min(detail) FROM job WHERE stage IN ('failed', 'refused') GROUP BY reason ORDER BY jobs DESC, reason",
        row => new ReasonCount(row.GetString(0), row.GetInt32(1), row.IsDBNull(2) ? "" : row.GetString(2)));

    /// <summary>Attempts and their times on each rung.</summary>
    internal IReadOnlyList<RungCount> CountRungs() => Ask(
        "SELECT rung, sum(reason IS NULL), sum(reason IS NOT NULL), avg(wall_s), max(wall_s) FROM attempt GROUP BY rung ORDER BY rung",
        row => new RungCount(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetDouble(3), row.GetDouble(4)));

    /// <summary>What made the attempts, and where.</summary>
    internal IReadOnlyList<AttemptOrigin> CountOrigins() => Ask(
        "SELECT program_version, engine_version, host, count(*) AS attempts FROM attempt GROUP BY 1, 2, 3 ORDER BY attempts DESC, 1, 2, 3",
        row => new AttemptOrigin(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3)));

    /// <summary>Mean time of a labelled job, all its attempts included, s; NaN when there is none. Labels that were taken from an export have no time and do not count.</summary>
    internal double MeanWallSeconds() =>
        Ask("SELECT avg(wall_s) FROM job WHERE stage = 'done' AND wall_s > 0", row => row.IsDBNull(0) ? double.NaN : row.GetDouble(0)) is [double mean] ? mean : double.NaN;

    /// <summary>
    /// Labels in an hour: the latest 101 that were computed, over the time from the begin of the first of them to the end of the last, so that labels which workers finish at the same moment
    /// do not count as work of that moment; NaN when there are fewer than two.
    /// </summary>
    internal double LabelsPerHour()
    {
        List<(long Written, double Seconds)> labels = Ask(
            "SELECT written, wall_s FROM attempt WHERE reason IS NULL AND wall_s > 0 ORDER BY written DESC LIMIT 101", row => (row.GetInt64(0), row.GetDouble(1)));
        return labels.Count < 2 ? double.NaN : labels.Count / (TimeSpan.FromTicks(labels[0].Written - labels[^1].Written).TotalHours + (labels[^1].Seconds / 3600));
    }

    private static JobStage Stage(string text) =>
        Enum.TryParse(text, ignoreCase: true, out JobStage stage) ? stage : throw new JournalDamagedException($"there is no stage '{text}'");

    private List<T> Ask<T>(string sql, Func<Microsoft.Data.Sqlite.SqliteDataReader, T> read, params object?[] values) => Resilient(() => _database.Query(sql, read, values));
}

/// <summary>Where a job stands, without its numbers.</summary>
/// <param name="Stage">Stage.</param>
/// <param name="Attempt">Folder of the attempt that gave the label or the last failure; null when there is none.</param>
/// <param name="Rung">Rung of that attempt.</param>
/// <param name="Reason">Why it failed; null when it did not.</param>
/// <param name="Detail">What the engine said.</param>
internal sealed record JobOutcome(JobStage Stage, string? Attempt, int Rung, string? Reason, string? Detail);
