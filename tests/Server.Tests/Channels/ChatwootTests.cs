using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Channels;

/// <summary>Conversations of Chatwoot's inboxes: who wrote what there, and that nothing runs in circles.</summary>
public abstract class ChatwootTests(SharedServer shared)
{
    private const string Note = "cliente difícil, no decírselo";

    [Fact]
    public async Task A_customer_writes_and_the_answer_ticks()
    {
        var chat = await OpenAsync(new { inbox_kind = "Channel::Whatsapp" });
        Assert.Equal("whatsapp", await chat.SourceAsync());
        var answer = await chat.SendAsync("¿En qué puedo ayudarle?");
        await chat.Phone.ReceivesAsync("¿En qué puedo ayudarle?");
        await chat.ReachesAsync(answer, "read");
        Assert.Equal(1, await chat.SendsAsync());
        Assert.Equal(["Hola", "¿En qué puedo ayudarle?"], await chat.WordsAsync());
    }

    /// <summary>The account's and the inbox's webhook both bring it, before our request is answered, whoever the token belongs to.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Our_own_message_that_comes_back_twice_and_early_is_neither_an_echo_nor_a_second_message(bool bot)
    {
        var chat = await OpenAsync(new { inbox_webhook = true, bot_token = bot });
        await shared.Sandbox.FaultsAsync(new { send = new { account = chat.Account.NetworkId, status_before_response = true } });
        for (var i = 1; i <= 3; i++) await chat.ReachesAsync(await chat.AgentSaysAsync($"Soy el agente, {i}"), "read");
        await shared.Sandbox.HealAsync();

        Assert.False(await chat.IsLockedAsync());
        Assert.Equal(["Hola", "Soy el agente, 1", "Soy el agente, 2", "Soy el agente, 3"], await chat.WordsAsync());
        Assert.DoesNotContain(await chat.Tenant.MessagesAsync(chat.Id), m => m.GetProperty("is_echo").GetBoolean());
        Assert.Equal(3, await chat.SendsAsync());
    }

    [Fact]
    public async Task A_lost_answer_is_settled_by_our_own_message_coming_back()
    {
        var chat = await OpenAsync();
        await shared.Sandbox.FaultsAsync(new { send = new { account = chat.Account.NetworkId, drop = "after", times = 1 } });
        await chat.ReachesAsync(await chat.AgentSaysAsync("Una sola vez"), "read");
        await shared.Sandbox.HealAsync();
        Assert.Equal(1, await chat.SendsAsync());
        Assert.False(await chat.IsLockedAsync());
    }

    [Theory]
    [InlineData("user")]
    [InlineData("native_app")]
    public async Task What_a_person_writes_there_takes_the_chat_over_and_stops_the_agent(string by)
    {
        var chat = await OpenAsync(new { inbox_webhook = true });
        // Due only after the person has written.
        var planned = await chat.AgentSaysAsync("Soy el agente", shared.Server.Time.GetUtcNow().AddSeconds(6));
        await chat.WriteOutsideAsync("Ya le atiendo yo", new { by });

        Assert.True(await chat.IsLockedAsync());
        var echo = Assert.Single(await chat.Tenant.MessagesAsync(chat.Id), m => m.GetProperty("is_echo").GetBoolean());
        Assert.Equal("Ya le atiendo yo", echo.GetProperty("content").GetString());
        await chat.ReachesAsync(planned, "withdrawn");
        await chat.Tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "conversation_locked", HttpMethod.Post, "/messages/relay",
            new { tenant_id = chat.Tenant.Id, conversation_id = chat.Id, text = "Otra vez yo", author = "agent" });
        Assert.Equal(0, await chat.SendsAsync());
    }

    [Fact]
    public async Task A_private_note_is_nowhere_and_locks_nothing()
    {
        var chat = await OpenAsync(new { inbox_webhook = true });
        await chat.WriteOutsideAsync(Note, new { @private = true });
        Assert.False(await chat.IsLockedAsync());
        Assert.Equal(["Hola"], await chat.WordsAsync());
        Assert.DoesNotContain(Note, (await chat.Tenant.Api.GetAsync("/admin/chats/summary")).ToString(), StringComparison.Ordinal);
        Assert.Empty(await chat.Tenant.SummaryAsync("?q=dif%C3%ADcil"));
        Assert.DoesNotContain(await chat.Phone.ReceivedAsync(), m => m.GetProperty("text").GetString() == Note);
        var receipts = (await chat.Tenant.Api.GetAsync("/admin/receipts?verdict=unsupported")).EnumerateArray().Select(r => r.GetProperty("reason").GetString());
        Assert.Contains("private_note", receipts);
    }

    [Theory]
    [InlineData("agent_bot")]
    [InlineData("automation")]
    [InlineData("campaign")]
    [InlineData("template")]
    public async Task What_no_person_wrote_there_locks_nothing(string by)
    {
        var chat = await OpenAsync();
        await chat.WriteOutsideAsync("Somos una máquina", new { by });
        Assert.False(await chat.IsLockedAsync());
        Assert.Equal(["Hola"], await chat.WordsAsync());
    }

    [Fact]
    public async Task A_version_that_does_not_sign_is_known_by_the_word_in_its_address()
    {
        var account = await BridgeChat.ChatwootAsync(shared.Server, shared.Sandbox);
        await BridgeChat.PlayAsync(shared.Sandbox, account, new { signs = false, webhook_url = $"{account.WebhookUrl}?token={account["url_token"]}" });
        await BridgeChat.OpenAsync(account, shared.Sandbox);
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(account, account.WebhookUrl.PathAndQuery, account));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(account, $"{account.WebhookUrl.PathAndQuery}?token=guess", account));
    }

    [Fact]
    public async Task Another_tenants_address_writes_into_no_inbox_but_its_own()
    {
        var victim = await BridgeChat.ChatwootAsync(shared.Server, shared.Sandbox);
        var attacker = await BridgeChat.ChatwootAsync(shared.Server, shared.Sandbox);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(attacker, $"{attacker.WebhookUrl.PathAndQuery}?token={attacker["url_token"]}", victim));
        Assert.Empty(await victim.Tenant.SummaryAsync());
        Assert.Empty(await attacker.Tenant.SummaryAsync());
    }

    [Fact]
    public async Task An_account_without_an_inbox_takes_what_no_other_names()
    {
        var named = await BridgeChat.ChatwootAsync(shared.Server, shared.Sandbox);
        var settings = named.Settings.ToDictionary();
        settings.Remove("inbox_id");
        var all = await named.Tenant.AccountAsync("chatwoot", "All the rest", settings);
        foreach (var inbox in new[] { named["inbox_id"], "77" })
            Assert.Equal(HttpStatusCode.OK, await PostAsync(all, $"{all.WebhookUrl.PathAndQuery}?token={all["url_token"]}", named, inbox));
        var chats = await named.Tenant.SummaryAsync();
        Assert.Equal(2, chats.Count);
        var details = await Task.WhenAll(chats.Select(c => named.Tenant.Api.GetAsync($"/admin/conversations/{c.GetProperty("id").GetGuid()}")));
        Assert.Equal(
            new[] { named.Id, all.Id }.Order(), details.Select(d => d.GetProperty("account").GetProperty("id").GetGuid()).Order());
    }

    [Theory]
    [InlineData(true, "pending", "pending")]
    [InlineData(false, "open", "open")]
    public async Task A_human_is_seen_at_Chatwoot_to_have_the_conversation_and_then_the_agent(bool bot, string before, string after)
    {
        var account = await (await shared.Server.TenantAsync()).ChatwootAsync(shared.Sandbox, new { spacing_ms = "0", agent_bot = bot ? "true" : "false" });
        await BridgeChat.PlayAsync(shared.Sandbox, account, new { bot_token = bot });
        var chat = await BridgeChat.OpenAsync(account, shared.Sandbox);
        Assert.Equal(before, await StatusAsync(account));
        await account.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/human-override", new { locked = true });
        await Eventually.GetAsync(() => StatusAsync(account), status => status == "open");
        await account.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/human-override", new { locked = false });
        await Eventually.GetAsync(() => StatusAsync(account), status => status == after);
        // Whoever answers takes it, as with the button.
        await chat.SendAsync("Te atiendo yo");
        await Eventually.GetAsync(() => StatusAsync(account), status => status == "open");
    }

    [Theory]
    [InlineData(401, false)]
    [InlineData(403, false)]
    [InlineData(401, true)]
    public async Task One_forbidden_conversation_stops_no_other(int status, bool bot)
    {
        var forbidden = await OpenAsync(new { bot_token = bot });
        await shared.Sandbox.Control.PutAsync($"/control/phones/{forbidden.Phone.Digits}", new { fail_with = status });
        var failed = await forbidden.ReachesAsync(await forbidden.SendAsync("Hola"), "failed");
        Assert.Contains("conversation_forbidden", failed.ToString(), StringComparison.Ordinal);
        var other = await BridgeChat.OpenAsync(forbidden.Account, shared.Sandbox);
        await other.ReachesAsync(await other.SendAsync("¿Qué tal?"), "read");

        // A token that Chatwoot no longer knows is another matter.
        await BridgeChat.PlayAsync(shared.Sandbox, forbidden.Account, new { api_access_token = "another" });
        await other.SendAsync("¿Seguís ahí?");
        await Eventually.GetAsync(
            () => other.Tenant.Api.GetAsync($"/admin/channel-accounts/{other.Account.Id}"), a => a.GetProperty("state").GetString() == "paused", 20, "the account is paused");
    }

    private async Task<string?> StatusAsync(TestAccount account)
    {
        using var answer = await shared.Sandbox.Control.SendAsync(
            HttpMethod.Get, $"/chatwoot/api/v1/accounts/{account["account_id"]}/conversations", null, ("api_access_token", account["api_access_token"]));
        var list = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return list.RootElement.GetProperty("data").GetProperty("payload")[0].GetProperty("status").GetString();
    }

    /// <summary>Both are of one account at Chatwoot, as a service provider's customers are; inboxes are small numbers everywhere.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_inbox_that_another_business_names_still_reaches_an_account_that_takes_them_all(bool sameChatwootAccount)
    {
        var other = await BridgeChat.ChatwootAsync(shared.Server, shared.Sandbox);
        var mine = await (await shared.Server.TenantAsync()).AccountAsync("chatwoot", "All inboxes", new()
        {
            ["account_id"] = sameChatwootAccount ? other["account_id"] : "4" + other["account_id"], ["api_access_token"] = "t", ["url_token"] = "our word",
            ["base_url"] = other["base_url"],
        });
        Assert.Equal(HttpStatusCode.OK, await PostAsync(mine, $"{mine.WebhookUrl.PathAndQuery}?token=our%20word", mine, other["inbox_id"]));
        Assert.Single(await mine.Tenant.SummaryAsync());
        Assert.Empty(await other.Tenant.SummaryAsync());
    }

    [Fact]
    public async Task Two_installations_may_number_their_inboxes_alike()
    {
        var first = await BridgeChat.ChatwootAsync(shared.Server, shared.Sandbox);
        var settings = first.Settings.ToDictionary();
        (settings["base_url"], settings["url_token"], settings["webhook_secret"]) = ("http://127.0.0.1:9", "another word", "another secret");
        var second = await first.Tenant.AccountAsync("chatwoot", "The other one", settings);
        foreach (var account in new[] { first, second })
            Assert.Equal(HttpStatusCode.OK, await PostAsync(account, $"{account.WebhookUrl.PathAndQuery}?token={account["url_token"]}", first));
        var chats = await first.Tenant.SummaryAsync();
        var details = await Task.WhenAll(chats.Select(c => first.Tenant.Api.GetAsync($"/admin/conversations/{c.GetProperty("id").GetGuid()}")));
        Assert.Equal(
            new[] { first.Id, second.Id }.Order(), details.Select(d => d.GetProperty("account").GetProperty("id").GetGuid()).Order());
        await first.Tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "account_exists", HttpMethod.Post, "/admin/channel-accounts", new { channel = "chatwoot", name = "Again", settings });
    }

    private async Task<BridgeChat> OpenAsync(object? played = null) =>
        await BridgeChat.OpenAsync(await BridgeChat.ChatwootAsync(shared.Server, shared.Sandbox, played), shared.Sandbox);

    /// <summary>An unsigned webhook by hand: a customer's message in the inbox of one account, to an address of choice.</summary>
    private static async Task<HttpStatusCode> PostAsync(TestAccount caller, string path, TestAccount of, string? inbox = null)
    {
        inbox ??= of["inbox_id"];
        var body = JsonSerializer.Serialize(new
        {
            @event = "message_created", id = 1, content = "hola", message_type = "incoming", @private = false, account = new { id = of["account_id"] },
            inbox = new { id = inbox }, sender = new { id = 30, name = "Ana" }, conversation = new { id = 12, inbox_id = inbox, channel = "Channel::WebWidget" },
        });
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await caller.Tenant.Api.SendAsync(HttpMethod.Post, path, content);
        return answer.StatusCode;
    }
}

public sealed class ChatwootOnSqlite(OnSqlite shared) : ChatwootTests(shared), IClassFixture<OnSqlite>;

public sealed class ChatwootOnPostgres(OnPostgres shared) : ChatwootTests(shared), IClassFixture<OnPostgres>;
