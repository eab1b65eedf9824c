using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>Gives conversations back to the agent when the time they were held for is over. Time is a column, so restarts forget nothing.</summary>
internal sealed class HeldUntilSweep(Databases databases, HolderChanges holders, TimeProvider time, ILogger<HeldUntilSweep> log)
    : Sweep(TimeSpan.FromSeconds(1), time, log)
{
    private const int Batch = 200;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var now = Time.Now();
        await using var look = databases.ForSystem();
        var due = await look.Conversations.AsNoTracking().Where(c => c.HeldUntil <= now).OrderBy(c => c.HeldUntil).Take(Batch)
            .Select(c => new { c.TenantId, c.Id }).ToListAsync(cancel);
        await EachAsync(due, async conversation =>
        {
            await using var db = databases.ForSystem();
            await db.WriteAsync(
                async () =>
                {
                    // Held for longer, or given back, between the look and the lock.
                    if (await db.LockConversationAsync(conversation.TenantId, conversation.Id, cancel) is not { } locked) return;
                    if (locked.HeldUntil > now || !await db.ReleaseAsync(locked, now, cancel)) return;
                    db.RecordOverride(locked, OverrideEventKind.Expired, Holder.Nobody);
                },
                cancel);
            holders.Announce(conversation.TenantId, conversation.Id);
        }, cancel);
    }
}
