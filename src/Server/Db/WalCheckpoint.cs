using ChatOperator.Hosting;

namespace ChatOperator.Db;

/// <summary>
/// Moves SQLite's log back into the database file, on a connection of its own: left to the writer, each thousandth page would make
/// somebody's commit wait for it. The writer goes on meanwhile; only a log that grew large is cut off, in turn with the writes.
/// </summary>
internal sealed class WalCheckpoint(Databases databases, DataDirectory directory, ILogger<WalCheckpoint> log) : BackgroundService
{
    // By the real clock always: it follows the disk, not the business.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Readers can keep the log from being reused from its start; beyond this size it is cut off.</summary>
    private const long LargeBytes = 256L << 20;

    /// <summary>Below this there is nothing worth a visit to the disk.</summary>
    private const long SmallBytes = 4L << 20;

    private readonly FileInfo _log = new(directory.DatabaseFile + "-wal");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (databases.SqliteConnectionString is not { } connectionString) return;
        using var connection = Sqlite.Open(connectionString);
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // A full disk, say: tried again at the next tick. Nothing is lost, the log only grows.
            try { await CheckpointAsync(connection, stoppingToken); }
            catch (Microsoft.Data.Sqlite.SqliteException e) { log.LogWarning(e, "The write-ahead log could not be checkpointed."); }
        }
    }

    private async Task CheckpointAsync(Microsoft.Data.Sqlite.SqliteConnection connection, CancellationToken cancel)
    {
        _log.Refresh();
        if (!_log.Exists || _log.Length < SmallBytes) return;
        Run(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        if (_log.Length < LargeBytes) return;
        using var turn = await databases.Gate.EnterAsync(cancel);
        Run(connection, "PRAGMA busy_timeout=200");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static void Run(Microsoft.Data.Sqlite.SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
