using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Outbox;

/// <summary>What a turn has to know, as statements of SQLite that are compiled once.</summary>
internal sealed class SqliteLaneReads(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _conversation = new(connection, """
        SELECT account_id, address, lock_version, window_expires_at, in_flight, next_send_at, bucket_tokens, bucket_at, lane_due_at, echo_held_until,
               last_inbound_at, delivered_until, read_until
        FROM conversation WHERE tenant_id = ?1 AND id = ?2
        """);

    // The two next in turn are chosen before anything is joined: a lane may be long.
    private readonly SqliteStatement _deliveries = new(connection, """
        SELECT d.id, d.message_id, d.part, d.content, d.reply_to, d.by_agent, d.lock_version, d.status, d.not_before, d.attempts,
               d.attempt_id, d.settle_at, a.started_at, a.send_deadline, m.not_before, m.correlation_id, d.error,
               d.part = 0 AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.tenant_id = ?1 AND o.message_id = d.message_id AND o.part = 1)
        FROM (
          SELECT * FROM delivery
          WHERE tenant_id = ?1 AND conversation_id = ?2 AND is_open
            AND (status <> 'queued' OR attempts > 0 OR not_before IS NULL OR not_before <= ?3)
            AND (status <> 'queued' OR held = 0 OR ?4 = 1)
          ORDER BY status = 'queued' AND attempts = 0, message_id, part LIMIT 2) d
        JOIN message m ON m.tenant_id = ?1 AND m.id = d.message_id
        LEFT JOIN delivery_attempt a ON a.tenant_id = ?1 AND a.id = d.attempt_id
        ORDER BY d.status = 'queued' AND d.attempts = 0, d.message_id, d.part
        """);

    private readonly SqliteStatement _schedule = new(connection, """
        SELECT min(not_before) FROM delivery
        WHERE tenant_id = ?1 AND conversation_id = ?2 AND is_open
          AND status = 'queued' AND attempts = 0 AND not_before > ?3
        """);

    private readonly SqliteStatement _name = new(connection, """
        INSERT INTO external_id (tenant_id, account_id, id, message_id, delivery_id, pending_rank, at) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id, delivery_id = excluded.delivery_id
        RETURNING pending_rank, pending_error
        """);

    public void Read(LaneTurn turn, DateTimeOffset now)
    {
        turn.Row = ReadConversation(turn.Key);
        if (turn.Row is not { } row) return;
        ReadDeliveries(row, now);
        if (!row.MayHaveMore) ReadSchedule(row, now);
        if (turn.Ending is { Outcome: Accepted accepted } ending) turn.Pending = Name(turn.Key.Tenant, ending.Claim, accepted.ExternalId, now);
    }

    public void Dispose()
    {
        _conversation.Dispose();
        _deliveries.Dispose();
        _schedule.Dispose();
        _name.Dispose();
    }

    private LaneRow? ReadConversation(ConversationKey key)
    {
        _conversation.Reset();
        var reader = _conversation.Bind(key.Tenant).Bind(key.Conversation);
        if (!reader.Read()) return null;
        var row = new LaneRow
        {
            Key = key, AccountId = reader.Guid(0), Address = reader.Text(1), LockVersion = (int)reader.Long(2),
            WindowExpiresAt = reader.Moment(3), InFlight = reader.Id(4), NextSendAt = reader.Moment(5), BucketTokens = reader.Double(6),
            BucketAt = reader.Moment(7), DueAt = reader.Moment(8), EchoHeldUntil = reader.Moment(9), LastInboundAt = reader.Moment(10),
            DeliveredUntil = reader.Moment(11), ReadUntil = reader.Moment(12),
        };
        reader.Reset();
        return row;
    }

    private void ReadDeliveries(LaneRow row, DateTimeOffset now)
    {
        _deliveries.Reset();
        var reader = _deliveries.Bind(row.Key.Tenant).Bind(row.Key.Conversation).Bind(now).Bind(row.WindowExpiresAt > now ? 1L : 0L);
        while (reader.Read())
            row.Deliveries.Add(new LaneDelivery
            {
                Id = reader.Guid(0), MessageId = reader.Long(1), Part = (int)reader.Long(2), Content = reader.Text(3),
                ReplyTo = reader.Words(4), ByAgent = reader.Long(5) != 0, LockVersion = (int)reader.Long(6),
                Status = Word.Read<MessageStatus>(reader.Text(7)), NotBefore = reader.Moment(8), Attempts = (int)reader.Long(9),
                AttemptId = reader.Id(10), SettleAt = reader.Moment(11), StartedAt = reader.Moment(12), SendDeadline = reader.Moment(13),
                ShownNotBefore = reader.Moment(14), CorrelationId = reader.Guid(15), Error = reader.Words(16), IsWhole = reader.Long(17) != 0,
            });
        row.MayHaveMore = row.Deliveries.Count == LaneRow.Lookahead;
    }

    private void ReadSchedule(LaneRow row, DateTimeOffset now)
    {
        _schedule.Reset();
        var reader = _schedule.Bind(row.Key.Tenant).Bind(row.Key.Conversation).Bind(now);
        if (!reader.Read()) return;
        row.NextScheduled = reader.Moment(0);
        reader.Reset();
    }

    /// <summary>Ties the network's id to the delivery, and learns what was reported about it before.</summary>
    private PendingReport? Name(Guid tenant, Claim claim, string externalId, DateTimeOffset now)
    {
        _name.Reset();
        var reader = _name.Bind(tenant).Bind(claim.AccountId).Bind(externalId).Bind(claim.MessageId).Bind(claim.DeliveryId).Bind(now);
        if (!reader.Read()) return null;
        var pending = reader.Long(0) > 0 ? new PendingReport((int)reader.Long(0), reader.Words(1)) : null;
        while (reader.Read())
        {
            // An INSERT with RETURNING is complete only after its last row.
        }
        return pending;
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
