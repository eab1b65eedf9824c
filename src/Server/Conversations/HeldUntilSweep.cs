using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations;

/// <summary>Gives conversations back to the agent when the time they were held for is over. Time is a column, so restarts forget nothing.</summary>
internal sealed class HeldUntilSweep(Databases databases, HolderChanges holders, TimeProvider time, ILogger<HeldUntilSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int Batch = 200;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Whatever fails here is due again at the next tick.
            try { await ReleaseDueAsync(stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "Conversations held until now could not be given back."); }
        }
    }

    private async Task ReleaseDueAsync(CancellationToken cancel)
    {
        var now = time.Now();
        await using var look = databases.ForSystem();
        var due = await look.Conversations.AsNoTracking().Where(c => c.HeldUntil <= now).OrderBy(c => c.HeldUntil).Take(Batch)
            .Select(c => new { c.TenantId, c.Id }).ToListAsync(cancel);
        foreach (var conversation in due)
        {
            await using var db = databases.ForSystem();
            await db.WriteAsync(
                async () =>
                {
                    // Held for longer, or given back, between the look and the lock.
                    if (await db.LockConversationAsync(conversation.TenantId, conversation.Id, cancel) is not { } locked) return;
                    if (locked.HeldUntil > now || !locked.Release(now)) return;
                    db.RecordOverride(locked, OverrideEventKind.Expired, "");
                },
                cancel);
            holders.Announce(conversation.TenantId, conversation.Id);
        }
    }
}
