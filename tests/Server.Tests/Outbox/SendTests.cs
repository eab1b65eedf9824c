using System.Net;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

public abstract class SendTests(SharedServer shared)
{
    [Fact]
    public async Task What_an_operator_writes_shows_on_the_phone_and_is_reported_delivered()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var id = await chat.SendAsync("Buenas tardes");
        await chat.Phone.ReceivesAsync("Buenas tardes");
        await chat.ReachesAsync(id, "delivered");
        var attempt = Assert.Single(await chat.AttemptsAsync(id));
        Assert.Equal("accepted", attempt.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Messages_arrive_in_the_order_they_were_sent()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var texts = Enumerable.Range(1, 20).Select(i => $"Línea {i}").ToList();
        foreach (var text in texts) await chat.SendAsync(text);
        await chat.Phone.ReceivesAsync(texts[^1]);
        Assert.Equal(texts, await chat.TextsAsync());
    }

    [Fact]
    public async Task The_channel_source_has_to_be_there_and_right()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.Tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "channel_source_missing", HttpMethod.Post, "/admin/whatsapp/send", new { conversation_id = chat.Id, message = "x" });
        await chat.Tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "channel_source_mismatch", HttpMethod.Post, "/admin/whatsapp/send",
            new { conversation_id = chat.Id, message = "x", channel_source = "instagram" });
    }

    [Fact]
    public async Task Many_at_once_are_each_written_once_and_a_bad_one_spoils_no_other()
    {
        var first = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var chats = new List<OutboxChat> { first };
        for (var i = 1; i < 5; i++) chats.Add(await OutboxChat.JoinAsync(first.Tenant, first.Account, shared.Sandbox));
        var key = Guid.CreateVersion7(shared.Server.Time.GetUtcNow()).ToString();
        var sends = chats.SelectMany(chat => Enumerable.Range(0, 12).Select(i => chat.SendAsync($"{i}"))).ToList();
        var repeated = Enumerable.Range(0, 6).Select(_ => first.Tenant.Api.SendAsync(
            HttpMethod.Post, "/admin/whatsapp/send", new { conversation_id = first.Id, message = "once", channel_source = "whatsapp" }, ("Idempotency-Key", key))).ToList();
        var refused = Enumerable.Range(0, 6).Select(_ => first.Tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "channel_source_mismatch", HttpMethod.Post, "/admin/whatsapp/send",
            new { conversation_id = first.Id, message = "x", channel_source = "instagram" })).ToList();
        await Task.WhenAll(sends.Cast<Task>().Concat(repeated).Concat(refused));
        Assert.Equal(60, (await Task.WhenAll(sends)).Distinct().Count());
        foreach (var answer in repeated) Assert.True((await answer).IsSuccessStatusCode);
        foreach (var chat in chats)
        {
            var texts = (await chat.Tenant.MessagesAsync(chat.Id, "?limit=200")).Where(m => m.GetProperty("sender").GetString() == "agent")
                .Select(m => m.GetProperty("content").GetString()!).ToList();
            Assert.Equal(
                Enumerable.Range(0, 12).Select(i => $"{i}").Concat(chat == first ? ["once"] : []).Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Speaking_is_taking_over()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.SendAsync("Te atiende Marta");
        var summary = (await chat.Tenant.SummaryAsync()).Single();
        Assert.True(summary.GetProperty("is_locked").GetBoolean());
        Assert.Equal(0, summary.GetProperty("unread_count").GetInt32());
        Assert.Equal("Te atiende Marta", summary.GetProperty("last_message").GetString());
    }
}

public sealed class SendOnSqlite(OnSqlite shared) : SendTests(shared), IClassFixture<OnSqlite>;

public sealed class SendOnPostgres(OnPostgres shared) : SendTests(shared), IClassFixture<OnPostgres>;
