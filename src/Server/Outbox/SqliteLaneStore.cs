using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Outbox;

/// <summary>Lanes on SQLite: prepared statements, row by row, in one transaction behind the write gate.</summary>
internal sealed class SqliteLaneStore(Databases databases) : ILaneStore, IDisposable
{
    private readonly SqliteConnection _connection = Sqlite.Open(databases.SqliteConnectionString!);
    private readonly Dictionary<string, SqliteStatement> _prepared = [];

    /// <inheritdoc/>
    public async Task RunAsync(IReadOnlyList<LaneTurn> turns, DateTimeOffset now, Action<LaneTurn> work, CancellationToken cancel)
    {
        using var turn = await databases.Gate.EnterAsync(cancel);
        using var transaction = _connection.BeginTransaction(deferred: false);
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
        foreach (var statement in _prepared.Values) statement.Dispose();
        _connection.Dispose();
    }

    private void Read(LaneTurn turn, DateTimeOffset now)
    {
        turn.Row = ReadConversation(turn.Key);
        if (turn.Row is not { } row) return;
        ReadDeliveries(row, now);
        if (!row.MayHaveMore) ReadSchedule(row, now);
        if (turn.Ending is { Outcome: Accepted accepted } ending) turn.Pending = Claim(turn.Key.Tenant, ending.Claim, accepted.ExternalId, now);
    }

    private LaneRow? ReadConversation(LaneKey key)
    {
        var reader = Query("""
            SELECT account_id, address, lock_version, window_expires_at, in_flight, next_send_at, bucket_tokens, bucket_at, lane_due_at, echo_held_until
            FROM conversation WHERE tenant_id = ?1 AND id = ?2
            """, Sqlite.Blob(key.Tenant), Sqlite.Blob(key.Conversation));
        if (!reader.Read()) return null;
        var row = new LaneRow
        {
            Key = key, AccountId = reader.Id(0)!.Value, Address = reader.Text(1), LockVersion = (int)reader.Long(2),
            WindowExpiresAt = reader.Moment(3), InFlight = reader.Id(4), NextSendAt = reader.Moment(5), BucketTokens = reader.Double(6),
            BucketAt = reader.Moment(7), DueAt = reader.Moment(8), EchoHeldUntil = reader.Moment(9),
        };
        reader.Reset();
        return row;
    }

    private void ReadDeliveries(LaneRow row, DateTimeOffset now)
    {
        var reader = Query("""
            SELECT d.id, d.message_id, d.part, d.content, d.reply_to, d.by_agent, d.lock_version, d.status, d.not_before, d.attempts,
                   d.attempt_id, d.settle_at, a.started_at, a.send_deadline, m.not_before, m.correlation_id
            FROM delivery d
            JOIN message m ON m.tenant_id = d.tenant_id AND m.id = d.message_id
            LEFT JOIN delivery_attempt a ON a.tenant_id = d.tenant_id AND a.id = d.attempt_id
            WHERE d.tenant_id = ?1 AND d.conversation_id = ?2 AND d.status IN ('queued', 'sending', 'uncertain')
              AND (d.status <> 'queued' OR d.attempts > 0 OR d.not_before IS NULL OR d.not_before <= ?3)
              AND (d.status <> 'queued' OR d.held = 0 OR ?4 = 1)
            ORDER BY d.status = 'queued' AND d.attempts = 0, d.message_id, d.part LIMIT 2
            """, Sqlite.Blob(row.Key.Tenant), Sqlite.Blob(row.Key.Conversation), now.ToUnixTimeMilliseconds(), row.WindowExpiresAt > now ? 1 : 0);
        while (reader.Read())
            row.Deliveries.Add(new LaneDelivery
            {
                Id = reader.Id(0)!.Value, MessageId = reader.Long(1), Part = (int)reader.Long(2), Content = reader.Text(3),
                ReplyTo = reader.Words(4), ByAgent = reader.Long(5) != 0, LockVersion = (int)reader.Long(6),
                Status = Word.Read<MessageStatus>(reader.Text(7)), NotBefore = reader.Moment(8), Attempts = (int)reader.Long(9),
                AttemptId = reader.Id(10), SettleAt = reader.Moment(11), StartedAt = reader.Moment(12), SendDeadline = reader.Moment(13),
                ShownNotBefore = reader.Moment(14), CorrelationId = reader.Id(15)!.Value,
            });
        row.MayHaveMore = row.Deliveries.Count == LaneRow.Lookahead;
    }

    private void ReadSchedule(LaneRow row, DateTimeOffset now)
    {
        var reader = Query("""
            SELECT min(not_before) FROM delivery
            WHERE tenant_id = ?1 AND conversation_id = ?2 AND status IN ('queued', 'sending', 'uncertain')
              AND status = 'queued' AND attempts = 0 AND not_before > ?3
            """, Sqlite.Blob(row.Key.Tenant), Sqlite.Blob(row.Key.Conversation), now.ToUnixTimeMilliseconds());
        if (!reader.Read()) return;
        row.NextScheduled = reader.Moment(0);
        reader.Reset();
    }

    /// <summary>Ties the network's id to the delivery, and learns what was reported about it before.</summary>
    private PendingReport? Claim(Guid tenant, Claim claim, string externalId, DateTimeOffset now)
    {
        var reader = Query("""
            INSERT INTO external_id (tenant_id, account_id, id, message_id, delivery_id, pending_rank, at) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)
            ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id, delivery_id = excluded.delivery_id
            RETURNING pending_rank, pending_error
            """, Sqlite.Blob(tenant), Sqlite.Blob(claim.AccountId), externalId, claim.MessageId, Sqlite.Blob(claim.DeliveryId),
            now.ToUnixTimeMilliseconds());
        if (!reader.Read()) return null;
        var pending = reader.Long(0) > 0 ? new PendingReport((int)reader.Long(0), reader.Words(1)) : null;
        while (reader.Read())
        {
            // An INSERT with RETURNING is complete only after its last row.
        }
        return pending;
    }

    private SqliteStatement Query(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values);

    private void Execute(string sql, object?[] values) => Prepared(sql, values).Run();

    private long Scalar(string sql, object?[] values)
    {
        var statement = Prepared(sql, values);
        statement.Read();
        var value = statement.Long(0);
        while (statement.Read())
        {
            // An UPDATE with RETURNING is complete only after its last row.
        }
        return value;
    }

    /// <summary>The statement, compiled once, with parameters ?1, ?2, … bound in order.</summary>
    private SqliteStatement Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var statement)) _prepared.Add(sql, statement = new SqliteStatement(_connection, sql));
        statement.Reset();
        foreach (var value in values)
            _ = value switch
            {
                null => statement.Bind((string?)null),
                string text => statement.Bind(text),
                long number => statement.Bind(number),
                int number => statement.Bind((long)number),
                double number => statement.Bind(number),
                byte[] id => statement.Bind(id),
                _ => throw new ArgumentException($"{value.GetType()} is not bound here."),
            };
        return statement;
    }
}

/// <summary>Columns as this schema stores them.</summary>
internal static class SqliteColumns
{
    public static Guid? Id(this SqliteStatement row, int column) => row.IsNull(column) ? null : row.Guid(column);

    public static DateTimeOffset? Moment(this SqliteStatement row, int column) =>
        row.IsNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Long(column));

    public static string? Words(this SqliteStatement row, int column) => row.IsNull(column) ? null : row.Text(column);
}
