using Microsoft.Data.Sqlite;

namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>Jobs and frames of a journal: an image of the files in <c>inputs/</c>.</summary>
internal sealed class JournalInputs(CampaignFolder campaign, JournalDatabase database)
{
    /// <summary>Whether the journal knows other files than those that are there.</summary>
    internal bool Differ => !Known().SequenceEqual(Present());

    /// <summary>Takes in files that came; starts again when a known file is gone or another.</summary>
    /// <exception cref="Files.InputException">A file is damaged, or two different configurations carry one id.</exception>
    internal void Update()
    {
        (string Name, long Bytes)[] present = Present(), known = Known();
        int kept = known.Length;
        if (!present.Take(kept).SequenceEqual(known))
        {
            foreach (string table in new[] { "frame", "job", "input" })
            {
                database.Execute("DELETE FROM " + table);
            }

            kept = 0;
        }

        for (int index = kept; index < present.Length; index++)
        {
            Append(index + 1, present[index].Name, present[index].Bytes);
        }
    }

    /// <summary>Compares every frame and job with the hash that was taken when its file came.</summary>
    /// <exception cref="JournalDamagedException">Something changed.</exception>
    internal void Verify()
    {
        var found = database.Query("SELECT number FROM input", row => row.GetInt64(0)).ToDictionary(number => number, _ => Digest.Empty);
        foreach ((long input, string id, string cohort, string key) in database.Query(
            "SELECT frame.input, frame.id, frame.cohort, job.key FROM frame LEFT JOIN job ON job.number = frame.job ORDER BY frame.number",
            row => (row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3))))
        {
            found[input] = Append(found.GetValueOrDefault(input), id, cohort, key);
        }

        foreach ((long number, long digest) in database.Query("SELECT number, digest FROM input", row => (row.GetInt64(0), row.GetInt64(1))))
        {
            if (found[number] != digest)
            {
                throw new JournalDamagedException($"configurations of file {number} are not those that were written");
            }
        }
    }

    private static long Append(long digest, string id, string cohort, string key) => Digest.Append(digest, $"{id}\n{cohort}\n{key}\n");

    private void Append(int number, string name, long bytes)
    {
        long digest = Digest.Empty;
        int place = 0;
        foreach (LabelFrame frame in LabelFrame.Read(Path.Combine(campaign.Inputs, name), CampaignFolder.OriginalName(name), campaign.Engine, campaign.Level))
        {
            place++;
            database.Execute(
                "INSERT OR IGNORE INTO job(key, input, place, stage, next_rung, is_metallic, wall_s) VALUES (?1, ?2, ?3, 'waiting', 0, 0, 0)", frame.Job, number, place);
            long job = database.Number("SELECT number FROM job WHERE key = ?1", frame.Job)!.Value;
            if (database.Number("SELECT job FROM frame WHERE id = ?1", frame.Id) is { } known)
            {
                if (known != job)
                {
                    throw LabelFrame.Conflict(CampaignFolder.OriginalName(name), place, frame.Id);
                }

                continue;
            }

            database.Execute("INSERT INTO frame(id, input, job, cohort) VALUES (?1, ?2, ?3, ?4)", frame.Id, number, job, frame.Cohort);
            digest = Append(digest, frame.Id, frame.Cohort, frame.Job);
        }

        database.Execute("INSERT INTO input(number, name, bytes, digest) VALUES (?1, ?2, ?3, ?4)", number, name, bytes, digest);
    }

    private (string Name, long Bytes)[] Present() => [.. campaign.InputFiles().Select(file => (Path.GetFileName(file), new FileInfo(file).Length))];

    private (string Name, long Bytes)[] Known() =>
        [.. database.Query("SELECT name, bytes FROM input ORDER BY number", (SqliteDataReader row) => (row.GetString(0), row.GetInt64(1)))];
}
