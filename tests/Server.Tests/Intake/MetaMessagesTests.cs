using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Harness;
using ChatOperator.Intake;
using ChatOperator.Tenancy;
using Xunit;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>The whole way of Messenger and Instagram: a customer's phone, the inbox, the answer, the ticks; and webhooks of several tenants.</summary>
public abstract class MetaMessagesTests(SharedServer shared) : IntakeTest(shared)
{
    [Theory]
    [InlineData("messenger", "facebook")]
    [InlineData("instagram", "facebook")]
    [InlineData("instagram", "instagram")]
    public async Task A_customer_writes_is_answered_and_reads(string channel, string login)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var tenant = await Server.TenantAsync();
        var more = new { spacing_ms = "0" };
        var account = channel == "messenger" ? await tenant.MessengerAsync(sandbox, more) : await tenant.InstagramAsync(sandbox, login, more);
        var phone = sandbox.Phone(NewPhone());
        await phone.SaysAsync("¿Tienen pan de ayer?", account, new { name = "Ana Díaz", wait = true });

        // The name is asked for once the message is stored.
        var chat = await Eventually.GetAsync(async () => Assert.Single(await tenant.SummaryAsync()), c => c.GetProperty("display_name").GetString() == "Ana Díaz");
        var source = channel == "messenger" ? "facebook" : "instagram";
        Assert.Equal((source, ""), (chat.GetProperty("channel_source").GetString(), chat.GetProperty("customer_phone").GetString()));
        var id = chat.GetProperty("id").GetGuid();
        await phone.SaysAsync("mirá", account, new { type = "image", wait = true });
        Assert.Equal("image", (await tenant.MessagesAsync(id))[^1].GetProperty("type").GetString());

        var sent = await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = id, message = "Sí, ñandú 🥖", channel_source = source });
        await phone.ReceivesAsync("Sí, ñandú 🥖");
        await Eventually.GetAsync(
            () => tenant.MessagesAsync(id),
            all => all.Single(m => m.GetProperty("id").GetInt64() == sent.GetProperty("message_id").GetInt64()).GetProperty("status").GetString() == "read", 20, "it is read");
        Assert.Equal(3, (await tenant.MessagesAsync(id)).Count);
        Assert.True((await tenant.Api.PostAsync($"/admin/channel-accounts/{account.Id}/test")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Long_words_leave_in_parts_that_the_network_takes()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var tenant = await Server.TenantAsync();
        var account = await tenant.InstagramAsync(sandbox, more: new { spacing_ms = "0" });
        var phone = sandbox.Phone(NewPhone());
        await phone.SaysAsync("hola", account, new { wait = true });
        var id = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        var text = string.Join(' ', Enumerable.Repeat("mañana", 300));
        await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = id, message = text, channel_source = "instagram" });
        var parts = await Eventually.GetAsync(phone.ReceivedAsync, shown => shown.Count == 3, 20, "three parts arrived");
        Assert.All(parts, part => Assert.InRange(Encoding.UTF8.GetByteCount(part.GetProperty("text").GetString()!), 1, 1000));
        Assert.Equal(text, string.Join(' ', parts.Select(part => part.GetProperty("text").GetString()!.Trim())));
    }

    [Theory]
    [InlineData("messenger")]
    [InlineData("instagram")]
    public async Task Beyond_the_window_a_person_may_write_and_the_agent_may_not(string channel)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var tenant = await Server.TenantAsync();
        var (more, source) = (new { spacing_ms = "0" }, channel == "messenger" ? "facebook" : "instagram");
        var account = channel == "messenger" ? await tenant.MessengerAsync(sandbox, more) : await tenant.InstagramAsync(sandbox, more: more);
        var phone = sandbox.Phone(NewPhone());
        await phone.SaysAsync("hola", account, new { timestamp = Server.Time.GetUtcNow().AddDays(-2).ToUnixTimeMilliseconds(), wait = true });
        var id = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        using var refused = await tenant.Api.SendAsync(
            HttpMethod.Post, "/messages/relay",
            System.Net.Http.Json.JsonContent.Create(new { text = "Soy el asistente", conversation_id = id, author = "agent", tenant_id = tenant.Id }), []);
        Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
        await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = id, message = "Soy Carla", channel_source = source });
        var shown = await phone.ReceivesAsync("Soy Carla");
        Assert.Equal("HUMAN_AGENT", shown.GetProperty("raw").GetProperty("tag").GetString());
        Assert.Single(await phone.ReceivedAsync());
    }

    [Fact]
    public async Task One_webhook_of_an_app_serves_pages_of_several_tenants()
    {
        var (first, second, strangers) = (await Server.TenantAsync(), await Server.TenantAsync(), await Server.TenantAsync());
        var one = await first.MessengerAsync();
        var two = await second.MessengerAsync(more: new { app_secret = one["app_secret"] });
        var stranger = await strangers.MessengerAsync();
        await AcceptedAsync(one, MetaWebhook.Of(
            (one, [MetaWebhook.Message(one, "7001", "m_a", "para uno")]), (two, [MetaWebhook.Message(two, "7001", "m_b", "para dos")]),
            (stranger, [MetaWebhook.Message(stranger, "7001", "m_c", "para nadie")])));

        Assert.Equal(["para uno"], Words(await MessagesAsync(first)));
        Assert.Equal(["para dos"], Words(await MessagesAsync(second)));
        Assert.Empty(await strangers.SummaryAsync());
        var slice = Encoding.UTF8.GetString(Receipts.BodyOf(Assert.Single(await ReceiptsAsync(second.Id))));
        Assert.Contains("para dos", slice, StringComparison.Ordinal);
        Assert.DoesNotContain("para uno", slice, StringComparison.Ordinal);
        var whole = (await ReceiptsAsync(Tenant.Platform)).Last(r => r.AccountId == one.Id);
        Assert.Equal("m_c", Assert.Single(Receipts.ItemsOf(whole)).ExternalId);
    }

    [Fact]
    public async Task What_another_app_answers_is_shown_as_standby_and_a_blocked_page_waits()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.MessengerAsync();
        var body = MetaWebhook.Text(account, NewPhone(), "m_1", "¿hay alguien?");
        var entry = body["entry"]![0]!.AsObject();
        entry["standby"] = entry["messaging"]!.DeepClone();
        entry.Remove("messaging");
        await AcceptedAsync(account, body);
        Assert.True(Assert.Single(await MessagesAsync(tenant)).GetProperty("standby").GetBoolean());

        await PolicyAsync("block");
        Assert.Equal(("paused", "policy_blocked"), await StateAsync());
        await PolicyAsync("unblock");
        Assert.Equal(("connected", null), await StateAsync());

        Task PolicyAsync(string action) => AcceptedAsync(account, MetaWebhook.Of((account, [new JsonObject
        {
            ["recipient"] = new JsonObject { ["id"] = account.NetworkId }, ["policy_enforcement"] = new JsonObject { ["action"] = action, ["reason"] = "x" },
        }])));

        async Task<(string?, string?)> StateAsync()
        {
            var view = await tenant.Api.GetAsync($"/admin/channel-accounts/{account.Id}");
            return (view.GetProperty("state").GetString(), view.TryGetProperty("state_reason", out var why) && why.ValueKind == JsonValueKind.String ? why.GetString() : null);
        }
    }

    [Fact]
    public async Task A_read_message_tells_of_those_before_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var tenant = await Server.TenantAsync();
        var account = await tenant.InstagramAsync(sandbox, more: new { spacing_ms = "0" });
        await sandbox.Control.PostAsync("/control/accounts", new { channel = "instagram", instagram_id = account["instagram_id"], read = "open" });
        var phone = sandbox.Phone(NewPhone());
        await phone.SaysAsync("hola", account, new { wait = true });
        var id = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        foreach (var text in new[] { "uno", "dos", "tres" })
            await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = id, message = text, channel_source = "instagram" });
        await phone.ReceivesAsync("tres");
        await phone.OpensAsync(account);
        await Eventually.GetAsync(() => tenant.MessagesAsync(id), all => all.Count(m => m.GetProperty("status").GetString() == "read") == 3, 20, "all three are read");
    }
}

public sealed class MetaMessagesOnSqlite(OnSqlite shared) : MetaMessagesTests(shared), IClassFixture<OnSqlite>;

public sealed class MetaMessagesOnPostgres(OnPostgres shared) : MetaMessagesTests(shared), IClassFixture<OnPostgres>;
