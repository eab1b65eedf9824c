using ChatOperator.Changes;
using ChatOperator.Db;

namespace ChatOperator.Outbox;

/// <summary>What a turn leaves behind, as statements of SQLite.</summary>
internal static class SqliteLaneWrites
{
    public static void Write(LaneTurn turn, DateTimeOffset now, Action<string, object?[]> execute)
    {
        var tenant = Sqlite.Blob(turn.Key.Tenant);
        foreach (var attempt in turn.Begun)
            execute("""
                INSERT INTO delivery_attempt (tenant_id, id, delivery_id, message_id, n, started_at, send_deadline) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                """, [tenant, Sqlite.Blob(attempt.Id), Sqlite.Blob(attempt.DeliveryId), attempt.MessageId, attempt.N, At(attempt.StartedAt), At(attempt.SendDeadline)]);
        foreach (var end in turn.Ended)
            execute("""
                UPDATE delivery_attempt SET ended_at = coalesce(ended_at, ?3), outcome = ?4, network_code = coalesce(?5, network_code),
                       external_id = coalesce(?6, external_id), raw = coalesce(?7, raw)
                WHERE tenant_id = ?1 AND id = ?2 AND (outcome IS NULL OR outcome = 'uncertain')
                """, [tenant, Sqlite.Blob(end.Id), At(end.EndedAt), Word.Of(end.Outcome), end.NetworkCode, end.ExternalId, end.Raw]);
        foreach (var d in turn.Touched)
            execute("""
                UPDATE delivery SET status = ?3, not_before = ?4, attempts = ?5, attempt_id = ?6, settle_at = ?7, external_id = ?8, error = ?9
                WHERE tenant_id = ?1 AND id = ?2
                """, [tenant, Sqlite.Blob(d.Id), Word.Of(d.Status), At(d.NotBefore), d.Attempts, Id(d.AttemptId), At(d.SettleAt), d.ExternalId, d.Error]);
        foreach (var (message, error) in turn.FailedMessages)
            execute("UPDATE delivery SET status = 'failed', error = ?3 WHERE tenant_id = ?1 AND message_id = ?2 AND status = 'queued'", [tenant, message, error]);
        foreach (var d in turn.Touched)
            execute($"""
                UPDATE message AS m SET status = {MessageStatusSql.OfParts}, error = {MessageStatusSql.ErrorOfParts}, not_before = ?3,
                       external_id = CASE WHEN m.external_id IS NULL AND ?4 = 0 THEN ?5 ELSE m.external_id END
                WHERE m.tenant_id = ?1 AND m.id = ?2
                """, [tenant, d.MessageId, At(d.ShownNotBefore), d.Part, d.ExternalId]);
        if (turn.PauseReason is { } reason && turn.Account is { } account)
            execute("UPDATE channel_account SET state = 'paused', state_reason = ?3, updated_at = ?4 WHERE tenant_id = ?1 AND id = ?2 AND state = 'connected'",
                [tenant, Sqlite.Blob(account.Id), reason, At(now)]);
        if (turn.Row is { } row)
            execute("""
                UPDATE conversation SET in_flight = ?3, next_send_at = ?4, bucket_tokens = ?5, bucket_at = ?6, lane_due_at = ?7,
                       has_held = CASE WHEN ?8 THEN 0 ELSE has_held END
                WHERE tenant_id = ?1 AND id = ?2
                """, [tenant, Sqlite.Blob(row.Key.Conversation), Id(row.InFlight), At(row.NextSendAt), row.BucketTokens, At(row.BucketAt), At(row.DueAt),
                 row.NothingHeld ? 1 : 0]);
    }

    /// <summary>Tells the change log, with numbers drawn in this transaction.</summary>
    public static void Log(IReadOnlyList<LaneTurn> turns, DateTimeOffset now, Action<string, object?[]> execute, Func<string, object?[], long> scalar)
    {
        var entries = LaneChanges.Of(turns);
        if (entries.Count == 0) return;
        var next = scalar("UPDATE number SET next = next + ?1 WHERE name = ?2 RETURNING next - ?1", [entries.Count, Numbers.Change]);
        foreach (var entry in entries)
            execute("INSERT INTO change (tenant_id, xid, seq, kind, entity_id, conversation_id, at) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6)",
                [Sqlite.Blob(entry.Tenant), next++, entry.Kind, entry.Entity, Id(entry.Conversation), At(now)]);
    }

    private static object? At(DateTimeOffset? moment) => moment?.ToUnixTimeMilliseconds();

    private static byte[]? Id(Guid? id) => id is { } value ? Sqlite.Blob(value) : null;
}

/// <summary>What the change log says about turns.</summary>
internal static class LaneChanges
{
    public static List<(Guid Tenant, string Kind, string Entity, Guid? Conversation)> Of(IReadOnlyList<LaneTurn> turns)
    {
        var entries = new List<(Guid, string, string, Guid?)>();
        foreach (var turn in turns)
        {
            foreach (var message in turn.Touched.Select(d => d.MessageId).Distinct())
                entries.Add((turn.Key.Tenant, ChangeKind.Message, message.ToString(System.Globalization.CultureInfo.InvariantCulture), turn.Key.Conversation));
            if (turn.PauseReason is not null && turn.Account is { } account)
                entries.Add((turn.Key.Tenant, ChangeKind.ChannelAccount, account.Id.ToString(), null));
        }
        return entries;
    }
}
