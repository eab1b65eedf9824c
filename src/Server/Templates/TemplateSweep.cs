using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>Reads catalogues when their time has come: those of new accounts, those that news came about, and all of them now and then.</summary>
internal sealed class TemplateSweep(Databases databases, AccountDirectory accounts, SyncTemplates sync, TimeProvider time, ILogger<TemplateSweep> log)
    : Sweep(TimeSpan.FromSeconds(2), time, log)
{
    /// <summary>Catalogues read in one round; the others come next.</summary>
    private const int Most = 20;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        await EachAsync(await DueAsync(cancel), async due =>
        {
            if (await sync.RunAsync(due.Key, due.When, cancel) is { Failure: { } failure })
                Log.LogInformation("The templates of {Owner} on {Channel} could not be read: {Failure}.", due.Key.Owner, due.Key.Channel, failure.Code);
        }, cancel);
    }

    private async Task<List<(CatalogueKey Key, DateTimeOffset? When)>> DueAsync(CancellationToken cancel)
    {
        var now = Time.Now();
        await using var db = databases.ForSystem();
        var rows = (await accounts.AllAsync(cancel)).Select(a => a.Row).Where(a => a.State != AccountState.Disabled);
        var keys = rows.Select(CatalogueKey.Of).Where(k => k.Network is not null).ToHashSet();
        if (keys.Count == 0) return [];
        var known = await db.TemplateCatalogues.AsNoTracking().ToDictionaryAsync(c => new CatalogueKey(c.TenantId, c.Channel, c.OwnerKey), c => c.DueAt, cancel);
        var due = keys.Where(k => !known.ContainsKey(k)).Select(k => (k, (DateTimeOffset?)null))
            .Concat(known.Where(k => k.Value <= now && keys.Contains(k.Key)).OrderBy(k => k.Value).Select(k => (k.Key, (DateTimeOffset?)k.Value)));
        return [.. due.Take(Most)];
    }
}
