using ChatOperator.Attachments.Inbound;
using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Echoes;

/// <summary>
/// Ends the holding of echoes: as soon as the send behind one is known, else when its time is over. Then a person wrote it. Time is a
/// column, so restarts forget nothing.
/// </summary>
internal sealed class HeldEchoSweep(Databases databases, Outgoing outgoing, AccountDirectory accounts, FetchQueue files, TimeProvider time, ILogger<HeldEchoSweep> log)
    : Sweep(TimeSpan.FromSeconds(0.5), time, log)
{
    private const int Most = 200;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var now = Time.Now();
        await using var look = databases.ForSystem();
        var (ids, deliveries) = (look.ExternalIds, look.Deliveries);
        var ready = await look.HeldEchoes.AsNoTracking()
            .Where(h => h.DueAt <= now
                || ids.Any(e => e.TenantId == h.TenantId && e.AccountId == h.AccountId && e.Id == h.ExternalId && e.MessageId != null)
                || deliveries.Any(d => d.TenantId == h.TenantId && d.ConversationId == h.ConversationId && d.Status == MessageStatus.Uncertain))
            .OrderBy(h => h.DueAt).Take(Most).ToListAsync(cancel);
        await EachAsync(ready, async echo =>
        {
            await using var db = databases.ForSystem();
            if (!await db.WriteAsync(() => EndAsync(db, echo, now, cancel), cancel)) return;
            outgoing.Wake(echo.TenantId, echo.ConversationId, echo.AccountId);
            if (echo.Content is not null) files.Wake();
        }, cancel);
    }

    /// <summary>Whether the holding ended.</summary>
    private async Task<bool> EndAsync(AppDb db, HeldEcho seen, DateTimeOffset now, CancellationToken cancel)
    {
        if (await db.LockConversationAsync(seen.TenantId, seen.ConversationId, cancel) is not { } conversation) return false;
        // Another node may have been first.
        var echo = await db.HeldEchoes.SingleOrDefaultAsync(
            h => h.TenantId == seen.TenantId && h.AccountId == seen.AccountId && h.ExternalId == seen.ExternalId, cancel);
        if (echo is null) return false;
        var known = await db.KnownAsync(echo, cancel);
        if (known?.MessageId is null)
        {
            if (!echo.WasSentElsewhere && await db.SayingSameAsync(echo, MessageStatus.Uncertain, cancel) is { } open) await db.SettleAsync(echo, open, known, now, cancel);
            // A send that says the same is still on its way: its answer names its id.
            else if (echo.DueAt > now || !echo.WasSentElsewhere && await db.SayingSameAsync(echo, MessageStatus.Sending, cancel) is not null) return false;
            else await PersonsWord.TakeAsync(db, conversation, echo, known, (await accounts.ByIdAsync(echo.TenantId, echo.AccountId, cancel))?.Channel, now, cancel);
        }

        db.HeldEchoes.Remove(echo);
        var others = db.HeldEchoes.Where(h => h.TenantId == echo.TenantId && h.ConversationId == echo.ConversationId && h.ExternalId != echo.ExternalId);
        conversation.EchoHeldUntil = await others.MaxAsync(h => (DateTimeOffset?)h.DueAt, cancel);
        conversation.LaneDueAt = now;
        return true;
    }
}
