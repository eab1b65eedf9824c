using System.Data.Common;
using ChatOperator.Db;
using ChatOperator.Outbox;

namespace ChatOperator.Intake;

/// <summary>What failures among a batch's reports ask for, in the batch's own transaction.</summary>
internal static class LateReports
{
    /// <summary>Whether there are any.</summary>
    public static bool HasLateFailures(this Batch batch) => batch.Reports.Exists(r => r is { AsksForMore: true, Advances: true });

    /// <summary>Once the reports are written.</summary>
    public static async Task ApplyAsync(this LateFailures failures, Batch batch, Databases databases, DbConnection connection)
    {
        await using var db = databases.OnConnection(connection);
        foreach (var report in batch.Reports)
            if (report is { AsksForMore: true, Advances: true, Delivery: { } failed })
                await failures.ApplyAsync(db, report.Account, failed.ConversationId, failed.Id, report.Failure!);
        await Writing.SaveInTransactionAsync(db);
    }
}
