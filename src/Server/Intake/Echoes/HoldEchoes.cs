using System.Data.Common;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Echoes;

/// <summary>
/// Takes echoes of unknown origin, in the intake's transaction: one whose id we know is ours; one that says what an uncertain send said
/// settles it; any other is held. The conversation is locked first, so an echo and the answer to its send never miss each other.
/// </summary>
internal sealed class HoldEchoes(Databases databases, Settings settings)
{
    public async Task ApplyAsync(Batch batch, DbConnection connection)
    {
        await using var db = databases.OnConnection(connection);
        foreach (var echo in batch.Unexplained.ToList())
        {
            await ApplyAsync(echo, HeldEcho.Of(echo, echo.Arrival.At + TimeSpan.FromSeconds(settings.Intake.EchoHoldSeconds)), batch, db);
            await Writing.SaveInTransactionAsync(db);
            db.ChangeTracker.Clear();
        }
    }

    private static async Task ApplyAsync(NewMessage echo, HeldEcho held, Batch batch, AppDb db)
    {
        if (db is PostgresDb)
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM conversation WHERE tenant_id = {held.TenantId} AND id = {held.ConversationId} FOR UPDATE");
        echo.Item.ConversationId = held.ConversationId;
        var known = await db.KnownAsync(held);
        if (known?.MessageId is { } message)
        {
            echo.Item.MessageId = message;
            echo.Item.Conclude(known.DeliveryId is null ? Verdict.Duplicate : Verdict.Applied, known.DeliveryId is null ? null : "own_echo");
        }
        else if (await db.HeldEchoes.AnyAsync(h => h.TenantId == held.TenantId && h.AccountId == held.AccountId && h.ExternalId == held.ExternalId))
        {
            echo.SeenBefore();
        }
        else if (!held.WasSentElsewhere && await db.SayingSameAsync(held, MessageStatus.Uncertain) is { } open)
        {
            await db.SettleAsync(held, open, known, echo.Arrival.At);
            await db.Conversations.Where(c => c.TenantId == held.TenantId && c.Id == held.ConversationId)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.LaneDueAt, echo.Arrival.At));
            batch.Settled.Add((held.TenantId, held.ConversationId, held.AccountId));
            echo.Item.MessageId = open.MessageId;
            echo.Item.Conclude(Verdict.Applied, "own_echo");
        }
        else
        {
            db.HeldEchoes.Add(held);
            await db.Conversations.Where(c => c.TenantId == held.TenantId && c.Id == held.ConversationId)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.EchoHeldUntil, held.DueAt));
            echo.Item.Conclude(Verdict.Applied, "held");
        }
    }
}
