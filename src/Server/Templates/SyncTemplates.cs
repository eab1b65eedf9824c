using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Templates;

/// <summary>What came of reading one catalogue.</summary>
/// <param name="Synced">Templates the network has.</param>
/// <param name="Failure">Why it could not be read; null: it was.</param>
internal sealed record SyncOutcome(CatalogueKey Key, int Synced, SendFailure? Failure);

/// <summary>Reads a catalogue whole and writes down what became different.</summary>
/// <remarks>
/// The network is asked outside any transaction. News that come meanwhile are not overwritten for good: they make the catalogue due, and
/// one that became due while it was read is read again.
/// </remarks>
internal sealed class SyncTemplates(Databases databases, AccountDirectory accounts, Settings settings, TimeProvider time)
{
    /// <summary>How long a node may take before another begins anew.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Wait after failures: a minute, doubled up to six hours.</summary>
    private static TimeSpan WaitAfter(int failures) => TimeSpan.FromMinutes(Math.Min(360, Math.Pow(2, Math.Min(failures - 1, 9))));

    /// <param name="when">The due time that was seen; null: whatever it is. Nothing is done when another node was quicker.</param>
    public async Task<SyncOutcome?> RunAsync(CatalogueKey key, DateTimeOffset? when, CancellationToken cancel)
    {
        await using var db = databases.For(key.Tenant);
        if (await BeginAsync(db, key, when, cancel) is not { } begun) return null;
        var listing = await AskAsync(db, key, cancel);
        return listing switch
        {
            ListedTemplates listed => await TakeAsync(db, key, begun, listed.Templates, cancel),
            UnlistedTemplates unlisted => await FailAsync(db, key, begun, unlisted.Failure, cancel),
            _ => null,
        };
    }

    /// <summary>Takes the catalogue for this node: the due time it set, or null when another has it.</summary>
    private async Task<DateTimeOffset?> BeginAsync(AppDb db, CatalogueKey key, DateTimeOffset? when, CancellationToken cancel)
    {
        var until = time.Now() + Patience;
        try
        {
            return await db.WriteAsync<DateTimeOffset?>(
                async () =>
                {
                    var catalogue = await LockAsync(db, key, cancel);
                    if (catalogue is null) db.TemplateCatalogues.Add(catalogue = new TemplateCatalogue { TenantId = key.Tenant, Channel = key.Channel, OwnerKey = key.Owner });
                    else if (when is not null && catalogue.DueAt != when) return null;
                    catalogue.DueAt = until;
                    return until;
                },
                cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Another saw the new account first. The clock may leave it to them; a person who asks is owed an answer of their own.
            db.ChangeTracker.Clear();
            return when is null ? await BeginAsync(db, key, when, cancel) : null;
        }
        finally { db.ChangeTracker.Clear(); }
    }

    /// <summary>Asks by any account that may: first those that are known to work.</summary>
    private async Task<TemplateListing?> AskAsync(AppDb db, CatalogueKey key, CancellationToken cancel)
    {
        var rows = await db.ChannelAccounts.AsNoTracking().Where(a => a.Channel == key.Channel && a.State != AccountState.Disabled).ToListAsync(cancel);
        TemplateListing? last = null;
        foreach (var row in rows.Where(key.Covers).OrderBy(a => a.State).ThenBy(a => a.CreatedAt))
        {
            if (await accounts.ByIdAsync(key.Tenant, row.Id, cancel) is not { } account || account.Channel is not ITemplateCatalogue catalogue) continue;
            last = await catalogue.ListTemplatesAsync(accounts.Connect(account), cancel);
            if (last is ListedTemplates) return last;
        }
        return last;
    }

    private async Task<SyncOutcome> TakeAsync(
        AppDb db, CatalogueKey key, DateTimeOffset begun, IReadOnlyList<NetworkTemplate> listed, CancellationToken cancel)
    {
        await db.WriteAsync(
            async () =>
            {
                if (await LockAsync(db, key, cancel) is not { } catalogue) return;
                var now = time.Now();
                (catalogue.SyncedAt, catalogue.Failure, catalogue.Failures) = (now, null, 0);
                if (catalogue.DueAt == begun) catalogue.DueAt = now.AddHours(settings.Templates.SyncHours);
                else if (catalogue.DueAt < now.AddSeconds(settings.Templates.LeastSyncSeconds)) catalogue.DueAt = now.AddSeconds(settings.Templates.LeastSyncSeconds);
                var known = await db.Templates.Where(t => t.Channel == key.Channel && t.OwnerKey == key.Owner).ToDictionaryAsync(t => t.ExternalId, cancel);
                foreach (var template in listed.DistinctBy(t => t.ExternalId))
                    if (known.Remove(template.ExternalId, out var same)) Update(db, key, same, template, now);
                    else Add(db, key, template, now);
                foreach (var gone in known.Values.Where(t => t.Status != TemplateStatus.Deleted)) Remove(db, gone, now);
            },
            cancel);
        return new SyncOutcome(key, listed.Count, null);
    }

    private async Task<SyncOutcome> FailAsync(AppDb db, CatalogueKey key, DateTimeOffset begun, SendFailure failure, CancellationToken cancel)
    {
        await db.WriteAsync(
            async () =>
            {
                if (await LockAsync(db, key, cancel) is not { } catalogue) return;
                catalogue.Failure = JsonSerializer.Serialize(failure, ContentJson.Default.SendFailure);
                catalogue.Failures++;
                if (catalogue.DueAt == begun) catalogue.DueAt = time.Now() + WaitAfter(catalogue.Failures);
            },
            cancel);
        return new SyncOutcome(key, 0, failure);
    }

    private void Add(AppDb db, CatalogueKey key, NetworkTemplate template, DateTimeOffset now)
    {
        var added = new Template
        {
            TenantId = key.Tenant, Id = time.NewId(), Channel = key.Channel, OwnerKey = key.Owner, ExternalId = template.ExternalId,
            Name = template.Name, Language = template.Language, Status = template.Status, Category = template.Category,
            Quality = template.Quality, Reason = template.Reason, Named = template.Named, Components = template.Components,
            CreatedAt = now, ChangedAt = now,
        };
        db.Templates.Add(added);
        db.NoteChange(added, TemplateChangeSource.Sync, [new FieldChange("added", null, template.Status)], now);
    }

    private static void Update(AppDb db, CatalogueKey key, Template same, NetworkTemplate now, DateTimeOffset at)
    {
        var changes = Comparison.Take(same, now, key.Network!);
        if (changes.Count > 0) db.NoteChange(same, TemplateChangeSource.Sync, changes, at);
    }

    private static void Remove(AppDb db, Template gone, DateTimeOffset now)
    {
        var change = new FieldChange("removed", gone.Status, TemplateStatus.Deleted);
        gone.Status = TemplateStatus.Deleted;
        db.NoteChange(gone, TemplateChangeSource.Sync, [change], now);
    }

    /// <summary>First of what a writer of templates locks.</summary>
    private static async Task<TemplateCatalogue?> LockAsync(AppDb db, CatalogueKey key, CancellationToken cancel)
    {
        var rows = db is PostgresDb
            ? db.TemplateCatalogues.FromSql($"SELECT * FROM template_catalogue WHERE tenant_id = {key.Tenant} AND channel = {key.Channel} AND owner_key = {key.Owner} FOR UPDATE")
            : db.TemplateCatalogues.Where(c => c.TenantId == key.Tenant && c.Channel == key.Channel && c.OwnerKey == key.Owner);
        return (await rows.ToListAsync(cancel)).SingleOrDefault();
    }
}

/// <summary>The one status we give ourselves.</summary>
internal static class TemplateStatus
{
    /// <summary>The network has it no more.</summary>
    public const string Deleted = "DELETED";
}

/// <summary>Writing down that a template became different.</summary>
internal static class TemplateHistory
{
    public static void NoteChange(this AppDb db, Template template, TemplateChangeSource source, IReadOnlyList<FieldChange> fields, DateTimeOffset at)
    {
        template.ChangedAt = at;
        db.TemplateChanges.Add(new TemplateChange
        {
            TenantId = template.TenantId, Id = db.Databases.Time.NewId(), TemplateId = template.Id, At = at, Source = source,
            Fields = Comparison.Write(fields),
        });
        db.Record(template.TenantId, ChangeKind.Template, template.Id.ToString());
    }
}
