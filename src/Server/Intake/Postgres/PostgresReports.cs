using ChatOperator.Conversations;
using ChatOperator.Db;
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
        WHERE external_id.delivery_id IS NULL
        """;

    private const string LockMessages = """
        SELECT 1 FROM message m WHERE (m.tenant_id, m.id) IN (
            SELECT d.tenant_id, d.message_id FROM unnest($1, $2) AS r(tenant, delivery) JOIN delivery d ON d.tenant_id = r.tenant AND d.id = r.delivery
            UNION SELECT e.tenant_id, e.message_id FROM unnest($1, $3, $4) AS r(tenant, account, ext)
                JOIN external_id e ON e.tenant_id = r.tenant AND e.account_id = r.account AND e.id = r.ext WHERE e.delivery_id IS NOT NULL)
        ORDER BY m.tenant_id, m.id FOR UPDATE
        """;

    private const string Find = """
        SELECT r.ord::int, d.id, d.message_id, d.conversation_id, d.status, d.attempt_id, e.delivery_id IS NOT NULL
        FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS r(tenant, delivery, account, ext, ord)
        LEFT JOIN external_id e ON e.tenant_id = r.tenant AND e.account_id = r.account AND e.id = r.ext
        JOIN delivery d ON d.tenant_id = r.tenant AND d.account_id = r.account AND d.id = coalesce(r.delivery, e.delivery_id)
        """;

    private const string NameDeliveries = """
        INSERT INTO external_id (tenant_id, account_id, id, message_id, delivery_id, pending_rank, at)
        SELECT tenant, account, ext, message, delivery, 0, at FROM unnest($1, $2, $3, $4, $5, $6) AS u(tenant, account, ext, message, delivery, at)
        ORDER BY tenant, account, ext
        ON CONFLICT (tenant_id, account_id, id) DO UPDATE SET message_id = excluded.message_id, delivery_id = excluded.delivery_id
        """;

    private const string AdvanceDeliveries = """
        UPDATE delivery d SET status = u.status, external_id = coalesce(d.external_id, u.ext), error = u.error::jsonb, settle_at = NULL
        FROM unnest($1, $2, $3, $4, $5) AS u(tenant, id, status, ext, error) WHERE d.tenant_id = u.tenant AND d.id = u.id
        """;

    private static readonly string AdvanceMessages =
        Reporting.AdvanceMessage("u.tenant", "u.message", "u.ext", "FROM unnest($1, $2, $3) AS u(tenant, message, ext)");

    private const string SettleAttempts = """
        UPDATE delivery_attempt a SET outcome = 'settled', ended_at = coalesce(a.ended_at, u.at), external_id = u.ext
        FROM unnest($1, $2, $3, $4) AS u(tenant, attempt, at, ext)
        WHERE a.tenant_id = u.tenant AND a.id = u.attempt AND (a.outcome IS NULL OR a.outcome = 'uncertain')
        """;

    private const string FreeLanes = """
        UPDATE conversation c SET in_flight = CASE WHEN c.in_flight = u.attempt THEN NULL ELSE c.in_flight END, lane_due_at = u.at
        FROM unnest($1, $2, $3, $4) AS u(tenant, id, attempt, at) WHERE c.tenant_id = u.tenant AND c.id = u.id
        """;

    public static void Look(NpgsqlBatch batch, List<Report> reports)
    {
        var strangers = reports.Where(r => r.DeliveryId is null).ToList();
        if (strangers.Count > 0) AddPark(batch, strangers);
        batch.Add(LockMessages).Column(reports, r => r.Account.TenantId).Column(reports, r => r.DeliveryId)
            .Column(reports, r => r.Account.Id).Column(reports, r => r.ExternalId);
        batch.Add(Find).Column(reports, r => r.Account.TenantId).Column(reports, r => r.DeliveryId)
            .Column(reports, r => r.Account.Id).Column(reports, r => r.ExternalId);
    }

    /// <summary>Reads what <see cref="Look"/> asked for and concludes the reports' items.</summary>
    public static async Task ReadAsync(NpgsqlDataReader reader, List<Report> reports)
    {
        await reader.NextResultAsync();
        await reader.NextResultAsync();
        while (await reader.ReadAsync())
            reports[reader.GetInt32(0) - 1].Delivery = new ReportedDelivery(
                reader.GetGuid(1), reader.GetInt64(2), reader.GetGuid(3), Word.Read<MessageStatus>(reader.GetString(4)),
                reader.IsDBNull(5) ? null : reader.GetGuid(5), reader.GetBoolean(6));
        foreach (var report in reports) report.Conclude();
    }

    public static void Write(NpgsqlBatch batch, List<Report> reports, List<Report> advanced)
    {
        var unknown = reports.Where(r => r is { Delivery: null, DeliveryId: not null }).ToList();
        if (unknown.Count > 0) AddPark(batch, unknown);
        if (advanced.Count == 0) return;
        var unnamed = advanced.Where(r => !r.Delivery!.ExternalIdKnown).ToList();
        if (unnamed.Count > 0)
            batch.Add(NameDeliveries).Column(unnamed, r => r.Account.TenantId).Column(unnamed, r => r.Account.Id).Column(unnamed, r => r.ExternalId)
                .Column(unnamed, r => r.Delivery!.MessageId).Column(unnamed, r => r.Delivery!.Id).Column(unnamed, r => r.Arrival.At);
        batch.Add(AdvanceDeliveries).Column(advanced, r => r.Account.TenantId).Column(advanced, r => r.Delivery!.Id)
            .Column(advanced, r => Word.Of(r.NewStatus)).Column(advanced, r => r.ExternalId).Column(advanced, r => r.Error);
        batch.Add(AdvanceMessages).Column(advanced, r => r.Account.TenantId).Column(advanced, r => r.Delivery!.MessageId).Column(advanced, r => r.ExternalId);
        Settle(batch, [.. advanced.Where(r => r.Delivery is { Status: MessageStatus.Sending or MessageStatus.Uncertain, AttemptId: not null })]);
    }

    /// <summary>A report about a send that is still open answers it: the lane goes on.</summary>
    private static void Settle(NpgsqlBatch batch, List<Report> open)
    {
        if (open.Count == 0) return;
        var uncertain = open.Where(r => r.Delivery!.Status == MessageStatus.Uncertain).ToList();
        if (uncertain.Count > 0)
            batch.Add(SettleAttempts).Column(uncertain, r => r.Account.TenantId).Column(uncertain, r => r.Delivery!.AttemptId!.Value)
                .Column(uncertain, r => r.Arrival.At).Column(uncertain, r => r.ExternalId);
        batch.Add(FreeLanes).Column(open, r => r.Account.TenantId).Column(open, r => r.Delivery!.ConversationId)
            .Column(open, r => r.Delivery!.AttemptId!.Value).Column(open, r => r.Arrival.At);
    }

    private static void AddPark(NpgsqlBatch batch, List<Report> reports) => batch.Add(Park)
        .Column(reports, r => r.Account.TenantId).Column(reports, r => r.Account.Id).Column(reports, r => r.ExternalId)
        .Column(reports, r => (int)r.Status).Column(reports, r => r.Error).Column(reports, r => r.Arrival.At);
}
