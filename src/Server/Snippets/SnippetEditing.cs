using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Snippets;

/// <summary>Writing snippets, on behalf of the caller.</summary>
internal sealed class SnippetEditing(CurrentCaller caller, AppDb db, TimeProvider time)
{
    /// <summary>Snippets of one tenant: the console loads them all, to search them at each key.</summary>
    public const int Most = 500;

    /// <exception cref="Problem">400; 409 when the name is taken or there are too many.</exception>
    public async Task<SnippetView> AddAsync(SnippetForm form, CancellationToken cancel)
    {
        var (name, text) = form.Read();
        return await UniquelyAsync(
            name,
            async () =>
            {
                if (await db.Snippets.CountAsync(cancel) >= Most)
                    throw new Problem(409, "too_many", $"A tenant can have {Most} snippets.", "Delete snippets that are no longer needed.");
                var snippet = new Snippet { TenantId = caller.Tenant, Id = time.NewId(), Name = name, Text = text, UpdatedAt = time.Now(), UpdatedBy = caller.Name };
                db.Add(snippet);
                return SnippetView.Of(snippet);
            },
            cancel);
    }

    /// <exception cref="Problem">400, 404; 409 when the name is taken.</exception>
    public async Task<SnippetView> ReplaceAsync(Guid id, SnippetForm form, CancellationToken cancel)
    {
        var (name, text) = form.Read();
        return await UniquelyAsync(
            name,
            async () =>
            {
                var snippet = await ReadAsync(id, cancel);
                (snippet.Name, snippet.Text, snippet.UpdatedAt, snippet.UpdatedBy) = (name, text, time.Now(), caller.Name);
                return SnippetView.Of(snippet);
            },
            cancel);
    }

    /// <exception cref="Problem">404.</exception>
    public Task DeleteAsync(Guid id, CancellationToken cancel) =>
        db.WriteAsync(async () => { db.Remove(await ReadAsync(id, cancel)); }, cancel);

    private async Task<Snippet> ReadAsync(Guid id, CancellationToken cancel) =>
        await db.Snippets.SingleOrDefaultAsync(s => s.Id == id, cancel) ?? throw Problem.NotFound();

    private async Task<SnippetView> UniquelyAsync(string name, Func<Task<SnippetView>> work, CancellationToken cancel)
    {
        try { return await db.WriteAsync(work, cancel); }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            throw new Problem(409, "name_taken", $"There is a snippet /{name} already.", "Choose another name, or change that snippet.");
        }
    }
}
