using System.Text.Json;
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
        var problem = view.GetProperty("token_problem");
        Assert.Equal("token_expired", problem.GetProperty("code").GetString());
        Assert.NotEmpty(problem.GetProperty("next_step").GetString()!);
    }

    /// <summary>Weeks before it dies: there is time to do something, and the account works until then.</summary>
    [Fact]
    public async Task A_renewal_that_fails_is_shown_with_the_account_until_it_succeeds()
    {
        await using var server = await TestServer.StartAsync(provider, new() { FrozenTime = true });
        var sandbox = await TestSandbox.StartAsync(server.FrozenTime);
        var tenant = await server.TenantAsync();
        var account = await tenant.InstagramAsync(sandbox, "instagram");
        Assert.Equal(JsonValueKind.Null, (await ViewAsync()).GetProperty("token_problem").ValueKind);
        await sandbox.DisposeAsync();
        server.FrozenTime!.Advance(TimeSpan.FromDays(2));
        var failing = await Eventually.GetAsync(ViewAsync, a => a.GetProperty("token_problem").ValueKind == JsonValueKind.Object, 30, "the failed renewal is shown");
        Assert.Equal("connected", failing.GetProperty("state").GetString());
        var problem = failing.GetProperty("token_problem");
        Assert.Equal("network_unreachable", problem.GetProperty("code").GetString());
        var since = problem.GetProperty("since").GetDateTimeOffset();
        Assert.All(["message", "next_step"], name => Assert.NotEmpty(problem.GetProperty(name).GetString()!));

        server.FrozenTime.Advance(TimeSpan.FromHours(4));
        var again = await Eventually.GetAsync(ViewAsync, a => a.GetProperty("updated_at").GetDateTimeOffset() > failing.GetProperty("updated_at").GetDateTimeOffset());
        Assert.Equal(since, again.GetProperty("token_problem").GetProperty("since").GetDateTimeOffset());
        Assert.Contains("token nuevo", (await InSpanishAsync()).GetProperty("token_problem").GetProperty("next_step").GetString(), StringComparison.Ordinal);

        // Another token is another chance.
        var entered = await tenant.Api.PatchAsync($"/admin/channel-accounts/{account.Id}", new { settings = new { access_token = "new" } });
        Assert.Equal(JsonValueKind.Null, entered.GetProperty("token_problem").ValueKind);

        Task<JsonElement> ViewAsync() => tenant.Api.GetAsync($"/admin/channel-accounts/{account.Id}");
        async Task<JsonElement> InSpanishAsync()
        {
            using var answer = await tenant.Api.SendAsync(HttpMethod.Get, $"/admin/channel-accounts/{account.Id}", null, ("Accept-Language", "es"));
            return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        }
    }
}

public sealed class TokenRefreshOnSqlite() : TokenRefreshTests(DatabaseProvider.Sqlite);

public sealed class TokenRefreshOnPostgres() : TokenRefreshTests(DatabaseProvider.Postgres);
