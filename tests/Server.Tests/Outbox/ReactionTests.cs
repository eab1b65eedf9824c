using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Channels;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

/// <summary>An operator's emoji on a message: it leaves by the outbox, shows on the phone, and keeps the laws of everything that leaves.</summary>
public abstract class ReactionTests(SharedServer shared)
{
    [Fact]
    public async Task An_emoji_is_put_on_what_the_customer_wrote_changed_and_taken_back()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var theirs = (await chat.Tenant.MessagesAsync(chat.Id))[0].GetProperty("id").GetInt64();
        var carrier = await ReactAsync(chat.Tenant, theirs, "👍");
        await ShowsAsync(chat.Phone, "👍");
        await chat.ReachesAsync(carrier, "sent");
        var own = Assert.Single((await chat.MessageAsync(theirs)).GetProperty("reactions").EnumerateArray());
        Assert.Equal(("account", "👍", carrier), (own.GetProperty("by").GetString(), own.GetProperty("emoji").GetString(), own.GetProperty("message_id").GetInt64()));

        await ReactAsync(chat.Tenant, theirs, "🙏🏽");
        await ShowsAsync(chat.Phone, "🙏🏽");
        var last = await ReactAsync(chat.Tenant, theirs, "");
        await ShowsAsync(chat.Phone, null);
        await chat.ReachesAsync(last, "sent");
        Assert.Empty((await chat.MessageAsync(theirs)).GetProperty("reactions").EnumerateArray());
        // It is told like a message and is none in the list.
        Assert.Equal("reaction", (await chat.MessageAsync(carrier)).GetProperty("type").GetString());
        Assert.Equal(theirs, (await chat.MessageAsync(carrier)).GetProperty("reply_to").GetInt64());
        var row = Assert.Single(await chat.Tenant.SummaryAsync());
        Assert.Equal(("Hola", "contact"), (row.GetProperty("last_message").GetString(), row.GetProperty("last_message_author").GetString()));
        Assert.True((await chat.Tenant.SummaryAsync())[0].GetProperty("is_locked").GetBoolean());
    }

    [Fact]
    public async Task It_stands_beside_the_contacts_own_and_goes_on_our_messages_too()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var ours = await chat.SendAsync("Listo");
        await chat.ReachesAsync(ours, "read");
        var onPhone = (await chat.Phone.ReceivedAsync())[^1].GetProperty("id").GetString();
        await chat.Phone.SaysAsync("", chat.Account, new { type = "reaction", message_id = onPhone, emoji = "❤️", wait = true });
        await ReactAsync(chat.Tenant, ours, "🎉");
        var both = await Eventually.GetAsync(
            async () => (await chat.MessageAsync(ours)).GetProperty("reactions").EnumerateArray().Select(r => r.GetProperty("emoji").GetString()!).ToList(), all => all.Count == 2);
        Assert.Equal(["❤️", "🎉"], both.Order(StringComparer.Ordinal));
        await chat.Phone.SaysAsync("", chat.Account, new { type = "reaction", message_id = onPhone, emoji = "remove", wait = true });
        Assert.Equal("🎉", Assert.Single((await chat.MessageAsync(ours)).GetProperty("reactions").EnumerateArray()).GetProperty("emoji").GetString());
    }

    [Fact]
    public async Task One_that_the_network_refuses_is_said_to_have_failed_and_shown_on_no_message()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var theirs = (await chat.Tenant.MessagesAsync(chat.Id))[0].GetProperty("id").GetInt64();
        await shared.Sandbox.FaultsAsync(new { send = new { account = chat.Account.NetworkId, code = 131009, times = 1 } });
        var carrier = await ReactAsync(chat.Tenant, theirs, "👍");
        var failed = await chat.ReachesAsync(carrier, "failed");
        await shared.Sandbox.HealAsync();
        Assert.NotEmpty(failed.GetProperty("error").GetProperty("next_step").GetString()!);
        Assert.Empty((await chat.MessageAsync(theirs)).GetProperty("reactions").EnumerateArray());
        var before = await CursorAsync();
        await chat.Tenant.Api.PostAsync($"/admin/messages/{carrier}/retry");
        // Whoever polls for what changed is told of the message that shows it again.
        var told = (await chat.Tenant.Api.GetAsync($"/admin/chats/{chat.Id}/messages?since={before}")).EnumerateArray().ToList();
        Assert.Single(told.Single(m => m.GetProperty("id").GetInt64() == theirs).GetProperty("reactions").EnumerateArray());
        await ShowsAsync(chat.Phone, "👍");
        Assert.Single((await chat.MessageAsync(theirs)).GetProperty("reactions").EnumerateArray());

        async Task<string> CursorAsync()
        {
            using var page = await chat.Tenant.Api.SendAsync(HttpMethod.Get, $"/admin/chats/{chat.Id}/messages");
            return Assert.Single(page.Headers.GetValues("X-Cursor"));
        }
    }

    [Fact]
    public async Task A_lost_answer_is_not_sent_twice_and_a_repeated_request_is_one()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var theirs = (await chat.Tenant.MessagesAsync(chat.Id))[0].GetProperty("id").GetInt64();
        await shared.Sandbox.FaultsAsync(new { send = new { account = chat.Account.NetworkId, drop = "after", times = 1 } });
        for (var i = 0; i < 2; i++)
            using (var answer = await chat.Tenant.Api.SendAsync(HttpMethod.Post, $"/admin/messages/{theirs}/reaction", new { emoji = "👍" }, ("Idempotency-Key", "once")))
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var carrier = (await chat.Tenant.MessagesAsync(chat.Id)).Single(m => m.GetProperty("type").GetString() == "reaction").GetProperty("id").GetInt64();
        await chat.ReachesAsync(carrier, "sent");
        await shared.Sandbox.HealAsync();
        Assert.Single((await shared.Sandbox.Control.GetAsync($"/control/sends?phone={chat.Phone.Digits}&outcome=accepted")).EnumerateArray());
    }

    [Fact]
    public async Task Rules_that_hold_for_words_hold_for_an_emoji()
    {
        await using var server = await TestServer.StartAsync(shared.Server.Installation.Provider, new() { FrozenTime = true });
        await using var sandbox = await TestSandbox.StartAsync(server.FrozenTime);
        var chat = await OutboxChat.OpenAsync(server, sandbox);
        var theirs = (await chat.Tenant.MessagesAsync(chat.Id))[0].GetProperty("id").GetInt64();
        var path = $"/admin/messages/{theirs}/reaction";
        foreach (var none in (string[])["ok", "👍👍", "a", "5"])
            await chat.Tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, path, new { emoji = none });
        await chat.Tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, "/admin/messages/999999999/reaction", new { emoji = "👍" });
        var other = await server.TenantAsync();
        await other.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, path, new { emoji = "👍" });
        server.FrozenTime!.Advance(TimeSpan.FromHours(25));
        await chat.Tenant.Api.RefusedAsync(HttpStatusCode.Conflict, "window_expired", HttpMethod.Post, path, new { emoji = "👍" });
    }

    [Fact]
    public async Task Instagram_has_its_one_heart_and_messenger_none()
    {
        var instagram = await (await shared.Server.TenantAsync()).InstagramAsync(shared.Sandbox, "instagram", new { spacing_ms = "0" });
        var chat = await BridgeChat.OpenFirstAsync(instagram, shared.Sandbox);
        var theirs = (await chat.Tenant.MessagesAsync(chat.Id))[0].GetProperty("id").GetInt64();
        await chat.Tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, $"/admin/messages/{theirs}/reaction", new { emoji = "👍" });
        await ReactAsync(chat.Tenant, theirs, "❤️");
        await ShowsAsync(chat.Phone, "❤️");
        await ReactAsync(chat.Tenant, theirs, "");
        await ShowsAsync(chat.Phone, null);

        var messenger = await (await shared.Server.TenantAsync()).MessengerAsync(shared.Sandbox);
        var other = await BridgeChat.OpenFirstAsync(messenger, shared.Sandbox);
        var said = (await other.Tenant.MessagesAsync(other.Id))[0].GetProperty("id").GetInt64();
        await other.Tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "not_on_this_channel", HttpMethod.Post, $"/admin/messages/{said}/reaction", new { emoji = "❤️" });
        var can = (await other.Tenant.Api.GetAsync("/admin/channel-accounts/schema")).EnumerateArray().ToDictionary(
            c => c.GetProperty("channel").GetString()!, c => c.GetProperty("capabilities").GetProperty("reactions"));
        Assert.Equal(JsonValueKind.Null, can["messenger"].ValueKind);
        Assert.Equal("❤️", Assert.Single(can["instagram"].GetProperty("emojis").EnumerateArray()).GetString());
        Assert.Equal(0, can["ycloud"].GetProperty("emojis").GetArrayLength());
    }

    [Fact]
    public async Task YCloud_takes_one_like_meta_does()
    {
        var account = await BridgeChat.YCloudAsync(shared.Server, shared.Sandbox);
        var chat = await BridgeChat.OpenAsync(account, shared.Sandbox);
        var theirs = (await chat.Tenant.MessagesAsync(chat.Id))[0].GetProperty("id").GetInt64();
        await ReactAsync(chat.Tenant, theirs, "👀");
        await ShowsAsync(chat.Phone, "👀");
    }

    private static async Task<long> ReactAsync(TestTenant tenant, long message, string emoji) =>
        (await tenant.Api.PostAsync($"/admin/messages/{message}/reaction", new { emoji })).GetProperty("message_id").GetInt64();

    /// <summary>What stands on the customer's own first message, on their phone.</summary>
    private Task ShowsAsync(TestPhone phone, string? emoji) => Eventually.GetAsync(
        async () => (await shared.Sandbox.Control.GetAsync($"/control/phones/{phone.Digits}/messages?all=true"))[0] is var first
            && first.TryGetProperty("reaction", out var shown) ? shown.GetString() : null,
        shown => shown == emoji, 20, $"phone {phone.Digits} shows {emoji}");
}

public sealed class ReactionOnSqlite(OnSqlite shared) : ReactionTests(shared), IClassFixture<OnSqlite>;

public sealed class ReactionOnPostgres(OnPostgres shared) : ReactionTests(shared), IClassFixture<OnPostgres>;
