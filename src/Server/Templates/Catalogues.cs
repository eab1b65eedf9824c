using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>Whose templates there are, and reading all of them now.</summary>
internal static class Catalogues
{
    public static async Task<List<CatalogueView>> ListAsync(AppDb db, HttpRequest request, CancellationToken cancel)
    {
        var language = Language.Of(request);
        var accounts = await AccountsAsync(db, cancel);
        var known = await db.TemplateCatalogues.AsNoTracking().ToListAsync(cancel);
        var counts = await db.Templates.Where(t => t.Status != TemplateStatus.Deleted).GroupBy(t => new { t.Channel, t.OwnerKey })
            .Select(g => new { g.Key.Channel, g.Key.OwnerKey, Count = g.Count() }).ToListAsync(cancel);
        return [.. accounts.Select(group =>
        {
            var (key, catalogue) = (group.Key, known.Find(c => c.Channel == group.Key.Channel && c.OwnerKey == group.Key.Owner));
            var info = Channels.All.Channels.First(c => c.Info.Key == key.Channel).Info;
            var failure = catalogue?.Failure is { } stored ? JsonSerializer.Deserialize(stored, ContentJson.Default.SendFailure) : null;
            return new CatalogueView(
                key.Channel, info.Name, key.Owner, [.. group.Select(a => a.Name)], catalogue?.SyncedAt, catalogue?.DueAt,
                counts.Find(c => c.Channel == key.Channel && c.OwnerKey == key.Owner)?.Count ?? 0, failure is null ? null : Say(failure, key, language));
        })];
    }

    /// <summary>Reads every catalogue of the caller's tenant.</summary>
    /// <exception cref="Problem">404: another tenant's id was given. 409: none of the catalogues could be read.</exception>
    public static async Task<SyncAnswer> SyncAsync(
        string? tenantId, SyncForm? form, CurrentCaller caller, AppDb db, SyncTemplates sync, HttpRequest request, CancellationToken cancel)
    {
        foreach (var given in (string?[])[tenantId, form?.TenantId?.ToString()])
            if (!string.IsNullOrEmpty(given) && !string.Equals(given, caller.Tenant.ToString(), StringComparison.OrdinalIgnoreCase)) throw Problem.NotFound();
        var (synced, failures, language) = (0, new List<CatalogueFailure>(), Language.Of(request));
        var accounts = await AccountsAsync(db, cancel);
        foreach (var group in accounts)
        {
            if (await sync.RunAsync(group.Key, when: null, cancel) is not { } outcome) continue;
            synced += outcome.Synced;
            if (outcome.Failure is { } failure) failures.Add(Say(failure, group.Key, language));
        }
        if (failures.Count > 0 && failures.Count == accounts.Count)
            throw new Problem(409, "templates_unreadable", failures[0].Message, failures[0].NextStep) { More = { ["reason"] = failures[0].Code } };
        return new SyncAnswer(synced, failures);
    }

    private static async Task<List<IGrouping<CatalogueKey, ChannelAccount>>> AccountsAsync(AppDb db, CancellationToken cancel)
    {
        var rows = await db.ChannelAccounts.AsNoTracking().Where(a => a.State != AccountState.Disabled).OrderBy(a => a.CreatedAt).ThenBy(a => a.Id).ToListAsync(cancel);
        return [.. rows.GroupBy(CatalogueKey.Of).Where(g => g.Key.Network is not null)];
    }

    private static CatalogueFailure Say(SendFailure failure, CatalogueKey key, string language)
    {
        var words = Channels.All.Channels.First(c => c.Info.Key == key.Channel).Info.Failures.GetValueOrDefault(failure.Code);
        var message = words?.Message.In(language) ?? failure.Code;
        return new CatalogueFailure(
            failure.Code, failure.NetworkMessage is { Length: > 0 } said ? $"{message} ({said})" : message,
            words?.NextStep.In(language) ?? "Test the account under Channels.");
    }
}

/// <summary>Whose templates to read.</summary>
/// <param name="TenantId">If given, the caller's own. Older clients number their tenants; no number is the caller's.</param>
public sealed record SyncForm(JsonElement? TenantId = null);
