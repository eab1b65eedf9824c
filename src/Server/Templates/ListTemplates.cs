using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>Which templates.</summary>
internal sealed record TemplateQuery
{
    [FromQuery(Name = "status")]
    public string? Status { get; init; }

    [FromQuery(Name = "language")]
    public string? Language { get; init; }

    [FromQuery(Name = "category")]
    public string? Category { get; init; }

    /// <summary>In the name or in the words.</summary>
    [FromQuery(Name = "q")]
    public string? Q { get; init; }

    /// <summary>Only those that this chat's account can send.</summary>
    [FromQuery(Name = "conversation_id")]
    public Guid? ConversationId { get; init; }

    /// <summary>Only those of this account.</summary>
    [FromQuery(Name = "account_id")]
    public Guid? AccountId { get; init; }

    [FromQuery(Name = "sendable")]
    public bool? Sendable { get; init; }
}

/// <summary>Reading templates.</summary>
internal static class ListTemplates
{
    public static async Task<TaggedJson<List<TemplateView>>> ReadAsync([AsParameters] TemplateQuery query, AppDb db, CancellationToken cancel)
    {
        var accounts = await db.ChannelAccounts.AsNoTracking().OrderBy(a => a.CreatedAt).ToListAsync(cancel);
        var templates = db.Templates.AsNoTracking();
        if (query.Status?.ToUpperInvariant() is { Length: > 0 } status) templates = templates.Where(t => t.Status == status);
        if (query.Category?.ToUpperInvariant() is { Length: > 0 } category) templates = templates.Where(t => t.Category == category);
        if (query.Language is { Length: > 0 } language) templates = templates.Where(t => t.Language == language);
        if (await AccountAsync(query, db, cancel) is { } of)
        {
            if (accounts.Find(a => a.Id == of) is not { } account) throw Problem.NotFound();
            var key = CatalogueKey.Of(account);
            templates = templates.Where(t => t.Channel == key.Channel && t.OwnerKey == key.Owner);
        }
        var rows = await templates.OrderBy(t => t.Name).ThenBy(t => t.Language).ThenBy(t => t.Id).ToListAsync(cancel);
        var last = await LastChangesAsync(db, cancel);
        var views = rows.Select(t => TemplateView.Of(t, AccountsOf(t, accounts), last.GetValueOrDefault(t.Id)));
        if (query.Sendable is { } sendable) views = views.Where(v => v.Sendable == sendable);
        if (query.Q?.Trim() is { Length: > 0 } q) views = views.Where(v => Says(v, q));
        return new([.. views]);
    }

    public static async Task<TemplateStory> ReadOneAsync(Guid id, AppDb db, CancellationToken cancel)
    {
        var template = await db.Templates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw Problem.NotFound();
        var accounts = await db.ChannelAccounts.AsNoTracking().OrderBy(a => a.CreatedAt).ToListAsync(cancel);
        var changes = await db.TemplateChanges.AsNoTracking().Where(c => c.TemplateId == id).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).ToListAsync(cancel);
        return new TemplateStory(
            TemplateView.Of(template, AccountsOf(template, accounts), changes.FirstOrDefault()), changes.ConvertAll(TemplateChangeView.Of));
    }

    private static async Task<Guid?> AccountAsync(TemplateQuery query, AppDb db, CancellationToken cancel)
    {
        if (query.ConversationId is not { } conversation) return query.AccountId;
        return await db.Set<Conversations.Conversation>().Where(c => c.Id == conversation).Select(c => (Guid?)c.AccountId).SingleOrDefaultAsync(cancel)
            ?? throw Problem.NotFound();
    }

    private static async Task<Dictionary<Guid, TemplateChange>> LastChangesAsync(AppDb db, CancellationToken cancel)
    {
        var templates = db.Templates;
        var last = db.TemplateChanges.AsNoTracking().Where(c => templates.Any(t => t.Id == c.TemplateId && t.ChangedAt == c.At));
        return (await last.ToListAsync(cancel)).OrderBy(c => c.Id).GroupBy(c => c.TemplateId).ToDictionary(g => g.Key, g => g.Last());
    }

    private static List<Guid> AccountsOf(Template template, List<ChannelAccount> accounts)
    {
        var key = new CatalogueKey(template.TenantId, template.Channel, template.OwnerKey);
        return [.. accounts.Where(a => a.State != AccountState.Disabled && key.Covers(a)).Select(a => a.Id)];
    }

    private static bool Says(TemplateView view, string q) =>
        view.Name.Contains(q, StringComparison.OrdinalIgnoreCase) || view.Name.Replace('_', ' ').Contains(q, StringComparison.OrdinalIgnoreCase)
        || view.Look.Body.Contains(q, StringComparison.OrdinalIgnoreCase) || view.Look.Footer?.Contains(q, StringComparison.OrdinalIgnoreCase) == true
        || view.Look.Header?.Text?.Contains(q, StringComparison.OrdinalIgnoreCase) == true
        || view.Look.Buttons.Any(b => b.Text.Contains(q, StringComparison.OrdinalIgnoreCase));
}
