using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>
/// Finds lanes whose time has come and wakes them: after a start, after a node died, after a lost wake, after a long wait. On a healthy node
/// it finds next to nothing.
/// </summary>
internal sealed class LaneSweep(Databases databases, Outgoing outgoing, TimeProvider time, ILogger<LaneSweep> log)
    : Sweep(TimeSpan.FromSeconds(1), time, log)
{
    /// <summary>Lanes woken at once, the longest due first, whoever's they are.</summary>
    private const int Most = 2000;

    /// <summary>A little longer than a node may remember an account as it was.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(7);

    protected override bool LooksAtOnce => true;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var now = Time.Now();
        await using var db = databases.ForSystem();
        await ResumeAsync(db, now, cancel);
        var due = await db.Conversations.Where(c => c.LaneDueAt <= now).OrderBy(c => c.LaneDueAt)
            .Select(c => new { c.TenantId, c.Id, c.AccountId }).Take(Most).ToListAsync(cancel);
        foreach (var lane in due) outgoing.Wake(lane.TenantId, lane.Id, lane.AccountId);
    }

    /// <summary>
    /// The queues of accounts that were connected again, or set otherwise, go on at once: asked for as long as other nodes may still know
    /// the account as it was.
    /// </summary>
    private static async Task ResumeAsync(AppDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var since = now - Forgotten;
        var changed = await db.ChannelAccounts.Where(a => a.State == AccountState.Connected && a.UpdatedAt > since)
            .Select(a => new { a.TenantId, a.Id }).ToListAsync(cancel);
        foreach (var account in changed)
            await db.WriteAsync(
                () => db.Conversations.Where(c => c.TenantId == account.TenantId && c.AccountId == account.Id && c.LaneDueAt > now)
                    .ExecuteUpdateAsync(c => c.SetProperty(x => x.LaneDueAt, now), cancel),
                cancel);
    }
}
