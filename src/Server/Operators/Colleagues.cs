using ChatOperator.Db;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>A person of the tenant, as the others may know them.</summary>
public sealed record Colleague(Guid Id, string Name);

/// <summary>Names for ids, for everybody who answers: who else is writing is told by id.</summary>
internal static class Colleagues
{
    public static void MapColleagues(this WebApplication app) =>
        app.MapGet("/admin/colleagues", ListAsync).WithTags("Operators").RequireAuthorization(Access.Read)
            .WithSummary("The tenant's people by name; those who may no longer sign in are left out");

    private static Task<List<Colleague>> ListAsync(AppDb db, CancellationToken cancel) =>
        db.Operators.AsNoTracking().Where(o => o.DisabledAt == null).OrderBy(o => o.Name).ThenBy(o => o.Id)
            .Select(o => new Colleague(o.Id, o.Name)).ToListAsync(cancel);
}
