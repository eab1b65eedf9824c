using ChatOperator.Db;
using Npgsql;

namespace ChatOperator.Intake.Postgres;

/// <summary>Receipts and the counters of their items.</summary>
internal static class PostgresReceipts
{
    private const string Insert = """
        INSERT INTO receipt (tenant_id, id, received_at, channel, account_id, body, compressed, verdict, reason, lag_ms, items, signature)
        SELECT tenant, id, at, channel, account, body, compressed, verdict, reason, lag, items::jsonb, signature::jsonb
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            AS u(tenant, id, at, channel, account, body, compressed, verdict, reason, lag, items, signature)
        """;

    private const string Update = """
        UPDATE receipt r SET verdict = u.verdict, reason = u.reason, items = u.items::jsonb
        FROM unnest($1, $2, $3, $4, $5) AS u(tenant, id, verdict, reason, items) WHERE r.tenant_id = u.tenant AND r.id = u.id
        """;

    private const string Recall = """
        SELECT r.tenant_id, r.id, r.items::text FROM receipt r WHERE (r.tenant_id, r.id) IN (SELECT * FROM unnest($1, $2))
        ORDER BY r.tenant_id, r.id FOR UPDATE
        """;

    private const string Count = """
        INSERT INTO intake_count (tenant_id, account_id, day, verdict, items) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (tenant_id, account_id, day, verdict) DO UPDATE SET items = intake_count.items + excluded.items
        """;

    /// <summary>Locks the receipts that are replayed and takes what they say at this moment.</summary>
    public static async Task RecallAsync(PostgresTransaction transaction, IReadOnlyList<Arrival> arrivals)
    {
        var replays = arrivals.Where(a => a.Replays is not null).ToLookup(a => (a.Replays!.TenantId, a.Id));
        if (replays.Count == 0) return;
        await using var batch = transaction.Batch();
        var keys = replays.Select(r => r.Key).ToList();
        batch.Add(Recall).Column(keys, k => k.TenantId).Column(keys, k => k.Id);
        await using var reader = await batch.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            foreach (var replay in replays[(reader.GetGuid(0), reader.GetGuid(1))]) replay.Recall(Receipts.ItemsOf(reader.GetString(2)));
    }

    public static void Write(NpgsqlBatch batch, IReadOnlyList<Arrival> arrivals)
    {
        var counts = Receipts.Counts(arrivals).ToList();
        var stored = arrivals.SelectMany(Receipts.Of).ToList();
        if (stored.Count > 0)
            batch.Add(Insert).Column(stored, r => r.TenantId).Column(stored, r => r.Id).Column(stored, r => r.ReceivedAt).Column(stored, r => r.Channel)
                .Column(stored, r => r.AccountId).Column(stored, r => r.Body).Column(stored, r => r.Compressed).Column(stored, r => Word.Of(r.Verdict))
                .Column(stored, r => r.Reason).Column(stored, r => r.LagMs).Column(stored, r => r.Items)
                .Column(stored, r => r.Signature);
        // Of several replays of one receipt the last counts.
        var replayed = arrivals.Select(Receipts.OfReplay).OfType<Receipt>().GroupBy(r => (r.TenantId, r.Id)).Select(g => g.Last()).ToList();
        if (replayed.Count > 0)
            batch.Add(Update).Column(replayed, r => r.TenantId).Column(replayed, r => r.Id).Column(replayed, r => Word.Of(r.Verdict))
                .Column(replayed, r => r.Reason).Column(replayed, r => r.Items);
        if (counts.Count > 0)
            batch.Add(Count).Column(counts, c => c.TenantId).Column(counts, c => c.AccountId).Column(counts, c => c.Day)
                .Column(counts, c => Word.Of(c.Verdict)).Column(counts, c => c.Items);
    }
}
