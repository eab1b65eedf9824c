using System.Net;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Operators;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Operators;

public abstract class SignInTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task An_operator_signs_in_and_is_known_by_the_cookie_until_signing_out()
    {
        var tenant = await Server.TenantAsync("Mercado Sur");
        var (id, email) = await Browser.OperatorAsync(tenant);
        using var browser = Browser.Open(Server);
        using var answer = await browser.SendAsync(HttpMethod.Post, "/auth/sign-in", new { email = email.ToUpperInvariant(), password = Browser.Password });
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        var me = await browser.GetAsync("/auth/me");
        Assert.Equal(id, me.GetProperty("operator").GetProperty("id").GetGuid());
        Assert.Equal("operator", me.GetProperty("operator").GetProperty("role").GetString());
        Assert.False(me.GetProperty("operator").GetProperty("platform_admin").GetBoolean());
        Assert.Equal("Mercado Sur", me.GetProperty("tenant").GetProperty("name").GetString());

        await browser.PostAsync("/auth/sign-out");
        using var thief = Browser.Open(Server);
        using var late = await thief.SendAsync(HttpMethod.Get, "/auth/me", null, ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_are_answered_alike()
    {
        var (_, email) = await Browser.OperatorAsync(await Server.TenantAsync());
        using var browser = Browser.Open(Server);
        var wrong = await browser.RefusedAsync(HttpStatusCode.Unauthorized, "sign_in_failed", HttpMethod.Post, "/auth/sign-in", new { email, password = "nope" });
        var unknown = await browser.RefusedAsync(
            HttpStatusCode.Unauthorized, "sign_in_failed", HttpMethod.Post, "/auth/sign-in", new { email = "nobody@example.test", password = "nope" });
        Assert.Equal(wrong.GetRawText(), unknown.GetRawText());
    }

    [Fact]
    public async Task One_rule_says_what_a_password_must_be()
    {
        using var nobody = Browser.Open(Server);
        var rules = await nobody.GetAsync("/auth/password-rules");
        var (shortest, longest) = (rules.GetProperty("shortest").GetInt32(), rules.GetProperty("longest").GetInt32());
        var tenant = await Server.TenantAsync();
        foreach (var length in (int[])[shortest - 1, longest + 1])
            await tenant.Api.RefusedAsync(
                HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/operators",
                new { name = "Ana", email = $"{tenant.Id:N}@example.test", password = new string('x', length) });
        await Browser.OperatorAsync(tenant, password: new string('x', shortest));
    }

    [Fact]
    public async Task A_password_change_ends_the_other_sessions()
    {
        var (_, email) = await Browser.OperatorAsync(await Server.TenantAsync());
        using var here = await Browser.SignInAsync(Server, email, Browser.Password);
        using var elsewhere = await Browser.SignInAsync(Server, email, Browser.Password);
        var wrong = await here.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/auth/password",
            new { current_password = "guess", new_password = "otra clave larga" });
        Assert.Equal("current_password", wrong.GetProperty("errors")[0].GetProperty("field").GetString());

        await here.PostAsync("/auth/password", new { current_password = Browser.Password, new_password = "otra clave larga" });
        await here.GetAsync("/auth/me");
        await elsewhere.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", HttpMethod.Get, "/auth/me");
        using var again = await Browser.SignInAsync(Server, email, "otra clave larga");
    }

    [Fact]
    public async Task Disabling_ends_every_session_at_once_and_signing_in()
    {
        var tenant = await Server.TenantAsync();
        var (id, email) = await Browser.OperatorAsync(tenant);
        using var browser = await Browser.SignInAsync(Server, email, Browser.Password);
        await tenant.Api.PatchAsync($"/admin/operators/{id}", new { disabled = true });
        await browser.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", HttpMethod.Get, "/auth/me");
        await browser.RefusedAsync(
            HttpStatusCode.Unauthorized, "sign_in_failed", HttpMethod.Post, "/auth/sign-in", new { email, password = Browser.Password });
    }

    [Fact]
    public async Task A_session_ends_after_two_weeks_without_use()
    {
        var (id, email) = await Browser.OperatorAsync(await Server.TenantAsync());
        using var browser = await Browser.SignInAsync(Server, email, Browser.Password);
        await LastSeenAsync(TimeSpan.FromDays(13));
        await browser.GetAsync("/auth/me");
        await LastSeenAsync(TimeSpan.FromDays(15));
        await browser.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", HttpMethod.Get, "/auth/me");

        async Task LastSeenAsync(TimeSpan ago)
        {
            await using var db = Server.Services.GetRequiredService<Databases>().ForSystem();
            var then = Server.Time.Now() - ago;
            await db.WriteAsync(() => db.Sessions.Where(s => s.OperatorId == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, then)));
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Another_sites_page_cannot_write_with_the_cookie(string header, string value)
    {
        var tenant = await Server.TenantAsync();
        var (_, email) = await Browser.OperatorAsync(tenant, "owner");
        using var browser = await Browser.SignInAsync(Server, email, Browser.Password);
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/admin/tokens"), (HttpMethod.Post, "/auth/sign-in"), (HttpMethod.Put, "/admin/settings") })
        {
            using var answer = await browser.SendAsync(method, path, new { name = "x", email, password = Browser.Password }, (header, value));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains("cross_site_request", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        using var own = await browser.SendAsync(
            HttpMethod.Post, "/admin/tokens", new { name = "x", role = "viewer" }, ("Origin", Server.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.Created, own.StatusCode);
    }
}

public sealed class SignInOnSqlite(OnSqlite shared) : SignInTests(shared), IClassFixture<OnSqlite>;

public sealed class SignInOnPostgres(OnPostgres shared) : SignInTests(shared), IClassFixture<OnPostgres>;

public abstract class LockoutTests(DatabaseProvider provider)
{
    [Fact]
    public async Task Too_many_failures_lock_an_address_for_a_while_known_or_not_and_even_for_the_right_password()
    {
        await using var server = await TestServer.StartAsync(provider, new ServerOptions { FrozenTime = true });
        foreach (var email in new[] { Installation.AdminEmail, "nobody@example.test" })
        {
            using var browser = Browser.Open(server);
            // At once: counting before checking lets none slip through.
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => TryAsync(browser, email, "wrong")));
            Assert.Equal(10, answers.Count(s => s == HttpStatusCode.Unauthorized));
            Assert.Equal(2, answers.Count(s => s == HttpStatusCode.TooManyRequests));
            Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(browser, email, Installation.AdminPassword));
        }

        server.FrozenTime!.Advance(TimeSpan.FromMinutes(16));
        using var later = await Browser.SignInAsync(server, Installation.AdminEmail, Installation.AdminPassword);
    }

    [Fact]
    public async Task A_stranger_can_lock_out_only_their_own_network()
    {
        await using var server = await TestServer.StartAsync(provider, new ServerOptions { FrozenTime = true });
        using var browser = Browser.Open(server);
        foreach (var (stranger, neighbour, away) in new[] { ("203.0.113.7", "203.0.113.7", "203.0.113.8"), ("2001:db8:1:1::7", "2001:db8:1:1:ffff::9", "2001:db8:1:2::7") })
        {
            for (var i = 0; i < 10; i++) Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, Installation.AdminEmail, "wrong", stranger));
            Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(browser, Installation.AdminEmail, "wrong", neighbour));
            Assert.Equal(HttpStatusCode.OK, await TryAsync(browser, Installation.AdminEmail, Installation.AdminPassword, away));
        }
    }

    [Fact]
    public async Task Guessing_from_everywhere_at_once_is_slowed_down_too()
    {
        await using var server = await TestServer.StartAsync(provider, new ServerOptions { FrozenTime = true });
        using var browser = Browser.Open(server);
        var first = await TryAsync(browser, "nobody@example.test", "wrong", "198.18.0.1");
        await using (var db = server.Services.GetRequiredService<Databases>().ForSystem())
        {
            var subject = SignInFailures.OfEmail("nobody@example.test");
            await db.WriteAsync(() => db.SignInFailures.Where(f => f.Subject == subject)
                .ExecuteUpdateAsync(f => f.SetProperty(x => x.Count, SignInFailures.MostOfOneEmail - 1)));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, first);
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(browser, "nobody@example.test", "wrong", "198.18.0.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(browser, "nobody@example.test", "wrong", "198.18.0.3"));
    }

    private static async Task<HttpStatusCode> TryAsync(Api browser, string email, string password, string from = "127.0.0.1")
    {
        using var answer = await browser.SendAsync(HttpMethod.Post, "/auth/sign-in", new { email, password }, ("X-Forwarded-For", from));
        return answer.StatusCode;
    }
}

public sealed class LockoutOnSqlite() : LockoutTests(DatabaseProvider.Sqlite);

public sealed class LockoutOnPostgres() : LockoutTests(DatabaseProvider.Postgres);
