using ChatOperator.Agents.Knowledge.Words;
using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Knowledge;

/// <summary>Writing knowledge down, on behalf of the caller: an entry and its index change in one transaction.</summary>
internal sealed class KnowledgeEditing(CurrentCaller caller, AppDb db, TimeProvider time)
{
    /// <summary>Entries of one tenant.</summary>
    private const int MaxEntries = 5000;

    /// <exception cref="Problem">400, or 409 when there are too many.</exception>
    public Task<KnowledgeView> AddAsync(KnowledgeForm form, CancellationToken cancel)
    {
        var (kind, title, body) = form.Read();
        return db.WriteAsync(
            async () =>
            {
                if (await db.KnowledgeEntries.CountAsync(cancel) >= MaxEntries)
                    throw new Problem(409, "too_many", $"A tenant can have {MaxEntries} entries.", "Delete entries that are no longer needed, or join some.");
                var now = time.Now();
                var entry = new KnowledgeEntry
                {
                    TenantId = caller.Tenant, Id = time.NewId(), Kind = kind, Title = title, Body = body, Language = LanguageOf(title, body),
                    CreatedAt = now, UpdatedAt = now, UpdatedBy = caller.Name,
                };
                db.Add(entry);
                return KnowledgeView.Of(entry, Index(entry));
            },
            cancel);
    }

    /// <exception cref="Problem">400 or 404.</exception>
    public Task<KnowledgeView> ReplaceAsync(Guid id, KnowledgeForm form, CancellationToken cancel)
    {
        var (kind, title, body) = form.Read();
        return db.WriteAsync(
            async () =>
            {
                var entry = await LockAsync(id, cancel);
                (entry.Kind, entry.Title, entry.Body, entry.Language) = (kind, title, body, LanguageOf(title, body));
                (entry.UpdatedAt, entry.UpdatedBy) = (time.Now(), caller.Name);
                await KnowledgeIndex.ForgetAsync(db, id, cancel);
                return KnowledgeView.Of(entry, Index(entry));
            },
            cancel);
    }

    /// <exception cref="Problem">404.</exception>
    public Task DeleteAsync(Guid id, CancellationToken cancel) =>
        db.WriteAsync(
            async () =>
            {
                db.Remove(await LockAsync(id, cancel));
                await KnowledgeIndex.ForgetAsync(db, id, cancel);
                db.Record(caller.Tenant, ChangeKind.Knowledge, id.ToString());
            },
            cancel);

    private async Task<KnowledgeEntry> LockAsync(Guid id, CancellationToken cancel) =>
        await KnowledgeIndex.LockAsync(db, caller.Tenant, id, cancel) ?? throw Problem.NotFound();

    private int Index(KnowledgeEntry entry)
    {
        db.Record(entry.TenantId, ChangeKind.Knowledge, entry.Id.ToString());
        return KnowledgeIndex.Write(db, entry);
    }

    private static string LanguageOf(string title, string body) => Tongue.Of($"{title}\n{body}") ?? "";
}
