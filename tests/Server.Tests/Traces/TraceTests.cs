using System.Net;
using System.Text.Json;
using ChatOperator.Conversations;
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
            Assert.Equal(["receipt", "item", "message"], trace.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("kind").GetString()));
        }
    }

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
