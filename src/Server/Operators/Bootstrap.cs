using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>
/// The first start makes a tenant and its administrator. At every start the configured bootstrap token is the platform administrator's
/// and owner of the oldest tenant; another token or none in the configuration ends the old one.
/// </summary>
internal static class Bootstrap
{
    public static async Task RunAsync(Databases databases, Settings settings, TextWriter output, CancellationToken cancel = default)
    {
        await using var db = databases.ForSystem();
        var password = await db.WriteAsync(
            async () =>
            {
                await db.OneNodeAtATimeAsync(AdvisoryLock.Bootstrap, cancel);
                var tenant = await db.Tenants.OrderBy(t => t.CreatedAt).ThenBy(t => t.Id).FirstOrDefaultAsync(cancel);
                var generated = tenant is null ? Begin(db, settings.Bootstrap, out tenant) : null;
                await FollowTokenAsync(db, tenant.Id, settings.Bootstrap.AdminToken, cancel);
                return generated;
            },
            cancel);
        if (password is null) return;
        await output.WriteLineAsync($"""

            First start: sign in as  {Email(settings.Bootstrap)}
            with the password        {password}
            It is shown only this once. Change it after signing in.

            """);
    }

    /// <returns>The password, when it had to be made up.</returns>
    private static string? Begin(AppDb db, BootstrapSettings wanted, out Tenant tenant)
    {
        var time = db.Databases.Time;
        tenant = new Tenant { Id = time.NewId(), Name = wanted.TenantName, CreatedAt = time.Now() };
        var generated = wanted.AdminPassword.Length == 0 ? ApiToken.RandomKey()[..20] : null;
        db.Tenants.Add(tenant);
        db.Operators.Add(new Operator
        {
            TenantId = tenant.Id, Id = time.NewId(), Name = "Administrator", Email = Email(wanted), Role = Role.Owner,
            PasswordHash = Passwords.Hash(generated ?? wanted.AdminPassword), IsPlatformAdministrator = true, CreatedAt = time.Now(),
        });
        return generated;
    }

    private static async Task FollowTokenAsync(AppDb db, Guid tenant, string secret, CancellationToken cancel)
    {
        var time = db.Databases.Time;
        var hash = secret.Length > 0 ? ApiToken.HashOf(secret) : null;
        var old = await db.ApiTokens.Where(t => t.IsBootstrap && t.RevokedAt == null).ToListAsync(cancel);
        if (hash is not null && old.Any(t => t.Hash.AsSpan().SequenceEqual(hash))) return;
        foreach (var token in old) token.RevokedAt = time.Now();
        if (hash is null) return;
        if (await db.ApiTokens.SingleOrDefaultAsync(t => t.Hash == hash, cancel) is { } known)
        {
            if (!known.IsBootstrap) throw new StartException("Bootstrap:AdminToken is the token of a tenant. Choose another one.");
            known.RevokedAt = null;
            return;
        }
        db.ApiTokens.Add(new ApiToken
        {
            TenantId = tenant, Id = time.NewId(), Name = "bootstrap", Hash = hash, Role = Role.Owner,
            IsPlatformAdministrator = true, IsBootstrap = true, CreatedAt = time.Now(),
        });
    }

    private static string Email(BootstrapSettings wanted) =>
        wanted.AdminEmail.Length > 0 ? Operator.EmailKey(wanted.AdminEmail) : "admin@localhost";
}
