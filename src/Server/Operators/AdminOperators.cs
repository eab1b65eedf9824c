using ChatOperator.Changes;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>What to change of an operator; what is absent stays.</summary>
/// <param name="Password">A new password; ends the operator's sessions.</param>
/// <param name="Disabled">True: may not sign in any more, and all sessions end at once.</param>
public sealed record OperatorChange(string? Name = null, Role? Role = null, string? Password = null, bool? Disabled = null);

/// <summary>A tenant's own operators.</summary>
internal static class AdminOperators
{
    public static void MapAdminOperators(this WebApplication app)
    {
        var operators = app.MapGroup("/admin/operators").WithTags("Operators").RequireAuthorization(Access.Manage);
        operators.MapGet("", ListAsync).WithSummary("All operators");
        operators.MapPost("", CreateAsync).WithSummary("Create an operator");
        operators.MapGet("/{id:guid}", ReadAsync).WithSummary("One operator");
        operators.MapPatch("/{id:guid}", ChangeAsync).WithSummary("Change name, role or password; disable or enable");
    }

    private static async Task<List<OperatorRow>> ListAsync(AppDb db, CancellationToken cancel) =>
        (await db.Operators.AsNoTracking().OrderBy(o => o.CreatedAt).ToListAsync(cancel)).ConvertAll(OperatorRow.Of);

    private static async Task<OperatorRow> ReadAsync(Guid id, AppDb db, CancellationToken cancel) =>
        await db.OperatorRowAsync(id, cancel) ?? throw Problem.NotFound();

    private static async Task<Created<OperatorRow>> CreateAsync(NewOperator form, CurrentCaller caller, AppDb db, CancellationToken cancel)
    {
        var person = await db.AddOperatorAsync(caller.Tenant, form, cancel: cancel);
        return TypedResults.Created($"/admin/operators/{person.Id}", OperatorRow.Of(person));
    }

    private static async Task<OperatorRow> ChangeAsync(Guid id, OperatorChange change, CurrentCaller caller, AppDb db, CancellationToken cancel) =>
        OperatorRow.Of(await db.ChangeOperatorAsync(caller.Tenant, id, change, caller.IsPlatformAdministrator, cancel));

    /// <exception cref="Problem">400, 404, 403 for a platform administrator, 409 last_owner.</exception>
    public static async Task<Operator> ChangeOperatorAsync(
        this AppDb db, Guid tenant, Guid id, OperatorChange change, bool byPlatformAdministrator, CancellationToken cancel = default)
    {
        Check(change);
        var hash = change.Password is { } password ? Passwords.Hash(password) : null;
        return await db.WriteAsync(
            async () =>
            {
                // Locks the tenant, so that two owners cannot demote each other at the same moment.
                await db.Tenants.Where(t => t.Id == tenant).ExecuteUpdateAsync(t => t.SetProperty(x => x.Name, x => x.Name), cancel);
                var person = await db.Operators.SingleOrDefaultAsync(o => o.TenantId == tenant && o.Id == id, cancel) ?? throw Problem.NotFound();
                if (person.IsPlatformAdministrator && !byPlatformAdministrator)
                    throw Problem.Forbidden("This operator is a platform administrator.", "Ask a platform administrator.");
                var wasOwner = person is { Role: Role.Owner, DisabledAt: null };
                Apply(person, change, hash, db.Databases.Time.Now());
                var isOwner = person is { Role: Role.Owner, DisabledAt: null };
                if (wasOwner && !isOwner && !await HasOtherOwnerAsync(db, tenant, id, cancel))
                    throw new Problem(409, "last_owner", "This is the last owner of the tenant.", "Make somebody else an owner first.");
                if (hash is not null || person.DisabledAt is not null)
                    await db.Sessions.Where(s => s.TenantId == tenant && s.OperatorId == id).ExecuteDeleteAsync(cancel);
                db.Record(tenant, ChangeKind.Operator, id.ToString());
                return person;
            },
            cancel);
    }

    private static void Apply(Operator person, OperatorChange change, string? hash, DateTimeOffset now)
    {
        person.Name = change.Name?.Trim() ?? person.Name;
        person.Role = change.Role ?? person.Role;
        person.PasswordHash = hash ?? person.PasswordHash;
        if (change.Disabled is { } disabled) person.DisabledAt = disabled ? person.DisabledAt ?? now : null;
    }

    private static Task<bool> HasOtherOwnerAsync(AppDb db, Guid tenant, Guid id, CancellationToken cancel) =>
        db.Operators.AnyAsync(o => o.TenantId == tenant && o.Id != id && o.Role == Role.Owner && o.DisabledAt == null, cancel);

    private static void Check(OperatorChange change)
    {
        var errors = new List<FieldError>();
        if (change.Name is { } name && name.Trim().Length is 0 or > 200) errors.Add(new("name", "1 to 200 characters."));
        if (change.Password is { } password && Passwords.Check(password) is { } error) errors.Add(error);
        if (change.Role == Role.Service) errors.Add(new("role", "A person is an owner, an operator or a viewer."));
        if (errors.Count > 0) throw Problem.Invalid(errors);
    }
}
