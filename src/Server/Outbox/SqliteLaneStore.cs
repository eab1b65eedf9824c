using ChatOperator.Db;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Outbox;

/// <summary>Lanes on SQLite: prepared statements, row by row, in one transaction behind the write gate.</summary>
internal sealed class SqliteLaneStore : ILaneStore, IDisposable
{
    private readonly Databases _databases;
    private readonly SqliteConnection _connection;
    private readonly SqliteLaneReads _reads;
    private readonly SqliteLaneWrites _writes;

    public SqliteLaneStore(Databases databases)
    {
        (_databases, _connection) = (databases, Sqlite.Open(databases.SqliteConnectionString!));
        (_reads, _writes) = (new SqliteLaneReads(_connection), new SqliteLaneWrites(_connection));
    }

    /// <inheritdoc/>
    public async Task RunAsync(IReadOnlyList<LaneTurn> turns, DateTimeOffset now, Action<LaneTurn> work, CancellationToken cancel)
    {
        using var turn = await _databases.Gate.EnterAsync(cancel);
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var lane in turns)
        {
            _reads.Read(lane, now);
            work(lane);
            _writes.Write(lane, now);
        }
        _writes.Log(turns, now);
        transaction.Commit();
    }

    public void Dispose()
    {
        _reads.Dispose();
        _writes.Dispose();
        _connection.Dispose();
    }
}
