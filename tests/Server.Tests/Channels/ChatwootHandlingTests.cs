using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Live;
using Xunit;

namespace ChatOperator.Server.Tests.Channels;

/// <summary>What people do with a conversation at Chatwoot besides writing: it holds here too, and no change runs in circles.</summary>
public abstract class ChatwootHandlingTests(SharedServer shared)
{
    [Theory]
    [InlineData("open", "pending")]
    [InlineData("open", "resolved")]
    [InlineData("snoozed", "pending")]
    [InlineData("snoozed", "resolved")]
    public async Task A_status_there_takes_a_free_chat_and_gives_it_back(string taking, string giving)
    {
        var chat = await OpenAsync();
        var planned = await chat.AgentSaysAsync("Soy el agente", shared.Server.Time.GetUtcNow().AddSeconds(6));
        await SetStatusAsync(chat, taking);
        var held = await ChatAsync(chat);
        Assert.Equal((true, "", "echo"), (held.GetProperty("is_locked").GetBoolean(), held.GetProperty("held_by").GetString(), held.GetProperty("why").GetString()));
        // What the agent had planned stays unsaid, as with the button.
        await chat.ReachesAsync(planned, "withdrawn");
        Assert.Equal(0, await chat.SendsAsync());

        await SetStatusAsync(chat, giving);
        Assert.False(await chat.IsLockedAsync());
        Assert.Equal(2, await ToldAsync(chat));
    }

    [Theory]
    [InlineData("pending")]
    [InlineData("resolved")]
    public async Task What_an_operator_has_here_stays_theirs(string status)
    {
        var chat = await OpenAsync();
        await LockAsync(chat, true);
        await Eventually.GetAsync(() => StatusAsync(chat), s => s == "open");
        await SetStatusAsync(chat, status);
        Assert.True(await chat.IsLockedAsync());
        Assert.NotEqual("", (await ChatAsync(chat)).GetProperty("held_by").GetString());
    }

    [Fact]
    public async Task Reopening_by_the_customers_next_message_takes_nothing()
    {
        var chat = await OpenAsync();
        await SetStatusAsync(chat, "resolved");
        await chat.Phone.SaysAsync("Otra cosa", chat.Account, new { wait = true });
        await Eventually.GetAsync(() => ToldAsync(chat), n => n == 2);
        Assert.False(await chat.IsLockedAsync());
    }

    /// <summary>Each change here is told there once and comes back once; what was changed there is not told there again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_change_runs_in_circles(bool toldBeforeTheAnswer)
    {
        var chat = await OpenAsync(new { inbox_webhook = true });
        if (toldBeforeTheAnswer) await shared.Sandbox.FaultsAsync(new { send = new { account = chat.Account.NetworkId, status_before_response = true } });
        for (var i = 0; i < 3; i++)
        {
            await LockAsync(chat, true);
            await Eventually.GetAsync(() => StatusAsync(chat), s => s == "open");
            await LockAsync(chat, false);
            await Eventually.GetAsync(() => StatusAsync(chat), s => s == "pending");
        }
        await SetStatusAsync(chat, "open");
        await SetStatusAsync(chat, "pending");
        await SetStatusAsync(chat, "snoozed");
        // Signs leave in order: once this one is seen there, none of the others is still under way.
        await LockAsync(chat, true, takeOver: true);
        await Eventually.GetAsync(() => StatusAsync(chat), s => s == "open");
        await shared.Sandbox.HealAsync();
        // Each twice, by the account's webhook and by the inbox's.
        await Eventually.GetAsync(() => ToldAsync(chat), n => n == 2 * (6 + 3 + 1), 20, "every change is told twice");
        Assert.True(await chat.IsLockedAsync());
        await LockAsync(chat, false);
        await Eventually.GetAsync(() => StatusAsync(chat), s => s == "pending");
        await Eventually.GetAsync(() => ToldAsync(chat), n => n == 2 * 11, 20, "and no change besides");
        Assert.False(await chat.IsLockedAsync());
    }

    [Fact]
    public async Task News_that_come_late_undo_nothing()
    {
        var chat = await OpenAsync();
        var before = shared.Server.Time.GetUtcNow().AddSeconds(-5);
        await chat.WriteOutsideAsync("Ya le atiendo yo");
        Assert.True(await chat.IsLockedAsync());
        var address = await ThreadAsync(chat);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(chat, address, "pending", before));
        Assert.True(await chat.IsLockedAsync());
        Assert.Equal(HttpStatusCode.OK, await PostAsync(chat, address, "pending", shared.Server.Time.GetUtcNow()));
        Assert.False(await chat.IsLockedAsync());
        // Of another conversation with the same person.
        Assert.Equal(HttpStatusCode.OK, await PostAsync(chat, address + 1, "snoozed", shared.Server.Time.GetUtcNow()));
        Assert.False(await chat.IsLockedAsync());
    }

    [Fact]
    public async Task The_contacts_typing_is_seen_and_our_own_coming_back_is_not()
    {
        var chat = await OpenAsync();
        await using var live = await LiveStream.OpenAsync(chat.Tenant.Api);
        await chat.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/typing", new { });
        await Eventually.GetAsync(() => ReasonsAsync(chat), all => all.Contains("conversation_typing_on"));
        await shared.Sandbox.Control.PostAsync($"{Others(chat)}/toggle_typing", new { typing_status = "off" });
        await shared.Sandbox.Control.PostAsync($"{Others(chat)}/toggle_typing", new { typing_status = "on" });
        var told = await Eventually.GetAsync(
            () => Task.FromResult(live.Events.ToList()), all => all.Exists(e => e is { Kind: "typing", Id: "contact" }), condition: "the contact's typing is told");
        Assert.Equal(chat.Id, Assert.Single(told, e => e is { Kind: "typing", Id: "contact" }).Data.GetProperty("conversation_id").GetGuid());
        Assert.Single(await KindsAsync(chat), k => k == "typing");
    }

    private async Task<BridgeChat> OpenAsync(object? played = null)
    {
        var account = await (await shared.Server.TenantAsync()).ChatwootAsync(shared.Sandbox, new { spacing_ms = "0", settle_seconds = "2", agent_bot = "true" });
        await BridgeChat.PlayAsync(shared.Sandbox, account, new { bot_token = true });
        if (played is not null) await BridgeChat.PlayAsync(shared.Sandbox, account, played);
        return await BridgeChat.OpenAsync(account, shared.Sandbox);
    }

    private static string Others(BridgeChat chat) => $"/chatwoot/others/inboxes/{chat.Account.NetworkId}/contacts/{chat.Phone.Digits}";

    /// <summary>A person at the dashboard sets it; here when the webhook was answered.</summary>
    private Task SetStatusAsync(BridgeChat chat, string status) => shared.Sandbox.Control.PostAsync($"{Others(chat)}/toggle_status", new { status });

    private static Task LockAsync(BridgeChat chat, bool locked, bool takeOver = false) =>
        chat.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/human-override", new { locked, take_over = takeOver });

    private static async Task<JsonElement> ChatAsync(BridgeChat chat) =>
        (await chat.Tenant.SummaryAsync()).Find(c => c.GetProperty("id").GetGuid() == chat.Id);

    private async Task<string?> StatusAsync(BridgeChat chat) => (await ThreadsAsync(chat)).GetProperty("status").GetString();

    private async Task<long> ThreadAsync(BridgeChat chat) => (await ThreadsAsync(chat)).GetProperty("id").GetInt64();

    private async Task<JsonElement> ThreadsAsync(BridgeChat chat)
    {
        using var answer = await shared.Sandbox.Control.SendAsync(
            HttpMethod.Get, $"/chatwoot/api/v1/accounts/{chat.Account["account_id"]}/conversations", null, ("api_access_token", chat.Account["api_access_token"]));
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("data").GetProperty("payload")[0];
    }

    /// <summary>How many changes of status Chatwoot told so far.</summary>
    private static async Task<int> ToldAsync(BridgeChat chat) =>
        (await KindsAsync(chat)).Count(k => k == "handling") + (await ReasonsAsync(chat)).Count(r => r?.StartsWith("conversation_status_changed", StringComparison.Ordinal) == true);

    private static async Task<List<string?>> KindsAsync(BridgeChat chat) => (await ReceiptsAsync(chat))
        .SelectMany(r => r.GetProperty("items").EnumerateArray()).Select(i => i.GetProperty("kind").GetString()).ToList();

    private static async Task<List<string?>> ReasonsAsync(BridgeChat chat) =>
        (await ReceiptsAsync(chat)).ConvertAll(r => r.GetProperty("reason").GetString());

    private static async Task<List<JsonElement>> ReceiptsAsync(BridgeChat chat) =>
        [.. (await chat.Tenant.Api.GetAsync("/admin/receipts?limit=200")).EnumerateArray()];

    private static async Task<HttpStatusCode> PostAsync(BridgeChat chat, long conversation, string status, DateTimeOffset at)
    {
        var known = (await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}")).GetProperty("contact").GetProperty("identities")[0];
        var body = JsonSerializer.Serialize(new
        {
            @event = "conversation_status_changed", id = conversation, inbox_id = long.Parse(chat.Account["inbox_id"], CultureInfo.InvariantCulture),
            account_id = long.Parse(chat.Account["account_id"], CultureInfo.InvariantCulture), status, updated_at = at.ToUnixTimeMilliseconds() / 1000m,
            meta = new { sender = new { id = known.GetProperty("value").GetString(), name = "Ana" } },
            changed_attributes = new[] { new { status = new { previous_value = "open", current_value = status } } },
        });
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var answer = await chat.Tenant.Api.SendAsync(HttpMethod.Post, $"{chat.Account.WebhookUrl.PathAndQuery}?token={chat.Account["url_token"]}", content);
        return answer.StatusCode;
    }
}

public sealed class ChatwootHandlingOnSqlite(OnSqlite shared) : ChatwootHandlingTests(shared), IClassFixture<OnSqlite>;

public sealed class ChatwootHandlingOnPostgres(OnPostgres shared) : ChatwootHandlingTests(shared), IClassFixture<OnPostgres>;
