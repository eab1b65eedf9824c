using ChatOperator.Db;
using Npgsql;

namespace ChatOperator.Outbox;

/// <summary>What turns leave behind, as one batch of set-based statements of PostgreSQL.</summary>
internal static class PostgresLaneWrites
{
    public static NpgsqlBatch Of(NpgsqlConnection connection, IReadOnlyList<LaneTurn> turns, DateTimeOffset now)
    {
        var batch = new NpgsqlBatch(connection);
        var rows = turns.Where(t => t.Row is not null).Select(t => t.Row!).ToList();
        if (rows.Count > 0)
            batch.Add("""
                UPDATE conversation c SET in_flight = v.in_flight, next_send_at = v.next_send_at, bucket_tokens = v.tokens, bucket_at = v.bucket_at,
                       lane_due_at = v.due, has_held = c.has_held AND NOT v.nothing_held
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) v(tenant, id, in_flight, next_send_at, tokens, bucket_at, due, nothing_held)
                WHERE c.tenant_id = v.tenant AND c.id = v.id
                """,
                Column(rows, r => r.Key.Tenant), Column(rows, r => r.Key.Conversation), Column(rows, r => r.InFlight),
                Column(rows, r => r.NextSendAt), Column(rows, r => r.BucketTokens), Column(rows, r => r.BucketAt), Column(rows, r => r.DueAt),
                Column(rows, r => r.NothingHeld));
        AddAttempts(batch, turns);
        AddDeliveries(batch, turns);
        AddPauses(batch, turns, now);
        var changes = LaneChanges.Of(turns);
        if (changes.Count > 0)
            batch.Add("""
                INSERT INTO change (tenant_id, kind, entity_id, conversation_id, at)
                SELECT v.tenant, v.kind, v.entity, v.conversation, $5 FROM unnest($1, $2, $3, $4) v(tenant, kind, entity, conversation)
                """,
                Column(changes, c => c.Tenant), Column(changes, c => c.Kind), Column(changes, c => c.Entity), Column(changes, c => c.Conversation), now);
        return batch;
    }

    /// <summary>A statement with parameters $1, $2, …</summary>
    public static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    public static void Add(this NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values) => batch.BatchCommands.Add(Command(sql, values));

    private static void AddAttempts(NpgsqlBatch batch, IReadOnlyList<LaneTurn> turns)
    {
        var begun = turns.SelectMany(t => t.Begun.Select(a => (t.Key.Tenant, A: a))).ToList();
        if (begun.Count > 0)
            batch.Add("""
                INSERT INTO delivery_attempt (tenant_id, id, delivery_id, message_id, n, started_at, send_deadline)
                SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
                """,
                Column(begun, b => b.Tenant), Column(begun, b => b.A.Id), Column(begun, b => b.A.DeliveryId), Column(begun, b => b.A.MessageId),
                Column(begun, b => b.A.N), Column(begun, b => b.A.StartedAt), Column(begun, b => b.A.SendDeadline));
        // One try may end twice in a turn: held for dead, then settled by silence. The last word counts.
        var ended = turns.SelectMany(t => t.Ended.Select(e => (t.Key.Tenant, E: e))).GroupBy(e => (e.Tenant, e.E.Id)).Select(g => g.Last()).ToList();
        if (ended.Count > 0)
            batch.Add("""
                UPDATE delivery_attempt a SET outcome = v.outcome, network_code = coalesce(v.code, a.network_code),
                       ended_at = CASE WHEN a.ended_at = a.settled_at THEN v.at ELSE coalesce(a.ended_at, v.at) END,
                       settled_at = CASE WHEN v.outcome = 'settled' THEN coalesce(a.settled_at, v.at) ELSE a.settled_at END,
                       settled_by = CASE WHEN v.outcome = 'settled' THEN coalesce(a.settled_by, 'silence') ELSE a.settled_by END,
                       external_id = coalesce(v.external, a.external_id), raw = coalesce(v.raw, a.raw)
                FROM unnest($1, $2, $3, $4, $5, $6, $7) v(tenant, id, at, outcome, code, external, raw)
                WHERE a.tenant_id = v.tenant AND a.id = v.id
                  AND (a.outcome IS NULL OR a.outcome = 'uncertain' OR (a.outcome = 'settled' AND v.outcome <> 'uncertain'))
                """,
                Column(ended, e => e.Tenant), Column(ended, e => e.E.Id), Column(ended, e => e.E.EndedAt), Column(ended, e => Word.Of(e.E.Outcome)),
                Column(ended, e => e.E.NetworkCode), Column(ended, e => e.E.ExternalId), Column(ended, e => Clean(e.E.Raw)));
    }

    private static void AddDeliveries(NpgsqlBatch batch, IReadOnlyList<LaneTurn> turns)
    {
        var touched = turns.SelectMany(t => t.Touched.Select(d => (t.Key.Tenant, D: d))).ToList();
        if (touched.Count == 0) return;
        var told = turns.SelectMany(t => t.Told.Select(d => (t.Key.Tenant, D: d))).GroupBy(t => (t.Tenant, t.D.MessageId)).ToList();
        // Reports lock messages before deliveries: so does this.
        if (told.Count > 0)
            batch.Add("""
                SELECT FROM message m JOIN unnest($1, $2) v(tenant, id) ON m.tenant_id = v.tenant AND m.id = v.id ORDER BY m.tenant_id, m.id FOR UPDATE OF m
                """, Column(told, g => g.Key.Tenant), Column(told, g => g.Key.MessageId));
        batch.Add("""
            UPDATE delivery d SET status = v.status, not_before = v.not_before, attempts = v.attempts, attempt_id = v.attempt, settle_at = v.settle_at,
                   external_id = v.external, error = v.error::jsonb
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) v(tenant, id, status, not_before, attempts, attempt, settle_at, external, error)
            WHERE d.tenant_id = v.tenant AND d.id = v.id
            """,
            Column(touched, t => t.Tenant), Column(touched, t => t.D.Id), Column(touched, t => Word.Of(t.D.Status)), Column(touched, t => t.D.NotBefore),
            Column(touched, t => t.D.Attempts), Column(touched, t => t.D.AttemptId), Column(touched, t => t.D.SettleAt),
            Column(touched, t => t.D.ExternalId), Column(touched, t => Clean(t.D.Error)));
        var failed = turns.SelectMany(t => t.FailedMessages.Select(f => (t.Key.Tenant, f.MessageId, f.Error))).ToList();
        if (failed.Count > 0)
            batch.Add("""
                UPDATE delivery d SET status = 'failed', error = v.error::jsonb FROM unnest($1, $2, $3) v(tenant, message, error)
                WHERE d.tenant_id = v.tenant AND d.message_id = v.message AND d.status = 'queued'
                """, Column(failed, f => f.Tenant), Column(failed, f => f.MessageId), Column(failed, f => Clean(f.Error)));
        Tell(batch, told);
    }

    private static void Tell(NpgsqlBatch batch, List<IGrouping<(Guid Tenant, long MessageId), (Guid Tenant, LaneDelivery D)>> told)
    {
        var whole = told.Where(g => g.First().D.IsWhole).Select(g => g.Last()).ToList();
        if (whole.Count > 0)
            batch.Add("""
                UPDATE message m SET status = v.status, error = v.error::jsonb, not_before = v.not_before, external_id = coalesce(m.external_id, v.external)
                FROM unnest($1, $2, $3, $4, $5, $6) v(tenant, id, status, error, not_before, external) WHERE m.tenant_id = v.tenant AND m.id = v.id
                """,
                Column(whole, t => t.Tenant), Column(whole, t => t.D.MessageId), Column(whole, t => Word.Of(t.D.Status)),
                Column(whole, t => Clean(t.D.ShownError)), Column(whole, t => t.D.ShownNotBefore), Column(whole, t => t.D.ExternalId));
        // Two parts of one message may be in one turn; only part 0 gives the message its network's id.
        var split = told.Where(g => !g.First().D.IsWhole).ToList();
        if (split.Count > 0)
            batch.Add($"""
                UPDATE message m SET status = {MessageStatusSql.OfParts}, error = {MessageStatusSql.ErrorOfParts}, not_before = v.not_before,
                       external_id = coalesce(m.external_id, v.external)
                FROM unnest($1, $2, $3, $4) v(tenant, id, not_before, external)
                WHERE m.tenant_id = v.tenant AND m.id = v.id
                """,
                Column(split, g => g.Key.Tenant), Column(split, g => g.Key.MessageId),
                Column(split, g => g.Last().D.ShownNotBefore), Column(split, g => g.FirstOrDefault(t => t.D.Part == 0).D?.ExternalId));
    }

    private static void AddPauses(NpgsqlBatch batch, IReadOnlyList<LaneTurn> turns, DateTimeOffset now)
    {
        foreach (var pause in turns.Where(t => t is { PauseReason: not null, Account: not null }).DistinctBy(t => (t.Key.Tenant, t.Account!.Id)))
            batch.Add("""
                UPDATE channel_account SET state = 'paused', state_reason = $3, updated_at = $4
                WHERE tenant_id = $1 AND id = $2 AND state = 'connected' AND updated_at = $5
                """, pause.Key.Tenant, pause.Account!.Id, pause.PauseReason!, now, pause.Account.Row.UpdatedAt);
    }

    /// <summary>PostgreSQL's text holds every character but NUL.</summary>
    private static string? Clean(string? text) => text?.Replace('\0', '\uFFFD').Replace("\\u0000", "\\ufffd", StringComparison.Ordinal);

    private static TColumn[] Column<TRow, TColumn>(List<TRow> rows, Func<TRow, TColumn> value) => [.. rows.Select(value)];
}
