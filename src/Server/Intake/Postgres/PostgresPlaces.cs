using ChatOperator.Db;

namespace ChatOperator.Intake.Postgres;

/// <summary>
/// Which conversations those items of a batch speak of that name a person or a message only: found before anything is locked, so that all
/// conversations can be locked at once and in order.
/// </summary>
internal static class PostgresPlaces
{
    private static readonly WatermarkSql Sql = PostgresWatermarks.Sql;

    public static async Task FindAsync(PostgresTransaction transaction, Batch plan)
    {
        var changes = plan.Singles.FindAll(s => s.Target is not null);
        if (plan.Watermarks.Count + changes.Count == 0) return;
        await using var batch = transaction.Batch();
        foreach (var mark in plan.Watermarks)
        {
            batch.Add(Sql.ConversationOfMessage).Value(mark.Account.TenantId).Value(mark.Account.Id).Value(mark.LastExternalId ?? "");
            batch.Add(Sql.ConversationOfPerson).Value(mark.Account.TenantId).Value(mark.Account.Id).Value(mark.Address ?? "");
        }
        foreach (var change in changes)
            batch.Add(Sql.ConversationOfMessage).Value(change.Account.TenantId).Value(change.Account.Id).Value(change.Target!.Value.Id);
        await using var reader = await batch.ExecuteReaderAsync();
        foreach (var mark in plan.Watermarks)
        {
            var known = await reader.ReadAsync();
            if (known) mark.Found(reader.GetGuid(0), reader.GetFieldValue<DateTimeOffset>(1));
            await reader.NextResultAsync();
            if (await reader.ReadAsync() && !known) mark.Found(reader.GetGuid(0), null);
            await reader.NextResultAsync();
        }
        foreach (var change in changes)
        {
            if (await reader.ReadAsync()) change.ConversationId = reader.GetGuid(0);
            await reader.NextResultAsync();
        }
    }
}
