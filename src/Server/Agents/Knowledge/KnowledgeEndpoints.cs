using System.ComponentModel.DataAnnotations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Knowledge;

/// <summary>The addresses under /admin/knowledge.</summary>
internal static class KnowledgeEndpoints
{
    private const int MostFound = 20;
    private const int FoundByDefault = 5;
    private const int MostListed = 500;

    public static void MapKnowledge(this WebApplication app)
    {
        var read = app.MapGroup("/admin/knowledge").WithTags("Knowledge").RequireAuthorization(Access.Read);
        read.MapGet("", ListAsync).WithSummary("What the agent knows, newest first; with q, the best matches first");
        read.MapGet("/{id:guid}", ReadAsync).WithSummary("One entry");
        read.MapGet("/search", SearchAsync).WithSummary("What the agent would find for a customer's question");

        var manage = app.MapGroup("/admin/knowledge").WithTags("Knowledge").RequireAuthorization(Access.Manage);
        manage.MapPost("", AddAsync).WithSummary("Write an article, or a question with its answer");
        manage.MapPut("/{id:guid}", ReplaceAsync).WithSummary("Replace an entry");
        manage.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Delete an entry");
    }

    /// <param name="q">What to look for, like a customer's question.</param>
    /// <param name="limit">1 to 500, default 500.</param>
    private static async Task<List<KnowledgeView>> ListAsync(AppDb db, KnowledgeBase knowledge, string? q, [Range(1, MostListed)] int? limit, CancellationToken cancel)
    {
        var most = Limit(limit, MostListed, MostListed);
        var entries = db.KnowledgeEntries.AsNoTracking();
        List<Guid>? found = null;
        if (!string.IsNullOrWhiteSpace(q))
        {
            found = [.. (await knowledge.SearchAsync(q, MostFound, cancel)).Select(h => h.Id).Distinct()];
            entries = entries.Where(e => found.Contains(e.Id));
        }
        var passages = db.KnowledgePassages;
        var rows = await entries.OrderByDescending(e => e.UpdatedAt).ThenByDescending(e => e.Id).Take(most)
            .Select(e => new { Entry = e, Chunks = passages.Count(p => p.EntryId == e.Id) }).ToListAsync(cancel);
        var views = rows.ConvertAll(r => KnowledgeView.Of(r.Entry, r.Chunks));
        return found is null ? views : [.. views.OrderBy(v => found.IndexOf(v.Id))];
    }

    private static async Task<KnowledgeView> ReadAsync(Guid id, AppDb db, CancellationToken cancel)
    {
        var entry = await db.KnowledgeEntries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, cancel) ?? throw Problem.NotFound();
        return KnowledgeView.Of(entry, await db.KnowledgePassages.CountAsync(p => p.EntryId == id, cancel));
    }

    /// <param name="q">A customer's question, in Spanish or English.</param>
    /// <param name="limit">1 to 20, default 5.</param>
    private static Task<IReadOnlyList<KnowledgeHit>> SearchAsync(KnowledgeBase knowledge, string q, [Range(1, MostFound)] int? limit, CancellationToken cancel) =>
        knowledge.SearchAsync(q, Limit(limit, FoundByDefault, MostFound), cancel);

    private static async Task<Created<KnowledgeView>> AddAsync(KnowledgeForm form, KnowledgeEditing knowledge, CancellationToken cancel)
    {
        var entry = await knowledge.AddAsync(form, cancel);
        return TypedResults.Created($"/admin/knowledge/{entry.Id}", entry);
    }

    private static Task<KnowledgeView> ReplaceAsync(Guid id, KnowledgeForm form, KnowledgeEditing knowledge, CancellationToken cancel) =>
        knowledge.ReplaceAsync(id, form, cancel);

    private static async Task<NoContent> DeleteAsync(Guid id, KnowledgeEditing knowledge, CancellationToken cancel)
    {
        await knowledge.DeleteAsync(id, cancel);
        return TypedResults.NoContent();
    }

    private static int Limit(int? asked, int otherwise, int most) => asked switch
    {
        null => otherwise,
        { } limit when limit >= 1 && limit <= most => limit,
        _ => throw Problem.Invalid($"limit: 1 to {most}."),
    };
}
