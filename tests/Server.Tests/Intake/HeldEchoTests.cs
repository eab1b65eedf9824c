using ChatOperator.Conversations;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Intake;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>
/// On a network that does not say who wrote what comes back: our own sends are known for ours whether the echo or the answer is first, and
/// what nothing explains is a person's word.
/// </summary>
public abstract class HeldEchoTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task An_echo_that_no_send_explains_is_held_and_then_takes_the_chat_over()
    {
        var (tenant, account, person) = await ChatAsync();
        var before = Assert.Single(await tenant.SummaryAsync());
        await AcceptedAsync(account, MetaWebhook.Echo(account, person, "aWdE1", "Ya te lo preparo"));
        await AcceptedAsync(account, MetaWebhook.Echo(account, person, "aWdE1", "Ya te lo preparo"));
        Assert.Single(await MessagesAsync(tenant));
        Assert.False(Assert.Single(await tenant.SummaryAsync()).GetProperty("is_locked").GetBoolean());

        var chat = await Eventually.GetAsync(async () => Assert.Single(await tenant.SummaryAsync()), c => c.GetProperty("is_locked").GetBoolean());
        var echo = (await MessagesAsync(tenant)).Last();
        Assert.Equal(("Ya te lo preparo", true, "sent"), (echo.GetProperty("content").GetString(), echo.GetProperty("is_echo").GetBoolean(), echo.GetProperty("status").GetString()));
        Assert.Equal("Ya te lo preparo", chat.GetProperty("last_message").GetString());
        foreach (var same in new[] { "unread_count", "window_expires_at", "last_interaction_at" })
            Assert.Equal(before.GetProperty(same).ToString(), chat.GetProperty(same).ToString());
        await AcceptedAsync(account, MetaWebhook.Echo(account, person, "aWdE1", "Ya te lo preparo"));
        Assert.Equal(2, (await MessagesAsync(tenant)).Count);
        Assert.Equal(2, (await CountsAsync(tenant.Id))[Verdict.Duplicate]);
    }

    /// <summary>Held with everything it consists of: the file is fetched and what was read meanwhile is known.</summary>
    [Fact]
    public async Task A_held_picture_is_shown_with_its_file_and_as_read()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (tenant, account, phone, chat) = await LiveChatAsync(sandbox);
        var echoed = await sandbox.Control.PostAsync($"/control/accounts/{account.NetworkId}/echo", new { phone = phone.Digits, type = "image", wait = true });
        var person = await LookAsync(db => db.Conversations.SingleAsync(c => c.Id == chat));
        await AcceptedAsync(account, MetaWebhook.Read(account, person.Address, echoed.GetProperty("id").GetString()!));
        Assert.Single(await tenant.MessagesAsync(chat));

        var messages = await Eventually.GetAsync(
            () => tenant.MessagesAsync(chat),
            all => all is [_, var held] && held.GetProperty("attachments") is var files && files.GetArrayLength() == 1 && files[0].GetProperty("state").GetString() == "stored",
            30, "the picture is shown");
        var echo = messages[1];
        Assert.Equal(("image", true, "read"), (echo.GetProperty("type").GetString(), echo.GetProperty("is_echo").GetBoolean(), echo.GetProperty("status").GetString()));
        Assert.Equal(320, echo.GetProperty("attachments")[0].GetProperty("width").GetInt32());
        Assert.True(Assert.Single(await tenant.SummaryAsync()).GetProperty("is_locked").GetBoolean());
    }

    [Fact]
    public async Task A_person_who_begins_the_chat_outside_makes_it_here()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.InstagramAsync();
        await AcceptedAsync(account, MetaWebhook.Echo(account, NewPhone(), "aWdE1", "¡Gracias por seguirnos!"));
        await Eventually.GetAsync(() => tenant.SummaryAsync(), chats => chats is [var chat] && chat.GetProperty("is_locked").GetBoolean());
        Assert.Equal(["¡Gracias por seguirnos!"], Words(await MessagesAsync(tenant)));
    }

    [Theory]
    [InlineData("messenger", "", false)]
    [InlineData("messenger", "", true)]
    [InlineData("instagram", "facebook", false)]
    [InlineData("instagram", "facebook", true)]
    [InlineData("instagram", "instagram", false)]
    [InlineData("instagram", "instagram", true)]
    public async Task What_we_sent_is_ours_whether_its_echo_or_its_answer_is_first(string channel, string login, bool echoFirst)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (tenant, account, phone, chat) = await LiveChatAsync(sandbox, channel, login);
        if (echoFirst) await sandbox.FaultsAsync(new { send = new { status_before_response = true } });
        foreach (var text in new[] { "uno", "dos" }) await SpeakAsync(tenant, chat, text);
        await phone.ReceivesAsync("dos");
        await Eventually.GetAsync(() => tenant.MessagesAsync(chat), all => all.Count(m => m.GetProperty("status").GetString() == "read") == 2, 20, "both are read");
        await HeldOverAsync(account);
        Assert.Equal(["hola", "uno", "dos"], Words(await tenant.MessagesAsync(chat)));
        Assert.False(Assert.Single(await tenant.SummaryAsync()).GetProperty("is_locked").GetBoolean());
    }

    [Fact]
    public async Task An_echo_answers_the_send_whose_own_answer_was_lost()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (tenant, account, phone, chat) = await LiveChatAsync(sandbox);
        await sandbox.FaultsAsync(new { send = new { drop = "after", times = 1 } });
        var id = await SpeakAsync(tenant, chat, "una sola vez");
        await Eventually.GetAsync(() => tenant.MessagesAsync(chat), all => all[^1].GetProperty("status").GetString() == "read", 20, "it is read");
        await HeldOverAsync(account);
        Assert.Equal("settled", Assert.Single((await tenant.Api.GetAsync($"/admin/messages/{id}/attempts")).EnumerateArray()).GetProperty("outcome").GetString());
        Assert.Single(await phone.ReceivedAsync());
        Assert.Equal(["hola", "una sola vez"], Words(await tenant.MessagesAsync(chat)));
        Assert.False(Assert.Single(await tenant.SummaryAsync()).GetProperty("is_locked").GetBoolean());
    }

    [Fact]
    public async Task While_an_echo_is_held_the_agent_sends_nothing_and_a_person_does()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (tenant, account, phone, chat) = await LiveChatAsync(sandbox);
        await sandbox.Control.PostAsync($"/control/accounts/{account.NetworkId}/echo", new { phone = phone.Digits, type = "text", text = "Yo me ocupo", wait = true });
        var id = await SpeakAsync(tenant, chat, "Soy el asistente");
        var withdrawn = await Eventually.GetAsync(
            () => tenant.MessagesAsync(chat), all => all.Single(m => m.GetProperty("id").GetInt64() == id).GetProperty("status").GetString() == "withdrawn");
        Assert.Contains("Yo me ocupo", Words(withdrawn));
        Assert.DoesNotContain("Soy el asistente", (await phone.ReceivedAsync()).Select(m => m.GetProperty("text").GetString()));

        await sandbox.Control.PostAsync($"/control/accounts/{account.NetworkId}/echo", new { phone = phone.Digits, type = "text", text = "Un momento", wait = true });
        await tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = chat, message = "Ya está", channel_source = "instagram" });
        await phone.ReceivesAsync("Ya está");
    }

    /// <summary>Two installations on one page's app mark their messages alike; each knows its own by their deliveries.</summary>
    [Fact]
    public async Task What_another_installation_sent_is_an_apps_word_and_settles_nothing_of_ours()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (tenant, account, phone, chat) = await LiveChatAsync(sandbox, "messenger", settleSeconds: "6");
        var person = await LookAsync(db => db.Conversations.SingleAsync(c => c.Id == chat));
        // Ours is lost on its way, and theirs says the same words.
        await sandbox.FaultsAsync(new { send = new { drop = "before", times = 1 } });
        var id = await SpeakAsync(tenant, chat, "¡Hola!");
        await Eventually.GetAsync(() => tenant.MessagesAsync(chat), all => all[^1].GetProperty("status").GetString() == "uncertain", 20, "our own is in doubt");
        var theirs = MetaWebhook.Echo(account, person.Address, "m_theirs", "¡Hola!", app: 555, metadata: $"chat-operator:{Guid.CreateVersion7():N}");
        await AcceptedAsync(account, theirs);
        await AcceptedAsync(account, theirs);
        var shown = await Eventually.GetAsync(() => tenant.MessagesAsync(chat), all => all.Count == 3, 30, "theirs is shown");
        var other = shown.Single(m => m.GetProperty("id").GetInt64() != id && m.GetProperty("sender").GetString() == "agent");
        Assert.Equal(("system", false), (other.GetProperty("author").GetProperty("kind").GetString(), other.GetProperty("is_echo").GetBoolean()));
        Assert.False(Assert.Single(await tenant.SummaryAsync()).GetProperty("is_locked").GetBoolean());
        // Nobody spoke for ours, so it is sent again.
        await phone.ReceivesAsync("¡Hola!", 40);
        Assert.True((await tenant.Api.GetAsync($"/admin/messages/{id}/attempts")).GetArrayLength() > 1);
        await AcceptedAsync(account, theirs);
        Assert.Equal(3, (await tenant.MessagesAsync(chat)).Count);
    }

    [Fact]
    public async Task A_page_says_who_wrote_what_comes_back()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.MessengerAsync();
        var person = NewPhone();
        await AcceptedAsync(account, MetaWebhook.Text(account, person, "m_1", "hola"));
        await AcceptedAsync(account, MetaWebhook.Echo(account, person, "m_2", "Oferta del día", app: 555));
        var chat = Assert.Single(await tenant.SummaryAsync());
        Assert.False(chat.GetProperty("is_locked").GetBoolean());
        Assert.Equal("Oferta del día", chat.GetProperty("last_message").GetString());
        await AcceptedAsync(account, MetaWebhook.Echo(account, person, "m_3", "Te respondo yo", app: 263902037430900));
        Assert.True(Assert.Single(await tenant.SummaryAsync()).GetProperty("is_locked").GetBoolean());
    }

    private async Task<(TestTenant, TestAccount, string Person)> ChatAsync()
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.InstagramAsync();
        var person = NewPhone();
        await AcceptedAsync(account, MetaWebhook.Text(account, person, "aWdI1", "hola"));
        return (tenant, account, person);
    }

    private async Task<(TestTenant, TestAccount, TestPhone, Guid Chat)> LiveChatAsync(
        TestSandbox sandbox, string channel = "instagram", string login = "facebook", string settleSeconds = "20")
    {
        var tenant = await Server.TenantAsync();
        var more = new { spacing_ms = "0", settle_seconds = settleSeconds };
        var account = channel == "messenger" ? await tenant.MessengerAsync(sandbox, more) : await tenant.InstagramAsync(sandbox, login, more);
        var phone = sandbox.Phone(NewPhone());
        await phone.SaysAsync("hola", account, new { wait = true });
        return (tenant, account, phone, Assert.Single(await tenant.SummaryAsync()).GetProperty("id").GetGuid());
    }

    /// <summary>The agent speaks: unlike an operator it does not take the chat over by that.</summary>
    private static async Task<long> SpeakAsync(TestTenant tenant, Guid chat, string text) =>
        (await tenant.Api.PostAsync("/messages/relay", new { text, conversation_id = chat, author = "agent", tenant_id = tenant.Id })).GetProperty("message_id").GetInt64();

    /// <summary>Nothing is held any more: whatever an echo could do has been done.</summary>
    private Task HeldOverAsync(TestAccount account) => Eventually.GetAsync(
        () => LookAsync(db => db.HeldEchoes.CountAsync(h => h.AccountId == account.Id)), held => held == 0);
}

public sealed class QuickEchoesOnSqlite() : SharedServer(DatabaseProvider.Sqlite, QuickEchoes.Options);

public sealed class QuickEchoesOnPostgres() : SharedServer(DatabaseProvider.Postgres, QuickEchoes.Options);

file static class QuickEchoes
{
    public static ServerOptions Options => new() { Settings = new() { ["Intake:EchoHoldSeconds"] = "2" } };
}

public sealed class HeldEchoesOnSqlite(QuickEchoesOnSqlite shared) : HeldEchoTests(shared), IClassFixture<QuickEchoesOnSqlite>;

public sealed class HeldEchoesOnPostgres(QuickEchoesOnPostgres shared) : HeldEchoTests(shared), IClassFixture<QuickEchoesOnPostgres>;
