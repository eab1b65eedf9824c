using System.Text.Json.Nodes;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Harness;
using ChatOperator.Intake;
using ChatOperator.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>An item goes only to an account whose own secret signed it.</summary>
public abstract class RoutingTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task No_tenant_can_write_into_anothers_chats()
    {
        var (victim, theirs) = await ConnectAsync();
        var (attacker, own) = await ConnectAsync();
        await AcceptedAsync(own, Text(theirs, NewPhone(), "wamid.forged", "soy tu cliente"));

        Assert.Empty(await victim.SummaryAsync());
        Assert.Empty(await ReceiptsAsync(victim.Id));
        Assert.Empty(await attacker.SummaryAsync());
        Assert.Empty(await ReceiptsAsync(attacker.Id));
        var receipt = (await ReceiptsAsync(Tenant.Platform)).Last(r => r.AccountId == own.Id);
        Assert.Equal(Verdict.Unrouted, receipt.Verdict);
        Assert.Contains(theirs["phone_number_id"], receipt.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_webhook_of_an_app_serves_accounts_of_several_tenants()
    {
        var (first, one) = await ConnectAsync();
        var second = await Server.TenantAsync();
        var two = await second.WhatsAppAsync(more: new { app_secret = one["app_secret"] });
        var (_, stranger) = await ConnectAsync();
        await AcceptedAsync(one, Of(
            Messages(one, [Contact("5491177770001")], Message("5491177770001", "wamid.a", "para uno")),
            Messages(two, [Contact("5491177770001")], Message("5491177770001", "wamid.b", "para dos")),
            Messages(stranger, [Contact("5491177770001")], Message("5491177770001", "wamid.c", "para nadie"))));

        Assert.Equal(["para uno"], Words(await MessagesAsync(first)));
        Assert.Equal(["para dos"], Words(await MessagesAsync(second)));
        var slice = System.Text.Encoding.UTF8.GetString(Receipts.BodyOf(Assert.Single(await ReceiptsAsync(second.Id))));
        Assert.Contains("para dos", slice, StringComparison.Ordinal);
        Assert.DoesNotContain("para uno", slice, StringComparison.Ordinal);
        Assert.DoesNotContain("para nadie", slice, StringComparison.Ordinal);
        var whole = (await ReceiptsAsync(Tenant.Platform)).Last(r => r.AccountId == one.Id);
        Assert.Contains("para uno", System.Text.Encoding.UTF8.GetString(Receipts.BodyOf(whole)), StringComparison.Ordinal);
        Assert.Equal("wamid.c", Assert.Single(Receipts.ItemsOf(whole)).ExternalId);
    }

    [Fact]
    public async Task What_came_for_nobody_stands_among_the_receipts_of_a_platform_administrator_alone()
    {
        var bootstrap = await Server.BootstrapTenantAsync();
        var (tenant, account) = await ConnectAsync();
        var (_, stranger) = await ConnectAsync();
        var own = await bootstrap.WhatsAppAsync();
        await AcceptedAsync(account, Text(stranger, NewPhone(), "wamid.unrouted", "x"));
        await AcceptedAsync(own, Text(own, NewPhone(), "wamid.own", "x"));

        var seen = (await Server.Api.GetAsync("/admin/receipts?limit=200")).EnumerateArray().ToList();
        var mine = seen.FindIndex(r => r.GetProperty("account_id").GetGuid() == own.Id);
        var unrouted = seen.FindIndex(r => r.GetProperty("account_id").GetGuid() == account.Id);
        Assert.True(mine >= 0 && unrouted > mine, $"newest first: {mine}, {unrouted}");
        Assert.Contains(
            account.Id, (await Server.Api.GetAsync("/admin/receipts?verdict=unrouted&limit=200")).EnumerateArray().Select(r => r.GetProperty("account_id").GetGuid()));
        var id = seen[unrouted].GetProperty("id").GetGuid();
        Assert.Equal("unrouted", (await Server.Api.GetAsync($"/admin/receipts/{id}")).GetProperty("verdict").GetString());
        Assert.Equal(1, (await Server.Api.PostAsync($"/admin/receipts/{id}/replay")).GetProperty("replayed").GetInt32());
        Assert.True((await Server.Api.GetAsync("/admin/receipts/reconciliation")).GetProperty("unrouted").GetInt64() > 0);

        Assert.Empty((await tenant.Api.GetAsync("/admin/receipts?verdict=unrouted")).EnumerateArray());
        Assert.Equal(0, (await tenant.Api.GetAsync("/admin/receipts/reconciliation")).GetProperty("unrouted").GetInt64());
        await tenant.Api.RefusedAsync(System.Net.HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/receipts/{id}");
    }

    [Fact]
    public async Task One_large_body_does_not_have_its_signature_checked_for_each_of_its_items()
    {
        var (_, one) = await ConnectAsync();
        var two = await (await Server.TenantAsync()).WhatsAppAsync(more: new { app_secret = one["app_secret"] });
        var body = System.Text.Encoding.UTF8.GetBytes(Of([.. Enumerable.Range(0, 400).Select(i =>
            Messages(i % 2 == 0 ? one : two, [Contact("5491177770002")], Message("5491177770002", $"wamid.{i}", "x")))]).ToJsonString());
        var checks = 0;
        var request = new WebhookRequest(
            "POST",
            name =>
            {
                checks++;
                return name == "X-Hub-Signature-256" ? TestAccount.Sign(body, one["app_secret"]) : null;
            },
            _ => null, body, Server.Time.GetUtcNow());
        var hook = (await Server.Services.GetRequiredService<AccountDirectory>().OfAnyTenantAsync(one.Id))!;
        var items = await Server.Services.GetRequiredService<Routing>().RouteAsync(hook.Channel.Read(body), hook, request, CancellationToken.None);
        Assert.Equal(200, items.Count(i => i.Account?.Id == two.Id));
        Assert.InRange(checks, 1, 2);
    }

    /// <summary>What concerns a whole WhatsApp Business Account: for each of its accounts whose own secret signed it, of whichever tenant.</summary>
    [Fact]
    public async Task News_of_an_owner_reach_all_of_its_accounts_and_no_stranger_that_names_the_same_owner()
    {
        var (first, one) = await ConnectAsync();
        var two = await first.WhatsAppAsync(more: new { app_secret = one["app_secret"], waba_id = one["waba_id"] });
        var partner = await Server.TenantAsync();
        var three = await partner.WhatsAppAsync(more: new { app_secret = one["app_secret"], waba_id = one["waba_id"] });
        var stranger = await Server.TenantAsync();
        var forged = await stranger.WhatsAppAsync(more: new { waba_id = one["waba_id"] });
        await AcceptedAsync(one, Of(Upgrade(one, null)));
        Assert.Equal(["1000", "1000", "1000", null], [await RateAsync(one), await RateAsync(two), await RateAsync(three), await RateAsync(forged)]);
        Assert.Empty(await ReceiptsAsync(stranger.Id));

        // Who names another's owner moves nothing but their own.
        await AcceptedAsync(forged, Of(Change(forged, "account_update", new() { ["event"] = "FORGED" })));
        Assert.DoesNotContain(
            (await first.Api.GetAsync("/admin/receipts?limit=50")).EnumerateArray(), r => r.GetProperty("reason").GetString() == "FORGED");
        Assert.Equal("FORGED", Assert.Single(await ReceiptsAsync(stranger.Id)).Reason);
    }

    [Fact]
    public async Task News_of_a_number_reach_the_account_of_that_number()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var tenant = await Server.TenantAsync();
        var one = await tenant.WhatsAppAsync(sandbox);
        var two = await tenant.WhatsAppAsync(sandbox, more: new { app_secret = one["app_secret"], waba_id = one["waba_id"] });
        foreach (var (account, number) in new[] { (one, "+54 9 11 5555-0001"), (two, "+54 11 5555-0002") })
        {
            await sandbox.Control.PostAsync(
                "/control/accounts", new { channel = "whatsapp_cloud", phone_number_id = account["phone_number_id"], display_phone_number = number });
            Assert.True((await tenant.Api.PostAsync($"/admin/channel-accounts/{account.Id}/test")).GetProperty("ok").GetBoolean());
        }
        // The network spells numbers now with the mobile's 9, now without.
        await AcceptedAsync(one, Of(Upgrade(one, "5491155550002")));
        Assert.Equal([null, "1000"], [await RateAsync(one), await RateAsync(two)]);
        var receipt = Assert.Single(await ReceiptsAsync(tenant.Id));
        Assert.Equal(two.Id, Assert.Single(Receipts.ItemsOf(receipt)).Account);

        // A number of the same owner that is not connected here is nobody's.
        await AcceptedAsync(one, Of(Upgrade(one, "5491155550003")));
        Assert.Null(await RateAsync(one));
        Assert.Equal(Verdict.Unrouted, (await ReceiptsAsync(Tenant.Platform)).Last(r => r.AccountId == one.Id).Verdict);
    }

    private static JsonObject Upgrade(TestAccount account, string? number)
    {
        var value = new JsonObject { ["event"] = "THROUGHPUT_UPGRADE", ["max_daily_conversations_per_business"] = "TIER_UNLIMITED" };
        if (number is not null) value["display_phone_number"] = number;
        return Change(account, "phone_number_quality_update", value);
    }

    private static JsonObject Change(TestAccount account, string field, JsonObject value)
    {
        var entry = WhatsAppWebhook.Change(account, field);
        entry["changes"]![0]!["value"] = value;
        return entry;
    }

    private static async Task<string?> RateAsync(TestAccount account) =>
        (await account.Tenant.Api.GetAsync($"/admin/channel-accounts/{account.Id}")).GetProperty("settings").TryGetProperty("rate_per_second", out var rate)
            ? rate.GetString() : null;

    [Fact]
    public async Task A_disabled_account_takes_nothing()
    {
        var (tenant, account) = await ConnectAsync();
        await tenant.Api.PostAsync($"/admin/channel-accounts/{account.Id}/disable");
        await AcceptedAsync(account, Text(account, NewPhone(), "wamid.1", "hola"));
        Assert.Empty(await tenant.SummaryAsync());
        Assert.Equal("account_disabled", (await ReceiptsAsync(Tenant.Platform)).Last(r => r.AccountId == account.Id).Reason);
    }
}

public sealed class RoutingOnSqlite(OnSqlite shared) : RoutingTests(shared), IClassFixture<OnSqlite>;

public sealed class RoutingOnPostgres(OnPostgres shared) : RoutingTests(shared), IClassFixture<OnPostgres>;
