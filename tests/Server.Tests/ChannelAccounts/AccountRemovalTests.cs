using System.Diagnostics;
using System.Net;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Intake;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.ChannelAccounts;

/// <summary>An account goes at once; what it leaves behind goes without anybody noticing.</summary>
public abstract class AccountRemovalTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task A_removed_account_is_gone_at_once_and_its_chats_soon()
    {
        var tenant = await Server.TenantAsync();
        var (account, other) = (await tenant.WhatsAppAsync(Shared.Sandbox), await tenant.WhatsAppAsync());
        var (phone, kept) = (NewPhone(), NewPhone());
        await Shared.Sandbox.Phone(phone).SaysAsync("una palabra inconfundible", account);
        await AcceptedAsync(other, Text(other, kept, "wamid.kept", "me quedo"));
        var chat = await tenant.ConversationAsync("+" + phone);
        await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = chat, message = "Hola", channel_source = "whatsapp" });
        await Shared.Sandbox.Phone(phone).ReceivesAsync("Hola");
        var waiting = await tenant.Api.PostAsync(
            "/admin/whatsapp/send", new { conversation_id = chat, message = "tarde", channel_source = "whatsapp", not_before = Server.Time.GetUtcNow().AddSeconds(3) });
        await tenant.Api.PutAsync($"/admin/channel-accounts/{account.Id}/agent", new { enabled = false });

        var path = $"/admin/channel-accounts/{account.Id}";
        await tenant.Api.DeleteAsync(path);
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, path);
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Delete, path);
        Assert.Equal([other.Id], (await tenant.Api.GetAsync("/admin/channel-accounts")).EnumerateArray().Select(a => a.GetProperty("id").GetGuid()));
        using (var late = await account.WebhookAsync(Text(account, phone, "wamid.late", "x"))) Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        await tenant.Api.RefusedAsync(
            HttpStatusCode.NotFound, "not_found", HttpMethod.Post, "/admin/whatsapp/send", new { conversation_id = chat, message = "x", channel_source = "whatsapp" });

        await Eventually.TrueAsync(async () => (await tenant.SummaryAsync()).Count == 1);
        Assert.Equal("me quedo", (await tenant.SummaryAsync())[0].GetProperty("last_message").GetString());
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/chats/{chat}/messages");
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/messages/{waiting.GetProperty("message_id").GetInt64()}/attempts");
        Assert.Empty(await tenant.SummaryAsync("?q=inconfundible"));
        foreach (var table in (string[])["message", "delivery", "external_id", "conversation"])
            Assert.True(await CountAsync(table, tenant.Id) <= 1, table);
        Assert.DoesNotContain(await Shared.Sandbox.Phone(phone).ReceivedAsync(), m => m.GetProperty("text").GetString() == "tarde");
        // The number is free: it may be connected anew.
        await tenant.Api.PostAsync("/admin/channel-accounts", new { channel = "whatsapp_cloud", name = "Again", settings = account.Settings });
    }

    [Fact]
    public async Task Its_removal_keeps_no_webhook_waiting()
    {
        var tenant = await Server.TenantAsync();
        var (account, other) = (await tenant.WhatsAppAsync(), await tenant.WhatsAppAsync());
        var people = Enumerable.Range(0, 20).Select(_ => NewPhone()).ToArray();
        for (var i = 0; i < 3000; i += 100)
            await AcceptedAsync(account, Of(Messages(
                account, [], [.. Enumerable.Range(i, 100).Select(n => Message(people[n % people.Length], $"wamid.{account.Id:N}.{n}", $"mensaje {n}"))])));
        await tenant.Api.DeleteAsync($"/admin/channel-accounts/{account.Id}");

        var (slowest, sent, writer) = (TimeSpan.Zero, 0, NewPhone());
        var deadline = Stopwatch.StartNew();
        while ((await tenant.SummaryAsync()).Count > 1 || sent < 50)
        {
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(60), "the chats are gone within a minute");
            var watch = Stopwatch.StartNew();
            await AcceptedAsync(other, Text(other, writer, $"wamid.{other.Id:N}.{sent++}", "entretanto"));
            if (watch.Elapsed > slowest) slowest = watch.Elapsed;
        }
        Assert.True(slowest < TimeSpan.FromSeconds(2), $"a webhook waited {slowest}");
        Assert.Equal(sent, (await tenant.SummaryAsync())[0].GetProperty("unread_count").GetInt32());
    }

    // The tables are named by the tests themselves; a name cannot be a parameter.
#pragma warning disable EF1002
    private Task<int> CountAsync(string table, Guid tenant) => LookAsync(db => db.Database.SqlQueryRaw<int>(
        $"SELECT CAST(count(*) AS int) AS \"Value\" FROM {table} WHERE tenant_id = {{0}}", db is PostgresDb ? tenant : Sqlite.Blob(tenant)).SingleAsync());
#pragma warning restore EF1002
}

public sealed class AccountRemovalOnSqlite(OnSqlite shared) : AccountRemovalTests(shared), IClassFixture<OnSqlite>;

public sealed class AccountRemovalOnPostgres(OnPostgres shared) : AccountRemovalTests(shared), IClassFixture<OnPostgres>;
