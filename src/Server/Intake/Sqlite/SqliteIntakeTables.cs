using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Changes;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Intake.Sqlite;

/// <summary>The statements that store messages, reports and receipts, row by row on the writer's own connection.</summary>
internal sealed class SqliteIntakeTables(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _draw = new(connection, "UPDATE number SET next = next + ?1 WHERE name = ?2 RETURNING next - ?1");

    private readonly SqliteStatement _insertExternalId = new(connection, """
        INSERT INTO external_id (tenant_id, account_id, id, message_id, pending_rank, at) VALUES (?, ?, ?, ?, 0, ?)
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id WHERE message_id IS NULL
        RETURNING pending_rank, pending_changes
        """);

    private readonly SqliteStatement _insertMessage = new(connection, """
        INSERT INTO message (tenant_id, id, conversation_id, author, type, text, content, extra, at, arrived_at, external_id, reply_to, correlation_id, status)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _insertFile = new(connection, """
        INSERT INTO attachment (tenant_id, id, account_id, conversation_id, message_id, position, kind, state, voice, file_name, mime_type, size,
            has_thumbnail, source, created_at, due_at, fetch_until, tries)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting', ?8, ?9, ?10, ?11, 0, ?12, ?13, ?13, ?14, 0)
        """);

    private readonly SqliteStatement _adoptFile = new(connection, """
        UPDATE attachment SET conversation_id = ?3, message_id = ?4, position = ?5 WHERE tenant_id = ?1 AND id = ?2 AND account_id = ?6 AND message_id IS NULL
        """);

    private readonly SqliteStatement _insertChange = new(connection,
        "INSERT INTO change (tenant_id, xid, seq, kind, entity_id, conversation_id, at) VALUES (?, 0, ?, ?, ?, ?, ?)");

    private readonly SqliteStatement _updateConversation = new(connection, """
        UPDATE conversation SET
            last_message = CASE WHEN ?3 >= last_message_at THEN ?4 ELSE last_message END,
            last_message_at = max(last_message_at, ?3), last_message_id = max(last_message_id, ?5),
            last_inbound_at = CASE WHEN ?6 IS NULL THEN last_inbound_at ELSE max(coalesce(last_inbound_at, 0), ?6) END,
            last_inbound_id = max(last_inbound_id, ?7),
            window_expires_at = CASE WHEN ?8 IS NULL THEN window_expires_at ELSE max(coalesce(window_expires_at, 0), ?8) END,
            unread_count = unread_count + ?9,
            agent_due_at = CASE WHEN ?10 IS NULL OR is_locked THEN agent_due_at ELSE ?10 END,
            lane_due_at = CASE WHEN has_held AND ?8 IS NOT NULL THEN ?11 ELSE lane_due_at END
        WHERE tenant_id = ?1 AND id = ?2
        """);

    private readonly SqliteStatement _lockConversation = new(connection, $"""
        UPDATE conversation SET is_locked = 1, lock_version = lock_version + 1, held_by_id = NULL, held_by = '', held_why = 'echo',
            held_since = ?3, held_until = NULL, agent_due_at = NULL
        WHERE tenant_id = ?1 AND id = ?2 AND {HumanOverride.OpenToEcho}
        """);

    private readonly SqliteStatement _recordLock = new(connection, """
        INSERT INTO override_event (tenant_id, conversation_id, id, at, kind, by, why, correlation_id) VALUES (?, ?, ?, ?, 'taken', '', 'echo', ?)
        """);

    private readonly SqliteStatement _findByDelivery = new(connection, $"""
        SELECT d.id, d.message_id, d.conversation_id, d.status, d.attempt_id, d.attempts, {Reporting.AttemptTold("?4")}, {Reporting.Marked},
            EXISTS (SELECT 1 FROM external_id e WHERE e.tenant_id = ?1 AND e.account_id = ?3 AND e.id = ?4 AND e.delivery_id IS NOT NULL)
        FROM delivery d WHERE d.tenant_id = ?1 AND d.id = ?2 AND d.account_id = ?3
        """);

    private readonly SqliteStatement _findByExternalId = new(connection, $"""
        SELECT d.id, d.message_id, d.conversation_id, d.status, d.attempt_id, d.attempts, {Reporting.AttemptTold("?3")}, {Reporting.Marked}, 1 FROM external_id e
        JOIN delivery d ON d.tenant_id = e.tenant_id AND d.id = e.delivery_id
        WHERE e.tenant_id = ?1 AND e.account_id = ?2 AND e.id = ?3
        """);

    private readonly SqliteStatement _park = new(connection, $"""
        INSERT INTO external_id (tenant_id, account_id, id, pending_rank, pending_error, at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET {Reporting.KeepHigher("max")}
        """);

    private readonly SqliteStatement _nameDelivery = new(connection, """
        INSERT INTO external_id (tenant_id, account_id, id, message_id, delivery_id, pending_rank, at) VALUES (?, ?, ?, ?, ?, 0, ?)
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id, delivery_id = excluded.delivery_id
        RETURNING pending_rank, pending_error
        """);

    private readonly SqliteStatement _advanceDelivery = new(connection, $"""
        UPDATE delivery SET status = ?3, external_id = coalesce(external_id, ?4), error = ?5, settle_at = NULL, {Reporting.Tick("?3", "?6")} WHERE tenant_id = ?1 AND id = ?2
        """);

    private readonly SqliteStatement _advanceMessage = new(connection, Reporting.AdvanceMessage("?1", "?2", "?3"));

    private readonly SqliteStatement _settleAttempt = new(connection, """
        UPDATE delivery_attempt SET outcome = 'settled', settled_at = ?3, settled_by = ?5, ended_at = coalesce(ended_at, ?3), external_id = coalesce(?4, external_id)
        WHERE tenant_id = ?1 AND id = ?2 AND (outcome IS NULL OR outcome = 'uncertain')
        """);

    private readonly SqliteStatement _freeLane = new(connection, """
        UPDATE conversation SET in_flight = CASE WHEN in_flight = ?3 THEN NULL ELSE in_flight END, lane_due_at = ?4,
            next_send_at = CASE WHEN ?5 IS NULL THEN next_send_at ELSE max(coalesce(next_send_at, 0), ?5) END
        WHERE tenant_id = ?1 AND id = ?2
        """);

    private readonly SqliteStatement _insertReceipt = new(connection, """
        INSERT INTO receipt (tenant_id, id, received_at, channel, account_id, body, compressed, verdict, reason, lag_ms, items, signature)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _recall = new(connection, "SELECT items FROM receipt WHERE tenant_id = ? AND id = ?");

    private readonly SqliteStatement _updateReceipt = new(connection,
        "UPDATE receipt SET verdict = ?3, reason = ?4, items = ?5 WHERE tenant_id = ?1 AND id = ?2");

    private readonly SqliteStatement _count = new(connection, """
        INSERT INTO intake_count (tenant_id, account_id, day, verdict, items) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (tenant_id, account_id, day, verdict) DO UPDATE SET items = items + excluded.items
        """);

    public long Draw(string name, int count)
    {
        _draw.Bind(count).Bind(name).Read();
        var first = _draw.Long(0);
        _draw.Reset();
        return first;
    }

    /// <summary>False when the account has a message of this id. The rank of a report that came before it, else 0.</summary>
    public bool Claim(NewMessage message, long id, out int pendingRank)
    {
        pendingRank = 0;
        if (!_insertExternalId.Bind(message.Account.TenantId).Bind(message.Account.Id).Bind(message.ExternalId).Bind(id).Bind(message.Arrival.At).Read())
            return false;
        pendingRank = (int)_insertExternalId.Long(0);
        message.Waiting = _insertExternalId.IsNull(1) ? null : _insertExternalId.Text(1);
        _insertExternalId.Reset();
        return true;
    }

    public void Insert(NewMessage m, long id) => _insertMessage
        .Bind(m.Account.TenantId).Bind(id).Bind(m.Place.ConversationId).Bind(Word.Of(m.Author)).Bind(m.Type).Bind(m.Words).Bind(m.Content).Bind(m.Extra)
        .Bind(m.At).Bind(m.Arrival.At).Bind(m.ExternalId).Bind(m.ReplyTo).Bind(m.Arrival.Id).Bind(Word.Of(m.Status)).Run();

    public void Insert(NewFile f) => _insertFile
        .Bind(f.Message.Account.TenantId).Bind(f.Id).Bind(f.Message.Account.Id).Bind(f.Message.Place.ConversationId).Bind(f.Message.Id).Bind(f.Position)
        .Bind(f.Media.Kind).Bind(f.Media.Voice ? 1 : 0).Bind(f.FileName).Bind(f.MimeType).Bind(f.Media.Bytes).Bind(f.Source)
        .Bind(f.Message.Arrival.At).Bind(f.FetchUntil).Run();

    public void Adopt(NewFile f) => _adoptFile
        .Bind(f.Message.Account.TenantId).Bind(f.Id).Bind(f.Message.Place.ConversationId).Bind(f.Message.Id).Bind(f.Position).Bind(f.Message.Account.Id).Run();

    public void Update(ConversationUpdate u)
    {
        _updateConversation.Bind(u.TenantId).Bind(u.ConversationId).Bind(u.LastAt).Bind(u.LastMessage).Bind(u.MaxId)
            .Bind(u.LastInboundAt).Bind(u.LastInboundId).Bind(u.WindowUntil).Bind(u.Unread).Bind(u.AgentDueAt).Bind(u.ArrivedAt).Run();
        if (u.Lock is { } taken && _lockConversation.Bind(u.TenantId).Bind(u.ConversationId).Bind(taken.At).Run() > 0)
            _recordLock.Bind(u.TenantId).Bind(u.ConversationId).Bind(taken.Event).Bind(taken.At).Bind(taken.Receipt).Run();
    }

    /// <summary>The delivery that a report speaks of, by our own id if it has one of ours, else by the network's.</summary>
    /// <param name="named">Whether the network's id is known for the delivery's.</param>
    public ReportedDelivery? Find(Report report, out bool named)
    {
        if (report.DeliveryId is { } own
            && Read(_findByDelivery.Bind(report.Account.TenantId).Bind(own).Bind(report.Account.Id).Bind(report.ExternalId), out named) is { } byId) return byId;
        return Read(_findByExternalId.Bind(report.Account.TenantId).Bind(report.Account.Id).Bind(report.ExternalId), out named);
    }

    /// <summary>Ties the network's id to the delivery; what waited under it, or null.</summary>
    public WaitingReport? Name(Report r, ReportedDelivery d)
    {
        _nameDelivery.Bind(r.Account.TenantId).Bind(r.Account.Id).Bind(r.ExternalId).Bind(d.MessageId).Bind(d.Id).Bind(r.Arrival.At).Read();
        var waited = _nameDelivery.Long(0) is > 0 and var rank
            ? new WaitingReport((Channels.Contract.DeliveryStatus)rank, _nameDelivery.IsNull(1) ? null : _nameDelivery.Text(1)) : null;
        _nameDelivery.Reset();
        return waited;
    }

    public void Park(Report r) => _park
        .Bind(r.Account.TenantId).Bind(r.Account.Id).Bind(r.ExternalId).Bind((int)r.Status).Bind(r.Error).Bind(r.Arrival.At).Run();

    public void Advance(Report r, ReportedDelivery d)
    {
        var tenant = r.Account.TenantId;
        _advanceDelivery.Bind(tenant).Bind(d.Id).Bind(Word.Of(r.NewStatus)).Bind(r.ExternalId).Bind(r.Error).Bind(r.Arrival.At).Run();
        _advanceMessage.Bind(tenant).Bind(d.MessageId).Bind(r.ExternalId).Run();
        if (!r.Settles || d.AttemptId is not { } attempt) return;
        _settleAttempt.Bind(tenant).Bind(attempt).Bind(r.Arrival.At).Bind(r.AttemptExternalId).Bind(Word.Of(r.By)).Run();
        _freeLane.Bind(tenant).Bind(d.ConversationId).Bind(attempt).Bind(r.Arrival.At).Bind(r.NextSendAt).Run();
    }

    public void Record(Guid tenant, long seq, long message, Guid conversation, DateTimeOffset at) => _insertChange
        .Bind(tenant).Bind(seq).Bind(ChangeKind.Message).Bind(message.ToString(System.Globalization.CultureInfo.InvariantCulture)).Bind(conversation).Bind(at).Run();

    public void Insert(Receipt r) => _insertReceipt
        .Bind(r.TenantId).Bind(r.Id).Bind(r.ReceivedAt).Bind(r.Channel).Bind(r.AccountId).Bind(r.Body.AsSpan()).Bind(r.Compressed ? 1 : 0)
        .Bind(Word.Of(r.Verdict)).Bind(r.Reason).Bind((long?)r.LagMs).Bind(r.Items).Bind(r.Signature).Run();

    /// <summary>What a receipt that is replayed says at this moment.</summary>
    public void Recall(Arrival replay)
    {
        if (!_recall.Bind(replay.Replays!.TenantId).Bind(replay.Replays.Id).Read()) return;
        replay.Recall(Receipts.ItemsOf(_recall.Text(0)));
        _recall.Reset();
    }

    public void Conclude(Receipt r) => _updateReceipt
        .Bind(r.TenantId).Bind(r.Id).Bind(Word.Of(r.Verdict)).Bind(r.Reason).Bind(r.Items).Run();

    public void Count(IntakeCount c) => _count
        .Bind(c.TenantId).Bind(c.AccountId).Bind(c.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Bind(Word.Of(c.Verdict)).Bind(c.Items).Run();

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])
            [_draw, _insertExternalId, _insertMessage, _insertFile, _adoptFile, _insertChange, _updateConversation, _lockConversation, _recordLock,
                _findByDelivery, _findByExternalId, _park,
                _nameDelivery, _advanceDelivery, _advanceMessage, _settleAttempt, _freeLane, _recall, _insertReceipt, _updateReceipt, _count])
            statement.Dispose();
    }

    private static ReportedDelivery? Read(SqliteStatement found, out bool named)
    {
        named = false;
        if (!found.Read()) return null;
        var delivery = new ReportedDelivery(
            found.Guid(0), found.Long(1), found.Guid(2), Word.Read<MessageStatus>(found.Text(3)), found.IsNull(4) ? null : found.Guid(4),
            (int)found.Long(5), Word.Read<AttemptTold>(found.Text(6)), found.IsNull(7) ? null : Word.Read<MessageStatus>(found.Text(7)));
        named = found.Long(8) != 0;
        found.Reset();
        return delivery;
    }
}
