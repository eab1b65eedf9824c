using ChatOperator.Channels.Contract;

namespace ChatOperator.Outbox;

/// <summary>The rule that makes a message's status out of its parts', in SQL that both databases read.</summary>
internal static class MessageStatusSql
{
    /// <summary>
    /// A scalar subquery for <c>UPDATE message m</c>: the lowest status of its deliveries, failed if any failed. Parts that were called off
    /// count only when all were.
    /// </summary>
    public const string OfParts = """
        (SELECT CASE max(CASE d.status WHEN 'failed' THEN 1 ELSE 0 END) WHEN 1 THEN 'failed' ELSE
          CASE min(CASE d.status WHEN 'queued' THEN 1 WHEN 'sending' THEN 2 WHEN 'uncertain' THEN 3 WHEN 'sent' THEN 4
              WHEN 'delivered' THEN 5 WHEN 'read' THEN 6 WHEN 'played' THEN 7 WHEN 'cancelled' THEN 8 ELSE 9 END)
            WHEN 1 THEN 'queued' WHEN 2 THEN 'sending' WHEN 3 THEN 'uncertain' WHEN 4 THEN 'sent'
            WHEN 5 THEN 'delivered' WHEN 6 THEN 'read' WHEN 7 THEN 'played' WHEN 8 THEN 'cancelled' ELSE 'withdrawn' END END
         FROM delivery d WHERE d.tenant_id = m.tenant_id AND d.message_id = m.id)
        """;

    /// <summary>In the error of a part that waits because its account cannot send.</summary>
    public const string Paused = nameof(FailureReaction.PauseAccount);

    /// <summary>
    /// A scalar subquery for <c>UPDATE message m</c>: why its first failed part failed, or why its account cannot send it; null otherwise.
    /// </summary>
    public const string ErrorOfParts = $"""
        (SELECT d.error FROM delivery d WHERE d.tenant_id = m.tenant_id AND d.message_id = m.id
         AND (d.status = 'failed' OR (d.status = 'queued' AND CAST(d.error AS text) LIKE '%{Paused}%')) ORDER BY d.status, d.part LIMIT 1)
        """;
}
