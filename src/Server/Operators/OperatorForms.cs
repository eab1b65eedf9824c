using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>A new operator.</summary>
public sealed record NewOperator(string Name, string Email, string Password, Role Role = Role.Operator);

/// <summary>An operator as owners see it.</summary>
public sealed record OperatorRow(
    Guid Id, string Name, string Email, Role Role, bool PlatformAdmin, bool Disabled, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt)
{
    internal static OperatorRow Of(Operator person) => new(
        person.Id, person.Name, person.Email, person.Role, person.IsPlatformAdministrator, person.DisabledAt is not null, person.CreatedAt,
        person.LastSignInAt);
}

/// <summary>A new API token.</summary>
public sealed record NewToken(string Name, Role Role = Role.Owner);

/// <summary>An API token without its secret.</summary>
public sealed record TokenRow(
    Guid Id, string Name, Role Role, bool PlatformAdmin, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt)
{
    internal static TokenRow Of(ApiToken token) =>
        new(token.Id, token.Name, token.Role, token.IsPlatformAdministrator, token.CreatedAt, token.LastUsedAt, token.RevokedAt);
}

/// <summary>The one time a token is shown.</summary>
public sealed record CreatedToken(Guid Id, string Name, Role Role, string Token);

/// <summary>How operators and tokens come to be: the same for a tenant's owner, the platform and the command line.</summary>
internal static class OperatorForms
{
    /// <exception cref="Problem">400 with every wrong field, or 409 when the address is taken.</exception>
    public static async Task<Operator> AddOperatorAsync(
        this AppDb db, Guid tenant, NewOperator form, bool platformAdministrator = false, CancellationToken cancel = default)
    {
        var errors = Operator.Check(form.Name, form.Email, form.Password, form.Role).ToList();
        if (errors.Count > 0) throw Problem.Invalid(errors);
        var time = db.Databases.Time;
        var person = new Operator
        {
            TenantId = tenant, Id = time.NewId(), Name = form.Name.Trim(), Email = Operator.EmailKey(form.Email), Role = form.Role,
            PasswordHash = Passwords.Hash(form.Password), IsPlatformAdministrator = platformAdministrator, CreatedAt = time.Now(),
        };
        try
        {
            await db.WriteAsync(
                () =>
                {
                    db.Operators.Add(person);
                    db.Record(tenant, Changes.ChangeKind.Operator, person.Id.ToString());
                    return Task.CompletedTask;
                },
                cancel);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            throw new Problem(409, "email_taken", "An operator with this e-mail address exists already.", "Use another address.");
        }
        return person;
    }

    /// <summary>One of the door's own operators, or null.</summary>
    public static async Task<OperatorRow?> OperatorRowAsync(this AppDb db, Guid id, CancellationToken cancel) =>
        await db.Operators.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id, cancel) is { } person ? OperatorRow.Of(person) : null;

    /// <summary>One of the door's own tokens, or null.</summary>
    public static async Task<TokenRow?> TokenRowAsync(this AppDb db, Guid id, CancellationToken cancel) =>
        await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancel) is { } token ? TokenRow.Of(token) : null;

    /// <exception cref="Problem">400 when the name is missing.</exception>
    public static async Task<CreatedToken> AddTokenAsync(this AppDb db, Guid tenant, NewToken form, CancellationToken cancel = default)
    {
        if (form.Name.Trim().Length is 0 or > 200) throw Problem.Invalid([new("name", "1 to 200 characters.")]);
        var (time, secret) = (db.Databases.Time, ApiToken.NewSecret());
        var token = new ApiToken
        {
            TenantId = tenant, Id = time.NewId(), Name = form.Name.Trim(), Hash = ApiToken.HashOf(secret), Role = form.Role, CreatedAt = time.Now(),
        };
        await db.WriteAsync(() => { db.ApiTokens.Add(token); return Task.CompletedTask; }, cancel);
        return new CreatedToken(token.Id, token.Name, token.Role, secret);
    }
}
