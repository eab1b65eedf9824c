using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Knowledge;

/// <summary>Indexes anew, entry by entry, what another version of the program indexed by other rules.</summary>
internal sealed class KnowledgeSweep(Databases databases, TimeProvider time, ILogger<KnowledgeSweep> log) : Sweep(TimeSpan.FromHours(1), time, log)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    protected override bool LooksAtOnce => true;

    /// <summary>Everything that is outdated now, of all tenants.</summary>
    public async Task SweepAsync(CancellationToken cancel = default)
    {
        await using var look = databases.ForSystem();
        foreach (var tenant in await look.Tenants.Select(t => t.Id).ToListAsync(cancel))
        {
            await using var db = databases.For(tenant);
            var current = db.KnowledgeWords.Where(w => w.Word == KnowledgeIndex.Rules).Select(w => w.EntryId);
            var outdated = await db.KnowledgeEntries.Where(e => !current.Contains(e.Id)).Select(e => e.Id).ToListAsync(cancel);
            await EachAsync(outdated, id => RenewAsync(tenant, id, cancel), cancel);
        }
    }

    protected override Task RoundAsync(CancellationToken cancel) => SweepAsync(cancel);

    private async Task RenewAsync(Guid tenant, Guid id, CancellationToken cancel)
    {
        await databases.LetWebhooksPassAsync(LongestWait, cancel);
        await using var db = databases.For(tenant);
        await db.WriteAsync(
            async () =>
            {
                // Another node, or an owner, may have been faster.
                if (await KnowledgeIndex.LockAsync(db, tenant, id, cancel) is not { } entry
                    || await db.KnowledgeWords.AnyAsync(w => w.Word == KnowledgeIndex.Rules && w.EntryId == id, cancel)) return 0;
                await KnowledgeIndex.ForgetAsync(db, id, cancel);
                return KnowledgeIndex.Write(db, entry);
            },
            cancel);
    }
}
