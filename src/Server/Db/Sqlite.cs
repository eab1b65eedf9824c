using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatOperator.Db;

/// <summary>How SQLite is opened.</summary>
internal static class Sqlite
{
    /// <summary>
    /// FULL: what was answered survives a power cut. A statement waits for the write lock instead of failing; within the process
    /// <see cref="WriteGate"/> keeps that from happening. Checkpoints are made by <see cref="WalCheckpoint"/> alone.
    /// </summary>
    public const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; PRAGMA busy_timeout=30000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA journal_size_limit=268435456;";

    public static string ConnectionString(string file) => new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 30 }.ToString();

    /// <summary>
    /// A connection of one's own. Not pooled: whoever gives it up in the middle of a transaction must be sure that it is rolled back,
    /// and a pool would keep it, and the write lock, open.
    /// </summary>
    public static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>An id as it is stored.</summary>
    public static byte[] Blob(Guid id) => id.ToByteArray(true);
}

/// <summary>Sets the pragmas of a connection each time it is opened.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sqlite.Pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
