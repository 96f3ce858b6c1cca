using Microsoft.Data.Sqlite;

namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>Where the jobs of a journal stand: what follows from their attempts, and claims.</summary>
internal sealed class JournalJobs(JournalDatabase database, JournalAttempts attempts, int rungs)
{
    /// <summary>Sets every job to where its attempts put it; claims of earlier coordinators are void.</summary>
    internal void SettleAll()
    {
        ILookup<string, AttemptEntry> byJob = attempts.Known().ToLookup(entry => entry.Job, StringComparer.Ordinal);
        foreach ((string key, JobRow now) in database.Query(
            "SELECT key, stage, next_rung, attempt, rung, is_metallic, reason, detail, wall_s FROM job", row => (row.GetString(0), JobRow.Read(row, 1))))
        {
            JobRow settled = JobRow.Of(byJob.Contains(key) ? JobState.Of(byJob[key], rungs) : JobState.Untouched);
            if (settled != now)
            {
                Write(key, settled);
            }
        }
    }

    /// <summary>Sets one job to where its attempts put it.</summary>
    internal void Settle(string job) => Write(job, JobRow.Of(JobState.Of(attempts.Of(job), rungs)));

    /// <summary>Marks waiting jobs as running, in the order the configurations came.</summary>
    internal List<ClaimedJob> Claim(int count, long after)
    {
        List<ClaimedJob> claimed = database.Query(
            """
            UPDATE job SET stage = 'running' WHERE number IN (SELECT number FROM job WHERE stage = 'waiting' AND number > ?2 ORDER BY number LIMIT ?1)
            RETURNING number, key, input, place, next_rung
            """,
            row => new ClaimedJob(row.GetInt64(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)),
            count,
            after);
        claimed.Sort((first, second) => first.Number.CompareTo(second.Number));
        return claimed;
    }

    /// <summary>Marks a job as running that an earlier claim or coordinator had taken.</summary>
    /// <returns>Whether it was waiting.</returns>
    internal bool ClaimAgain(string job) =>
        database.Execute("UPDATE job SET stage = 'running' WHERE key = ?1 AND stage = 'waiting'", job) > 0;

    private void Write(string job, JobRow row) => database.Execute(
        "UPDATE job SET stage = ?2, next_rung = ?3, attempt = ?4, rung = ?5, is_metallic = ?6, reason = ?7, detail = ?8, wall_s = ?9 WHERE key = ?1",
        job, row.Stage, row.NextRung, row.Attempt, row.Rung, row.IsMetallic, row.Reason, row.Detail, row.WallSeconds);
}

/// <summary>The columns of a job that its attempts decide.</summary>
internal readonly record struct JobRow(string Stage, long NextRung, string? Attempt, long? Rung, long IsMetallic, string? Reason, string? Detail, double WallSeconds)
{
    internal static JobRow Of(JobState state) => new(
        state.Stage.ToString().ToLowerInvariant(), state.NextRung, state.Deciding?.Folder, state.Deciding?.Rung, state.Deciding is { IsMetallic: true } ? 1 : 0,
        state.Deciding?.Reason, state.Deciding?.Detail, state.WallSeconds);

    internal static JobRow Read(SqliteDataReader row, int first)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        return new JobRow(
            row.GetString(first), row.GetInt64(first + 1), Text(first + 2), row.IsDBNull(first + 3) ? null : row.GetInt64(first + 3), row.GetInt64(first + 4),
            Text(first + 5), Text(first + 6), row.GetDouble(first + 7));
    }
}

/// <summary>A job that a coordinator has claimed.</summary>
/// <param name="Number">Its number in the order the configurations came, from 1.</param>
/// <param name="Key">Hash that identifies the computation (<see cref="JobKey"/>).</param>
/// <param name="Input">Number of the kept file of its configuration, from 1.</param>
/// <param name="Place">Number of the frame in that file, from 1.</param>
/// <param name="NextRung">Rung to try first.</param>
public sealed record ClaimedJob(long Number, string Key, int Input, int Place, int NextRung);
