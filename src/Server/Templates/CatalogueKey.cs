using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>Whose templates: accounts with the same owner on the same channel share one catalogue.</summary>
internal readonly record struct CatalogueKey(Guid Tenant, string Channel, string Owner)
{
    /// <summary>An account without an owner of its own owns its templates itself.</summary>
    public static CatalogueKey Of(ChannelAccount row) => new(row.TenantId, row.Channel, row.OwnerKey.Length > 0 ? row.OwnerKey : row.RouteKey);

    /// <summary>The channel's catalogue; null when the channel has no templates, or this build not the channel.</summary>
    public ITemplateCatalogue? Network => NetworkOf(Channel);

    public static ITemplateCatalogue? NetworkOf(string channel) =>
        Channels.All.Channels.FirstOrDefault(c => c.Info.Key == channel) as ITemplateCatalogue;

    /// <summary>Whether an account has its templates from here.</summary>
    public bool Covers(ChannelAccount row) => Of(row) == this;
}

/// <summary>Asking for a catalogue to be read again.</summary>
internal static class CatalogueDue
{
    /// <summary>
    /// As soon as the network's patience allows: it counts such calls by the hour, and news of templates come in swarms. In the caller's
    /// transaction, before templates themselves are touched.
    /// </summary>
    public static async Task MarkDueAsync(this AppDb db, CatalogueKey key, Settings settings, CancellationToken cancel = default)
    {
        var now = db.Databases.Time.Now();
        var catalogue = await db.TemplateCatalogues
            .SingleOrDefaultAsync(c => c.TenantId == key.Tenant && c.Channel == key.Channel && c.OwnerKey == key.Owner, cancel);
        // One that was never read is due anyhow.
        if (catalogue is null) return;
        var earliest = catalogue.SyncedAt?.AddSeconds(settings.Templates.LeastSyncSeconds) ?? now;
        catalogue.DueAt = earliest > now ? earliest : now;
    }
}
