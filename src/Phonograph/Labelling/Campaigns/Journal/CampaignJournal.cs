using Phonograph.Files;

namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>
/// The index of a campaign: where every job stands, without reading a folder for each of them. The folders are the truth. A journal that is missing,
/// damaged, rolled back or of another version is made anew from them, to the same state; so is one that is damaged while a coordinator works.
/// </summary>
public sealed partial class CampaignJournal : IDisposable
{
    /// <summary>Name of the file in the campaign's folder (SQLite, write-ahead log).</summary>
    public const string FileName = "journal.sqlite";

    private readonly CampaignFolder _campaign;
    private readonly int _rungs;
    private readonly Action<string> _notice;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _claimed = new(StringComparer.Ordinal);
    private JournalDatabase _database;
    private bool _isReading;
    private long _lastClaimed;

    private CampaignJournal(CampaignFolder campaign, int rungs, JournalDatabase database, Action<string> notice) =>
        (_campaign, _rungs, _database, _notice) = (campaign, rungs, database, notice);

    private JournalInputs Inputs => new(_campaign, _database);

    private JournalAttempts Attempts => new(_campaign, _database);

    private JournalJobs Jobs => new(_database, Attempts, _rungs);

    private string Identity => FormattableString.Invariant($"{_campaign.Engine}\n{_campaign.EngineVersion}\n{_campaign.Level}\n{_rungs}");

    private string Place => Path.Combine(_campaign.Root, FileName);

    /// <summary>Opens the journal of a campaign for its coordinator, made equal to the folders; every claim of an earlier coordinator is void.</summary>
    /// <param name="campaign">The campaign; the caller holds its lock.</param>
    /// <param name="rungs">Number of rungs of the ladder.</param>
    /// <param name="notice">Told about results that were set aside and a journal that was made anew.</param>
    /// <exception cref="InputException">A kept file of configurations is damaged.</exception>
    /// <exception cref="IOException">The disk is full.</exception>
    public static CampaignJournal OpenForWork(CampaignFolder campaign, int rungs, Action<string>? notice = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        string file = Path.Combine(campaign.Root, FileName);
        CampaignJournal? opened = null;
        try
        {
            opened = new CampaignJournal(campaign, rungs, JournalDatabase.OpenForWriting(file), notice ?? (_ => { }));
            if (opened._database.Number("SELECT count(*) FROM sqlite_schema") == 0)
            {
                opened.MakeTables();
            }

            opened.CheckWhole();
            opened.Synchronize(looksAtFiles: true);
            return opened;
        }
        catch (JournalDamagedException error)
        {
            opened?.Dispose();
            notice?.Invoke($"The journal was damaged or of another version and is made anew from the folders ({error.Message}).");
            return MakeAnew(campaign, rungs, notice);
        }
        catch
        {
            opened?.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the journal of a campaign to look at it, whether a coordinator works or not. Nothing is written: where the file does not agree with
    /// the folders, a copy in memory is made to agree.
    /// </summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="rungs">Number of rungs of the ladder.</param>
    /// <exception cref="InputException">A kept file of configurations is damaged.</exception>
    public static CampaignJournal OpenForReading(CampaignFolder campaign, int rungs)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        string file = Path.Combine(campaign.Root, FileName);
        if (File.Exists(file))
        {
            CampaignJournal? kept = null;
            try
            {
                kept = new CampaignJournal(campaign, rungs, JournalDatabase.OpenForReading(file), _ => { }) { _isReading = true };
                // One transaction: all numbers are of the same moment, whatever a coordinator writes meanwhile.
                kept._database.Execute("BEGIN");
                kept.CheckVersion();
                if (kept.Inputs.Differ || !kept.Attempts.Differences(kept.Attempts.Known(), looksAtFiles: false).IsEmpty)
                {
                    JournalDatabase copy = kept._database.Copy();
                    kept._database.Dispose();
                    kept._database = copy;
                    kept.Synchronize(looksAtFiles: false);
                }

                return kept;
            }
            catch (Exception error) when (error is JournalDamagedException or IOException)
            {
                kept?.Dispose();
            }
        }

        var made = new CampaignJournal(campaign, rungs, JournalDatabase.InMemory(), _ => { }) { _isReading = true };
        made.MakeTables();
        made.Synchronize(looksAtFiles: false);
        return made;
    }

    /// <summary>Marks up to a number of waiting jobs as running, in one transaction, in the order the configurations came; each is handed out once.</summary>
    /// <exception cref="IOException">The disk is full.</exception>
    public IReadOnlyList<ClaimedJob> Claim(int count) => Resilient(() =>
    {
        if (!File.Exists(Place))
        {
            throw new JournalDamagedException($"{Place}: it is gone");
        }

        List<ClaimedJob> claimed = [];
        _database.Transaction(isDurable: false, () => claimed = Jobs.Claim(count, _lastClaimed));
        _claimed.UnionWith(claimed.Select(job => job.Key));
        _lastClaimed = claimed.Count > 0 ? claimed[^1].Number : _lastClaimed;
        return claimed;
    });

    /// <summary>Marks one waiting job as running, for an attempt that an earlier coordinator began and that goes on without it.</summary>
    /// <returns>False when the job does not wait: it is finished, taken already, or no part of the campaign.</returns>
    internal bool Reserve(string job) => Resilient(() =>
    {
        bool isTaken = false;
        _database.Transaction(isDurable: false, () => isTaken = Jobs.ClaimAgain(job));
        if (isTaken)
        {
            _claimed.Add(job);
        }

        return isTaken;
    });

    /// <summary>Writes down attempts whose folders are in place, and where their jobs stand now; on the disk when this returns.</summary>
    /// <param name="finished">Attempts, one transaction for all.</param>
    /// <param name="jobEnds">Whether their jobs are no longer this coordinator's work.</param>
    /// <exception cref="IOException">The disk is full; the folders are kept, and the journal follows when it is opened again.</exception>
    public void Finish(IReadOnlyList<AttemptEntry> finished, bool jobEnds = true) => Resilient(() =>
    {
        _database.Transaction(isDurable: true, () =>
        {
            foreach (AttemptEntry entry in finished)
            {
                Attempts.Add(entry);
                Jobs.Settle(entry.Job);
                if (!jobEnds)
                {
                    Jobs.ClaimAgain(entry.Job);
                }
            }
        });
        if (jobEnds)
        {
            _claimed.ExceptWith(finished.Select(entry => entry.Job));
        }

        return 0;
    });

    /// <summary>Takes in files of configurations that came to <c>inputs/</c>, and follows folders that came or went.</summary>
    internal void Follow() => Resilient(() =>
    {
        Synchronize(looksAtFiles: false);
        return 0;
    });

    /// <summary>Forgets attempts whose folders were moved away.</summary>
    internal void Forget(IReadOnlyList<(string Folder, string Job)> attempts) => Resilient(() =>
    {
        _database.Transaction(isDurable: true, () =>
        {
            foreach ((string folder, string job) in attempts)
            {
                Attempts.Remove(folder);
                Jobs.Settle(job);
            }
        });
        return 0;
    });

    /// <inheritdoc/>
    public void Dispose() => _database.Dispose();

    private static CampaignJournal MakeAnew(CampaignFolder campaign, int rungs, Action<string>? notice)
    {
        string file = Path.Combine(campaign.Root, FileName);
        foreach (string part in new[] { "", "-wal", "-shm", "-journal" })
        {
            File.Delete(file + part);
        }

        var made = new CampaignJournal(campaign, rungs, JournalDatabase.OpenForWriting(file), notice ?? (_ => { }));
        try
        {
            made.MakeTables();
            made.Synchronize(looksAtFiles: false);
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    private void MakeTables() => _database.Transaction(isDurable: false, () =>
    {
        _database.ExecuteScript(JournalSchema.Tables);
        _database.Execute("INSERT INTO campaign(identity) VALUES (?1)", Identity);
        _database.ExecuteScript(FormattableString.Invariant($"PRAGMA application_id = {JournalSchema.Application}; PRAGMA user_version = {JournalSchema.Version}"));
    });

    private void CheckVersion()
    {
        if (_database.Number("PRAGMA application_id") != JournalSchema.Application || _database.Number("PRAGMA user_version") != JournalSchema.Version
            || !_database.Query("SELECT identity FROM campaign", row => row.GetString(0)).SequenceEqual([Identity]))
        {
            throw new JournalDamagedException($"{Place}: not the journal of this campaign and this version of the program");
        }
    }

    private void CheckWhole()
    {
        CheckVersion();
        if (_database.Query("PRAGMA integrity_check(1)", row => row.GetString(0)) is not ["ok"])
        {
            throw new JournalDamagedException($"{Place}: its pages are damaged");
        }

        Inputs.Verify();
    }

    /// <summary>Makes the journal equal to the folders, all of it or nothing.</summary>
    private void Synchronize(bool looksAtFiles) => _database.Transaction(isDurable: !_isReading, () =>
    {
        if (Inputs.Differ)
        {
            Inputs.Update();
        }

        Attempts.Apply(Attempts.Differences(Attempts.Known(), looksAtFiles), _isReading ? (_, _) => { } : SetAside);
        Jobs.SettleAll();
        foreach (string job in _claimed)
        {
            Jobs.ClaimAgain(job);
        }
    });

    private void SetAside(string folder, InputException damage) =>
        _notice($"{damage.Message} It is now {_campaign.SetAside(folder)}; the job is computed again.");

    private T Resilient<T>(Func<T> work)
    {
        lock (_lock)
        {
            try
            {
                return work();
            }
            catch (JournalDamagedException error)
            {
                _database.Dispose();
                if (_isReading)
                {
                    _database = JournalDatabase.InMemory();
                    MakeTables();
                    Synchronize(looksAtFiles: false);
                    return work();
                }

                _notice($"The journal was damaged while the campaign worked and is made anew from the folders ({error.Message}).");
                _database = MakeAnew(_campaign, _rungs, _notice)._database;
                foreach (string job in _claimed)
                {
                    Jobs.ClaimAgain(job);
                }

                return work();
            }
        }
    }
}
