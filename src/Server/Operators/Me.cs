using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>Who is signed in, and where.</summary>
/// <param name="Operator">For an API token: the token's name, an empty e-mail address and no id.</param>
public sealed record Me(MyOperator Operator, MyTenant Tenant)
{
    internal static Me Of(Operator person, Tenant tenant) => new(
        new(person.Id, person.Name, person.Email, person.Role, person.IsPlatformAdministrator), new(tenant.Id, tenant.Name));
}

/// <summary>The caller as a person.</summary>
public sealed record MyOperator(Guid? Id, string Name, string Email, Role Role, bool PlatformAdmin);

/// <summary>The caller's tenant.</summary>
public sealed record MyTenant(Guid Id, string Name);

/// <summary>A change of one's own password.</summary>
public sealed record PasswordForm(string CurrentPassword, string NewPassword);

/// <summary>What a new password must be.</summary>
/// <param name="Shortest">Least number of characters.</param>
/// <param name="Longest">Most of them.</param>
public sealed record PasswordRules(int Shortest, int Longest);

/// <summary>The addresses under /auth.</summary>
internal static class MeEndpoints
{
    public static void MapAuth(this WebApplication app)
    {
        var auth = app.MapGroup("/auth").WithTags("Sign-in");
        auth.MapPost("/sign-in", (SignInForm form, SignIn sign, HttpContext http) => sign.InAsync(form, http))
            .AllowAnonymous().WithSummary("Sign in; sets the session cookie");
        auth.MapPost("/sign-out", async (SignIn sign, CurrentCaller caller, HttpContext http) =>
        {
            await sign.OutAsync(caller, http);
            return TypedResults.NoContent();
        }).AllowAnonymous().WithSummary("End this session");
        auth.MapGet("/password-rules", () => new PasswordRules(Passwords.Shortest, Passwords.Longest))
            .AllowAnonymous().WithSummary("What a new password must be");
        auth.MapGet("/me", ReadAsync).RequireAuthorization().WithSummary("Who is signed in");
        auth.MapPost("/password", ChangePasswordAsync).RequireAuthorization().WithSummary("Change one's own password; ends all other sessions");
    }

    private static async Task<Me> ReadAsync(CurrentCaller caller, AppDb db, CancellationToken cancel)
    {
        var tenant = await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == caller.Tenant, cancel);
        if (caller.OperatorId is { } id)
            return Me.Of(await db.Operators.AsNoTracking().SingleAsync(o => o.Id == id, cancel), tenant);
        return new Me(new(null, caller.Name, "", caller.Role, caller.IsPlatformAdministrator), new(tenant.Id, tenant.Name));
    }

    private static async Task<NoContent> ChangePasswordAsync(PasswordForm form, CurrentCaller caller, AppDb db, CancellationToken cancel)
    {
        if (caller.OperatorId is not { } id) throw Problem.Forbidden("An API token has no password.", "Sign in as a person.");
        if (Passwords.Check(form.NewPassword) is { } error) throw Problem.Invalid([error with { Field = "new_password" }]);
        var person = await db.Operators.AsNoTracking().SingleAsync(o => o.Id == id, cancel);
        if (!Passwords.Verify(person.PasswordHash, form.CurrentPassword))
            throw Problem.Invalid([new("current_password", "This is not your password.")]);
        var hash = Passwords.Hash(form.NewPassword);
        await db.WriteAsync(
            async () =>
            {
                await db.Operators.Where(o => o.Id == id).ExecuteUpdateAsync(o => o.SetProperty(x => x.PasswordHash, hash), cancel);
                await db.Sessions.Where(s => s.OperatorId == id && s.Hash != caller.Session).ExecuteDeleteAsync(cancel);
            },
            cancel);
        return TypedResults.NoContent();
    }
}
