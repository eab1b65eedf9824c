using ChatOperator.Conversations;
using ChatOperator.Db;
using Npgsql;

namespace ChatOperator.Intake.Postgres;

/// <summary>Reports by time: all of a batch in one round trip for each step, a handful of statements for all ticks of a conversation.</summary>
internal static class PostgresWatermarks
{
    internal static readonly WatermarkSql Sql = new("$", "FOR UPDATE");

    /// <summary>With the conversations locked: keeps the marks, locks the messages that they move on, and concludes.</summary>
    public static async Task AdvanceAsync(PostgresTransaction transaction, List<WatermarkReport> marks)
    {
        var found = marks.FindAll(m => m.ConversationId is not null);
        if (found.Count > 0)
        {
            await using var batch = transaction.Batch();
            foreach (var mark in found)
            {
                Of(batch, mark, Sql.Messages(mark.Status)).Value(mark.Until + Watermark.AnswerLag);
                Of(batch, mark, Sql.Advance(mark.Status));
            }
            await using var reader = await batch.ExecuteReaderAsync();
            foreach (var mark in found)
            {
                while (await reader.ReadAsync()) mark.Messages.Add(reader.GetInt64(0));
                await reader.NextResultAsync();
            }
        }
        foreach (var mark in marks) mark.Conclude();
    }

    /// <summary>After the batch's own reports were written.</summary>
    public static void Write(NpgsqlBatch batch, Batch plan)
    {
        foreach (var mark in plan.Watermarks.Where(m => m.Messages.Count > 0))
        {
            Of(batch, mark, Sql.AdvanceDeliveries(mark.Status)).Value(mark.Until + Watermark.AnswerLag);
            foreach (var message in mark.Messages) batch.Add(Sql.AdvanceMessage(mark.Status)).Value(mark.Account.TenantId).Value(message);
        }
        foreach (var echo in plan.Messages.Where(m => m is { IsNew: true, Inbound: false }))
            batch.Add(Sql.CatchUp).Value(echo.Account.TenantId).Value(echo.Id);
    }

    private static NpgsqlBatchCommand Of(NpgsqlBatch batch, WatermarkReport mark, string sql) =>
        batch.Add(sql).Value(mark.Account.TenantId).Value(mark.ConversationId!.Value).Value(mark.Until);
}
