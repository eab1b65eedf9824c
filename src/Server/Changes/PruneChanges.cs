using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Changes;

/// <summary>
/// Removes entries older than a day, in small transactions: a long one would hold back every reader of the log on PostgreSQL, and the
/// write gate on SQLite. A client that slept longer reads everything anew.
/// </summary>
internal sealed class PruneChanges(Databases databases, TimeProvider time, ILogger<PruneChanges> log)
    : Sweep(TimeSpan.FromMinutes(5), time, log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private const int Batch = 500;

    /// <summary>Everything that is old enough now, of all tenants.</summary>
    public async Task PruneAsync(CancellationToken cancel = default)
    {
        await using var db = databases.ForSystem();
        foreach (var tenant in await db.Tenants.Select(t => t.Id).ToListAsync(cancel))
            while (await PruneAsync(tenant, Time.GetUtcNow() - Kept, cancel) == Batch) await Task.Delay(TimeSpan.FromMilliseconds(20), Time, cancel);
    }

    private async Task<int> PruneAsync(Guid tenant, DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        return await db.WriteAsync(
            async () =>
            {
                // Nodes prune one after the other, or a mark could fall back behind what is gone.
                await db.OneNodeAtATimeAsync(AdvisoryLock.PruneChanges, cancel);
                var oldest = await db.Changes.AsNoTracking().Where(c => c.TenantId == tenant)
                    .OrderBy(c => c.Xid).ThenBy(c => c.Seq).Take(Batch).ToListAsync(cancel);
                if (oldest.TakeWhile(c => c.At < before).LastOrDefault() is not { } last) return 0;
                var mark = await db.ChangesPruned.SingleOrDefaultAsync(p => p.TenantId == tenant, cancel);
                if (mark is null) db.Add(mark = new ChangePruned { TenantId = tenant });
                (mark.Xid, mark.Seq) = (last.Xid, last.Seq);
                return await db.Changes
                    .Where(c => c.TenantId == tenant && c.Xid <= last.Xid && (c.Xid < last.Xid || c.Seq <= last.Seq)).ExecuteDeleteAsync(cancel);
            },
            cancel);
    }

    protected override Task RoundAsync(CancellationToken cancel) => PruneAsync(cancel);
}
