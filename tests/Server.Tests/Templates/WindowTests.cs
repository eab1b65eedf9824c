using System.Net;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Server.Tests.Attachments;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Templates;

public abstract class WindowTests(SharedServer shared)
{
    [Fact]
    public async Task Outside_the_window_free_text_is_refused_held_or_said_by_a_template()
    {
        var (desk, phone, chat) = await ClosedAsync();
        var refused = await desk.Api.RefusedAsync(HttpStatusCode.Conflict, "window_expired", HttpMethod.Post, "/admin/whatsapp/send", Text(chat, "¿Seguís ahí?"));
        Assert.Contains("template", refused.GetProperty("next_step").GetString(), StringComparison.Ordinal);

        var held = (await desk.Api.PostAsync("/admin/whatsapp/send", Text(chat, "¿Seguís ahí?", hold: true))).GetProperty("message_id").GetInt64();
        var dropped = (await desk.Api.PostAsync("/admin/whatsapp/send", Text(chat, "No importa", hold: true))).GetProperty("message_id").GetInt64();
        await desk.Api.PostAsync("/admin/templates/send", new { conversation_id = chat, template_id = await desk.IdAsync("order_ready", "en"), parameters = new[] { "Ana", "42" } });
        await phone.ReceivesAsync("Hello Ana, your order 42 is ready.");
        var waiting = await MessageAsync(desk, chat, held);
        Assert.Equal(("queued", true), (waiting.GetProperty("status").GetString(), waiting.GetProperty("held").GetBoolean()));
        await desk.Api.RefusedAsync(HttpStatusCode.Conflict, "window_expired", HttpMethod.Post, $"/admin/messages/{held}/send-now");
        await desk.Api.PostAsync($"/admin/messages/{dropped}/cancel");

        await phone.SaysAsync("Sí, contame", desk.Chat.Account);
        await phone.ReceivesAsync("¿Seguís ahí?");
        var sent = await Eventually.GetAsync(() => MessageAsync(desk, chat, held), m => m.GetProperty("status").GetString() == "read", 15, "held message");
        Assert.False(sent.TryGetProperty("held", out _));
        Assert.Equal("cancelled", (await MessageAsync(desk, chat, dropped)).GetProperty("status").GetString());
        await desk.Api.PostAsync("/admin/whatsapp/send", Text(chat, "Ahora sí", hold: true));
        await phone.ReceivesAsync("Ahora sí");
    }

    [Fact]
    public async Task A_file_waits_for_the_window_as_words_do()
    {
        var (desk, phone, chat) = await ClosedAsync();
        var held = desk.Chat.In(phone, chat);
        var picture = MediaChat.Picture(320, 200);
        var file = await held.UploadedAsync(picture, "torta.jpg", "image/jpeg");
        var attachments = new[] { new { id = file.GetProperty("id").GetGuid(), caption = "Tu torta" } };
        await desk.Api.RefusedAsync(
            HttpStatusCode.Conflict, "window_expired", HttpMethod.Post, "/admin/whatsapp/send", new { conversation_id = chat, channel_source = "whatsapp", attachments });
        var id = (await desk.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = chat, channel_source = "whatsapp", attachments, hold = true })).GetProperty("message_id").GetInt64();
        var waiting = await MessageAsync(desk, chat, id);
        Assert.Equal(("queued", true, "image"), (waiting.GetProperty("status").GetString(), waiting.GetProperty("held").GetBoolean(), waiting.GetProperty("type").GetString()));
        Assert.Empty(await phone.ReceivedAsync());

        await phone.SaysAsync("Acá estoy", desk.Chat.Account);
        await Eventually.GetAsync(() => MessageAsync(desk, chat, id), m => m.GetProperty("status").GetString() == "read", 20, "held file");
        Assert.NotEmpty(await held.OnPhoneAsync(shared.Sandbox, Assert.Single(await phone.ReceivedAsync())));
        // Nothing waits for the window any more, so what comes in next need not ask.
        await using var db = shared.Server.Services.GetRequiredService<Databases>().For(desk.Chat.Tenant.Id);
        await Eventually.TrueAsync(async () => !(await db.Conversations.AsNoTracking().SingleAsync(c => c.Id == chat)).HasHeld);
    }

    [Fact]
    public async Task The_policy_says_until_when_and_a_service_cannot_go_around_it()
    {
        var (desk, _, chat) = await ClosedAsync();
        var policy = (await desk.Api.GetAsync($"/admin/conversations/{chat}")).GetProperty("reply");
        Assert.True(policy.GetProperty("windowed").GetBoolean() && policy.GetProperty("templates").GetBoolean());
        Assert.True(policy.GetProperty("expires_at").GetDateTimeOffset() < shared.Server.Time.GetUtcNow());
        Assert.Equal(policy.GetProperty("expires_at").GetDateTimeOffset(), policy.GetProperty("people_until").GetDateTimeOffset());
        await desk.Api.RefusedAsync(HttpStatusCode.Conflict, "window_expired", HttpMethod.Post, "/messages/relay",
            new { conversation_id = chat, tenant_id = desk.Chat.Tenant.Id, text = "soy un agente", author = "agent" });
    }

    /// <summary>A chat whose customer last wrote two days ago, by the network's own time.</summary>
    private async Task<(TemplateDesk Desk, TestPhone Phone, Guid Chat)> ClosedAsync()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        var phone = shared.Sandbox.Phone("5491161" + Random.Shared.Next(100_000, 999_999));
        await phone.SaysAsync("Hola", desk.Chat.Account, new { timestamp = shared.Server.Time.GetUtcNow().AddDays(-2).ToUnixTimeSeconds() });
        return (desk, phone, await desk.Chat.Tenant.ConversationAsync("+" + phone.Digits));
    }

    private static object Text(Guid chat, string message, bool hold = false) => new { conversation_id = chat, message, channel_source = "whatsapp", hold };

    private static async Task<JsonElement> MessageAsync(TemplateDesk desk, Guid chat, long id) =>
        (await desk.Chat.Tenant.MessagesAsync(chat)).Single(m => m.GetProperty("id").GetInt64() == id);
}

public sealed class WindowOnSqlite(OnSqlite shared) : WindowTests(shared), IClassFixture<OnSqlite>;

public sealed class WindowOnPostgres(OnPostgres shared) : WindowTests(shared), IClassFixture<OnPostgres>;

public sealed class ReplyWindowTests
{
    [Theory]
    [InlineData(23, true, false, true)]
    [InlineData(23, false, false, true)]
    [InlineData(25, true, false, true)]
    [InlineData(25, false, false, false)]
    [InlineData(24 * 7 + 1, true, false, false)]
    [InlineData(24 * 7 + 1, false, true, true)]
    public void People_have_longer_than_the_agent_and_templates_always_go(int hours, bool byPerson, bool isTemplate, bool allowed)
    {
        var can = new Capabilities { MaxText = 2000, ReplyWindow = TimeSpan.FromHours(24), HumanReplyWindow = TimeSpan.FromDays(7), Templates = true };
        var now = new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(allowed, ReplyWindow.Allows(can, now.AddHours(24 - hours), now, byPerson, isTemplate));
    }
}
