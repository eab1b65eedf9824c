using System.Security.Claims;
using System.Text.Encodings.Web;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatOperator.Operators;

/// <summary>
/// Finds out who calls: an API token (<c>Authorization: Bearer</c> or <c>X-Admin-Token</c>), else the session of the cookie.
/// A token that is given and wrong is refused even beside a good cookie.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder,
    Databases databases, Settings settings, TimeProvider time, CurrentCaller current)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "caller";

    /// <summary>How exact "last used" is; each note of it is a write.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromMinutes(1);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var cancel = Context.RequestAborted;
        Caller? caller;
        if (Token() is { } token) caller = await ByTokenAsync(token, cancel);
        else if (Request.Cookies[Session.CookieName(settings)] is { Length: > 0 } cookie)
        {
            CrossSite.Check(Request, settings);
            caller = await BySessionAsync(cookie, cancel);
        }
        else return AuthenticateResult.NoResult();
        if (caller is null) return AuthenticateResult.Fail("Unknown, ended or revoked.");
        current.Set(caller);
        return AuthenticateResult.Success(new AuthenticationTicket(Principal(caller), SchemeName));
    }

    private string? Token()
    {
        const string bearer = "Bearer ";
        if (Request.Headers.Authorization.ToString() is { Length: > 0 } given)
            return given.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) ? given[bearer.Length..].Trim() : given;
        return Request.Headers["X-Admin-Token"].ToString() is { Length: > 0 } token ? token : null;
    }

    private async Task<Caller?> ByTokenAsync(string secret, CancellationToken cancel)
    {
        var hash = ApiToken.HashOf(secret);
        await using var db = databases.ForSystem();
        var token = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash && t.RevokedAt == null, cancel);
        if (token is null) return null;
        var now = time.Now();
        if (token.LastUsedAt is not { } used || now - used > Noted)
            await db.WriteAsync(() => db.ApiTokens.Where(t => t.Hash == hash).ExecuteUpdateAsync(t => t.SetProperty(x => x.LastUsedAt, now), cancel), cancel);
        return new Caller(token.TenantId, null, token.Name, token.Role, token.IsPlatformAdministrator);
    }

    private async Task<Caller?> BySessionAsync(string cookie, CancellationToken cancel)
    {
        var hash = ApiToken.HashOf(cookie);
        await using var db = databases.ForSystem();
        var found = await (
            from s in db.Sessions.AsNoTracking()
            join o in db.Operators.AsNoTracking() on new { s.TenantId, Id = s.OperatorId } equals new { o.TenantId, o.Id }
            where s.Hash == hash && o.DisabledAt == null
            select new { Session = s, Operator = o }).SingleOrDefaultAsync(cancel);
        var now = time.Now();
        if (found is null || found.Session.IsOver(now)) return null;
        if (now - found.Session.LastSeenAt > Noted)
            await db.WriteAsync(() => db.Sessions.Where(s => s.Hash == hash).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), cancel), cancel);
        var person = found.Operator;
        return new Caller(person.TenantId, person.Id, person.Name, person.Role, person.IsPlatformAdministrator, hash);
    }

    private static ClaimsPrincipal Principal(Caller caller)
    {
        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.Name, caller.Name));
        identity.AddClaim(new Claim(ClaimTypes.Role, Word.Of(caller.Role)));
        if (caller.IsPlatformAdministrator) identity.AddClaim(new Claim(Access.PlatformClaim, "true"));
        return new ClaimsPrincipal(identity);
    }
}
