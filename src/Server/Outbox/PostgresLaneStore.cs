using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Npgsql;

namespace ChatOperator.Outbox;

/// <summary>Lanes on PostgreSQL: all turns of a commit are read by one batch and written by another.</summary>
internal sealed class PostgresLaneStore(Settings settings) : ILaneStore, IDisposable
{
    // Tables that grow fast have old statistics; the plans of these statements are known beforehand: always by key.
    private readonly NpgsqlDataSource _pool = Postgres.Pool(
        settings.Database.ConnectionString, Postgres.SystemRole, "-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off");

    /// <inheritdoc/>
    public async Task RunAsync(IReadOnlyList<LaneTurn> turns, DateTimeOffset now, Action<LaneTurn> work, CancellationToken cancel)
    {
        await using var connection = await _pool.OpenConnectionAsync(cancel);
        // BEGIN and COMMIT travel with the statements. What fails between them is rolled back when the connection returns to its pool.
        await ReadAsync(connection, turns, now, cancel);
        foreach (var turn in turns) work(turn);
        await using var writes = PostgresLaneWrites.Of(connection, turns, now);
        writes.Add("COMMIT");
        await writes.ExecuteNonQueryAsync(cancel);
    }

    public void Dispose() => _pool.Dispose();

    private static async Task ReadAsync(NpgsqlConnection connection, IReadOnlyList<LaneTurn> turns, DateTimeOffset now, CancellationToken cancel)
    {
        var byKey = turns.ToDictionary(t => t.Key);
        var (tenants, conversations) = (turns.Select(t => t.Key.Tenant).ToArray(), turns.Select(t => t.Key.Conversation).ToArray());
        await using var batch = new NpgsqlBatch(connection);
        batch.Add("BEGIN");
        // Locked in the order that everybody keeps. What follows sees what others committed before the lock was given.
        batch.Add("""
            SELECT c.tenant_id, c.id, c.account_id, c.address, c.lock_version, c.window_expires_at, c.in_flight, c.next_send_at,
                   c.bucket_tokens, c.bucket_at, c.lane_due_at, c.echo_held_until, c.last_inbound_at, c.delivered_until, c.read_until
            FROM conversation c JOIN unnest($1, $2) k(tenant, id) ON c.tenant_id = k.tenant AND c.id = k.id
            ORDER BY c.tenant_id, c.id FOR UPDATE OF c
            """, tenants, conversations);
        batch.Add("""
            SELECT k.tenant, k.id, d.id, d.message_id, d.part, d.content, d.reply_to, d.by_agent, d.lock_version, d.status, d.not_before, d.attempts,
                   d.attempt_id, d.settle_at, a.started_at, a.send_deadline, m.not_before, m.correlation_id, d.error,
                   d.part = 0 AND NOT EXISTS (SELECT FROM delivery o WHERE o.tenant_id = k.tenant AND o.message_id = d.message_id AND o.part = 1)
            FROM unnest($1, $2) k(tenant, id) CROSS JOIN LATERAL (
              SELECT * FROM delivery d
              WHERE d.tenant_id = k.tenant AND d.conversation_id = k.id AND d.is_open
                AND (d.status <> 'queued' OR d.attempts > 0 OR d.not_before IS NULL OR d.not_before <= $3)
                AND (d.status <> 'queued' OR NOT d.held OR EXISTS (
                  SELECT FROM conversation c WHERE c.tenant_id = k.tenant AND c.id = k.id AND c.window_expires_at > $3))
              ORDER BY (d.status = 'queued' AND d.attempts = 0), d.message_id, d.part LIMIT 2) d
            JOIN message m ON m.tenant_id = k.tenant AND m.id = d.message_id
            LEFT JOIN delivery_attempt a ON a.tenant_id = k.tenant AND a.id = d.attempt_id
            ORDER BY (d.status = 'queued' AND d.attempts = 0), d.message_id, d.part
            """, tenants, conversations, now);
        batch.Add("""
            SELECT k.tenant, k.id, s.at FROM unnest($1, $2) k(tenant, id) CROSS JOIN LATERAL (
              SELECT min(d.not_before) AS at FROM delivery d
              WHERE d.tenant_id = k.tenant AND d.conversation_id = k.id AND d.is_open
                AND d.status = 'queued' AND d.attempts = 0 AND d.not_before > $3) s WHERE s.at IS NOT NULL
            """, tenants, conversations, now);
        var accepted = turns.Where(t => t.Ending?.Outcome is Accepted).ToList();
        if (accepted.Count > 0) batch.BatchCommands.Add(Claims(accepted, now));

        // BEGIN has no rows, so the first result is that of the lanes.
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var key = new ConversationKey(reader.GetGuid(0), reader.GetGuid(1));
            byKey[key].Row = Row(key, reader);
        }
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel)) byKey[Key(reader)].Row?.Deliveries.Add(Delivery(reader));
        await reader.NextResultAsync(cancel);
        while (await reader.ReadAsync(cancel)) if (byKey[Key(reader)].Row is { } row) row.NextScheduled = reader.Moment(2);
        foreach (var turn in turns) if (turn.Row is { } row) row.MayHaveMore = row.Deliveries.Count == LaneRow.Lookahead;
        if (accepted.Count == 0) return;
        await reader.NextResultAsync(cancel);
        var byExternal = accepted.ToDictionary(t => (t.Key.Tenant, t.Ending!.Claim.AccountId, ((Accepted)t.Ending.Outcome).ExternalId));
        while (await reader.ReadAsync(cancel))
            byExternal[(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2))].Pending =
                reader.GetInt32(3) > 0 ? new PendingReport(reader.GetInt32(3), reader.Text(4)) : null;
    }

    /// <summary>Ties the networks' ids to deliveries, and learns what was reported about them before.</summary>
    private static NpgsqlBatchCommand Claims(List<LaneTurn> accepted, DateTimeOffset now) => PostgresLaneWrites.Command("""
        INSERT INTO external_id (tenant_id, account_id, id, message_id, delivery_id, pending_rank, at)
        SELECT v.tenant, v.account, v.id, v.message, v.delivery, 0, $6 FROM unnest($1, $2, $3, $4, $5) v(tenant, account, id, message, delivery)
        ORDER BY 1, 2, 3
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id, delivery_id = excluded.delivery_id
        RETURNING tenant_id, account_id, id, pending_rank, pending_error::text
        """,
        accepted.Select(t => t.Key.Tenant).ToArray(), accepted.Select(t => t.Ending!.Claim.AccountId).ToArray(),
        accepted.Select(t => ((Accepted)t.Ending!.Outcome).ExternalId).ToArray(), accepted.Select(t => t.Ending!.Claim.MessageId).ToArray(),
        accepted.Select(t => t.Ending!.Claim.DeliveryId).ToArray(), now);

    private static ConversationKey Key(NpgsqlDataReader reader) => new(reader.GetGuid(0), reader.GetGuid(1));

    private static LaneRow Row(ConversationKey key, NpgsqlDataReader reader) => new()
    {
        Key = key, AccountId = reader.GetGuid(2), Address = reader.GetString(3), LockVersion = reader.GetInt32(4),
        WindowExpiresAt = reader.Moment(5), InFlight = reader.Id(6), NextSendAt = reader.Moment(7), BucketTokens = reader.GetDouble(8),
        BucketAt = reader.Moment(9), DueAt = reader.Moment(10), EchoHeldUntil = reader.Moment(11), LastInboundAt = reader.Moment(12),
        DeliveredUntil = reader.Moment(13), ReadUntil = reader.Moment(14),
    };

    private static LaneDelivery Delivery(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(2), MessageId = reader.GetInt64(3), Part = reader.GetInt32(4), Content = reader.GetString(5),
        ReplyTo = reader.Text(6), ByAgent = reader.GetBoolean(7), LockVersion = reader.GetInt32(8),
        Status = Word.Read<MessageStatus>(reader.GetString(9)), NotBefore = reader.Moment(10), Attempts = reader.GetInt32(11),
        AttemptId = reader.Id(12), SettleAt = reader.Moment(13), StartedAt = reader.Moment(14), SendDeadline = reader.Moment(15),
        ShownNotBefore = reader.Moment(16), CorrelationId = reader.GetGuid(17), Error = reader.Text(18), IsWhole = reader.GetBoolean(19),
    };
}

/// <summary>Columns that may be null.</summary>
internal static class PostgresColumns
{
    public static Guid? Id(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetGuid(column);

    public static DateTimeOffset? Moment(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    public static string? Text(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
