using ChatOperator.Harness;
using ChatOperator.Hosting;


namespace ChatOperator.Bench;

/// <summary>Sent messages for statuses to speak of, as the outbox would have left them.</summary>
internal static class Sends
{
    private static long _ids = 1_000_000_000;

    /// <summary>So many messages, each sent to a known contact and not yet delivered.</summary>
    public static async Task<List<(string, Guid, string, string)>> MakeAsync(DatabaseProvider provider, Installation installation, BenchAccount account, int count)
    {
        var connectionString = History.ConnectionString(provider, installation);
        var (tenant, conversations) = await Populate.ConversationsAsync(provider, connectionString, account.Id);
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var rows = Enumerable.Range(0, count).Select(i =>
        {
            var id = ++_ids;
            return (Message: id, Delivery: Guid.CreateVersion7(now), Conversation: conversations[(int)(i * 7919L % conversations.Count)],
                ExternalId: $"wamid.{(ulong)id * 0x9E3779B97F4A7C15:x16}{id:d12}");
        }).ToList();

        object no = provider == DatabaseProvider.Postgres ? false : 0;
        await using (var messages = await BulkTable.OpenAsync(provider, connectionString, "message",
            "tenant_id", "id", "conversation_id", "author", "type", "text", "at", "arrived_at", "external_id", "correlation_id", "status"))
            foreach (var r in rows)
                await messages.AddAsync(tenant, r.Message, r.Conversation, "operator", "text", "On its way.", now, now, r.ExternalId, r.Delivery, "sent");
        await using (var deliveries = await BulkTable.OpenAsync(provider, connectionString, "delivery",
            "tenant_id", "id", "conversation_id", "account_id", "message_id", "part", "content:jsonb", "by_agent", "lock_version", "status", "attempts", "external_id", "awaits_marks"))
            foreach (var r in rows)
                await deliveries.AddAsync(tenant, r.Delivery, r.Conversation, account.Id, r.Message, 0, """{"type":"text","body":"On its way."}""",
                    no, 0, "sent", 1, r.ExternalId, no);
        await using (var ids = await BulkTable.OpenAsync(provider, connectionString, "external_id",
            "tenant_id", "account_id", "id", "message_id", "delivery_id", "pending_rank", "at"))
            foreach (var r in rows) await ids.AddAsync(tenant, account.Id, r.ExternalId, r.Message, r.Delivery, 0, now);
        await IndexAsync(provider, connectionString, tenant, rows[0].Message, rows[^1].Message);
        return [.. rows.Select(r => (r.ExternalId, r.Delivery, "5491100000000", "delivered"))];
    }

    /// <summary>As the search's follower would have done: it does so within a second of a send, long before the reports.</summary>
    private static async Task IndexAsync(DatabaseProvider provider, string connectionString, Guid tenant, long first, long last)
    {
        if (provider == DatabaseProvider.Postgres)
            await History.ExecuteAsync(provider, connectionString, $"""
                INSERT INTO message_search (tenant_id, message_id, words)
                SELECT tenant_id, id, to_tsvector('simple', text) FROM message WHERE tenant_id = '{tenant}' AND id BETWEEN {first} AND {last}
                """);
        else
            await History.ExecuteAsync(provider, connectionString,
                $"INSERT INTO message_search (rowid, words) SELECT id, text FROM message WHERE id BETWEEN {first} AND {last}");
    }
}
