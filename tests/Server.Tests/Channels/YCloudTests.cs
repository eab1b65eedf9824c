using System.Net;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Channels;

/// <summary>WhatsApp by YCloud, from the customer's phone to the operator and back.</summary>
public abstract class YCloudTests(SharedServer shared)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_customer_writes_and_the_answer_ticks(bool queue)
    {
        var chat = await BridgeChat.OpenAsync(await BridgeChat.YCloudAsync(shared.Server, shared.Sandbox, queue), shared.Sandbox);
        Assert.Equal("whatsapp", await chat.SourceAsync());
        var answer = await chat.SendAsync("¿En qué puedo ayudarle?");
        await chat.Phone.ReceivesAsync("¿En qué puedo ayudarle?");
        await chat.ReachesAsync(answer, "read");
        Assert.Equal(1, await chat.SendsAsync());
        Assert.Equal(["Hola", "¿En qué puedo ayudarle?"], await chat.WordsAsync());

        // What waited in the queue was accepted under another id than the one that people quote.
        var quoted = (await chat.Phone.ReceivedAsync())[0].GetProperty("id").GetString();
        await chat.Phone.SaysAsync("Con esto", chat.Account, new { reply_to = quoted, wait = true });
        var reply = (await chat.Tenant.MessagesAsync(chat.Id))[^1];
        Assert.Equal(("Con esto", answer), (reply.GetProperty("content").GetString(), reply.GetProperty("reply_to").GetInt64()));
    }

    [Theory]
    [InlineData("whatsapp.smb.message.echoes")]
    [InlineData("whatsapp.smb.message.created")]
    public async Task What_a_person_sends_from_the_app_takes_the_chat_over_under_either_name(string name)
    {
        var chat = await BridgeChat.OpenAsync(await BridgeChat.YCloudAsync(shared.Server, shared.Sandbox), shared.Sandbox);
        // Due only after the person has written.
        var planned = await chat.AgentSaysAsync("Soy el agente", shared.Server.Time.GetUtcNow().AddSeconds(6));
        await chat.WriteOutsideAsync("Ya le atiendo yo", new { @event = name });

        Assert.True(await chat.IsLockedAsync());
        var echo = Assert.Single(await chat.Tenant.MessagesAsync(chat.Id), m => m.GetProperty("is_echo").GetBoolean());
        Assert.Equal("Ya le atiendo yo", echo.GetProperty("content").GetString());
        await chat.ReachesAsync(planned, "withdrawn");
        await chat.Tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "conversation_locked", HttpMethod.Post, "/messages/relay",
            new { tenant_id = chat.Tenant.Id, conversation_id = chat.Id, text = "Otra vez yo", author = "agent" });
    }

    [Fact]
    public async Task A_lost_answer_is_settled_by_our_id_in_the_reports_and_nothing_is_sent_twice()
    {
        var chat = await BridgeChat.OpenAsync(await BridgeChat.YCloudAsync(shared.Server, shared.Sandbox, queue: true), shared.Sandbox);
        var account = chat.Account.NetworkId;
        await shared.Sandbox.FaultsAsync(new { send = new { account, drop = "after", times = 1 } });
        var answer = await chat.SendAsync("Una sola vez");
        await chat.ReachesAsync(answer, "read");
        Assert.Equal(1, await chat.SendsAsync());
        await shared.Sandbox.HealAsync();
    }

    [Fact]
    public async Task Templates_are_read_previewed_and_sent_by_it_too()
    {
        var chat = await BridgeChat.OpenAsync(await BridgeChat.YCloudAsync(shared.Server, shared.Sandbox), shared.Sandbox);
        var api = chat.Tenant.Api;
        Assert.True((await api.PostAsync("/admin/templates/sync")).GetProperty("synced").GetInt32() >= 9);
        var template = Assert.Single(
            (await api.GetAsync($"/admin/templates?conversation_id={chat.Id}&q=order_ready")).EnumerateArray(), t => t.GetProperty("language").GetString() == "es_AR");
        var id = template.GetProperty("id").GetGuid();
        Assert.True(template.GetProperty("sendable").GetBoolean());
        var body = new { conversation_id = chat.Id, template_id = id, parameters = new[] { "Ana", "42", "order/42" } };
        var preview = await api.PostAsync($"/admin/templates/{id}/preview", new { body.conversation_id, body.parameters });
        var message = (await api.PostAsync("/admin/templates/send", body)).GetProperty("message_id").GetInt64();
        var shown = await chat.Phone.ReceivesAsync("Hola Ana, tu pedido 42 está listo.");
        Assert.True(System.Text.Json.JsonElement.DeepEquals(
            preview.GetProperty("components"), shown.GetProperty("raw").GetProperty("template").GetProperty("components")));
        await chat.ReachesAsync(message, "read");
    }

    [Fact]
    public async Task An_event_that_comes_twice_and_out_of_order_changes_nothing()
    {
        var chat = await BridgeChat.OpenAsync(await BridgeChat.YCloudAsync(shared.Server, shared.Sandbox), shared.Sandbox);
        await shared.Sandbox.FaultsAsync(new { webhook = new { account = chat.Account.NetworkId, duplicate = 1, reorder = true } });
        await chat.Phone.SaysAsync("¿Hay alguien?", chat.Account);
        var answer = await chat.SendAsync("Sí");
        await chat.ReachesAsync(answer, "read");
        await shared.Sandbox.HealAsync();
        Assert.Equal(["Hola", "Sí", "¿Hay alguien?"], (await chat.WordsAsync()).Order(StringComparer.Ordinal));
    }
}

public sealed class YCloudOnSqlite(OnSqlite shared) : YCloudTests(shared), IClassFixture<OnSqlite>;

public sealed class YCloudOnPostgres(OnPostgres shared) : YCloudTests(shared), IClassFixture<OnPostgres>;
