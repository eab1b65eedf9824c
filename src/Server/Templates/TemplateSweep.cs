using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>Reads catalogues when their time has come: those of new accounts, those that news came about, and all of them now and then.</summary>
internal sealed class TemplateSweep(Databases databases, SyncTemplates sync, TimeProvider time, ILogger<TemplateSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Catalogues read in one round; the others come next.</summary>
    private const int Most = 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Whatever fails here is due again at the next tick.
            try { await SweepAsync(stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogError(e, "Templates that are due could not be read."); }
        }
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        foreach (var (key, when) in await DueAsync(cancel))
            if (await sync.RunAsync(key, when, cancel) is { Failure: { } failure })
                log.LogInformation("The templates of {Owner} on {Channel} could not be read: {Failure}.", key.Owner, key.Channel, failure.Code);
    }

    private async Task<List<(CatalogueKey Key, DateTimeOffset? When)>> DueAsync(CancellationToken cancel)
    {
        var now = time.Now();
        await using var db = databases.ForSystem();
        var rows = await db.ChannelAccounts.AsNoTracking().Where(a => a.State != AccountState.Disabled).ToListAsync(cancel);
        var keys = rows.Select(CatalogueKey.Of).Where(k => k.Network is not null).ToHashSet();
        if (keys.Count == 0) return [];
        var known = await db.TemplateCatalogues.AsNoTracking().ToDictionaryAsync(c => new CatalogueKey(c.TenantId, c.Channel, c.OwnerKey), c => c.DueAt, cancel);
        var due = keys.Where(k => !known.ContainsKey(k)).Select(k => (k, (DateTimeOffset?)null))
            .Concat(known.Where(k => k.Value <= now && keys.Contains(k.Key)).OrderBy(k => k.Value).Select(k => (k.Key, (DateTimeOffset?)k.Value)));
        return [.. due.Take(Most)];
    }
}
