using System.Text.Json;
using ChatOperator.Conversations;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using ChatOperator.Server.Tests.Outbox;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>
/// A report tells about one attempt: that of a delivery's past neither fails the next one nor passes for it. The network here says nothing by
/// itself, so that each test says what it wants, when it wants.
/// </summary>
public abstract class ReportTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task What_is_said_again_about_a_failed_attempt_leaves_its_waiting_retry_alone()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await SilentChatAsync(sandbox, spacingMs: 60_000);
        var (id, first) = await FailedOnceAsync(chat);
        await chat.Tenant.Api.PostAsync($"/admin/messages/{id}/retry");
        foreach (var repeated in new[] { "failed", "sent" })
        {
            await ReportAsync(chat, first, repeated);
            Assert.Equal("queued", await StatusAsync(chat, id));
        }
        // It arrived after all: a retry would be the same message twice.
        await ReportAsync(chat, first, "delivered");
        Assert.Equal("delivered", await StatusAsync(chat, id));
    }

    [Fact]
    public async Task A_failure_told_again_does_not_fail_the_retry_on_its_way()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await SilentChatAsync(sandbox);
        var (id, first) = await FailedOnceAsync(chat);
        await sandbox.FaultsAsync(new { send = new { delay_ms = 6000, times = 1 } });
        await chat.Tenant.Api.PostAsync($"/admin/messages/{id}/retry");
        await Eventually.TrueAsync(async () => await StatusAsync(chat, id) == "sending");
        await ReportAsync(chat, first, "failed");
        await ReportAsync(chat, "wamid.never-seen", "failed", await DeliveryAsync(id));
        await chat.ReachesAsync(id, "sent");
        Assert.Equal(["accepted", "accepted"], (await chat.AttemptsAsync(id)).Select(a => a.GetProperty("outcome").GetString()));
        Assert.Equal(2, (await chat.TextsAsync()).Count);
    }

    [Fact]
    public async Task Two_ids_of_one_send_in_one_webhook_leave_the_higher_tick()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await SilentChatAsync(sandbox);
        var (id, first) = await FailedOnceAsync(chat);
        await chat.Tenant.Api.PostAsync($"/admin/messages/{id}/retry");
        await chat.ReachesAsync(id, "sent");
        var second = (await chat.AttemptsAsync(id))[1].GetProperty("external_id").GetString()!;
        await AcceptedAsync(chat.Account, WhatsAppWebhook.Of(Statuses(chat.Account,
            Status(first, "read", chat.Phone.Digits), Status(second, "delivered", chat.Phone.Digits), Status(first, "delivered", chat.Phone.Digits))));
        Assert.Equal("read", await StatusAsync(chat, id));
    }

    [Fact]
    public async Task A_foreign_word_in_the_callback_data_does_not_hide_whose_id_it_is()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await SilentChatAsync(sandbox);
        var id = await chat.SendAsync("hola");
        await chat.ReachesAsync(id, "sent");
        await ReportAsync(chat, await ExternalIdAsync(chat, id), "read", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        Assert.Equal("read", await StatusAsync(chat, id));
    }

    [Fact]
    public async Task A_report_that_overtakes_the_answer_ends_the_attempt_and_the_answer_completes_it()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await SilentChatAsync(sandbox, spacingMs: 4000);
        await sandbox.FaultsAsync(new { send = new { delay_ms = 6000, times = 1 } });
        var id = await chat.SendAsync("despacio");
        await Eventually.TrueAsync(async () => await StatusAsync(chat, id) == "sending");
        var told = Server.Time.Now(); // to the millisecond, as moments are stored
        await ReportAsync(chat, "wamid.early", "delivered", await DeliveryAsync(id));
        Assert.Equal("delivered", await StatusAsync(chat, id));
        // Should the server die now, nobody would be left to say more.
        var attempt = Assert.Single(await chat.AttemptsAsync(id));
        Assert.Equal(("settled", "report", "wamid.early"), (Text(attempt, "outcome"), Text(attempt, "settled_by"), Text(attempt, "external_id")));
        Assert.InRange(attempt.GetProperty("settled_at").GetDateTimeOffset(), told.AddSeconds(-1), Server.Time.GetUtcNow());
        Assert.NotEqual(JsonValueKind.Null, attempt.GetProperty("ended_at").ValueKind);
        var next = await LookAsync(db => db.Conversations.Where(c => c.Id == chat.Id).Select(c => c.NextSendAt).SingleAsync());
        Assert.True(next >= told.AddSeconds(4), $"the next send may start at {next}, {next - told} after the report");

        var answered = await Eventually.GetAsync(async () => Assert.Single(await chat.AttemptsAsync(id)), a => Text(a, "outcome") == "accepted");
        Assert.StartsWith("wamid.", Text(answered, "external_id"), StringComparison.Ordinal);
        Assert.Equal("report", Text(answered, "settled_by"));
        Assert.Equal("delivered", await StatusAsync(chat, id));
    }

    [Fact]
    public async Task An_echo_and_a_delivery_in_one_webhook_settle_the_send_whose_answer_was_lost()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (tenant, account, phone, chat, message) = await LostAnswerAsync(sandbox);
        await AcceptedAsync(account, MetaWebhook.Of((account, [MetaWebhook.Delivered(account, phone, "m_1"), MetaWebhook.EchoOf(account, phone, "m_1", "una", await DeliveryAsync(message))])));
        Assert.Equal("delivered", (await tenant.MessagesAsync(chat)).Last().GetProperty("status").GetString());
        await SettledOnceAsync(tenant, message, "report");
    }

    [Fact]
    public async Task A_delivery_that_waited_for_its_echo_is_not_forgotten()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var (tenant, account, phone, chat, message) = await LostAnswerAsync(sandbox);
        await AcceptedAsync(account, MetaWebhook.Of((account, [MetaWebhook.Delivered(account, phone, "m_1")])));
        Assert.Equal("uncertain", (await tenant.MessagesAsync(chat)).Last().GetProperty("status").GetString());
        await AcceptedAsync(account, MetaWebhook.Of((account, [MetaWebhook.EchoOf(account, phone, "m_1", "una", await DeliveryAsync(message))])));
        Assert.Equal("delivered", (await tenant.MessagesAsync(chat)).Last().GetProperty("status").GetString());
        await SettledOnceAsync(tenant, message, "echo");
    }

    private static async Task SettledOnceAsync(TestTenant tenant, long message, string by)
    {
        var attempt = Assert.Single((await tenant.Api.GetAsync($"/admin/messages/{message}/attempts")).EnumerateArray());
        Assert.Equal(("settled", by, "m_1"), (Text(attempt, "outcome"), Text(attempt, "settled_by"), Text(attempt, "external_id")));
    }

    /// <summary>A page whose network took a message and never answered, and says nothing by itself.</summary>
    private async Task<(TestTenant, TestAccount, string Phone, Guid Chat, long Message)> LostAnswerAsync(TestSandbox sandbox)
    {
        var tenant = await Server.TenantAsync();
        var account = await tenant.MessengerAsync(sandbox, more: new { spacing_ms = "0", settle_seconds = "60" });
        var phone = sandbox.Phone(NewPhone());
        await phone.SaysAsync("hola", account, new { wait = true });
        var chat = Assert.Single(await tenant.SummaryAsync());
        var person = await LookAsync(db => db.Conversations.Where(c => c.Id == chat.GetProperty("id").GetGuid()).Select(c => c.Address).SingleAsync());
        await sandbox.FaultsAsync(new { send = new { drop = "after", times = 1 }, webhook = new { drop = true } });
        var message = (await tenant.Api.PostAsync(
            "/admin/whatsapp/send", new { conversation_id = chat.GetProperty("id").GetGuid(), message = "una", channel_source = "facebook" })).GetProperty("message_id").GetInt64();
        await Eventually.TrueAsync(async () => (await tenant.MessagesAsync(chat.GetProperty("id").GetGuid())).Last().GetProperty("status").GetString() == "uncertain");
        return (tenant, account, person, chat.GetProperty("id").GetGuid(), message);
    }

    private async Task<OutboxChat> SilentChatAsync(TestSandbox sandbox, int spacingMs = 0)
    {
        var chat = await OutboxChat.OpenAsync(Server, sandbox, spacingMs, settleSeconds: 60);
        await sandbox.Control.PostAsync("/control/accounts", new { channel = "whatsapp_cloud", phone_number_id = chat.Account.NetworkId, statuses = false });
        return chat;
    }

    /// <summary>A message that the network took and then failed to deliver.</summary>
    private static async Task<(long Message, string ExternalId)> FailedOnceAsync(OutboxChat chat)
    {
        var id = await chat.SendAsync("hola");
        await chat.ReachesAsync(id, "sent");
        var first = await ExternalIdAsync(chat, id);
        await ReportAsync(chat, first, "failed");
        Assert.Equal("failed", await StatusAsync(chat, id));
        return (id, first);
    }

    private static Task ReportAsync(OutboxChat chat, string externalId, string status, Guid? delivery = null) => AcceptedAsync(
        chat.Account, WhatsAppWebhook.Of(Statuses(chat.Account, Status(externalId, status, chat.Phone.Digits, delivery, status == "failed" ? 131026 : null))));

    private static async Task<string> StatusAsync(OutboxChat chat, long id) => (await chat.MessageAsync(id)).GetProperty("status").GetString()!;

    private static async Task<string> ExternalIdAsync(OutboxChat chat, long id) => Text((await chat.AttemptsAsync(id))[^1], "external_id")!;

    private static string? Text(JsonElement json, string field) => json.GetProperty(field).GetString();

    private Task<Guid> DeliveryAsync(long message) => LookAsync(db => db.Deliveries.Where(d => d.MessageId == message).Select(d => d.Id).SingleAsync());
}

public sealed class ReportsOnSqlite(OnSqlite shared) : ReportTests(shared), IClassFixture<OnSqlite>;

public sealed class ReportsOnPostgres(OnPostgres shared) : ReportTests(shared), IClassFixture<OnPostgres>;
