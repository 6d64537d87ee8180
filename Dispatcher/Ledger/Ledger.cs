using System.Globalization;
using BatchScoring.Core;
using Microsoft.Data.Sqlite;

namespace BatchScoring.Dispatcher.Ledger;

/// <summary>
/// What has been promised, begun and done: one SQLite file (WAL, every commit synced). Several processes may hold it open; each object is
/// for one thread.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private readonly SqliteConnection _connection;

    private Ledger(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
        Sql = new LedgerSql(connection);
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Statements; those that write belong into <see cref="Write"/>.</summary>
    public LedgerSql Sql { get; }

    /// <summary>For simulations: called before (false) and after (true) every commit, and may throw as if the process died there.</summary>
    public Action<bool>? Commits { get; set; }

    /// <summary>Changes whenever another connection has written.</summary>
    public long Version => (long)Sql.Scalar("PRAGMA data_version")!;

    /// <summary>
    /// Opens the ledger, or begins one where there was none. Its id stands in <c>PATH.id</c> beside it, so that a ledger that was lost or
    /// replaced is told and never begun anew in silence.
    /// </summary>
    /// <exception cref="BatchScoringException"><c>LEDGER_LOST</c>, <c>LEDGER_FOREIGN</c>, <c>LEDGER_DAMAGED</c>,
    /// <c>LEDGER_READ_ONLY</c>, <c>LEDGER_UNAVAILABLE</c>.</exception>
    public static Ledger Open(string path)
    {
        string idFile = path + ".id";
        bool fresh = !File.Exists(path);
        if (fresh && File.Exists(idFile))
        {
            throw new BatchScoringException(LedgerErrors.Lost,
                $"{path} is gone, and {idFile} says that there was one ({File.ReadAllText(idFile).Trim()}). Put it back, or remove "
                + "the .id file to begin anew: runs of past dates may then run again.");
        }

        Ledger ledger = Guard(path, () => Connect(path));
        try
        {
            Guard(path, () => ledger.Prepare(fresh));
            ledger.HoldIdentity(idFile);
            return ledger;
        }
        catch
        {
            ledger.Dispose();
            throw;
        }
    }

    /// <summary>A ledger in memory, for simulations.</summary>
    public static Ledger InMemory()
    {
        Ledger ledger = Connect(":memory:");
        ledger.Prepare(fresh: true);
        return ledger;
    }

    /// <summary>Everything that the action writes, or nothing. Others that write wait for it.</summary>
    public void Write(Action<LedgerSql> action) => Write<object?>(sql =>
    {
        action(sql);
        return null;
    });

    /// <inheritdoc cref="Write(Action{LedgerSql})"/>
    public T Write<T>(Func<LedgerSql, T> action) => Guard(Path, () =>
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        Sql.Transaction = transaction;
        try
        {
            T result = action(Sql);
            Commits?.Invoke(false);
            transaction.Commit();
            Commits?.Invoke(true);
            return result;
        }
        finally
        {
            Sql.Transaction = null;
        }
    });

    /// <summary>Copies the ledger while it is in use; the copy is whole and checked before it has its name.</summary>
    public void Backup(string target)
    {
        string partial = target + ".partial";
        File.Delete(partial);
        Guard(target, () =>
        {
            using var copy = new SqliteConnection(Text(partial, SqliteOpenMode.ReadWriteCreate));
            copy.Open();
            _connection.BackupDatabase(copy);
        });
        File.Move(partial, target, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Sql.Dispose();
        _connection.Dispose();
    }

    private static Ledger Connect(string path)
    {
        if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var connection = new SqliteConnection(Text(path, SqliteOpenMode.ReadWriteCreate));
        connection.Open();
        return new Ledger(path, connection);
    }

    private static string Text(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ConnectionString;

    private void Prepare(bool fresh)
    {
        Sql.Execute("PRAGMA journal_mode = WAL");
        Sql.Execute("PRAGMA synchronous = FULL");
        if (!fresh) CheckFile();
        long version = (long)Sql.Scalar("PRAGMA user_version")!;
        if (version > Migrations.Steps.Count)
        {
            throw new BatchScoringException(LedgerErrors.Foreign,
                $"{Path} has version {version}; this dispatcher knows {Migrations.Steps.Count} and older. Use the newer program.");
        }

        for (int step = (int)version; step < Migrations.Steps.Count; step++) Migrate(step);
    }

    private void Migrate(int step) => Write(sql =>
    {
        // Another dispatcher may have done it since we looked.
        if ((long)sql.Scalar("PRAGMA user_version")! > step) return;
        sql.Execute(Migrations.Steps[step]);
        sql.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {step + 1}"));
        if (step > 0) return;
        sql.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {Migrations.ApplicationId}"));
        sql.Execute("INSERT INTO identity VALUES ($id)", ("$id", Guid.NewGuid().ToString()));
    });

    private void CheckFile()
    {
        if ((long)Sql.Scalar("PRAGMA application_id")! != Migrations.ApplicationId)
        {
            throw new BatchScoringException(LedgerErrors.Foreign,
                $"{Path} is a file of something else, not a dispatcher's ledger. Name another file under `ledger:`.");
        }

        if (Sql.Scalar("PRAGMA quick_check") is not "ok" and var damage)
            throw new BatchScoringException(LedgerErrors.Damaged, $"{Path} is damaged: {damage}. Put a backup in its place.");
    }

    private void HoldIdentity(string idFile)
    {
        string id = (string)Sql.Scalar("SELECT id FROM identity")!;
        if (!File.Exists(idFile)) File.WriteAllText(idFile, id + "\n");
        string known = File.ReadAllText(idFile).Trim();
        if (known != id)
        {
            throw new BatchScoringException(LedgerErrors.Foreign,
                $"{Path} is the ledger {id}, and {idFile} says that the one here is {known}. Put the right file back, or remove the .id "
                + "file if the change is meant.");
        }
    }

    private static T Guard<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (SqliteException e)
        {
            throw Error(path, e);
        }
    }

    private static void Guard(string path, Action action) => Guard<object?>(path, () =>
    {
        action();
        return null;
    });

    /// <summary>What SQLite says, with what to do.</summary>
    public static BatchScoringException Error(string path, SqliteException error) => new(Kind(error), error.SqliteErrorCode switch
    {
        13 => $"The ledger {path} has no room: its disk is full. Make room there.",
        5 or 6 => $"The ledger {path} is held by another program that does not let go: a dispatcher that was stopped in the middle of a "
            + "write, or a tool. End that program.",
        8 or 14 or 3 or 23 => $"The ledger {path} cannot be written: {error.Message} Give this user the right to write the file and its "
            + "folder; a file system that is mounted to be read only must be mounted anew.",
        _ => $"The ledger {path}: {error.Message}",
    }, error);

    private static ErrorCode Kind(SqliteException error) => error.SqliteErrorCode switch
    {
        8 or 14 or 3 or 23 => LedgerErrors.ReadOnly,
        11 => LedgerErrors.Damaged,
        26 => LedgerErrors.Foreign,
        _ => LedgerErrors.Unavailable,
    };
}
