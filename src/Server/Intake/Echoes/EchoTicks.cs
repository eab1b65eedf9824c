using System.Data.Common;
using System.Globalization;
using ChatOperator.Changes;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Echoes;

/// <summary>
/// Networks report on what a person sent by the phone's own app as they do on ours. Such a message has no delivery: its tick is its own.
/// Runs in the intake's transaction, and only for reports that found no delivery, which are few.
/// </summary>
internal static class EchoTicks
{
    /// <summary>Moves the ticks of the echoes that these reports speak of, and concludes those reports.</summary>
    public static async Task ApplyAsync(IReadOnlyList<Report> reports, Databases databases, DbConnection connection)
    {
        await using var db = databases.OnConnection(connection);
        foreach (var ofAccount in reports.GroupBy(r => (Tenant: r.Account.TenantId, Account: r.Account.Id)))
        {
            var ids = ofAccount.Select(r => r.ExternalId).ToArray();
            var known = await db.ExternalIds.AsNoTracking()
                .Where(e => e.TenantId == ofAccount.Key.Tenant && e.AccountId == ofAccount.Key.Account && ids.Contains(e.Id) && e.MessageId != null && e.DeliveryId == null)
                .ToDictionaryAsync(e => e.Id, e => e.MessageId!.Value);
            // In the order of locks that holds everywhere.
            foreach (var report in ofAccount.Where(r => known.ContainsKey(r.ExternalId)).OrderBy(r => known[r.ExternalId]))
                await ApplyAsync(report, known[report.ExternalId], db);
        }
        await Writing.SaveInTransactionAsync(db);
    }

    private static async Task ApplyAsync(Report report, long id, AppDb db)
    {
        var (tenant, status) = (report.Account.TenantId, report.NewStatus);
        var rows = db is PostgresDb
            ? db.Messages.FromSql($"SELECT * FROM message WHERE tenant_id = {tenant} AND id = {id} FOR UPDATE")
            : db.Messages.Where(m => m.TenantId == tenant && m.Id == id);
        if ((await rows.ToListAsync()).SingleOrDefault() is not { Author: MessageAuthor.Echo or MessageAuthor.System } message) return;
        var advances = MessageStatusRank.Advances(message.Status, status);
        report.Conclude(message, advances);
        if (!advances) return;
        (message.Status, message.Error) = (status, report.Error);
        db.Record(tenant, ChangeKind.Message, message.Id.ToString(CultureInfo.InvariantCulture), message.ConversationId);
    }
}
