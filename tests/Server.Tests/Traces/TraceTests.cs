using System.Net;
using System.Text.Json;
using ChatOperator.Conversations;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Conversations;
using Xunit;

namespace ChatOperator.Server.Tests.Traces;

public abstract class TraceTests(SharedServer shared)
{
    [Fact]
    public async Task A_webhooks_story_is_found_by_every_one_of_its_ids()
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(shared.Sandbox);
        var phone = shared.Sandbox.Phone("+5491155550707");
        await phone.SaysAsync("¿Tienen pan?", account);
        var chat = await tenant.ConversationAsync("+5491155550707");
        var message = Assert.Single(await tenant.MessagesAsync(chat));

        var correlation = message.GetProperty("correlation_id").GetGuid();
        var id = message.GetProperty("id").GetInt64();
        var byMessage = await tenant.Api.GetAsync($"/admin/traces/{id}");
        var external = Assert.Single(byMessage.GetProperty("ids").GetProperty("external_ids").EnumerateArray()).GetString()!;
        foreach (var trace in (JsonElement[])[byMessage, await tenant.Api.GetAsync($"/admin/traces/{correlation}"), await tenant.Api.GetAsync($"/admin/traces/{Uri.EscapeDataString(external)}")])
        {
            Assert.Equal(correlation, trace.GetProperty("ids").GetProperty("correlation_id").GetGuid());
            Assert.Equal(correlation, trace.GetProperty("ids").GetProperty("receipt_id").GetGuid());
            Assert.Equal([id], trace.GetProperty("ids").GetProperty("messages").EnumerateArray().Select(m => m.GetInt64()));
            Assert.Equal(["receipt", "item", "identity", "message"], trace.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("kind").GetString()));
        }
    }

    [Fact]
    public async Task A_message_that_a_person_answered_tells_of_the_person_and_of_no_turn_and_the_answer_of_its_ticks()
    {
        var chat = await Agents.AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "Later." });
        await chat.SaysAsync("hola");
        await chat.EndsAsync("answered");
        await chat.LockAsync();
        await chat.SaysAsync("¿y con una persona?");
        // Networks tell times in whole seconds: it may stand before what was said within the same one.
        var said = await Eventually.GetAsync(() => chat.Tenant.MessagesAsync(chat.Id), m => m.Exists(IsQuestion));
        var asked = said.Single(IsQuestion).GetProperty("id").GetInt64();
        var sent = await chat.Tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = chat.Id, message = "Acá estoy.", channel_source = "whatsapp" });
        await chat.Phone.ReceivesAsync("Acá estoy.");
        await chat.Phone.OpensAsync(chat.Account);
        await chat.LockAsync(new { locked = false });
        await chat.SaysAsync($"otra cosa {chat.Mark}");
        await chat.Phone.ReceivesAsync("Later.");
        await chat.EndsAsync("answered");

        var trace = await chat.Tenant.Api.GetAsync($"/admin/traces/{asked}");
        Assert.Empty(trace.GetProperty("ids").GetProperty("turns").EnumerateArray());
        Assert.Contains(Steps(trace), s => s is ("override", "held_before"));
        var answer = await Eventually.GetAsync(
            () => chat.Tenant.Api.GetAsync($"/admin/traces/{sent.GetProperty("message_id").GetInt64()}"), t => Told(t).Contains("read"));
        Assert.Equal(["delivered", "read"], Told(answer).Where(s => s != "sent"));
        static bool IsQuestion(JsonElement message) => message.GetProperty("content").GetString() == "¿y con una persona?";
    }

    [Fact]
    public async Task What_a_human_withdrew_says_who_and_when()
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(shared.Sandbox, more: new { spacing_ms = "60000" });
        await Agents.AgentChat.SetAsync(tenant, shared.Sandbox);
        var chat = Agents.AgentChat.Join(tenant, account, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "There you are." });
        await chat.SaysAsync($"one {chat.Mark}");
        await chat.Phone.ReceivesAsync("There you are.");
        await chat.SaysAsync($"two {chat.Mark}");
        var waits = await Eventually.GetAsync(() => tenant.MessagesAsync(chat.Id), m => m.Count == 4);
        await chat.LockAsync();
        var answer = waits.MaxBy(m => m.GetProperty("id").GetInt64()).GetProperty("id").GetInt64();
        Assert.Contains(Steps(await tenant.Api.GetAsync($"/admin/traces/{answer}")), s => s is ("override", "taken"));
    }

    private static List<(string Kind, string Code)> Steps(JsonElement trace) =>
        [.. trace.GetProperty("steps").EnumerateArray().Select(s => (s.GetProperty("kind").GetString()!, s.GetProperty("code").GetString()!))];

    /// <summary>What the network told of the message's only part, in order.</summary>
    private static List<string> Told(JsonElement trace) =>
        [.. trace.GetProperty("steps").EnumerateArray().Where(s => s.GetProperty("code").GetString() == "told" && s.GetProperty("values").GetProperty("part").GetInt32() == 1)
            .Select(s => s.GetProperty("values").GetProperty("status").GetString()!)];

    [Fact]
    public async Task Another_tenants_stories_do_not_exist()
    {
        var (mine, other) = (await shared.Server.TenantAsync(), await shared.Server.TenantAsync("Otra"));
        var rows = new Rows(other);
        var chat = await rows.ChatAsync(await rows.AccountAsync(), "Ana", "+5491155550101", rows.Start);
        var id = await rows.SayAsync(chat, "hola", rows.Start.AddSeconds(1), MessageAuthor.Operator);
        var correlation = (await other.Api.GetAsync($"/admin/traces/{id}")).GetProperty("ids").GetProperty("correlation_id").GetGuid();

        Assert.Equal(id, (await other.Api.GetAsync($"/admin/traces/{correlation}")).GetProperty("ids").GetProperty("messages")[0].GetInt64());
        foreach (var unknown in (string[])[$"{id}", $"{correlation}", "wamid.nobody"])
            await mine.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/traces/{unknown}");
    }
}

public sealed class TracesOnSqlite(OnSqlite shared) : TraceTests(shared), IClassFixture<OnSqlite>;

public sealed class TracesOnPostgres(OnPostgres shared) : TraceTests(shared), IClassFixture<OnPostgres>;
