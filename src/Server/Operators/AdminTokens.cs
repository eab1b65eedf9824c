using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>A tenant's own API tokens.</summary>
internal static class AdminTokens
{
    public static void MapAdminTokens(this WebApplication app)
    {
        var tokens = app.MapGroup("/admin/tokens").WithTags("Tokens").RequireAuthorization(Access.Manage);
        tokens.MapGet("", ListAsync).WithSummary("API tokens, without their secrets");
        tokens.MapPost("", CreateAsync).WithSummary("Create an API token; shown once");
        tokens.MapGet("/{id:guid}", ReadAsync).WithSummary("One API token, without its secret");
        tokens.MapDelete("/{id:guid}", RevokeAsync).WithSummary("Revoke an API token");
    }

    private static async Task<List<TokenRow>> ListAsync(AppDb db, CancellationToken cancel) =>
        (await db.ApiTokens.AsNoTracking().OrderBy(t => t.CreatedAt).ToListAsync(cancel)).ConvertAll(TokenRow.Of);

    private static async Task<TokenRow> ReadAsync(Guid id, AppDb db, CancellationToken cancel) =>
        await db.TokenRowAsync(id, cancel) ?? throw Problem.NotFound();

    private static async Task<Created<CreatedToken>> CreateAsync(NewToken form, CurrentCaller caller, AppDb db, CancellationToken cancel)
    {
        var token = await db.AddTokenAsync(caller.Tenant, form, cancel);
        return TypedResults.Created($"/admin/tokens/{token.Id}", token);
    }

    private static async Task<NoContent> RevokeAsync(Guid id, CurrentCaller caller, AppDb db, CancellationToken cancel)
    {
        await db.RevokeTokenAsync(id, caller.IsPlatformAdministrator, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Revoking twice is the same as once.</summary>
    /// <exception cref="Problem">404, or 403 for a platform administrator's token.</exception>
    public static Task RevokeTokenAsync(this AppDb db, Guid id, bool byPlatformAdministrator, CancellationToken cancel = default) =>
        db.WriteAsync(
            async () =>
            {
                var token = await db.ApiTokens.SingleOrDefaultAsync(t => t.Id == id, cancel) ?? throw Problem.NotFound();
                if (token.IsPlatformAdministrator && !byPlatformAdministrator)
                    throw Problem.Forbidden("This token belongs to the platform.", "Ask a platform administrator.");
                token.RevokedAt ??= db.Databases.Time.Now();
            },
            cancel);
}
