using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

public abstract class SteeringTests(SharedServer shared)
{
    [Fact]
    public async Task Two_messages_to_one_person_keep_the_spacing()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox, spacingMs: 1500);
        await chat.SendAsync("uno");
        var second = await chat.SendAsync("dos");
        await chat.Phone.ReceivesAsync("dos");
        var times = (await chat.Phone.ReceivedAsync()).Select(m => m.GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.True(times[1] - times[0] >= TimeSpan.FromMilliseconds(1500), $"{times[1] - times[0]}");
        Assert.Single(await chat.AttemptsAsync(second));
    }

    [Fact]
    public async Task A_scheduled_message_waits_lets_others_pass_and_can_be_sent_now()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var later = await chat.SendAsync("mañana", new { not_before = shared.Server.Time.GetUtcNow().AddHours(2) });
        await chat.SendAsync("ahora");
        await chat.Phone.ReceivesAsync("ahora");
        Assert.Equal(["ahora"], await chat.TextsAsync());
        await chat.Tenant.Api.PostAsync($"/admin/messages/{later}/send-now");
        await chat.Phone.ReceivesAsync("mañana");
    }

    [Fact]
    public async Task A_waiting_message_can_be_reworded_and_called_off_a_sent_one_cannot()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var soon = shared.Server.Time.GetUtcNow().AddHours(1);
        var edited = await chat.SendAsync("con herror", new { not_before = soon });
        var dropped = await chat.SendAsync("nunca", new { not_before = soon });
        await chat.Tenant.Api.PatchAsync($"/admin/messages/{edited}", new { message = "sin error" });
        await chat.Tenant.Api.PostAsync($"/admin/messages/{dropped}/cancel");
        await chat.Tenant.Api.PostAsync($"/admin/messages/{edited}/send-now");
        await chat.Phone.ReceivesAsync("sin error");
        await chat.ReachesAsync(edited, "delivered");
        await chat.ReachesAsync(dropped, "cancelled");
        Assert.Equal(["sin error"], await chat.TextsAsync());
        await chat.Tenant.Api.RefusedAsync(HttpStatusCode.Conflict, "already_claimed", HttpMethod.Post, $"/admin/messages/{edited}/cancel", new { });
        // Whoever lost the answer may ask again; anything else comes too late, and is told why.
        Assert.Equal("cancelled", (await chat.Tenant.Api.PostAsync($"/admin/messages/{dropped}/cancel")).GetProperty("status").GetString());
        await chat.Tenant.Api.RefusedAsync(HttpStatusCode.Conflict, "message_cancelled", HttpMethod.Post, $"/admin/messages/{dropped}/send-now", new { });
    }

    [Fact]
    public async Task A_caption_and_a_message_in_backoff_can_be_reworded()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        var soon = shared.Server.Time.GetUtcNow().AddHours(1);
        var image = new[] { new { type = "image", url = "https://example.com/pan.jpg" } };
        var captioned = await chat.SendAsync("pan con herror", new { not_before = soon, attachments = image });
        await chat.Tenant.Api.PatchAsync($"/admin/messages/{captioned}", new { message = "pan sin error" });
        Assert.Equal("pan sin error", (await chat.MessageAsync(captioned)).GetProperty("content").GetString());
        await sandbox.FaultsAsync(new { send = new { code = 131056, times = 1 } });
        var refused = await chat.SendAsync("primera versión");
        await Eventually.TrueAsync(async () => await chat.AttemptsAsync(refused) is [var a] && a.GetProperty("outcome").GetString() == "refused");
        await chat.Tenant.Api.PatchAsync($"/admin/messages/{refused}", new { message = "segunda versión" });
        await chat.ReachesAsync(refused, "delivered");
        Assert.Equal(["refused", "accepted"], (await chat.AttemptsAsync(refused)).Select(a => a.GetProperty("outcome").GetString()));
        Assert.Equal(["segunda versión"], await chat.TextsAsync());
    }

    [Fact]
    public async Task Nothing_is_put_off_beyond_the_window_or_longer_than_anybody_reads()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var id = await chat.SendAsync("pronto", new { not_before = shared.Server.Time.GetUtcNow().AddHours(1) });
        await chat.Tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "window_expired", HttpMethod.Patch, $"/admin/messages/{id}", new { not_before = shared.Server.Time.GetUtcNow().AddDays(3) });
        var endless = new string('x', 65_537);
        await chat.Tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Patch, $"/admin/messages/{id}", new { message = endless });
        await chat.Tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/whatsapp/send",
            new { conversation_id = chat.Id, message = endless, channel_source = "whatsapp" });
        await chat.SendAsync(new string('y', 4000));
        var shown = (await chat.Tenant.SummaryAsync()).Single(c => c.GetProperty("id").GetGuid() == chat.Id).GetProperty("last_message").GetString()!;
        Assert.Equal(200, shown.Length);
    }

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_and_sends_nothing()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var body = new { conversation_id = chat.Id, message = "pago recibido", channel_source = "whatsapp" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync(chat, body, "k-1")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Single(answers.Select(a => a.Body.GetProperty("message_id").GetInt64()).Distinct());
        Assert.Equal(5, answers.Count(a => a.Replayed));
        await chat.Phone.ReceivesAsync("pago recibido");
        Assert.Equal(["pago recibido"], await chat.TextsAsync());
        var (status, problem, _) = await PostAsync(chat, body with { message = "otro" }, "k-1");
        Assert.Equal((HttpStatusCode.Conflict, "idempotency_key_reused"), (status, problem.GetProperty("code").GetString()!));
    }

    [Fact]
    public async Task A_service_relays_by_number_and_an_agent_obeys_the_lock()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var relay = new { to = chat.Phone.Digits, text = "Su pedido salió", provider = "whatsapp_cloud", channel_source = "whatsapp", tenant_id = chat.Tenant.Id };
        await chat.Tenant.Api.PostAsync("/messages/relay", relay);
        await chat.Phone.ReceivesAsync("Su pedido salió");
        await chat.Tenant.Api.RefusedAsync(
            HttpStatusCode.Conflict, "conversation_locked", HttpMethod.Post, "/messages/relay",
            new { text = "soy un agente", conversation_id = chat.Id, tenant_id = chat.Tenant.Id, author = "agent" });
    }

    [Fact]
    public async Task A_long_text_arrives_in_parts_in_order()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        var text = string.Join(" ", Enumerable.Range(0, 2000).Select(i => $"palabra{i}"));
        var id = await chat.SendAsync(text);
        await chat.ReachesAsync(id, "delivered");
        var parts = await chat.TextsAsync();
        Assert.True(parts.Count > 4);
        Assert.All(parts, p => Assert.True(p.Length <= 4096));
        Assert.Equal(text, string.Join(" ", parts));
    }

    /// <summary>The tick of a long text is that of its slowest part, however the reports of some and the sends of others cross.</summary>
    [Fact]
    public async Task Reports_of_some_parts_while_others_are_recorded_lose_no_tick()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var first = await OutboxChat.OpenAsync(shared.Server, sandbox);
        var chats = new List<OutboxChat> { first };
        while (chats.Count < 8) chats.Add(await OutboxChat.JoinAsync(first.Tenant, first.Account, sandbox));
        await sandbox.FaultsAsync(new { send = new { status_before_response = true, rate = 0.5 }, webhook = new { only = "statuses", duplicate = 2 } });
        var text = string.Join(" ", Enumerable.Range(0, 2000).Select(i => $"palabra{i}"));
        var sent = await Task.WhenAll(chats.Select(async chat => (Chat: chat, Id: await chat.SendAsync(text))));
        foreach (var (chat, id) in sent)
        {
            await chat.ReachesAsync(id, "delivered", seconds: 90);
            Assert.Equal(text, string.Join(" ", await chat.TextsAsync()));
        }
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body, bool Replayed)> PostAsync(OutboxChat chat, object body, string key)
    {
        using var answer = await chat.Tenant.Api.SendAsync(HttpMethod.Post, "/admin/whatsapp/send", body, ("Idempotency-Key", key));
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(), answer.Headers.Contains("Idempotency-Replayed"));
    }
}

public sealed class SteeringOnSqlite(OnSqlite shared) : SteeringTests(shared), IClassFixture<OnSqlite>;

public sealed class SteeringOnPostgres(OnPostgres shared) : SteeringTests(shared), IClassFixture<OnPostgres>;
