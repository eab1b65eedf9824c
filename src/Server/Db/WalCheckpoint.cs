using ChatOperator.Hosting;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Db;

/// <summary>
/// Moves SQLite's log back into the database file, on a connection of its own: left to the writer, each thousandth page would make
/// somebody's commit wait for it. The writer goes on meanwhile; only the end of a log that grew large is moved in turn with the writes.
/// </summary>
internal sealed class WalCheckpoint(Databases databases, DataDirectory directory, ILogger<WalCheckpoint> log) : BackgroundService
{
    // By the real clock always: it follows the disk, not the business.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A writer that never rests keeps appending while the log is moved, so it is never moved to its end. Beyond this size the writes are
    /// held for the moment that the rest takes, and the next of them begins the log anew in the same place on the disk.
    /// </summary>
    /// <remarks>Large enough that a page that many messages change is moved once for all of them.</remarks>
    private const long LargeBytes = 192L << 20;

    /// <summary>Below this there is nothing worth a visit to the disk.</summary>
    private const long SmallBytes = 4L << 20;

    /// <summary>How long the writes wait for somebody who still reads from the log; then the next tick tries again.</summary>
    private const int ReadersPatienceMs = 50;

    /// <summary>A page and its header in the log.</summary>
    private const int FrameBytes = 4096 + 24;

    private readonly FileInfo _log = new(directory.DatabaseFile + "-wal");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (databases.SqliteConnectionString is not { } connectionString) return;
        using var connection = Sqlite.Open(connectionString);
        using (var patience = connection.CreateCommand())
        {
            patience.CommandText = $"PRAGMA busy_timeout={ReadersPatienceMs}";
            patience.ExecuteNonQuery();
        }
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // A full disk, say: tried again at the next tick. Nothing is lost, the log only grows.
            try { await CheckpointAsync(connection, stoppingToken); }
            catch (SqliteException e) { log.LogWarning(e, "The write-ahead log could not be checkpointed."); }
        }
    }

    private async Task CheckpointAsync(SqliteConnection connection, CancellationToken cancel)
    {
        _log.Refresh();
        if (!_log.Exists || _log.Length < SmallBytes) return;
        // While webhooks wait the log may grow: the less often it is moved, the less there is to move.
        if (databases.Pressed && Frames(connection, "NOOP") * FrameBytes < LargeBytes) return;
        // The bulk beside the writers, what came meanwhile once more, and only the little that is left while they wait.
        if (Frames(connection, "PASSIVE") * FrameBytes < LargeBytes) return;
        Frames(connection, "PASSIVE");
        using var turn = await databases.Gate.EnterAsync(cancel);
        // Not RESTART: begun anew by the writer itself, the log does not cost it the pages that it keeps in memory.
        Frames(connection, "PASSIVE");
    }

    /// <summary>Moves what can be moved, unless <paramref name="how"/> is NOOP. The frames that the log holds since it last began anew, moved or not.</summary>
    private static long Frames(SqliteConnection connection, string how)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA wal_checkpoint({how})";
        using var result = command.ExecuteReader();
        return result.Read() ? result.GetInt64(1) : 0;
    }
}
