namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>The tables of a journal. A journal of another version is not read: it is made anew from the folders.</summary>
internal static class JournalSchema
{
    /// <summary>Kept in <c>PRAGMA user_version</c>; raise it whenever a table or the meaning of a column changes.</summary>
    internal const int Version = 1;

    /// <summary>Kept in <c>PRAGMA application_id</c>: "PhCj".</summary>
    internal const int Application = 0x5068436A;

    internal const string Tables = """
        CREATE TABLE campaign(
            identity TEXT NOT NULL) STRICT;
        CREATE TABLE input(
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            bytes INTEGER NOT NULL,
            digest INTEGER NOT NULL) STRICT;
        CREATE TABLE job(
            number INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE CHECK (length(key) = 64),
            input INTEGER NOT NULL,
            place INTEGER NOT NULL CHECK (place >= 1),
            stage TEXT NOT NULL CHECK (stage IN ('waiting', 'running', 'done', 'failed', 'refused')),
            next_rung INTEGER NOT NULL CHECK (next_rung >= 0),
            attempt TEXT,
            rung INTEGER,
            is_metallic INTEGER NOT NULL CHECK (is_metallic IN (0, 1)),
            reason TEXT,
            detail TEXT,
            wall_s REAL NOT NULL) STRICT;
        CREATE INDEX job_waiting ON job(number) WHERE stage = 'waiting';
        CREATE TABLE frame(
            number INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            input INTEGER NOT NULL,
            job INTEGER NOT NULL,
            cohort TEXT NOT NULL) STRICT;
        CREATE TABLE attempt(
            folder TEXT PRIMARY KEY,
            job_key TEXT NOT NULL,
            rung INTEGER NOT NULL,
            reason TEXT,
            detail TEXT,
            is_metallic INTEGER NOT NULL,
            wall_s REAL NOT NULL,
            engine_version TEXT NOT NULL,
            program_version TEXT NOT NULL,
            host TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            written INTEGER NOT NULL,
            digest INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX attempt_job ON attempt(job_key);
        """;
}
