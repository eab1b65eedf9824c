using ChatOperator.Db;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Snippets;

/// <summary>The addresses under /admin/snippets. Whoever answers customers may also write what is often answered.</summary>
internal static class SnippetEndpoints
{
    public static void AddSnippets(this WebApplicationBuilder builder) => builder.Services.AddScoped<SnippetEditing>();

    public static void MapSnippets(this WebApplication app)
    {
        app.MapGet("/admin/snippets", ListAsync).WithTags("Snippets").RequireAuthorization(Access.Read)
            .WithSummary("Every snippet of the tenant, by name");

        var write = app.MapGroup("/admin/snippets").WithTags("Snippets").RequireAuthorization(Access.Write);
        write.MapPost("", AddAsync).WithSummary("Write a snippet");
        write.MapPut("/{id:guid}", ReplaceAsync).WithSummary("Replace a snippet");
        write.MapDelete("/{id:guid}", DeleteAsync).WithSummary("Delete a snippet");
    }

    private static async Task<List<SnippetView>> ListAsync(AppDb db, CancellationToken cancel) =>
        (await db.Snippets.AsNoTracking().OrderBy(s => s.Name).Take(SnippetEditing.Most).ToListAsync(cancel)).ConvertAll(SnippetView.Of);

    private static async Task<Created<SnippetView>> AddAsync(SnippetForm form, SnippetEditing snippets, CancellationToken cancel)
    {
        var snippet = await snippets.AddAsync(form, cancel);
        return TypedResults.Created($"/admin/snippets/{snippet.Id}", snippet);
    }

    private static Task<SnippetView> ReplaceAsync(Guid id, SnippetForm form, SnippetEditing snippets, CancellationToken cancel) =>
        snippets.ReplaceAsync(id, form, cancel);

    private static async Task<NoContent> DeleteAsync(Guid id, SnippetEditing snippets, CancellationToken cancel)
    {
        await snippets.DeleteAsync(id, cancel);
        return TypedResults.NoContent();
    }
}
