using System.Net;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Operators;

/// <summary>What a person types in.</summary>
public sealed record SignInForm(string Email, string Password);

/// <summary>Signing in with e-mail address and password, and out again.</summary>
internal sealed class SignIn(Databases databases, Settings settings, TimeProvider time)
{
    private const int MostPasswordBytes = 4096;

    public async Task<Me> InAsync(SignInForm form, HttpContext http)
    {
        CrossSite.Check(http.Request, settings);
        var cancel = http.RequestAborted;
        var email = Operator.EmailKey(form.Email);
        var address = http.Connection.RemoteIpAddress;
        await using var db = databases.ForSystem();
        await CountAttemptAsync(db, email, address, cancel);

        var person = await db.Operators.AsNoTracking().SingleOrDefaultAsync(o => o.Email == email, cancel);
        var isRight = form.Password.Length <= MostPasswordBytes && Passwords.Verify(person?.PasswordHash, form.Password);
        if (!isRight || person is null || person.DisabledAt is not null)
            throw new Problem(401, "sign_in_failed", "E-mail address or password is wrong.", "Check both, or ask an owner to set a new password.");

        var key = ApiToken.RandomKey();
        var me = await db.WriteAsync(() => OpenSessionAsync(db, person, key, address, cancel), cancel);
        http.Response.Cookies.Append(Session.CookieName(settings), key, Cookie(Session.Longest));
        return me;
    }

    public async Task OutAsync(CurrentCaller caller, HttpContext http)
    {
        http.Response.Cookies.Delete(Session.CookieName(settings), Cookie(null));
        if (!caller.IsKnown || caller.Session is not { } session) return;
        await using var db = databases.For(caller.Tenant);
        await db.WriteAsync(() => db.Sessions.Where(s => s.Hash == session).ExecuteDeleteAsync(http.RequestAborted), http.RequestAborted);
    }

    private async Task<Me> OpenSessionAsync(AppDb db, Operator person, string key, IPAddress? address, CancellationToken cancel)
    {
        var now = time.Now();
        db.Sessions.Add(new Session
        {
            TenantId = person.TenantId, Hash = ApiToken.HashOf(key), OperatorId = person.Id, CreatedAt = now, LastSeenAt = now,
        });
        await db.Operators.Where(o => o.Id == person.Id).ExecuteUpdateAsync(o => o.SetProperty(x => x.LastSignInAt, now), cancel);
        var oldest = now - Session.Longest;
        await db.Sessions.Where(s => s.OperatorId == person.Id && s.CreatedAt < oldest).ExecuteDeleteAsync(cancel);
        var (byPair, byNetwork, byEmail) = Subjects(person.Email, address);
        await db.SignInFailures.Where(f => f.Subject == byPair).ExecuteDeleteAsync(cancel);
        await db.SignInFailures.Where(f => f.Subject == byNetwork || f.Subject == byEmail)
            .ExecuteUpdateAsync(f => f.SetProperty(x => x.Count, x => x.Count - 1).SetProperty(x => x.LockedUntil, (DateTimeOffset?)null), cancel);
        var tenant = await db.Tenants.AsNoTracking().SingleAsync(t => t.Id == person.TenantId, cancel);
        return Me.Of(person, tenant);
    }

    private async Task CountAttemptAsync(AppDb db, string email, IPAddress? address, CancellationToken cancel)
    {
        var now = time.Now();
        var (byPair, byNetwork, byEmail) = Subjects(email, address);
        var wait = await db.WriteAsync(
            async () =>
            {
                var old = now - SignInFailures.Window - SignInFailures.Window;
                await db.SignInFailures.Where(f => f.FirstAt < old).ExecuteDeleteAsync(cancel);
                return await AttemptAsync(db, byNetwork, SignInFailures.MostOfOneNetwork, now, cancel)
                    ?? await AttemptAsync(db, byPair, SignInFailures.MostOfOnePair, now, cancel)
                    ?? await AttemptAsync(db, byEmail, SignInFailures.MostOfOneEmail, now, cancel);
            },
            cancel);
        if (wait is not null)
            throw new Problem(429, "too_many_sign_ins", "Too many failed sign-ins.", "Wait some minutes, then try again.") { RetryAfter = wait };
    }

    private static async Task<TimeSpan?> AttemptAsync(AppDb db, byte[] subject, int most, DateTimeOffset now, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO sign_in_failures (tenant_id, subject, count, first_at) VALUES ({Stored(db, Tenant.Platform)}, {subject}, 0, {Stored(db, now)})
             ON CONFLICT (tenant_id, subject) DO UPDATE SET count = sign_in_failures.count
             """,
            cancel);
        var failures = await db.SignInFailures.SingleAsync(f => f.Subject == subject, cancel);
        return failures.Attempt(most, now);
    }

    private static object Stored(AppDb db, Guid id) => db is SqliteDb ? id.ToByteArray(true) : id;

    private static object Stored(AppDb db, DateTimeOffset moment) => db is SqliteDb ? moment.ToUnixTimeMilliseconds() : moment;

    private static (byte[] Pair, byte[] Network, byte[] Email) Subjects(string email, IPAddress? address) =>
        (SignInFailures.OfPair(email, address), SignInFailures.OfNetwork(address), SignInFailures.OfEmail(email));

    private CookieOptions Cookie(TimeSpan? age) =>
        new() { HttpOnly = true, Secure = settings.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true, MaxAge = age };
}
