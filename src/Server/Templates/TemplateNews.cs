using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>The network says that a template became different: what it says is taken over at once, the rest by reading the catalogue again.</summary>
internal static class TemplateNews
{
    /// <summary>Words that are events rather than statuses: only the catalogue tells what the template is after them.</summary>
    private static readonly string[] Events = ["REINSTATED", "UNARCHIVED", "UNLOCKED", "FLAGGED"];

    /// <summary>In the caller's transaction. False when the template is not known yet; the catalogue is due all the same.</summary>
    public static async Task<bool> ApplyAsync(AppDb db, CatalogueKey key, TemplateChanged news, DateTimeOffset at, Settings settings)
    {
        await db.MarkDueAsync(key, settings);
        var template = await FindAsync(db, key, news);
        if (template is null) return false;
        var change = news.Kind switch
        {
            "status" when news.Value is { } status && !Events.Contains(status) => Set("status", template.Status, template.Status = status),
            "quality" => Set("quality", template.Quality, template.Quality = news.Value is "UNKNOWN" ? null : news.Value),
            "category" when news.Value is { } category => Set("category", template.Category, template.Category = category),
            _ => null,
        };
        if (change is not null) db.NoteChange(template, TemplateChangeSource.Webhook, [change], at);
        return true;
    }

    private static FieldChange? Set(string field, string? before, string? after) => before == after ? null : new FieldChange(field, before, after);

    private static async Task<Template?> FindAsync(AppDb db, CatalogueKey key, TemplateChanged news)
    {
        var templates = db.Templates.Where(t => t.TenantId == key.Tenant && t.Channel == key.Channel && t.OwnerKey == key.Owner);
        return await templates.SingleOrDefaultAsync(t => t.ExternalId == news.TemplateExternalId)
            ?? await templates.Where(t => t.Name == news.Name && t.Language == news.Language).OrderByDescending(t => t.CreatedAt).FirstOrDefaultAsync();
    }
}
