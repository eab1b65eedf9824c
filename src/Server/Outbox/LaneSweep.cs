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
internal sealed class LaneSweep(Databases databases, Outgoing outgoing, Listening listening, TimeProvider time, ILogger<LaneSweep> log)
    : Sweep(TimeSpan.FromSeconds(1), time, log)
{
    /// <summary>Lanes woken at once; the accounts take turns.</summary>
    private const int Most = 2000;

    /// <summary>Lanes set going by one transaction.</summary>
    private const int Page = 500;

    /// <summary>A little longer than a node may remember an account as it was.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(7);

    /// <summary>Accounts that changed in this time are looked at.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromSeconds(20);

    private readonly Dictionary<Guid, (DateTimeOffset ChangedAt, bool Again)> _resumed = [];
    private bool _hasLooked;
    private DateTimeOffset? _listeningSince;

    /// <summary>Lanes due until then were woken.</summary>
    private DateTimeOffset _lookedUntil;

    protected override bool LooksAtOnce => true;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var now = Time.Now();
        await using var db = databases.ForSystem();
        await ResumeAsync(db, now, cancel);
        var until = now + Ahead(now);
        foreach (var lane in await DueAsync(db, now, _lookedUntil, until, cancel)) outgoing.Wake(lane.Tenant, lane.Id, lane.Account);
        _lookedUntil = until;
    }

    /// <summary>
    /// Lanes that stood in line when a node died would be found only after <see cref="Lane.Patience"/>: until then lanes are looked for by so
    /// much earlier. Woken too soon, they see that their time has not come.
    /// </summary>
    private TimeSpan Ahead(DateTimeOffset now)
    {
        if (listening.Since is not { } since) return TimeSpan.Zero;
        if (since != _listeningSince) (_listeningSince, _lookedUntil) = (since, now);
        return now - since < Lane.Patience ? Lane.Patience : TimeSpan.Zero;
    }

    /// <summary>The longest due of each account, then the next of each: nobody's long queue hides another's only message.</summary>
    private static Task<List<DueLane>> DueAsync(AppDb db, DateTimeOffset now, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var (due, after, last) = (Stored(now), Stored(from), Stored(until));
        return db.Conversations.FromSql($"""
            SELECT c.* FROM conversation c JOIN (
              SELECT tenant_id, id, row_number() OVER (PARTITION BY tenant_id, account_id ORDER BY lane_due_at) AS place
              FROM conversation WHERE lane_due_at <= {last} AND (lane_due_at <= {due} OR lane_due_at > {after})) d ON d.tenant_id = c.tenant_id AND d.id = c.id
            ORDER BY d.place LIMIT {Most}
            """).AsNoTracking().Select(c => new DueLane(c.TenantId, c.Id, c.AccountId)).ToListAsync(cancel);

        // As the column is stored: parameters of such a query have no column to take a form from.
        object Stored(DateTimeOffset moment) => db is SqliteDb ? moment.ToUnixTimeMilliseconds() : moment;
    }

    /// <summary>
    /// The queues of accounts that were connected again, or set otherwise, go on at once; and once more when no node can know the account
    /// as it was any longer. A node that has just started looks at all changes that another may have left undone.
    /// </summary>
    private async Task ResumeAsync(AppDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var since = now - (_hasLooked ? Lately : Lane.ParkedCheck);
        var changed = await db.ChannelAccounts.Where(a => a.State == AccountState.Connected && a.UpdatedAt > since)
            .Select(a => new { a.TenantId, a.Id, a.UpdatedAt }).ToListAsync(cancel);
        foreach (var account in changed)
        {
            var known = _resumed.TryGetValue(account.Id, out var before) && before.ChangedAt == account.UpdatedAt;
            var isOver = account.UpdatedAt <= now - Forgotten;
            if (known && !(before.Again && isOver)) continue;
            await ResumeAsync(db, account.TenantId, account.Id, now, cancel);
            _resumed[account.Id] = (account.UpdatedAt, !isOver);
        }
        foreach (var old in _resumed.Where(r => r.Value.ChangedAt <= since).Select(r => r.Key).ToList()) _resumed.Remove(old);
        _hasLooked = true;
    }

    /// <summary>A page at a time, each locked in the order that everybody keeps.</summary>
    private static async Task ResumeAsync(AppDb db, Guid tenant, Guid account, DateTimeOffset now, CancellationToken cancel)
    {
        List<Guid> page;
        do
        {
            page = await db.Conversations.Where(c => c.TenantId == tenant && c.AccountId == account && c.LaneDueAt > now)
                .OrderBy(c => c.Id).Select(c => c.Id).Take(Page).ToListAsync(cancel);
            if (page.Count == 0) return;
            await db.WriteAsync(
                async () =>
                {
                    await db.LockConversationsAsync(tenant, page, cancel);
                    await db.Conversations.Where(c => c.TenantId == tenant && page.Contains(c.Id) && c.LaneDueAt > now)
                        .ExecuteUpdateAsync(c => c.SetProperty(x => x.LaneDueAt, now), cancel);
                },
                cancel);
            db.ChangeTracker.Clear();
        }
        while (page.Count == Page);
    }

    private sealed record DueLane(Guid Tenant, Guid Id, Guid Account);
}
