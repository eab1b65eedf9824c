using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Outbox;

/// <summary>Lanes on SQLite: prepared statements, row by row, in one transaction behind the write gate.</summary>
internal sealed class SqliteLaneStore(Databases databases) : ILaneStore, IDisposable
{
    private readonly SqliteConnection _connection = Sqlite.Open(databases.SqliteConnectionString!);
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private SqliteTransaction? _transaction;

    /// <inheritdoc/>
    public async Task RunAsync(IReadOnlyList<LaneTurn> turns, DateTimeOffset now, Action<LaneTurn> work, CancellationToken cancel)
    {
        using var turn = await databases.Gate.EnterAsync(cancel);
        using var transaction = _connection.BeginTransaction(deferred: false);
        _transaction = transaction;
        foreach (var lane in turns)
        {
            Read(lane, now);
            work(lane);
            SqliteLaneWrites.Write(lane, now, Execute);
        }
        SqliteLaneWrites.Log(turns, now, Execute, Scalar);
        transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _connection.Dispose();
    }

    private void Read(LaneTurn turn, DateTimeOffset now)
    {
        turn.Row = ReadConversation(turn.Key);
        if (turn.Row is not { } row) return;
        ReadDeliveries(row, now);
        if (row.Deliveries.Count == 0) ReadSchedule(row, now);
        if (turn.Ending is { Outcome: Accepted accepted } ending) turn.Pending = Claim(turn.Key.Tenant, ending.Claim, accepted.ExternalId, now);
    }

    private LaneRow? ReadConversation(LaneKey key)
    {
        using var reader = Query("""
            SELECT account_id, address, lock_version, window_expires_at, in_flight, next_send_at, bucket_tokens, bucket_at, lane_due_at
            FROM conversation WHERE tenant_id = $1 AND id = $2
            """, Sqlite.Blob(key.Tenant), Sqlite.Blob(key.Conversation));
        if (!reader.Read()) return null;
        return new LaneRow
        {
            Key = key, AccountId = reader.Id(0)!.Value, Address = reader.GetString(1), LockVersion = reader.GetInt32(2),
            WindowExpiresAt = reader.Moment(3), InFlight = reader.Id(4), NextSendAt = reader.Moment(5), BucketTokens = reader.GetDouble(6),
            BucketAt = reader.Moment(7), DueAt = reader.Moment(8),
        };
    }

    private void ReadDeliveries(LaneRow row, DateTimeOffset now)
    {
        using var reader = Query("""
            SELECT d.id, d.message_id, d.part, d.content, d.reply_to, d.by_agent, d.lock_version, d.status, d.not_before, d.attempts,
                   d.attempt_id, d.settle_at, a.started_at, a.send_deadline, m.not_before
            FROM delivery d
            JOIN message m ON m.tenant_id = d.tenant_id AND m.id = d.message_id
            LEFT JOIN delivery_attempt a ON a.tenant_id = d.tenant_id AND a.id = d.attempt_id
            WHERE d.tenant_id = $1 AND d.conversation_id = $2 AND d.status IN ('queued', 'sending', 'uncertain')
              AND (d.status <> 'queued' OR d.attempts > 0 OR d.not_before IS NULL OR d.not_before <= $3)
            ORDER BY d.status = 'queued' AND d.attempts = 0, d.message_id, d.part LIMIT 2
            """, Sqlite.Blob(row.Key.Tenant), Sqlite.Blob(row.Key.Conversation), now.ToUnixTimeMilliseconds());
        while (reader.Read())
            row.Deliveries.Add(new LaneDelivery
            {
                Id = reader.Id(0)!.Value, MessageId = reader.GetInt64(1), Part = reader.GetInt32(2), Content = reader.GetString(3),
                ReplyTo = reader.Text(4), ByAgent = reader.GetBoolean(5), LockVersion = reader.GetInt32(6),
                Status = Word.Read<MessageStatus>(reader.GetString(7)), NotBefore = reader.Moment(8), Attempts = reader.GetInt32(9),
                AttemptId = reader.Id(10), SettleAt = reader.Moment(11), StartedAt = reader.Moment(12), SendDeadline = reader.Moment(13),
                ShownNotBefore = reader.Moment(14),
            });
        row.MayHaveMore = row.Deliveries.Count == LaneRow.Lookahead;
    }

    private void ReadSchedule(LaneRow row, DateTimeOffset now)
    {
        using var reader = Query("""
            SELECT min(not_before) FROM delivery
            WHERE tenant_id = $1 AND conversation_id = $2 AND status = 'queued' AND attempts = 0 AND not_before > $3
            """, Sqlite.Blob(row.Key.Tenant), Sqlite.Blob(row.Key.Conversation), now.ToUnixTimeMilliseconds());
        if (reader.Read()) row.NextScheduled = reader.Moment(0);
    }

    /// <summary>Ties the network's id to the delivery, and learns what was reported about it before.</summary>
    private PendingReport? Claim(Guid tenant, Claim claim, string externalId, DateTimeOffset now)
    {
        using var reader = Query("""
            INSERT INTO external_id (tenant_id, account_id, id, message_id, delivery_id, pending_rank, at) VALUES ($1, $2, $3, $4, $5, 0, $6)
            ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id, delivery_id = excluded.delivery_id
            RETURNING pending_rank, pending_error
            """, Sqlite.Blob(tenant), Sqlite.Blob(claim.AccountId), externalId, claim.MessageId, Sqlite.Blob(claim.DeliveryId),
            now.ToUnixTimeMilliseconds());
        return reader.Read() && reader.GetInt32(0) > 0 ? new PendingReport(reader.GetInt32(0), reader.Text(1)) : null;
    }

    private SqliteDataReader Query(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).ExecuteReader();

    private void Execute(string sql, object?[] values) => Prepared(sql, values).ExecuteNonQuery();

    private long Scalar(string sql, object?[] values) => (long)Prepared(sql, values).ExecuteScalar()!;

    /// <summary>The statement, compiled once, with parameters $1, $2, … set.</summary>
    private SqliteCommand Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            _prepared.Add(sql, command);
        }
        command.Transaction = _transaction;
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}

/// <summary>Columns as this schema stores them.</summary>
internal static class SqliteColumns
{
    public static Guid? Id(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new Guid(reader.GetFieldValue<byte[]>(column), true);

    public static DateTimeOffset? Moment(this SqliteDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));

    public static string? Text(this SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
