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

    /// <summary>
    /// Sets a sent message's status to the lowest of its parts, failed if any part failed, and its network id when it has none yet.
    /// </summary>
    /// <param name="tenant">SQL for the tenant's id.</param>
    /// <param name="message">SQL for the message's id.</param>
    /// <param name="externalId">SQL for the network's id.</param>
    /// <param name="from">A FROM clause that the other three speak of, or nothing.</param>
    public static string AdvanceMessage(string tenant, string message, string externalId, string from = "") => $"""
        UPDATE message SET
            status = (SELECT d.status FROM delivery d WHERE d.tenant_id = {tenant} AND d.message_id = {message}
                      ORDER BY CASE d.status WHEN 'failed' THEN 0 WHEN 'cancelled' THEN 1 WHEN 'withdrawn' THEN 2 WHEN 'queued' THEN 3
                               WHEN 'sending' THEN 4 WHEN 'uncertain' THEN 5 WHEN 'sent' THEN 6 WHEN 'delivered' THEN 7 WHEN 'read' THEN 8 ELSE 9 END
                      LIMIT 1),
            error = (SELECT d.error FROM delivery d WHERE d.tenant_id = {tenant} AND d.message_id = {message} AND d.status = 'failed'
                     ORDER BY d.part LIMIT 1),
            external_id = coalesce(message.external_id, {externalId})
        {from} WHERE message.tenant_id = {tenant} AND message.id = {message}
        """;
}
