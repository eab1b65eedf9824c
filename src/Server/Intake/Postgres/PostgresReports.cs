using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Intake.People;
using Npgsql;

namespace ChatOperator.Intake.Postgres;

/// <summary>The set-based statements for reports: look first under locks, decide in C#, then write.</summary>
internal static class PostgresReports
{
    /// <summary>
    /// A report that names no delivery of ours goes by the network's id. It and the send's own record write the same row, so whichever
    /// comes second sees the first, even when the send call has not returned yet.
    /// </summary>
    private static readonly string Park = $"""
        INSERT INTO external_id (tenant_id, account_id, id, pending_rank, pending_error, at)
        SELECT tenant, account, ext, rank, error::jsonb, at FROM unnest($1, $2, $3, $4, $5, $6) AS u(tenant, account, ext, rank, error, at)
        ORDER BY tenant, account, ext
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET {Reporting.KeepHigher("greatest")}
        """;

    /// <summary>Only what is not known for a delivery's.</summary>
    private static readonly string ParkStrangers = $"{Park}\nWHERE external_id.delivery_id IS NULL";

    /// <summary>Ties networks' ids to the deliveries that the reports name, and tells what waited under those ids.</summary>
    private const string NameDeliveries = """
        INSERT INTO external_id (tenant_id, account_id, id, message_id, delivery_id, pending_rank, at)
        SELECT r.tenant, r.account, r.ext, d.message_id, d.id, 0, r.at FROM unnest($1, $2, $3, $4, $5) AS r(tenant, delivery, account, ext, at)
        JOIN delivery d ON d.tenant_id = r.tenant AND d.id = r.delivery AND d.account_id = r.account
        LEFT JOIN external_id e ON e.tenant_id = r.tenant AND e.account_id = r.account AND e.id = r.ext
        WHERE e.delivery_id IS NULL ORDER BY r.tenant, r.account, r.ext
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id, delivery_id = excluded.delivery_id
        RETURNING account_id, id, pending_rank, pending_error::text
        """;

    /// <summary>
    /// What reports speak of, before anything is locked: by our own id if it is one of ours, else by the network's. A delivery that bears the
    /// network's id was tied to it by whoever wrote it there; only otherwise is the id looked up.
    /// </summary>
    private const string Glance = """
        SELECT r.ord::int, coalesce(o.id, x.id), coalesce(o.message_id, x.message_id), coalesce(o.conversation_id, x.conversation_id),
            coalesce(o.is_open, x.is_open),
            o.external_id IS NOT DISTINCT FROM r.ext OR e.delivery_id IS NOT NULL
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS r(tenant, delivery, account, ext, ord)
        LEFT JOIN delivery o ON o.tenant_id = r.tenant AND o.id = r.delivery AND o.account_id = r.account
        LEFT JOIN external_id e ON e.tenant_id = r.tenant AND e.account_id = r.account AND e.id = CASE WHEN o.external_id IS DISTINCT FROM r.ext THEN r.ext END
        LEFT JOIN delivery x ON x.tenant_id = r.tenant AND x.id = CASE WHEN o.id IS NULL THEN e.delivery_id END
        WHERE o.id IS NOT NULL OR x.id IS NOT NULL
        """;

    private const string LockMessages = """
        SELECT 1 FROM message m WHERE (m.tenant_id, m.id) IN (SELECT * FROM unnest($1, $2)) ORDER BY m.tenant_id, m.id FOR UPDATE
        """;

    /// <summary>Of those that nothing was known of at first sight, by the network's id: somebody may have stored the send since.</summary>
    private const string LockStrangers = """
        SELECT 1 FROM message m WHERE (m.tenant_id, m.id) IN (
            SELECT * FROM unnest($1, $2)
            UNION SELECT e.tenant_id, e.message_id FROM unnest($3, $4, $5) AS r(tenant, account, ext)
                JOIN external_id e ON e.tenant_id = r.tenant AND e.account_id = r.account AND e.id = r.ext WHERE e.message_id IS NOT NULL)
        ORDER BY m.tenant_id, m.id FOR UPDATE
        """;

    /// <summary>All parts of the reported messages, as they are under the lock.</summary>
    private static readonly string Find = $"""
        SELECT r.ord::int, d.id = coalesce(r.delivery, e.delivery_id) AS reported, d.id, d.message_id, d.conversation_id, d.status, d.attempt_id,
            d.attempts, {Reporting.AttemptTold("r.ext")}, {Reporting.Marked}, d.part, d.error::text
        FROM unnest($1, $2, $3, $4, $5) WITH ORDINALITY AS r(tenant, message, delivery, account, ext, ord)
        LEFT JOIN external_id e ON e.tenant_id = r.tenant AND e.account_id = r.account AND e.id = CASE WHEN r.message IS NULL THEN r.ext END
        JOIN delivery d ON d.tenant_id = r.tenant AND d.account_id = r.account AND d.message_id = coalesce(r.message, e.message_id)
        ORDER BY r.ord
        """;

    private static readonly string AdvanceDeliveries = $"""
        UPDATE delivery d SET status = u.status, external_id = coalesce(d.external_id, u.ext), error = u.error::jsonb, settle_at = NULL,
        {Reporting.Tick("u.status", "u.at", "d.")}
        FROM unnest($1, $2, $3, $4, $5, $6) AS u(tenant, id, status, ext, error, at) WHERE d.tenant_id = u.tenant AND d.id = u.id
        """;

    private const string AdvanceMessages = """
        UPDATE message m SET status = u.status, error = u.error::jsonb, external_id = coalesce(m.external_id, u.ext)
        FROM unnest($1, $2, $3, $4, $5) AS u(tenant, id, status, error, ext) WHERE m.tenant_id = u.tenant AND m.id = u.id
        """;

    private const string SettleAttempts = """
        UPDATE delivery_attempt a SET outcome = 'settled', settled_at = u.at, settled_by = u.by, ended_at = coalesce(a.ended_at, u.at),
            external_id = coalesce(u.ext, a.external_id)
        FROM unnest($1, $2, $3, $4, $5) AS u(tenant, attempt, at, ext, by)
        WHERE a.tenant_id = u.tenant AND a.id = u.attempt AND (a.outcome IS NULL OR a.outcome = 'uncertain')
        """;

    private const string FreeLanes = """
        UPDATE conversation c SET in_flight = CASE WHEN c.in_flight = u.attempt THEN NULL ELSE c.in_flight END, lane_due_at = u.at,
            next_send_at = greatest(c.next_send_at, u.next)
        FROM unnest($1, $2, $3, $4, $5) AS u(tenant, id, attempt, at, next) WHERE c.tenant_id = u.tenant AND c.id = u.id
        """;

    /// <summary>First of all: what the reports speak of, so that everything can be locked at once and in order.</summary>
    public static async Task GlanceAsync(PostgresTransaction transaction, List<Report> reports)
    {
        if (reports.Count == 0) return;
        await using var batch = transaction.Batch();
        batch.Add(Glance).Column(reports, r => r.Account.TenantId).Column(reports, r => r.DeliveryId).Column(reports, r => r.Account.Id)
            .Column(reports, r => r.ExternalId);
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            reports[reader.GetInt32(0) - 1].Seen =
                new SeenDelivery(reader.GetGuid(1), reader.GetInt64(2), reader.GetGuid(3), reader.GetBoolean(4), reader.GetBoolean(5));
    }

    /// <summary>With the conversations locked: ties ids, locks the messages, and looks again.</summary>
    public static void Look(NpgsqlBatch batch, List<Report> reports)
    {
        var (seen, unseen) = (reports.FindAll(r => r.Seen is not null), reports.FindAll(r => r.Seen is null));
        if (unseen.Exists(r => r.DeliveryId is null)) AddPark(batch, ParkStrangers, unseen.FindAll(r => r.DeliveryId is null));
        if (reports.FindAll(IsUnnamed) is { Count: > 0 } unnamed)
            batch.Add(NameDeliveries).Column(unnamed, r => r.Account.TenantId).Column(unnamed, r => r.DeliveryId).Column(unnamed, r => r.Account.Id)
                .Column(unnamed, r => r.ExternalId).Column(unnamed, r => r.Arrival.At);
        var locks = batch.Add(unseen.Count > 0 ? LockStrangers : LockMessages).Column(seen, r => r.Account.TenantId).Column(seen, r => r.Seen!.MessageId);
        if (unseen.Count > 0)
            locks.Column(unseen, r => r.Account.TenantId).Column(unseen, r => r.Account.Id).Column(unseen, r => r.ExternalId);
        batch.Add(Find).Column(reports, r => r.Account.TenantId).Column(reports, r => r.Seen?.MessageId).Column(reports, r => r.Seen?.Id)
            .Column(reports, r => r.Account.Id).Column(reports, r => r.ExternalId);
    }

    /// <summary>Reads what <see cref="Look"/> asked for, from its first answer on, and concludes the reports' items.</summary>
    public static async Task ReadAsync(NpgsqlDataReader reader, List<Report> reports)
    {
        var waited = new Dictionary<(Guid, string), WaitingReport>();
        if (reports.Exists(IsUnnamed))
        {
            while (await reader.ReadAsync())
                if (reader.GetInt32(2) is > 0 and var rank)
                    waited[(reader.GetGuid(0), reader.GetString(1))] = new WaitingReport((DeliveryStatus)rank, reader.IsDBNull(3) ? null : reader.GetString(3));
            await reader.NextResultAsync();
        }
        await reader.NextResultAsync();
        // Several reports may speak of one delivery by different ids of the network: each sees what the one before it made of it.
        var messages = new Dictionary<long, ReportedParts>();
        while (await reader.ReadAsync())
        {
            var (report, id, message) = (reports[reader.GetInt32(0) - 1], reader.GetGuid(2), reader.GetInt64(3));
            if (!messages.TryGetValue(message, out var parts)) messages.Add(message, parts = new ReportedParts());
            parts.Found(id, reader.GetInt32(10), Word.Read<MessageStatus>(reader.GetString(5)), reader.IsDBNull(11) ? null : reader.GetString(11));
            if (!reader.GetBoolean(1)) continue;
            report.Waited = waited.GetValueOrDefault((report.Account.Id, report.ExternalId));
            report.Parts = parts;
            report.Delivery = new ReportedDelivery(
                id, message, reader.GetGuid(4), parts.StatusOf(id), reader.IsDBNull(6) ? null : reader.GetGuid(6), reader.GetInt32(7),
                Word.Read<AttemptTold>(reader.GetString(8)), reader.IsDBNull(9) ? null : Word.Read<MessageStatus>(reader.GetString(9)));
            // Its lane works on it, and would write over what we say here: with the conversation locked it cannot.
            if (report.Delivery.IsOpen && report.Seen is not { Open: true }) throw new LostRaceException();
            if (report.Advances) parts.Advance(id, report.NewStatus, report.Error);
        }
        foreach (var report in reports) report.Conclude();
    }

    /// <summary>It names a delivery that does not bear the network's id yet.</summary>
    private static bool IsUnnamed(Report report) => report is { DeliveryId: not null, Seen.Named: false };

    public static void Write(NpgsqlBatch batch, List<Report> reports, List<Report> advanced)
    {
        var unknown = reports.FindAll(r => r is { Delivery: null, DeliveryId: not null } or { Waits: true });
        if (unknown.Count > 0) AddPark(batch, Park, unknown);
        if (advanced.Count == 0) return;
        var last = advanced.GroupBy(r => (r.Account.TenantId, r.Delivery!.Id)).Select(g => g.Last()).ToList();
        batch.Add(AdvanceDeliveries).Column(last, r => r.Account.TenantId).Column(last, r => r.Delivery!.Id)
            .Column(last, r => Word.Of(r.NewStatus)).Column(last, r => r.ExternalId).Column(last, r => r.Error)
            .Column(last, r => r.Arrival.At);
        var messages = last.DistinctBy(r => (r.Account.TenantId, r.Delivery!.MessageId)).ToList();
        batch.Add(AdvanceMessages).Column(messages, r => r.Account.TenantId).Column(messages, r => r.Delivery!.MessageId)
            .Column(messages, r => Word.Of(r.Parts!.Status)).Column(messages, r => r.Parts!.Error).Column(messages, r => r.ExternalId);
        Settle(batch, advanced.FindAll(r => r.Settles));
    }

    /// <summary>A report about a send that is still open answers it: the lane goes on.</summary>
    private static void Settle(NpgsqlBatch batch, List<Report> open)
    {
        if (open.Count == 0) return;
        batch.Add(SettleAttempts).Column(open, r => r.Account.TenantId).Column(open, r => r.Delivery!.AttemptId!.Value)
            .Column(open, r => r.Arrival.At).Column(open, r => r.AttemptExternalId).Column(open, r => Word.Of(r.By));
        batch.Add(FreeLanes).Column(open, r => r.Account.TenantId).Column(open, r => r.Delivery!.ConversationId)
            .Column(open, r => r.Delivery!.AttemptId!.Value).Column(open, r => r.Arrival.At).Column(open, r => r.NextSendAt);
    }

    private static void AddPark(NpgsqlBatch batch, string how, List<Report> reports) => batch.Add(how)
        .Column(reports, r => r.Account.TenantId).Column(reports, r => r.Account.Id).Column(reports, r => r.ExternalId)
        .Column(reports, r => (int)r.Status).Column(reports, r => r.Error).Column(reports, r => r.Arrival.At);
}
