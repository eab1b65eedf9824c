using System.Text.Json.Nodes;
using ChatOperator.Conversations;
using ChatOperator.Harness;
using ChatOperator.Intake;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>What people do to a chat besides writing: answer from a phone, react, edit, take back.</summary>
public abstract class EchoTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task An_echo_takes_the_chat_over_and_never_opens_the_window()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Of(Echoes(account, Echo(phone, "wamid.e1", "Ya te lo preparo"))));

        var chat = Assert.Single(await tenant.SummaryAsync());
        Assert.True(chat.GetProperty("is_locked").GetBoolean());
        Assert.Equal(0, chat.GetProperty("unread_count").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, chat.GetProperty("window_expires_at").ValueKind);
        Assert.Equal("Ya te lo preparo", chat.GetProperty("last_message").GetString());
        var echo = Assert.Single(await MessagesAsync(tenant));
        Assert.True(echo.GetProperty("is_echo").GetBoolean());
        Assert.Equal("agent", echo.GetProperty("sender").GetString());
    }

    /// <summary>Nobody in particular has a chat that was handed over; whoever speaks in it from outside has it then.</summary>
    [Fact]
    public async Task A_person_who_answers_while_the_agent_hands_over_silences_its_farewell()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await Agents.AgentChat.OpenAsync(Server, sandbox);
        await chat.ModelAsync(
            new { when = new { contains = chat.Mark, tool_result = "handed_off" }, reply = "Ya te atienden." },
            new { when = new { contains = chat.Mark }, tool_calls = new[] { new { name = "hand_off", arguments = new { reason = "Un reclamo", summary = "Un reclamo." } } } });
        // The farewell has to wait a few seconds for its second try.
        await sandbox.FaultsAsync(new { send = new { code = 131056, times = 1 } });
        await chat.SaysAsync($"un reclamo {chat.Mark}");
        var farewell = (await Eventually.GetAsync(() => chat.Tenant.MessagesAsync(chat.Id), all => all[^1].TryGetProperty("not_before", out _)))[^1].GetProperty("id").GetInt64();
        await AcceptedAsync(chat.Account, Of(Echoes(chat.Account, Echo(chat.Phone.Digits, "wamid.e1", "Hola, soy Ana"))));
        Assert.Equal("echo", (await chat.StateAsync()).GetProperty("why").GetString());
        await Eventually.TrueAsync(async () =>
            (await chat.Tenant.MessagesAsync(chat.Id)).Single(m => m.GetProperty("id").GetInt64() == farewell).GetProperty("status").GetString() == "withdrawn");
        Assert.Empty(await chat.AnswersAsync());
    }

    [Fact]
    public async Task A_repeated_echo_does_not_lock_again()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Of(Echoes(account, Echo(phone, "wamid.e1", "uno"))));
        var chat = Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid();
        await LookAsync(db => db.Conversations.Where(c => c.Id == chat).ExecuteUpdateAsync(set => set.SetProperty(c => c.IsLocked, false)));
        await AcceptedAsync(account, Of(Echoes(account, Echo(phone, "wamid.e1", "uno"))));
        Assert.False(Assert.Single(await tenant.SummaryAsync()).GetProperty("is_locked").GetBoolean());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_taken_back_before_it_came_is_never_shown(bool inOneWebhook)
    {
        var (tenant, account) = await ConnectAsync();
        var (phone, at) = (NewPhone(), Server.Time.GetUtcNow().AddMinutes(-5));
        if (inOneWebhook) await AcceptedAsync(account, Of(Messages(account, [Contact(phone)], Revoked(), Said())));
        else
        {
            await AcceptedAsync(account, Of(Messages(account, [Contact(phone)], Revoked())));
            await AcceptedAsync(account, Of(Messages(account, [Contact(phone)], Said())));
        }
        var shown = Assert.Single(await MessagesAsync(tenant));
        Assert.Equal("[Deleted]", shown.GetProperty("content").GetString());
        Assert.Equal("[Deleted]", Assert.Single(await tenant.SummaryAsync()).GetProperty("last_message").GetString());
        // Deleted, and expired as soon as its bytes are gone.
        Assert.All(shown.GetProperty("attachments").EnumerateArray(), f =>
        {
            Assert.Equal("deleted", f.GetProperty("reason").GetString());
            Assert.Contains(f.GetProperty("state").GetString(), (string[])["deleted", "expired"]);
        });
        // Told again, late.
        await AcceptedAsync(account, Of(Messages(account, [Contact(phone)], Revoked())));
        Assert.Equal("[Deleted]", Assert.Single(await MessagesAsync(tenant)).GetProperty("content").GetString());

        JsonObject Said() => Message(phone, "wamid.1", "image", new JsonObject { ["id"] = "9001", ["mime_type"] = "image/jpeg", ["caption"] = "mi tarjeta" }, at);
        JsonObject Revoked() => Message(phone, "wamid.2", "revoke", new JsonObject { ["original_message_id"] = "wamid.1" }, at.AddSeconds(5));
    }

    [Fact]
    public async Task An_edit_and_a_reaction_that_come_before_their_message_wait_for_it()
    {
        var (tenant, account) = await ConnectAsync();
        var (phone, at) = (NewPhone(), Server.Time.GetUtcNow().AddMinutes(-5));
        await AcceptedAsync(account, Of(Messages(account, [Contact(phone)], Message(phone, "wamid.e", "edit", new JsonObject
        {
            ["original_message_id"] = "wamid.1", ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = "a las 6" } },
        }, at.AddSeconds(9)))));
        await AcceptedAsync(account, Of(Messages(account, [Contact(phone)],
            Message(phone, "wamid.r", "reaction", new JsonObject { ["message_id"] = "wamid.1", ["emoji"] = "👍" }, at.AddSeconds(10)))));
        Assert.Empty(await tenant.SummaryAsync());
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "a las 5", at));
        var message = Assert.Single(await MessagesAsync(tenant));
        Assert.Equal("a las 6", message.GetProperty("content").GetString());
        Assert.Equal("👍", Assert.Single(message.GetProperty("reactions").EnumerateArray()).GetProperty("emoji").GetString());
        Assert.All(await ReceiptsAsync(tenant.Id), r => Assert.Equal(Verdict.Applied, r.Verdict));
    }

    /// <summary>The app's echo of our own message is late, its reader is not.</summary>
    [Fact]
    public async Task A_reaction_that_overtakes_the_answer_to_its_send_shows_on_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await Outbox.OutboxChat.OpenAsync(Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { delay_ms = 6000, times = 1 } });
        var id = await chat.SendAsync("¿a las 5?");
        await Eventually.TrueAsync(async () => (await chat.MessageAsync(id)).GetProperty("status").GetString() == "sending");
        var delivery = await LookAsync(db => db.Deliveries.Where(d => d.MessageId == id).Select(d => d.Id).SingleAsync());
        await AcceptedAsync(chat.Account, Of(Messages(chat.Account, [Contact(chat.Phone.Digits)],
            Message(chat.Phone.Digits, "wamid.r", "reaction", new JsonObject { ["message_id"] = "wamid.soon", ["emoji"] = "👍" }))));
        await AcceptedAsync(chat.Account, Of(Statuses(chat.Account, Status("wamid.soon", "delivered", chat.Phone.Digits, delivery))));
        await Eventually.TrueAsync(async () => (await chat.MessageAsync(id)).TryGetProperty("reactions", out var reactions) && reactions.GetArrayLength() == 1);
    }

    [Fact]
    public async Task A_reaction_belongs_to_its_message_and_can_be_taken_back()
    {
        var (tenant, account) = await ConnectAsync();
        var (phone, at) = (NewPhone(), Server.Time.GetUtcNow().AddMinutes(-5));
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "hola", at));
        await AcceptedAsync(account, React("wamid.r1", "👍", 1));
        await AcceptedAsync(account, React("wamid.r2", "❤️", 2));
        // Repeated late: what the person chose last stays.
        await AcceptedAsync(account, React("wamid.r1", "👍", 1));
        Assert.Equal("❤️", (await ReactionsAsync()).Single());
        await AcceptedAsync(account, React("wamid.r3", "", 3));
        await AcceptedAsync(account, React("wamid.r2", "❤️", 2));
        Assert.Empty(await ReactionsAsync());
        Assert.Equal(1, Assert.Single(await tenant.SummaryAsync()).GetProperty("unread_count").GetInt32());

        JsonObject React(string id, string emoji, int minute) => Of(Messages(account, [Contact(phone)],
            Message(phone, id, "reaction", new JsonObject { ["message_id"] = "wamid.1", ["emoji"] = emoji }, at.AddMinutes(minute))));

        async Task<List<string>> ReactionsAsync() => [.. (await ExtraAsync(tenant, "wamid.1"))["reactions"]!.AsArray().Select(r => (string)r!["emoji"]!)];
    }

    [Fact]
    public async Task An_edit_shows_the_new_words_and_keeps_the_old()
    {
        var (tenant, account) = await ConnectAsync();
        var (phone, at) = (NewPhone(), Server.Time.GetUtcNow().AddMinutes(-5));
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "a las 10", at));
        await AcceptedAsync(account, Edit("wamid.2", "a las 11", 1));
        await AcceptedAsync(account, Edit("wamid.3", "a las 12", 2));
        await AcceptedAsync(account, Edit("wamid.2", "a las 11", 1));

        Assert.Equal("a las 12", Assert.Single(await MessagesAsync(tenant)).GetProperty("content").GetString());
        Assert.Equal("a las 12", Assert.Single(await tenant.SummaryAsync()).GetProperty("last_message").GetString());
        Assert.Equal(["a las 10", "a las 11"], (await ExtraAsync(tenant, "wamid.1"))["edits"]!.AsArray().Select(e => (string)e!["text"]!));

        JsonObject Edit(string id, string words, int minute) => Of(Messages(account, [Contact(phone)], Message(phone, id, "edit", new JsonObject
        {
            ["original_message_id"] = "wamid.1",
            ["message"] = new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = words } },
        }, at.AddMinutes(minute))));
    }

    [Fact]
    public async Task What_is_taken_back_is_gone_from_the_chat_and_from_the_list()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Text(account, phone, "wamid.1", "secreto"));
        var revoke = Of(Messages(account, [Contact(phone)], Message(phone, "wamid.2", "revoke", new JsonObject { ["original_message_id"] = "wamid.1" })));
        await AcceptedAsync(account, revoke);
        await AcceptedAsync(account, revoke);
        Assert.Equal("[Deleted]", Assert.Single(await MessagesAsync(tenant)).GetProperty("content").GetString());
        Assert.Equal("[Deleted]", Assert.Single(await tenant.SummaryAsync()).GetProperty("last_message").GetString());
        Assert.Equal(new() { [Verdict.Applied] = 2, [Verdict.Duplicate] = 1 }, await CountsAsync(tenant.Id));
    }

    [Fact]
    public async Task An_event_about_a_message_we_never_had_waits_for_it()
    {
        var (tenant, account) = await ConnectAsync();
        var phone = NewPhone();
        await AcceptedAsync(account, Of(Messages(account, [Contact(phone)], Message(phone, "wamid.2", "revoke", new JsonObject { ["original_message_id"] = "wamid.0" }))));
        Assert.Equal((Verdict.Applied, "parked"), (await ReceiptsAsync(tenant.Id)).Select(r => (r.Verdict, r.Reason)).Single());
    }

    private Task<JsonObject> ExtraAsync(TestTenant tenant, string externalId) => LookAsync(async db =>
        JsonNode.Parse((await db.Messages.SingleAsync(m => m.TenantId == tenant.Id && m.ExternalId == externalId)).Extra!)!.AsObject());
}

public sealed class EchoesOnSqlite(OnSqlite shared) : EchoTests(shared), IClassFixture<OnSqlite>;

public sealed class EchoesOnPostgres(OnPostgres shared) : EchoTests(shared), IClassFixture<OnPostgres>;
