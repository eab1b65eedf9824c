using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Npgsql;

namespace ChatOperator.Intake.Postgres;

/// <summary>The set-based statements of one batch.</summary>
internal static class PostgresMessages
{
    /// <summary>All of a batch at once and first of all, in the order that holds everywhere.</summary>
    private const string LockConversations = """
        SELECT 1 FROM conversation c WHERE (c.tenant_id, c.id) IN (SELECT * FROM unnest($1, $2)) ORDER BY c.tenant_id, c.id FOR UPDATE
        """;

    /// <summary>
    /// Gives new messages their numbers. A parked report may have made the network id's row first; a message then adopts it. Rows come
    /// back for those alone that nobody had claimed.
    /// </summary>
    private const string ClaimIds = """
        WITH input AS MATERIALIZED (
            SELECT nextval('message_id') AS message, i.* FROM (
                SELECT * FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS u(tenant, account, ext, at, ord) ORDER BY ord) i)
        INSERT INTO external_id (tenant_id, account_id, id, message_id, pending_rank, at)
        SELECT tenant, account, ext, message, 0, at FROM input ORDER BY tenant, account, ext
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id WHERE external_id.message_id IS NULL
        RETURNING account_id, id, message_id, pending_rank, pending_changes::text
        """;

    private const string InsertMessages = """
        INSERT INTO message (tenant_id, id, conversation_id, author, type, text, content, extra, at, arrived_at, external_id, reply_to, correlation_id, status)
        SELECT tenant, id, conversation, author, type, words, content::jsonb, extra::jsonb, at, arrived, ext, reply_to, correlation, status
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            AS u(tenant, id, conversation, author, type, words, content, extra, at, arrived, ext, reply_to, correlation, status)
        """;

    private const string UpdateConversations = """
        UPDATE conversation c SET
            last_message = CASE WHEN u.last_at >= c.last_message_at THEN u.last_message ELSE c.last_message END,
            last_message_at = greatest(c.last_message_at, u.last_at), last_message_id = greatest(c.last_message_id, u.max_id),
            last_inbound_at = greatest(c.last_inbound_at, u.inbound_at), last_inbound_id = greatest(c.last_inbound_id, u.inbound_id),
            window_expires_at = greatest(c.window_expires_at, u.window_until), unread_count = c.unread_count + u.unread,
            agent_due_at = CASE WHEN u.agent_due IS NULL OR c.is_locked THEN c.agent_due_at ELSE u.agent_due END,
            lane_due_at = CASE WHEN c.has_held AND u.window_until IS NOT NULL THEN u.arrived ELSE c.lane_due_at END
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            AS u(tenant, id, last_message, last_at, max_id, inbound_at, inbound_id, window_until, unread, agent_due, arrived)
        WHERE c.tenant_id = u.tenant AND c.id = u.id
        """;

    private const string TakeOver = $"""
        WITH taken AS (
            UPDATE conversation c SET is_locked = true, lock_version = c.lock_version + 1, held_by_id = NULL, held_by = '', held_why = 'echo',
                held_since = u.at, held_until = NULL, agent_due_at = NULL
            FROM unnest($1, $2, $3, $4, $5) AS u(tenant, id, at, event, receipt) WHERE c.tenant_id = u.tenant AND c.id = u.id AND {HumanOverride.OpenToEcho}
            RETURNING u.*)
        INSERT INTO override_event (tenant_id, conversation_id, id, at, kind, by, why, correlation_id)
        SELECT tenant, id, event, at, 'taken', '', 'echo', receipt FROM taken
        """;

    private const string InsertChanges = $"""
        INSERT INTO change (tenant_id, kind, entity_id, conversation_id, at)
        SELECT tenant, '{ChangeKind.Message}', message::text, conversation, at FROM unnest($1, $2, $3, $4) AS u(tenant, message, conversation, at)
        """;

    /// <summary>First half: locks, the numbers of new messages, and what the reports speak of.</summary>
    public static async Task ClaimAsync(PostgresTransaction transaction, Batch plan)
    {
        var (messages, reports) = (plan.Messages, plan.Reports);
        var places = Places(plan);
        if (places.Count + reports.Count == 0) return;
        await using var batch = transaction.Batch();
        // A statement over nothing costs as much as some rows of another.
        if (places.Count > 0) batch.Add(LockConversations).Column(places, p => p.Tenant).Column(places, p => p.Conversation);
        if (messages.Count > 0)
            batch.Add(ClaimIds).Column(messages, m => m.Account.TenantId).Column(messages, m => m.Account.Id).Column(messages, m => m.ExternalId)
                .Column(messages, m => m.Arrival.At);
        if (reports.Count > 0) PostgresReports.Look(batch, reports);
        await using var reader = await batch.ExecuteReaderAsync();
        if (places.Count > 0) await reader.NextResultAsync();
        if (messages.Count > 0) await ReadClaimsAsync(reader, messages);
        if (reports.Count > 0) await PostgresReports.ReadAsync(reader, reports);
    }

    private static async Task ReadClaimsAsync(NpgsqlDataReader reader, List<NewMessage> messages)
    {
        var claimed = messages.ToDictionary(m => (m.Account.Id, m.ExternalId));
        while (await reader.ReadAsync())
        {
            var message = claimed[(reader.GetGuid(0), reader.GetString(1))];
            if (reader.GetInt32(3) is > 0 and var rank && !message.Inbound) message.Status = MessageStatusRank.Of((DeliveryStatus)rank);
            message.Waiting = reader.IsDBNull(4) ? null : reader.GetString(4);
            message.Stored(reader.GetInt64(2));
        }
        foreach (var message in messages)
            if (!message.IsNew) message.SeenBefore();
        await reader.NextResultAsync();
    }

    /// <summary>The messages ahead of the rest, for those who look for them before the second half.</summary>
    public static async Task StoreAsync(PostgresTransaction transaction, Batch plan)
    {
        await using var batch = transaction.Batch();
        Insert(batch, plan);
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Second half: everything that follows from the first.</summary>
    /// <param name="stored">The messages are there already.</param>
    /// <param name="commit">Nothing follows, so the commit travels along.</param>
    public static async Task WriteAsync(PostgresTransaction transaction, Batch plan, bool stored, bool commit)
    {
        await using var batch = transaction.Batch();
        if (!stored) Insert(batch, plan);
        var updates = plan.ConversationUpdates().OrderBy(u => u.TenantId).ThenBy(u => u.ConversationId).ToList();
        if (updates.Count > 0) Update(batch, updates);
        PostgresFiles.Write(batch, plan);
        var advanced = plan.Reports.Where(r => r.Advances).ToList();
        if (plan.Reports.Count > 0) PostgresReports.Write(batch, plan.Reports, advanced);
        PostgresWatermarks.Write(batch, plan);
        Record(batch, plan.Messages.Where(m => m.IsNew).Select(m => (m.Account.TenantId, m.Id, m.Place.ConversationId, m.Arrival.At))
            .Concat(advanced.Select(r => (r.Account.TenantId, r.Delivery!.MessageId, r.Delivery.ConversationId, r.Arrival.At)))
            .Concat(plan.Watermarks.SelectMany(w => w.Messages, (w, message) => (w.Account.TenantId, message, w.ConversationId!.Value, w.Arrival.At))).ToList());
        PostgresReceipts.Write(batch, plan.Arrivals);
        if (commit) batch.Add("COMMIT");
        await batch.ExecuteNonQueryAsync();
    }

    private static void Insert(NpgsqlBatch batch, Batch plan)
    {
        var messages = plan.Messages.FindAll(m => m.IsNew);
        if (messages.Count == 0) return;
        batch.Add(InsertMessages)
            .Column(messages, m => m.Account.TenantId).Column(messages, m => m.Id).Column(messages, m => m.Place.ConversationId)
            .Column(messages, m => Word.Of(m.Author)).Column(messages, m => m.Type).Column(messages, m => m.Words)
            .Column(messages, m => m.Content).Column(messages, m => m.Extra).Column(messages, m => m.At)
            .Column(messages, m => m.Arrival.At).Column(messages, m => m.ExternalId).Column(messages, m => m.ReplyTo)
            .Column(messages, m => m.Arrival.Id).Column(messages, m => Word.Of(m.Status));
    }

    /// <summary>Conversations that are written to; of reported sends those alone that a lane may be at work on.</summary>
    private static List<(Guid Tenant, Guid Conversation)> Places(Batch plan) =>
        [.. plan.Spoken.Select(m => (m.Account.TenantId, m.Place.ConversationId))
            .Concat(from w in plan.Watermarks where w.ConversationId is not null select (w.Account.TenantId, w.ConversationId!.Value))
            .Concat(from r in plan.Reports where r.Seen is { Open: true } || (r.Seen is not null && r.AsksForMore) select (r.Account.TenantId, r.Seen!.ConversationId))
            .Concat(from s in plan.Singles where s.ConversationId is not null select (s.Account.TenantId, s.ConversationId!.Value))];

    private static void Update(NpgsqlBatch batch, List<ConversationUpdate> updates)
    {
        batch.Add(UpdateConversations).Column(updates, u => u.TenantId).Column(updates, u => u.ConversationId).Column(updates, u => u.LastMessage)
            .Column(updates, u => u.LastAt).Column(updates, u => u.MaxId).Column(updates, u => u.LastInboundAt).Column(updates, u => u.LastInboundId)
            .Column(updates, u => u.WindowUntil).Column(updates, u => u.Unread).Column(updates, u => u.AgentDueAt)
            .Column(updates, u => u.ArrivedAt);
        var locking = updates.Where(u => u.Lock is not null).ToList();
        if (locking.Count > 0)
            batch.Add(TakeOver).Column(locking, u => u.TenantId).Column(locking, u => u.ConversationId).Column(locking, u => u.Lock!.At)
                .Column(locking, u => u.Lock!.Event).Column(locking, u => u.Lock!.Receipt);
    }

    private static void Record(NpgsqlBatch batch, List<(Guid Tenant, long Message, Guid Conversation, DateTimeOffset At)> changes)
    {
        if (changes.Count == 0) return;
        batch.Add(InsertChanges).Column(changes, c => c.Tenant).Column(changes, c => c.Message).Column(changes, c => c.Conversation).Column(changes, c => c.At);
    }
}
