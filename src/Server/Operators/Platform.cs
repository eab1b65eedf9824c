using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>A new tenant.</summary>
public sealed record NewTenant(string Name);

/// <summary>A tenant as the platform sees it.</summary>
public sealed record TenantRow(Guid Id, string Name, DateTimeOffset CreatedAt);

/// <summary>The addresses under /platform: what a platform administrator does for all tenants.</summary>
internal static class Platform
{
    public static void MapPlatform(this WebApplication app)
    {
        var tenants = app.MapGroup("/platform/tenants").WithTags("Platform").RequireAuthorization(Access.Platform);
        tenants.MapGet("", ListAsync).WithSummary("All tenants");
        tenants.MapPost("", CreateAsync).WithSummary("Create a tenant");
        tenants.MapGet("/{id:guid}", ReadAsync).WithSummary("One tenant");
        tenants.MapGet("/{id:guid}/operators", ListOperatorsAsync).WithSummary("A tenant's operators");
        tenants.MapPost("/{id:guid}/operators", CreateOperatorAsync).WithSummary("Create an operator of a tenant");
        tenants.MapGet("/{id:guid}/operators/{operator:guid}", ReadOperatorAsync).WithSummary("One operator of a tenant");
        tenants.MapGet("/{id:guid}/tokens", ListTokensAsync).WithSummary("A tenant's API tokens");
        tenants.MapPost("/{id:guid}/tokens", CreateTokenAsync).WithSummary("Create an API token of a tenant; shown once");
        tenants.MapGet("/{id:guid}/tokens/{token:guid}", ReadTokenAsync).WithSummary("One API token of a tenant, without its secret");
    }

    private static async Task<TenantRow> ReadAsync(Guid id, Databases databases, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        return await db.Tenants.Where(t => t.Id == id).Select(t => new TenantRow(t.Id, t.Name, t.CreatedAt)).SingleOrDefaultAsync(cancel)
            ?? throw Problem.NotFound();
    }

    private static async Task<OperatorRow> ReadOperatorAsync(Guid id, [FromRoute(Name = "operator")] Guid operatorId, Databases databases, CancellationToken cancel)
    {
        await using var db = await OpenAsync(databases, id, cancel);
        return await db.OperatorRowAsync(operatorId, cancel) ?? throw Problem.NotFound();
    }

    private static async Task<TokenRow> ReadTokenAsync(Guid id, [FromRoute(Name = "token")] Guid tokenId, Databases databases, CancellationToken cancel)
    {
        await using var db = await OpenAsync(databases, id, cancel);
        return await db.TokenRowAsync(tokenId, cancel) ?? throw Problem.NotFound();
    }

    /// <exception cref="Problem">400 when the name is missing.</exception>
    public static async Task<TenantRow> AddTenantAsync(AppDb db, string name, CancellationToken cancel = default)
    {
        if (name.Trim().Length is 0 or > 200) throw Problem.Invalid([new("name", "1 to 200 characters.")]);
        var time = db.Databases.Time;
        var tenant = new Tenant { Id = time.NewId(), Name = name.Trim(), CreatedAt = time.Now() };
        await db.WriteAsync(() => { db.Tenants.Add(tenant); return Task.CompletedTask; }, cancel);
        return new TenantRow(tenant.Id, tenant.Name, tenant.CreatedAt);
    }

    private static async Task<List<TenantRow>> ListAsync(Databases databases, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        return await db.Tenants.OrderBy(t => t.CreatedAt).Select(t => new TenantRow(t.Id, t.Name, t.CreatedAt)).ToListAsync(cancel);
    }

    private static async Task<Created<TenantRow>> CreateAsync(NewTenant form, Databases databases, CancellationToken cancel)
    {
        await using var db = databases.ForSystem();
        var tenant = await AddTenantAsync(db, form.Name, cancel);
        return TypedResults.Created($"/platform/tenants/{tenant.Id}", tenant);
    }

    private static async Task<List<OperatorRow>> ListOperatorsAsync(Guid id, Databases databases, CancellationToken cancel)
    {
        await using var db = await OpenAsync(databases, id, cancel);
        return (await db.Operators.AsNoTracking().OrderBy(o => o.CreatedAt).ToListAsync(cancel)).ConvertAll(OperatorRow.Of);
    }

    private static async Task<Created<OperatorRow>> CreateOperatorAsync(Guid id, NewOperator form, Databases databases, CancellationToken cancel)
    {
        await using var db = await OpenAsync(databases, id, cancel);
        var person = await db.AddOperatorAsync(id, form, cancel: cancel);
        return TypedResults.Created($"/platform/tenants/{id}/operators/{person.Id}", OperatorRow.Of(person));
    }

    private static async Task<List<TokenRow>> ListTokensAsync(Guid id, Databases databases, CancellationToken cancel)
    {
        await using var db = await OpenAsync(databases, id, cancel);
        return (await db.ApiTokens.AsNoTracking().OrderBy(t => t.CreatedAt).ToListAsync(cancel)).ConvertAll(TokenRow.Of);
    }

    private static async Task<Created<CreatedToken>> CreateTokenAsync(Guid id, NewToken form, Databases databases, CancellationToken cancel)
    {
        await using var db = await OpenAsync(databases, id, cancel);
        var token = await db.AddTokenAsync(id, form, cancel);
        return TypedResults.Created($"/platform/tenants/{id}/tokens/{token.Id}", token);
    }

    /// <summary>The tenant's own door, once the tenant is known to exist.</summary>
    private static async Task<AppDb> OpenAsync(Databases databases, Guid tenant, CancellationToken cancel)
    {
        await using (var system = databases.ForSystem())
            if (!await system.Tenants.AnyAsync(t => t.Id == tenant, cancel)) throw Problem.NotFound();
        return databases.For(tenant);
    }
}
