using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Intake.Singles;

/// <summary>
/// Applies the changes that overtook the answer to our own send: somebody reacted to a message before its network had told us the id. Whoever
/// stores a message that was received applies what waits for it at once; this is for the rest, which is very little.
/// </summary>
internal sealed class WaitingChangesSweep(Databases databases, TimeProvider time, ILogger<WaitingChangesSweep> log)
    : Sweep(TimeSpan.FromSeconds(1), time, log)
{
    private const int Most = 200;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        await using var look = databases.ForSystem();
        var ready = await look.ExternalIds.AsNoTracking().Where(e => e.PendingChanges != null && e.MessageId != null)
            .OrderBy(e => e.At).Take(Most).ToListAsync(cancel);
        await EachAsync(ready, async id =>
        {
            await using var db = databases.ForSystem();
            await db.WriteAsync(() => ApplyAsync(db, id, cancel), cancel);
        }, cancel);
    }

    private static async Task ApplyAsync(AppDb db, ExternalId seen, CancellationToken cancel)
    {
        var conversation = await db.Messages.Where(m => m.TenantId == seen.TenantId && m.Id == seen.MessageId).Select(m => m.ConversationId).SingleAsync(cancel);
        await db.LockConversationAsync(seen.TenantId, conversation, cancel);
        // Another node may have been first.
        var id = await db.ExternalIds.SingleAsync(e => e.TenantId == seen.TenantId && e.AccountId == seen.AccountId && e.Id == seen.Id, cancel);
        if (id is not { MessageId: { } message, PendingChanges: { } waiting }) return;
        id.PendingChanges = null;
        await Targets.ApplyWaitingAsync(id.TenantId, message, waiting, db);
    }
}
