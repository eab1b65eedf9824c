using ChatOperator.Outbox;

namespace ChatOperator.Intake;

/// <summary>What both databases say in the same words about reports.</summary>
internal static class Reporting
{
    /// <summary>
    /// Which of two reports kept for a send that is not known yet is kept: the higher; a failure only while no delivery is proven.
    /// </summary>
    /// <param name="greatest">The database's function for the greater of two values.</param>
    public static string KeepHigher(string greatest) => $"""
        pending_rank = CASE WHEN excluded.pending_rank = 10 AND external_id.pending_rank BETWEEN 2 AND 4 THEN external_id.pending_rank
            WHEN external_id.pending_rank = 10 AND excluded.pending_rank BETWEEN 2 AND 4 THEN excluded.pending_rank
            ELSE {greatest}(external_id.pending_rank, excluded.pending_rank) END,
        pending_error = CASE WHEN excluded.pending_rank = 10 AND external_id.pending_rank NOT BETWEEN 2 AND 4 THEN excluded.pending_error
            WHEN excluded.pending_rank BETWEEN 2 AND 4 THEN NULL ELSE external_id.pending_error END
        """;

    /// <summary>Notes on a delivery when we first heard that it came so far.</summary>
    /// <param name="status">SQL for the reported status.</param>
    /// <param name="at">SQL for the moment.</param>
    /// <param name="row">The delivery's alias with its dot, or nothing.</param>
    public static string Tick(string status, string at, string row = "") => $"""
        sent_at = CASE {status} WHEN 'sent' THEN coalesce({row}sent_at, {at}) ELSE {row}sent_at END,
        delivered_at = CASE {status} WHEN 'delivered' THEN coalesce({row}delivered_at, {at}) ELSE {row}delivered_at END,
        read_at = CASE WHEN {status} IN ('read', 'played') THEN coalesce({row}read_at, {at}) ELSE {row}read_at END,
        failed_at = CASE {status} WHEN 'failed' THEN coalesce({row}failed_at, {at}) ELSE {row}failed_at END
        """;

    /// <summary>
    /// Which attempt of the delivery <c>d</c> a network id belongs to. A delivery that was tried once and does not wait for more has only one.
    /// </summary>
    /// <param name="externalId">SQL for the network's id.</param>
    public static string AttemptTold(string externalId) => $"""
        CASE WHEN d.attempts <= 1 AND d.status NOT IN ('queued', 'cancelled', 'withdrawn') THEN 'current' ELSE (
            SELECT CASE WHEN max(CASE WHEN a.id = d.attempt_id AND a.external_id = {externalId} THEN 1 ELSE 0 END) = 1 THEN 'current'
                WHEN max(CASE WHEN a.external_id = {externalId} OR (a.id = d.attempt_id AND a.external_id IS NOT NULL) THEN 1 ELSE 0 END) = 1 THEN 'earlier'
                ELSE 'unknown' END
            FROM delivery_attempt a WHERE a.tenant_id = d.tenant_id AND a.message_id = d.message_id AND a.delivery_id = d.id) END
        """;

    /// <summary>What a report by time has said already about the delivery <c>d</c>, whose answer is not here yet; null: nothing.</summary>
    public const string Marked = """
        (SELECT CASE WHEN a.started_at <= c.read_until THEN 'read' WHEN a.started_at <= c.delivered_until THEN 'delivered' END
         FROM conversation c JOIN delivery_attempt a ON a.tenant_id = c.tenant_id AND a.id = d.attempt_id
         WHERE c.tenant_id = d.tenant_id AND c.id = d.conversation_id AND d.status IN ('sending', 'uncertain'))
        """;

    /// <summary>Sets a sent message's status to that of its parts, and its network id when it has none yet.</summary>
    /// <param name="tenant">SQL for the tenant's id.</param>
    /// <param name="message">SQL for the message's id.</param>
    /// <param name="externalId">SQL for the network's id.</param>
    /// <param name="from">A FROM clause that the other three speak of, or nothing.</param>
    public static string AdvanceMessage(string tenant, string message, string externalId, string from = "") => $"""
        UPDATE message AS m SET status = {MessageStatusSql.OfParts}, error = {MessageStatusSql.ErrorOfParts},
            external_id = coalesce(m.external_id, {externalId})
        {from} WHERE m.tenant_id = {tenant} AND m.id = {message}
        """;
}
