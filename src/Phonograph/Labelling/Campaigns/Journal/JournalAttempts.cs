using Microsoft.Data.Sqlite;
using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>Attempts of a journal: an image of the folders in <c>attempts/</c>, which are the truth.</summary>
internal sealed class JournalAttempts(CampaignFolder campaign, JournalDatabase database)
{
    private const string Columns = "folder, job_key, rung, reason, detail, is_metallic, wall_s, engine_version, program_version, host, bytes, written, digest";

    /// <summary>All attempts that the journal knows.</summary>
    /// <exception cref="JournalDamagedException">One of them is not what was written.</exception>
    internal List<AttemptEntry> Known() => database.Query($"SELECT {Columns} FROM attempt", Read);

    /// <summary>The attempts of one job.</summary>
    internal List<AttemptEntry> Of(string job) => database.Query($"SELECT {Columns} FROM attempt WHERE job_key = ?1", Read, job);

    /// <summary>Writes an attempt down.</summary>
    internal void Add(AttemptEntry entry) => database.Execute(
        $"INSERT OR REPLACE INTO attempt({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        entry.Folder, entry.Job, entry.Rung, entry.Reason, entry.Detail, entry.IsMetallic ? 1 : 0, entry.WallSeconds,
        entry.EngineVersion, entry.ProgramVersion, entry.Host, entry.Bytes, entry.Written, entry.Digest);

    /// <summary>Forgets an attempt.</summary>
    internal void Remove(string folder) => database.Execute("DELETE FROM attempt WHERE folder = ?1", folder);

    /// <summary>
    /// What the folders hold that the journal does not, and the other way round. Names of the folders are compared, no record is read; with
    /// <paramref name="looksAtFiles"/> also size and time of each record, so that one that was changed or cut short is read again.
    /// </summary>
    internal AttemptDifferences Differences(List<AttemptEntry> known, bool looksAtFiles)
    {
        HashSet<string> present = [.. campaign.AttemptFolders().Select(folder => Path.GetFileName(folder))];
        AttemptEntry[] gone = [.. known.Where(entry => !present.Remove(entry.Folder) || (looksAtFiles && !IsUnchanged(entry)))];
        string[] fresh = [.. present, .. gone.Select(entry => entry.Folder).Where(folder => Directory.Exists(Path.Combine(campaign.Attempts, folder)))];
        Array.Sort(fresh, StringComparer.Ordinal);
        return new AttemptDifferences(gone, [.. fresh.Distinct()]);
    }

    /// <summary>Makes the journal equal to the folders.</summary>
    /// <param name="differences">What differs.</param>
    /// <param name="onDamaged">Told the folder and what is wrong with its record, which then does not count.</param>
    /// <returns>The jobs that may stand elsewhere now.</returns>
    internal HashSet<string> Apply(AttemptDifferences differences, Action<string, InputException> onDamaged)
    {
        var jobs = new HashSet<string>(StringComparer.Ordinal);
        foreach (AttemptEntry entry in differences.Gone)
        {
            Remove(entry.Folder);
            jobs.Add(entry.Job);
        }

        foreach (string name in differences.Fresh)
        {
            string folder = Path.Combine(campaign.Attempts, name);
            try
            {
                var entry = AttemptEntry.Read(folder);
                Add(entry);
                jobs.Add(entry.Job);
            }
            catch (InputException error)
            {
                onDamaged(folder, error);
            }
        }

        return jobs;
    }

    private bool IsUnchanged(AttemptEntry entry)
    {
        var file = new FileInfo(Path.Combine(campaign.Attempts, entry.Folder, AttemptRecord.FileName));
        return file.Exists && file.Length == entry.Bytes && file.LastWriteTimeUtc.Ticks == entry.Written;
    }

    private static AttemptEntry Read(SqliteDataReader row)
    {
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        var entry = new AttemptEntry(
            row.GetString(0), row.GetString(1), row.GetInt32(2), Text(3), Text(4), row.GetInt64(5) != 0, row.GetDouble(6),
            row.GetString(7), row.GetString(8), row.GetString(9), row.GetInt64(10), row.GetInt64(11));
        return entry.Digest == row.GetInt64(12) ? entry : throw new JournalDamagedException($"attempt '{entry.Folder}' is not what was written");
    }
}

/// <summary>Where journal and folders differ.</summary>
/// <param name="Gone">Entries whose folder is gone or changed.</param>
/// <param name="Fresh">Names of folders to read.</param>
internal sealed record AttemptDifferences(IReadOnlyList<AttemptEntry> Gone, IReadOnlyList<string> Fresh)
{
    /// <summary>Whether there is nothing to do.</summary>
    internal bool IsEmpty => Gone.Count == 0 && Fresh.Count == 0;
}
