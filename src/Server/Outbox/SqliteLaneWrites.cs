using ChatOperator.Db;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Outbox;

/// <summary>What a turn leaves behind, as statements of SQLite that are compiled once.</summary>
internal sealed class SqliteLaneWrites(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _begin = new(connection, """
        INSERT INTO delivery_attempt (tenant_id, id, delivery_id, message_id, n, started_at, send_deadline) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """);

    private readonly SqliteStatement _end = new(connection, """
        UPDATE delivery_attempt SET outcome = ?4, network_code = coalesce(?5, network_code),
               ended_at = CASE WHEN ended_at = settled_at THEN ?3 ELSE coalesce(ended_at, ?3) END,
               settled_at = CASE WHEN ?4 = 'settled' THEN coalesce(settled_at, ?3) ELSE settled_at END,
               settled_by = CASE WHEN ?4 = 'settled' THEN coalesce(settled_by, 'silence') ELSE settled_by END,
               external_id = coalesce(?6, external_id), raw = coalesce(?7, raw)
        WHERE tenant_id = ?1 AND id = ?2
          AND (outcome IS NULL OR outcome = 'uncertain' OR (outcome = 'settled' AND ?4 <> 'uncertain'))
        """);

    private readonly SqliteStatement _delivery = new(connection, """
        UPDATE delivery SET status = ?3, not_before = ?4, attempts = ?5, attempt_id = ?6, settle_at = ?7, external_id = ?8, error = ?9
        WHERE tenant_id = ?1 AND id = ?2
        """);

    private readonly SqliteStatement _failRest = new(
        connection, "UPDATE delivery SET status = 'failed', error = ?3 WHERE tenant_id = ?1 AND message_id = ?2 AND status = 'queued'");

    private readonly SqliteStatement _whole = new(connection, """
        UPDATE message SET status = ?3, error = ?4, not_before = ?5, external_id = coalesce(external_id, ?6) WHERE tenant_id = ?1 AND id = ?2
        """);

    private readonly SqliteStatement _message = new(connection, $"""
        UPDATE message AS m SET status = {MessageStatusSql.OfParts}, error = {MessageStatusSql.ErrorOfParts}, not_before = ?3,
               external_id = CASE WHEN ?4 = 0 THEN coalesce(m.external_id, ?5) ELSE m.external_id END
        WHERE m.tenant_id = ?1 AND m.id = ?2
        """);

    private readonly SqliteStatement _pause = new(connection, """
        UPDATE channel_account SET state = 'paused', state_reason = ?3, updated_at = ?4
        WHERE tenant_id = ?1 AND id = ?2 AND state = 'connected' AND updated_at = ?5
        """);

    private readonly SqliteStatement _lane = new(connection, """
        UPDATE conversation SET in_flight = ?3, next_send_at = ?4, bucket_tokens = ?5, bucket_at = ?6, lane_due_at = ?7,
               has_held = CASE WHEN ?8 THEN 0 ELSE has_held END
        WHERE tenant_id = ?1 AND id = ?2
        """);

    private readonly SqliteStatement _numbers = new(connection, "UPDATE number SET next = next + ?1 WHERE name = ?2 RETURNING next - ?1");

    private readonly SqliteStatement _change = new(
        connection, "INSERT INTO change (tenant_id, xid, seq, kind, entity_id, conversation_id, at) VALUES (?1, 0, ?2, ?3, ?4, ?5, ?6)");

    public void Write(LaneTurn turn, DateTimeOffset now)
    {
        var tenant = turn.Key.Tenant;
        foreach (var attempt in turn.Begun)
            _begin.Bind(tenant).Bind(attempt.Id).Bind(attempt.DeliveryId).Bind(attempt.MessageId).Bind((long)attempt.N)
                .Bind(attempt.StartedAt).Bind(attempt.SendDeadline).Run();
        foreach (var end in turn.Ended)
            _end.Bind(tenant).Bind(end.Id).Bind(end.EndedAt).Bind(Word.Of(end.Outcome)).Bind(end.NetworkCode).Bind(end.ExternalId).Bind(end.Raw).Run();
        foreach (var d in turn.Touched)
            _delivery.Bind(tenant).Bind(d.Id).Bind(Word.Of(d.Status)).Bind(d.NotBefore).Bind((long)d.Attempts).Bind(d.AttemptId)
                .Bind(d.SettleAt).Bind(d.ExternalId).Bind(d.Error).Run();
        foreach (var (message, error) in turn.FailedMessages) _failRest.Bind(tenant).Bind(message).Bind(error).Run();
        foreach (var d in turn.Told) Tell(tenant, d);
        if (turn is { PauseReason: { } reason, Account: { } account })
            _pause.Bind(tenant).Bind(account.Id).Bind(reason).Bind(now).Bind(account.Row.UpdatedAt).Run();
        if (turn.Row is { } row)
            _lane.Bind(tenant).Bind(row.Key.Conversation).Bind(row.InFlight).Bind(row.NextSendAt).Bind(row.BucketTokens).Bind(row.BucketAt)
                .Bind(row.DueAt).Bind(row.NothingHeld ? 1L : 0L).Run();
    }

    /// <summary>Tells the change log, with numbers drawn in this transaction.</summary>
    public void Log(IReadOnlyList<LaneTurn> turns, DateTimeOffset now)
    {
        var entries = LaneChanges.Of(turns);
        if (entries.Count == 0) return;
        _numbers.Bind((long)entries.Count).Bind(Numbers.Change).Read();
        var next = _numbers.Long(0);
        while (_numbers.Read())
        {
            // An UPDATE with RETURNING is complete only after its last row.
        }
        foreach (var entry in entries)
            _change.Bind(entry.Tenant).Bind(next++).Bind(entry.Kind).Bind(entry.Entity).Bind(entry.Conversation).Bind(now).Run();
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_begin, _end, _delivery, _failRest, _whole, _message, _pause, _lane, _numbers, _change]) statement.Dispose();
    }

    private void Tell(Guid tenant, LaneDelivery d)
    {
        if (d.IsWhole)
            _whole.Bind(tenant).Bind(d.MessageId).Bind(Word.Of(d.Status)).Bind(d.ShownError).Bind(d.ShownNotBefore).Bind(d.ExternalId).Run();
        else
            _message.Bind(tenant).Bind(d.MessageId).Bind(d.ShownNotBefore).Bind((long)d.Part).Bind(d.ExternalId).Run();
    }
}
