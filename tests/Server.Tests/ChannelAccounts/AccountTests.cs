using System.Net;
using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.ChannelAccounts;

public abstract class AccountTests(SharedServer shared)
{
    private TestServer Server => shared.Server;

    [Fact]
    public async Task A_connected_account_tells_its_webhook_address_and_keeps_its_secrets()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(more: new { settle_seconds = 5 });
        Assert.StartsWith($"{Server.Address}webhooks/whatsapp_cloud/", account.WebhookUrl.ToString(), StringComparison.Ordinal);
        Assert.True(account.WebhookUrl.Segments[^1].Length >= 22, "128 bits at least");

        var read = await tenant.Api.GetAsync($"/admin/channel-accounts/{account.Id}");
        Assert.Equal("connected", read.GetProperty("state").GetString());
        Assert.Equal("whatsapp", read.GetProperty("channel_source").GetString());
        Assert.Equal(account["phone_number_id"], read.GetProperty("settings").GetProperty("phone_number_id").GetString());
        Assert.Equal("5", read.GetProperty("settings").GetProperty("settle_seconds").GetString());
        Assert.Equal(["access_token", "app_secret", "verify_token"], read.GetProperty("secrets_set").EnumerateArray().Select(s => s.GetString()));
        AssertNoSecret(account, read.GetRawText());
        AssertNoSecret(account, (await tenant.Api.GetAsync("/admin/channel-accounts")).GetRawText());
        AssertNoSecret(account, Server.Log.ToString());

        await using var db = Server.Services.GetRequiredService<Databases>().ForSystem();
        var row = await db.ChannelAccounts.AsNoTracking().SingleAsync(a => a.Id == account.Id);
        AssertNoSecret(account, row.Settings + System.Text.Encoding.Latin1.GetString(row.Secrets));
    }

    [Fact]
    public async Task Only_owners_see_settings_and_webhook_address()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.WhatsAppAsync();
        using var viewer = await tenant.AsAsync("viewer");
        var seen = await viewer.GetAsync($"/admin/channel-accounts/{account.Id}");
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("webhook_url").ValueKind);
        Assert.Empty(seen.GetProperty("settings").EnumerateObject());
        Assert.Equal("connected", seen.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Everything_wrong_with_a_form_is_said_at_once()
    {
        var tenant = await Server.TenantAsync();
        var problem = await tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/channel-accounts",
            new
            {
                channel = "whatsapp_cloud", name = " ",
                settings = new { phone_number_id = "not a number", access_token = "two\nlines", base_url = "ftp://x", on_silence = "shout", settle_seconds = -1, nonsense = 1 },
            });
        var fields = problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "name", "settings.access_token", "settings.app_secret", "settings.base_url", "settings.nonsense", "settings.on_silence",
                "settings.phone_number_id", "settings.settle_seconds", "settings.verify_token", "settings.waba_id",
            ],
            fields);
        Assert.DoesNotContain("two", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_number_cannot_be_connected_twice_by_one_tenant()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.WhatsAppAsync();
        await tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "account_exists", HttpMethod.Post, "/admin/channel-accounts",
            new { channel = "whatsapp_cloud", name = "Again", settings = account.Settings });
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name_and_works_at_once()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.WhatsAppAsync();
        var path = $"/admin/channel-accounts/{account.Id}";
        var changed = await tenant.Api.PatchAsync(path, new { name = "Ventas", settings = new { app_secret = "a-new-secret", spacing_ms = 250 } });
        Assert.Equal("Ventas", changed.GetProperty("name").GetString());
        Assert.Equal("250", changed.GetProperty("settings").GetProperty("spacing_ms").GetString());
        Assert.Equal(account["waba_id"], changed.GetProperty("settings").GetProperty("waba_id").GetString());

        var directory = Server.Services.GetRequiredService<AccountDirectory>();
        var known = await directory.ByIdAsync(tenant.Id, account.Id);
        Assert.Equal("a-new-secret", known!.Settings["app_secret"]);
        Assert.Equal(account["access_token"], known.Settings["access_token"]);
        Assert.Equal(TimeSpan.FromMilliseconds(250), known.Spacing);

        var back = await tenant.Api.PatchAsync(path, new { settings = new Dictionary<string, object?> { ["spacing_ms"] = null } });
        Assert.False(back.GetProperty("settings").TryGetProperty("spacing_ms", out _));
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Patch, path, new { settings = new { access_token = "" } });
    }

    [Fact]
    public async Task Secrets_follow_an_account_to_another_server_only_when_they_are_entered_again()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.WhatsAppAsync();
        var path = $"/admin/channel-accounts/{account.Id}";
        var elsewhere = "http://127.0.0.1:10";
        var problem = await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Patch, path, new { settings = new { base_url = elsewhere } });
        Assert.Equal(
            ["settings.access_token", "settings.app_secret", "settings.verify_token"],
            problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()).Order(StringComparer.Ordinal));
        await tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Patch, path, new { settings = new { base_url = elsewhere, access_token = "guess" } });
        Assert.Equal(account["base_url"], (await tenant.Api.GetAsync(path)).GetProperty("settings").GetProperty("base_url").GetString());

        await tenant.Api.PatchAsync(path, new { settings = new { base_url = $"{account["base_url"]}/graph" } });
        var moved = await tenant.Api.PatchAsync(path, new { settings = new { base_url = elsewhere, access_token = "a", app_secret = "b", verify_token = "c" } });
        Assert.Equal(elsewhere, moved.GetProperty("settings").GetProperty("base_url").GetString());
    }

    [Fact]
    public async Task New_credentials_connect_a_paused_account_again()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.WhatsAppAsync();
        await using (var db = Server.Services.GetRequiredService<Databases>().For(tenant.Id))
            await db.WriteAsync(() => db.ChannelAccounts.ExecuteUpdateAsync(
                a => a.SetProperty(x => x.State, AccountState.Paused).SetProperty(x => x.StateReason, "token_expired")));
        var path = $"/admin/channel-accounts/{account.Id}";
        Assert.Equal("token_expired", (await tenant.Api.GetAsync(path)).GetProperty("state_reason").GetString());
        var renamed = await tenant.Api.PatchAsync(path, new { name = "Still paused" });
        Assert.Equal("paused", renamed.GetProperty("state").GetString());
        var fixedAccount = await tenant.Api.PatchAsync(path, new { settings = new { access_token = "fresh" } });
        Assert.Equal("connected", fixedAccount.GetProperty("state").GetString());
        Assert.Equal("disabled", (await tenant.Api.PostAsync($"{path}/disable")).GetProperty("state").GetString());
        Assert.Equal("connected", (await tenant.Api.PostAsync($"{path}/enable")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_test_asks_the_network()
    {
        var tenant = await Server.TenantAsync();
        var good = await tenant.WhatsAppAsync(shared.Sandbox);
        var bad = await tenant.WhatsAppAsync();
        Assert.True((await tenant.Api.PostAsync($"/admin/channel-accounts/{good.Id}/test")).GetProperty("ok").GetBoolean());
        var report = await tenant.Api.PostAsync($"/admin/channel-accounts/{bad.Id}/test");
        Assert.False(report.GetProperty("ok").GetBoolean());
        var english = report.GetProperty("fix").GetString();
        Assert.NotEmpty(report.GetProperty("detail").GetString()!);
        tenant.Api.Http.DefaultRequestHeaders.Add("Accept-Language", "es-AR");
        Assert.NotEqual(english, (await tenant.Api.PostAsync($"/admin/channel-accounts/{bad.Id}/test")).GetProperty("fix").GetString());
    }

    [Fact]
    public async Task The_schema_describes_every_channel()
    {
        var channels = (await (await Server.TenantAsync()).Api.GetAsync("/admin/channel-accounts/schema")).EnumerateArray().ToList();
        Assert.Equal(ChatOperator.Channels.All.Channels.Count, channels.Count);
        foreach (var channel in channels)
        {
            var fields = channel.GetProperty("settings").EnumerateArray().ToList();
            Assert.Equal(["settle_seconds", "on_silence", "spacing_ms", "rate_per_second"], fields[^4..].Select(f => f.GetProperty("name").GetString()!));
            Assert.All(fields, f => Assert.NotEmpty(f.GetProperty("label").GetProperty("es").GetString()!));
            Assert.True(channel.GetProperty("capabilities").GetProperty("max_text").GetInt32() > 0);
        }
    }

    private static void AssertNoSecret(TestAccount account, string text)
    {
        foreach (var name in (string[])["access_token", "app_secret", "verify_token"])
            Assert.DoesNotContain(account[name], text, StringComparison.Ordinal);
    }
}

public sealed class AccountsOnSqlite(OnSqlite shared) : AccountTests(shared), IClassFixture<OnSqlite>;

public sealed class AccountsOnPostgres(OnPostgres shared) : AccountTests(shared), IClassFixture<OnPostgres>;
