using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Phonograph.Labelling.Campaigns.Journal;

/// <summary>One connection to a journal: statements prepared once, transactions, and the database's errors as those of this program.</summary>
/// <remarks>
/// Write-ahead log. What must last is committed with <c>synchronous=FULL</c> (a flush to the disk for each commit); claims, which mean nothing without their
/// coordinator, with <c>NORMAL</c>: a loss of power may take them back, a killed process does not.
/// </remarks>
internal sealed class JournalDatabase : IDisposable
{
    private readonly string _path;
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = [];
    private bool? _isDurable;

    private JournalDatabase(string path, SqliteConnection connection) => (_path, _connection) = (path, connection);

    /// <summary>Opens a journal for its one writer; makes the file when it is missing.</summary>
    internal static JournalDatabase OpenForWriting(string path)
    {
        JournalDatabase opened = Connect(path, path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            opened.Execute("PRAGMA journal_mode = WAL");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Opens an existing journal for looking at it; others may write at the same time.</summary>
    internal static JournalDatabase OpenForReading(string path) => Connect(path, path, SqliteOpenMode.ReadOnly);

    /// <summary>An empty journal that is gone with this program.</summary>
    internal static JournalDatabase InMemory() => Connect("the journal in memory", ":memory:", SqliteOpenMode.ReadWriteCreate);

    /// <summary>A copy in memory, which may be changed without changing the file.</summary>
    internal JournalDatabase Copy()
    {
        JournalDatabase copy = InMemory();
        Guarded(() =>
        {
            _connection.BackupDatabase(copy._connection);
            return 0;
        });
        return copy;
    }

    /// <summary>Runs a statement with values for <c>?1</c>, <c>?2</c> and so on.</summary>
    /// <returns>Number of rows it changed.</returns>
    internal int Execute(string sql, params object?[] values) => Guarded(() => Prepared(sql, values).ExecuteNonQuery());

    /// <summary>Runs several statements without values.</summary>
    internal void ExecuteScript(string sql) => Guarded(() =>
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    });

    /// <summary>All rows of a query.</summary>
    internal List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values) => Guarded(() =>
    {
        var rows = new List<T>();
        using SqliteDataReader reader = Prepared(sql, values).ExecuteReader();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    });

    /// <summary>The first column of the first row, a whole number; null when there is none.</summary>
    internal long? Number(string sql, params object?[] values) => Guarded(() =>
        Prepared(sql, values).ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : (long?)null);

    /// <summary>Does all of the work or nothing of it.</summary>
    /// <param name="isDurable">Whether it is on the disk when this returns.</param>
    /// <param name="work">Statements on this connection.</param>
    internal void Transaction(bool isDurable, Action work)
    {
        if (_isDurable != isDurable)
        {
            ExecuteScript(isDurable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            _isDurable = isDurable;
        }

        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            try
            {
                Execute("ROLLBACK");
            }
            catch (Exception error) when (error is IOException or JournalDamagedException)
            {
                // The database took it back by itself; the first error says what happened.
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SqliteCommand statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }

    private static JournalDatabase Connect(string name, string source, SqliteOpenMode mode)
    {
        // No pool: a closed journal is closed, so that its folder can be moved or removed.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false }.ToString());
        var database = new JournalDatabase(name, connection);
        try
        {
            database.Guarded(() =>
            {
                connection.Open();
                return 0;
            });
            return database;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteCommand Prepared(string sql, object?[] values)
    {
        if (!_statements.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (int number = 1; number <= values.Length; number++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = "?" + number.ToString(CultureInfo.InvariantCulture) });
            }

            _statements.Add(sql, command);
        }

        for (int index = 0; index < values.Length; index++)
        {
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }

        return command;
    }

    private T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException error) when (IsFull(error))
        {
            throw new IOException($"{_path}: no room is left on the disk, or the limit for the size of a file is reached.", error);
        }
        catch (Exception error) when (error is SqliteException or InvalidCastException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new JournalDamagedException($"{_path}: {error.Message}", error);
        }
    }

    /// <summary>SQLITE_FULL, and the errors of writing, flushing, growing and mapping of SQLITE_IOERR (sqlite.org/rescode.html).</summary>
    private static bool IsFull(SqliteException error) => error.SqliteErrorCode == 13 || error.SqliteExtendedErrorCode is 778 or 1034 or 1546 or 4874 or 5386;
}
