using System.Net;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Operators;
using ChatOperator.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Operators;

public abstract class BootstrapTests(DatabaseProvider provider)
{
    [Fact]
    public async Task The_configured_token_is_platform_administrator_and_follows_the_configuration()
    {
        await using var installation = await Installation.CreateAsync(provider);
        await using (var first = await TestServer.StartAsync(installation))
        {
            var me = (await first.Api.GetAsync("/auth/me")).GetProperty("operator");
            Assert.True(me.GetProperty("platform_admin").GetBoolean());
            Assert.Equal("owner", me.GetProperty("role").GetString());
        }

        installation.Settings["Bootstrap:AdminToken"] = "another-token";
        await using (var second = await TestServer.StartAsync(installation))
        {
            await second.Api.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", HttpMethod.Get, "/auth/me");
            using var changed = new Api(second.Address, "another-token");
            Assert.Single((await changed.GetAsync("/platform/tenants")).EnumerateArray());
        }

        installation.Settings["Bootstrap:AdminToken"] = "";
        await using var third = await TestServer.StartAsync(installation);
        using var old = new Api(third.Address, "another-token");
        await old.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", HttpMethod.Get, "/auth/me");
    }

    [Fact]
    public async Task Without_a_password_one_is_made_up_and_shown_once()
    {
        await using var server = await TestServer.StartAsync(provider);
        var databases = server.Services.GetRequiredService<Databases>();
        var settings = new Settings { Bootstrap = new() { AdminEmail = "first@example.test" } };
        await using (var db = databases.ForSystem())
        {
            await db.WriteAsync(async () =>
            {
                db.ApiTokens.RemoveRange(db.ApiTokens);
                db.Operators.RemoveRange(db.Operators);
                db.Tenants.RemoveRange(db.Tenants);
                await Task.CompletedTask;
            });
        }
        var (shown, silent) = (new StringWriter(), new StringWriter());
        await Bootstrap.RunAsync(databases, settings, shown);
        await Bootstrap.RunAsync(databases, settings, silent);
        Assert.Equal("", silent.ToString());
        var password = shown.ToString().Split("with the password")[1].Trim().Split('\n')[0].Trim();
        using var browser = await Browser.SignInAsync(server, "first@example.test", password);
        Assert.DoesNotContain(password, server.Log.ToString(), StringComparison.Ordinal);
    }
}

public sealed class BootstrapOnSqlite() : BootstrapTests(DatabaseProvider.Sqlite);

public sealed class BootstrapOnPostgres() : BootstrapTests(DatabaseProvider.Postgres);
