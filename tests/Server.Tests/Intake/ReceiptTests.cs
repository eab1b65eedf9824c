using System.Net;
using System.Text;
using System.Text.Json;
using ChatOperator.Conversations;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Intake;
using ChatOperator.Intake.Kept;
using ChatOperator.Outbox;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>What is kept of every webhook, and what can be done with it.</summary>
public abstract class ReceiptTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task Receipts_are_listed_newest_first_and_found_by_verdict_time_and_account()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        for (var i = 0; i < 3; i++) await AcceptedAsync(account, Text(account, phone, $"wamid.{i}", "x"));
        await AcceptedAsync(account, Text(account, phone, "wamid.0", "x"));
        using (await account.WebhookAsync("garbage"u8.ToArray())) { }

        var all = await ListAsync(tenant, "");
        Assert.Equal(["anomalous", "duplicate", "applied", "applied", "applied"], all.Select(r => r.GetProperty("verdict").GetString()));
        Assert.Equal("message", all[1].GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.Equal("wamid.0", all[1].GetProperty("items")[0].GetProperty("external_id").GetString());
        Assert.True(all[4].GetProperty("items")[0].GetProperty("message_id").GetInt64() > 0);
        var repeat = await tenant.Api.GetAsync($"/admin/receipts/{all[1].GetProperty("id").GetGuid()}");
        foreach (var what in (string[])["message_id", "conversation_id"])
            Assert.Equal(all[4].GetProperty("items")[0].GetProperty(what).ToString(), repeat.GetProperty("items")[0].GetProperty(what).ToString());
        Assert.Single(await ListAsync(tenant, "?verdict=duplicate"));
        Assert.Equal(2, (await ListAsync(tenant, $"?limit=2&before={all[1].GetProperty("id").GetGuid()}")).Count);
        Assert.Equal(2, (await ListAsync(tenant, $"?since={Uri.EscapeDataString(all[1].GetProperty("received_at").GetString()!)}")).Count);
        foreach (var longAgo in (string[])["2020-01-01T00:00:00%2B02:00", "1970-01-01T00:00:00Z", "1969-07-20", "0001-01-01T00:00:00Z"])
            Assert.Equal(5, (await ListAsync(tenant, $"?since={longAgo}")).Count);
        Assert.Empty(await ListAsync(tenant, "?since=9999-12-31T23:59:59Z"));
        foreach (var longAgo in (string[])["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z"])
            Assert.Equal(0, (await tenant.Api.PostAsync("/admin/receipts/replay", new { since = longAgo, verdict = "failed" })).GetProperty("replayed").GetInt32());
        foreach (var path in (string[])["receipts/reconciliation?day=", "agent/usage?to=", "agent/usage?from="])
            foreach (var day in (string[])["0001-01-01", "9999-12-31"])
                await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Get, $"/admin/{path}{day}");
        Assert.Equal(5, (await ListAsync(tenant, $"?account={account.Id}")).Count);
        Assert.Empty(await ListAsync(tenant, $"?account={tenant.Id}"));
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Get, "/admin/receipts?verdict=splendid");
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Get, "/admin/receipts?limit=201");

        var health = await tenant.Api.GetAsync("/admin/receipts/health");
        Assert.Equal(all[0].GetProperty("received_at").GetString(), health.GetProperty("last_received_at").GetString());
    }

    [Fact]
    public async Task A_body_is_shown_as_it_came_with_secrets_masked()
    {
        var (tenant, account) = await ConnectAsync();
        var body = $"{{\"echo\":\"{account["app_secret"]}\", \"ñ\":1}}";
        using (await account.WebhookAsync(Encoding.UTF8.GetBytes(body))) { }
        using (await account.WebhookAsync([0xff, 0xfe, 0x00, .. Encoding.UTF8.GetBytes(account["app_secret"]), 0x01])) { }

        var list = await ListAsync(tenant, "");
        var binary = await tenant.Api.GetAsync($"/admin/receipts/{list[0].GetProperty("id").GetGuid()}");
        Assert.Equal([0xff, 0xfe, 0x00, .. "***"u8, 0x01], Convert.FromBase64String(binary.GetProperty("body").GetString()!));
        Assert.Equal("base64", binary.GetProperty("body_encoding").GetString());
        var text = await tenant.Api.GetAsync($"/admin/receipts/{list[1].GetProperty("id").GetGuid()}");
        Assert.Equal("{\"echo\":\"•••\", \"ñ\":1}", text.GetProperty("body").GetString());
        Assert.False(list[1].TryGetProperty("body", out var none) && none.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task Receipts_belong_to_their_tenant_and_to_those_who_may()
    {
        var (tenant, account) = await ConnectAsync();
        var (other, _) = await ConnectAsync();
        await AcceptedAsync(account, Text(account, NewPhone(), "wamid.1", "x"));
        var id = Assert.Single(await ListAsync(tenant, "")).GetProperty("id").GetGuid();
        await other.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/receipts/{id}");
        await other.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, $"/admin/receipts/{id}/replay");
        using var viewer = await tenant.AsAsync("viewer");
        await viewer.RefusedAsync(HttpStatusCode.Forbidden, null, HttpMethod.Get, "/admin/receipts");
        using var person = await tenant.AsAsync("operator");
        await person.GetAsync($"/admin/receipts/{id}");
        await person.RefusedAsync(HttpStatusCode.Forbidden, null, HttpMethod.Post, $"/admin/receipts/{id}/replay");
        await tenant.Api.RefusedAsync(HttpStatusCode.Forbidden, null, HttpMethod.Get, "/platform/receipts");
    }

    [Fact]
    public async Task What_failed_is_applied_by_a_replay_and_what_was_applied_is_not_applied_twice()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        var at = Server.Time.GetUtcNow().AddHours(-3);
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "uno", at));
        await AcceptedAsync(account, Text(account, phone, "wamid.2", "dos", at.AddSeconds(1)));
        // As if the first had failed: the message is gone, the receipt says so.
        var first = (await ReceiptsAsync(tenant.Id))[0];
        await ForgetAsync(tenant.Id, first);

        var answer = await tenant.Api.PostAsync("/admin/receipts/replay", new { since = at, verdict = "failed" });
        Assert.Equal(1, answer.GetProperty("replayed").GetInt32());
        Assert.Equal(["uno", "dos"], Words(await MessagesAsync(tenant)));
        Assert.Equal(first.Id, (await MessagesAsync(tenant))[0].GetProperty("correlation_id").GetGuid());
        foreach (var receipt in await ReceiptsAsync(tenant.Id)) await tenant.Api.PostAsync($"/admin/receipts/{receipt.Id}/replay");
        Assert.Equal(2, (await MessagesAsync(tenant)).Count);
        Assert.All(await ReceiptsAsync(tenant.Id), r => Assert.Equal(Verdict.Applied, r.Verdict));
        Assert.All(await ListAsync(tenant, ""), r => Assert.True(r.GetProperty("items")[0].GetProperty("message_id").GetInt64() > 0));

        var books = await tenant.Api.GetAsync("/admin/receipts/reconciliation");
        Assert.True(books.GetProperty("agrees").GetBoolean(), books.ToString());
        Assert.Equal((2, 2), (books.GetProperty("received").GetInt32(), books.GetProperty("applied").GetInt32()));
    }

    [Fact]
    public async Task Replays_of_one_receipt_at_the_same_time_leave_the_books_in_order()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "uno"));
        await AcceptedAsync(account, Text(account, phone, "wamid.2", "dos"));
        var receipt = (await ReceiptsAsync(tenant.Id))[0];
        await ForgetAsync(tenant.Id, receipt);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => tenant.Api.PostAsync($"/admin/receipts/{receipt.Id}/replay")));
        Assert.Equal(["dos", "uno"], Words(await MessagesAsync(tenant)).Order());
        var books = await tenant.Api.GetAsync("/admin/receipts/reconciliation");
        Assert.True(books.GetProperty("agrees").GetBoolean(), books.ToString());
        Assert.Equal(2, books.GetProperty("received").GetInt32());
    }

    [Fact]
    public async Task What_came_before_its_account_was_connected_finds_it_by_a_replay()
    {
        var (_, hook) = await ConnectAsync();
        var later = await Server.TenantAsync();
        var number = NewPhone();
        var stranger = new Dictionary<string, object?>
        {
            ["phone_number_id"] = number, ["waba_id"] = "9" + number, ["access_token"] = "token-later", ["app_secret"] = hook["app_secret"],
            ["verify_token"] = "verify-later", ["base_url"] = "http://127.0.0.1:9",
        };
        var body = Text(hook, NewPhone(), "wamid.early", "temprano").ToJsonString().Replace(hook["phone_number_id"], number, StringComparison.Ordinal)
            .Replace(hook["waba_id"], "9" + number, StringComparison.Ordinal);
        using (await hook.WebhookAsync(Encoding.UTF8.GetBytes(body))) { }
        var receipt = (await ReceiptsAsync(Tenant.Platform)).Last(r => r.AccountId == hook.Id);

        await Server.Api.PostAsync($"/platform/receipts/{receipt.Id}/replay");
        Assert.Equal(Verdict.Unrouted, (await ReceiptsAsync(Tenant.Platform)).Single(r => r.Id == receipt.Id).Verdict);
        // A tenant that claims the number without its secret gets nothing.
        var (thief, _) = await ConnectAsync();
        await thief.AccountAsync("whatsapp_cloud", "Ajeno", new(stranger) { ["app_secret"] = "a guess of mine" });
        await Server.Api.PostAsync($"/platform/receipts/{receipt.Id}/replay");
        Assert.Empty(await thief.SummaryAsync());
        await later.AccountAsync("whatsapp_cloud", "Nuevo", stranger);
        await Server.Api.PostAsync($"/platform/receipts/{receipt.Id}/replay");
        Assert.Equal(["temprano"], Words(await MessagesAsync(later)));
        Assert.Equal("applied", (await Server.Api.GetAsync($"/platform/receipts/{receipt.Id}")).GetProperty("verdict").GetString());
        Assert.True((await Server.Api.GetAsync("/platform/receipts/reconciliation")).GetProperty("agrees").GetBoolean());
    }

    [Fact]
    public async Task The_books_show_when_they_do_not_agree()
    {
        var (tenant, account) = await ConnectAsync();
        for (var i = 0; i < 4; i++) await AcceptedAsync(account, Text(account, NewPhone(), $"wamid.{i / 2}", "x"));
        var books = await tenant.Api.GetAsync($"/admin/receipts/reconciliation?day={Server.Time.GetUtcNow():yyyy-MM-dd}");
        Assert.True(books.GetProperty("agrees").GetBoolean(), books.ToString());
        Assert.Equal(4, books.GetProperty("received").GetInt32());
        Assert.Equal(2, books.GetProperty("duplicate").GetInt32());
        Assert.Equal(account.Id, books.GetProperty("accounts")[0].GetProperty("account_id").GetGuid());

        await LookAsync(db => db.Receipts.Where(r => r.TenantId == tenant.Id && r.Verdict == Verdict.Duplicate).ExecuteDeleteAsync());
        Assert.False((await tenant.Api.GetAsync("/admin/receipts/reconciliation")).GetProperty("agrees").GetBoolean());
        var old = await tenant.Api.GetAsync("/admin/receipts/reconciliation?day=2020-01-01");
        Assert.Equal(JsonValueKind.Null, old.GetProperty("agrees").ValueKind);
        Assert.NotEmpty(old.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task Receipts_go_when_their_time_is_over_and_troubled_ones_later()
    {
        var (tenant, account) = await ConnectAsync();
        foreach (var (days, verdict) in ((int, Verdict)[])[(29, Verdict.Applied), (31, Verdict.Applied), (31, Verdict.Duplicate), (179, Verdict.Failed), (181, Verdict.Anomalous)])
            await KeepAsync(account, Server.Time.Now().AddDays(-days), verdict);
        await Server.Services.GetRequiredService<ReceiptSweep>().SweepAsync();
        Assert.Equal(["applied", "failed"], (await ListAsync(tenant, "")).Select(r => r.GetProperty("verdict").GetString()));
    }

    private Task<int> KeepAsync(TestAccount account, DateTimeOffset at, Verdict verdict) => LookAsync(db =>
    {
        db.Receipts.Add(new Receipt
        {
            TenantId = account.Tenant.Id, Id = Guid.CreateVersion7(at), ReceivedAt = at, Channel = account.Channel, AccountId = account.Id, Body = [], Items = "[]",
            Verdict = verdict,
        });
        return db.SaveChangesAsync();
    });

    private static async Task<List<JsonElement>> ListAsync(TestTenant tenant, string query) =>
        [.. (await tenant.Api.GetAsync("/admin/receipts" + query)).EnumerateArray()];

    private Task<int> ForgetAsync(Guid tenant, Receipt receipt) => LookAsync(async db =>
    {
        await db.Messages.Where(m => m.TenantId == tenant && m.CorrelationId == receipt.Id).ExecuteDeleteAsync();
        await db.ExternalIds.Where(e => e.TenantId == tenant && e.Id == "wamid.1").ExecuteDeleteAsync();
        await db.IntakeCounts.Where(c => c.TenantId == tenant).ExecuteUpdateAsync(set => set.SetProperty(c => c.Items, 1));
        db.IntakeCounts.Add(new IntakeCount
        {
            TenantId = tenant, AccountId = receipt.AccountId, Day = DateOnly.FromDateTime(receipt.ReceivedAt.UtcDateTime), Verdict = Verdict.Failed, Items = 1,
        });
        var stored = await db.Receipts.SingleAsync(r => r.TenantId == tenant && r.Id == receipt.Id);
        (stored.Verdict, stored.Items) = (Verdict.Failed, $$"""[{"kind":"message","verdict":"failed","account":"{{receipt.AccountId}}","external_id":"wamid.1"}]""");
        return await db.SaveChangesAsync();
    });
}

public sealed class ReceiptsOnSqlite(OnSqlite shared) : ReceiptTests(shared), IClassFixture<OnSqlite>;

public sealed class ReceiptsOnPostgres(OnPostgres shared) : ReceiptTests(shared), IClassFixture<OnPostgres>;
