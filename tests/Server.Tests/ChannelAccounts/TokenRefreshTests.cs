using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.ChannelAccounts;

/// <summary>Tokens that die after 60 days are renewed in time; a dead one pauses its account.</summary>
public abstract class TokenRefreshTests(DatabaseProvider provider)
{
    [Fact]
    public async Task A_token_is_renewed_again_and_again_and_outlives_its_first_life()
    {
        await using var server = await TestServer.StartAsync(provider, new() { FrozenTime = true });
        await using var sandbox = await TestSandbox.StartAsync(server.FrozenTime);
        var tenant = await server.TenantAsync();
        var account = await tenant.InstagramAsync(sandbox, "instagram");
        foreach (var days in new[] { 1.1, 31, 31 })
        {
            var due = await DueAsync();
            server.FrozenTime!.Advance(TimeSpan.FromDays(days));
            await Eventually.GetAsync(DueAsync, now => now > due, 20, "the token was renewed");
        }

        var test = await tenant.Api.PostAsync($"/admin/channel-accounts/{account.Id}/test");
        Assert.True(test.GetProperty("ok").GetBoolean(), test.ToString());

        async Task<DateTimeOffset?> DueAsync()
        {
            await using var db = server.Services.GetRequiredService<Databases>().ForSystem();
            // Between the asking and the answer it is due soon: only a whole stretch counts as renewed.
            var at = await db.ChannelAccounts.Where(a => a.Id == account.Id).Select(a => a.TokenDueAt).SingleAsync();
            return at > server.Time.GetUtcNow().AddDays(2) ? at : DateTimeOffset.MinValue;
        }
    }

    [Fact]
    public async Task A_dead_token_pauses_the_account()
    {
        await using var server = await TestServer.StartAsync(provider, new() { FrozenTime = true });
        await using var sandbox = await TestSandbox.StartAsync(server.FrozenTime);
        var tenant = await server.TenantAsync();
        var account = await tenant.InstagramAsync(sandbox, "instagram");
        server.FrozenTime!.Advance(TimeSpan.FromDays(61));
        var view = await Eventually.GetAsync(
            () => tenant.Api.GetAsync($"/admin/channel-accounts/{account.Id}"), a => a.GetProperty("state").GetString() == "paused");
        Assert.Equal("token_expired", view.GetProperty("state_reason").GetString());
    }
}

public sealed class TokenRefreshOnSqlite() : TokenRefreshTests(DatabaseProvider.Sqlite);

public sealed class TokenRefreshOnPostgres() : TokenRefreshTests(DatabaseProvider.Postgres);
