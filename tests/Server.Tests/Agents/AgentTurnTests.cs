using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>The discipline of turns: when it thinks, when it begins anew, when it stays silent.</summary>
public abstract class AgentTurnTests(SharedServer shared)
{
    [Fact]
    public async Task It_answers_once_and_the_whole_story_is_found_by_any_of_its_ids()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
        var state = await chat.EndsAsync("answered");
        Assert.Equal("idle", state.GetProperty("state").GetString());
        var again = await chat.Tenant.Api.RefusedAsync(System.Net.HttpStatusCode.Conflict, "agent_silent", HttpMethod.Post, $"/admin/conversations/{chat.Id}/agent/run", new { });
        Assert.Equal("already_answered", again.GetProperty("reason").GetString());
        var messages = await chat.Tenant.MessagesAsync(chat.Id);
        var answer = messages.Single(m => m.GetProperty("author").GetProperty("kind").GetString() == "agent");
        var turn = answer.GetProperty("correlation_id").GetGuid();
        Assert.Equal(state.GetProperty("turn_id").GetGuid(), turn);

        var log = await chat.LogAsync(turn);
        Assert.Equal(("answered", "small", 1), (log.GetProperty("outcome").GetString(), log.GetProperty("model").GetString(), log.GetProperty("agent_version").GetInt32()));
        var (input, output) = (log.GetProperty("tokens").GetProperty("input").GetInt64(), log.GetProperty("tokens").GetProperty("output").GetInt64());
        Assert.True(input > 0 && output > 0);
        Assert.Equal((input + (2 * output)) / 1_000_000m, log.GetProperty("cost").GetDecimal());
        // What the customer wrote stands between marks of this turn's own.
        Assert.Matches("<customer-[0-9a-f]{8}>hola</customer-[0-9a-f]{8}>", log.GetProperty("prompt")[1].GetProperty("text").GetString()!);
        var asked = messages.Single(m => m.GetProperty("sender").GetString() == "user").GetProperty("correlation_id").GetGuid();
        Assert.Equal(turn, (await chat.LogAsync(asked)).GetProperty("correlation_id").GetGuid());

        foreach (var id in (string[])[turn.ToString(), $"{answer.GetProperty("id").GetInt64()}", $"{messages[0].GetProperty("id").GetInt64()}"])
        {
            var trace = await chat.Tenant.Api.GetAsync($"/admin/traces/{id}");
            var kinds = trace.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("kind").GetString()).ToHashSet();
            Assert.Superset(new HashSet<string?> { "receipt", "item", "message", "turn", "agent_model", "agent_lock", "attempt", "status" }, kinds);
            Assert.Equal(turn, trace.GetProperty("ids").GetProperty("turns")[0].GetGuid());
        }
    }

    [Fact]
    public async Task What_arrives_while_it_thinks_begins_the_turn_anew_and_is_answered_once()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(
            new { when = new { contains = $"second {chat.Mark}" }, reply = "Both answered." },
            new { when = new { contains = $"first {chat.Mark}" }, delay_ms = 4000, reply = "Only the first." });
        await chat.SaysAsync($"first {chat.Mark}");
        await chat.BecomesAsync("thinking");
        await chat.SaysAsync($"second {chat.Mark}");
        await chat.Phone.ReceivesAsync("Both answered.");
        var state = await chat.EndsAsync("answered");
        Assert.Equal(["Both answered."], await chat.AnswersAsync());
        Assert.Equal(1, (await chat.LogAsync(state.GetProperty("turn_id").GetGuid())).GetProperty("restarts").GetInt32());
    }

    [Fact]
    public async Task It_waits_for_the_rest_of_what_is_being_written()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, new { debounce_ms = 1500 });
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "Understood." });
        await chat.SaysAsync($"one {chat.Mark}");
        Assert.Equal("due", (await chat.StateAsync()).GetProperty("state").GetString());
        await chat.SaysAsync($"two {chat.Mark}");
        await chat.Phone.ReceivesAsync("Understood.");
        Assert.Single(await chat.AskedAsync());
    }

    [Fact]
    public async Task Who_never_stops_writing_is_answered_all_the_same()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, new { debounce_ms = 20_000, max_wait_ms = 21_000 });
        await chat.Tenant.Api.RefusedAsync(System.Net.HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Put, "/admin/agent", new { max_wait_ms = -1 });
        await chat.Tenant.Api.PutAsync("/admin/agent", new { debounce_ms = 3000, max_wait_ms = 4000 });
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "I am here." });
        // Never more than a second apart: the wait for the rest of it would never end by itself.
        var waited = System.Diagnostics.Stopwatch.StartNew();
        for (var n = 1; (await chat.AnswersAsync()).Count == 0; n++)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "The customer writes and writes, and nobody answers.");
            await chat.SaysAsync($"and {n} {chat.Mark}");
            await Task.Delay(TimeSpan.FromMilliseconds(400), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.Equal(["I am here."], await chat.AnswersAsync());
    }

    [Fact]
    public async Task History_echoes_and_what_cannot_be_shown_wake_nobody()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, on: false);
        await chat.SaysAsync("hola");
        Assert.Equal("off", (await chat.StateAsync()).GetProperty("state").GetString());
        // Networks tell times in seconds; what came in the second of the activation counts as after it.
        await Task.Delay(TimeSpan.FromSeconds(1.1), TimeProvider.System, TestContext.Current.CancellationToken);
        await AgentChat.SetAsync(chat.Tenant, shared.Sandbox);
        Assert.Equal(JsonValueKind.Null, (await chat.StateAsync()).GetProperty("due_at").ValueKind);
        var refused = await chat.Tenant.Api.RefusedAsync(System.Net.HttpStatusCode.Conflict, "agent_silent", HttpMethod.Post, $"/admin/conversations/{chat.Id}/agent/run", new { });
        Assert.Equal("before_activation", refused.GetProperty("reason").GetString());

        var old = shared.Server.Time.GetUtcNow().AddHours(-2);
        foreach (var body in (System.Text.Json.Nodes.JsonObject[])
        [
            WhatsAppWebhook.Of(WhatsAppWebhook.Messages(chat.Account, [WhatsAppWebhook.Contact(chat.Phone.Digits)], WhatsAppWebhook.Message(chat.Phone.Digits, $"wamid.old{chat.Mark}", "old", old))),
            WhatsAppWebhook.Of(WhatsAppWebhook.Messages(chat.Account, [WhatsAppWebhook.Contact(chat.Phone.Digits)],
                WhatsAppWebhook.Message(chat.Phone.Digits, $"wamid.odd{chat.Mark}", "unsupported", new System.Text.Json.Nodes.JsonObject()))),
        ])
        {
            using var stored = await chat.Account.WebhookAsync(body);
            Assert.True(stored.IsSuccessStatusCode);
            Assert.Equal("idle", (await chat.StateAsync()).GetProperty("state").GetString());
        }
        using var echo = await chat.Account.WebhookAsync(WhatsAppWebhook.Of(WhatsAppWebhook.Echoes(chat.Account, WhatsAppWebhook.Echo(chat.Phone.Digits, $"wamid.echo{chat.Mark}", "A person answers"))));
        await chat.BecomesAsync("locked");
        var history = await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/override-history");
        Assert.Equal(("taken", "echo"), (history[0].GetProperty("kind").GetString(), history[0].GetProperty("why").GetString()));
        Assert.Empty(await chat.AnswersAsync());
    }

    [Fact]
    public async Task Customers_see_that_it_is_typing_while_it_thinks()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, delay_ms = 3000, reply = "There you are." });
        await chat.SaysAsync($"hi {chat.Mark}");
        await Eventually.GetAsync(
            () => shared.Sandbox.Control.GetAsync($"/control/phones/{chat.Phone.Digits}/typing?account={chat.Account.NetworkId}"), t => t.GetProperty("typing").GetBoolean(), 15);
        await chat.Phone.ReceivesAsync("There you are.");

        using var visitor = new Widget.WidgetBrowser(await Widget.WidgetBrowser.ConnectAsync(chat.Tenant));
        await visitor.OpenAsync();
        // Typing is told to whoever listens at that moment: the thought must last until the stream is open, on a busy machine too.
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, delay_ms = 10_000, reply = "There you are." });
        await visitor.SayAsync($"hi {chat.Mark}");
        await using var stream = await Widget.WidgetStream.OpenAsync(visitor);
        await stream.HearsOfAsync("typing");
        await stream.HearsAsync("There you are.");
    }

    [Fact]
    public async Task Why_it_stayed_silent_is_part_of_the_story()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, new { debounce_ms = 2000 });
        await chat.SaysAsync("hola");
        await chat.Tenant.Api.PutAsync("/admin/agent", new { max_age_s = 1 });
        var state = await chat.EndsAsync("nothing");
        Assert.Equal("too_old", state.GetProperty("last_reason").GetString());
        var message = (await chat.Tenant.MessagesAsync(chat.Id))[0].GetProperty("id").GetInt64();
        var ended = (await chat.Tenant.Api.GetAsync($"/admin/traces/{message}")).GetProperty("steps").EnumerateArray().Last(s => s.GetProperty("kind").GetString() == "turn");
        Assert.Equal("too_old", ended.GetProperty("detail").GetProperty("reason").GetString());
    }

    /// <summary>A PNG of one pixel.</summary>
    private const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

    [Fact]
    public async Task A_model_that_sees_gets_the_picture_and_one_that_does_not_is_told_what_it_cannot_see()
    {
        foreach (var (sees, answer) in new[] { (true, "A red shoe."), (false, "Please describe it.") })
        {
            var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, new
            {
                model = new { base_url = $"{shared.Sandbox.Address}v1", name = "small", api_key = "key-of-the-model-1", sees_images = sees },
            });
            await chat.ModelAsync(
                new { when = new { contains = chat.Mark, image = true }, reply = "A red shoe." },
                new { when = new { contains = "you cannot see", image = false }, reply = "Please describe it." });
            await chat.Phone.SaysAsync(chat.Mark, chat.Account, new { type = "image", media = new { data = Dot, mime_type = "image/png" } });
            await chat.Phone.ReceivesAsync(answer);
        }
    }

    [Fact]
    public async Task Something_that_answers_the_answers_is_stopped_where_everybody_sees_it()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, new { handoff = new { max_turns_per_hour = 2 } });
        await chat.ModelAsync(new { when = new { contains = "auto" }, reply = "Hello again." });
        for (var i = 1; i <= 2; i++)
        {
            await chat.SaysAsync($"auto {i}");
            await Eventually.GetAsync(chat.AnswersAsync, a => a.Count == i);
        }
        await chat.EndsAsync("answered");
        await chat.SaysAsync("auto 3");
        await chat.BecomesAsync("locked");
        var history = await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/override-history");
        Assert.Equal("hand_off", history[0].GetProperty("why").GetString());
        Assert.Contains("loop", history[0].GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, (await chat.AnswersAsync()).Count);
    }
}

public sealed class AgentTurnOnSqlite(OnSqlite shared) : AgentTurnTests(shared), IClassFixture<OnSqlite>;

public sealed class AgentTurnOnPostgres(OnPostgres shared) : AgentTurnTests(shared), IClassFixture<OnPostgres>;
