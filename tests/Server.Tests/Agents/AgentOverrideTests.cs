using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>A human's word is final, and what the agent had written is not lost.</summary>
public abstract class AgentOverrideTests(SharedServer shared)
{
    /// <summary>Whatever ticks the part that left gets, the message is a sent one, and what was kept back is the person's draft.</summary>
    [Fact]
    public async Task A_long_answer_that_is_cut_off_keeps_its_ticks_and_its_end_is_the_draft()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await Outbox.OutboxChat.OpenAsync(shared.Server, sandbox, spacingMs: 60_000);
        await sandbox.Control.PostAsync("/control/accounts", new { channel = "whatsapp_cloud", phone_number_id = chat.Account.NetworkId, statuses = false });
        var (start, end) = (string.Join(' ', Enumerable.Repeat("primero", 500)), string.Join(' ', Enumerable.Repeat("después", 300)));
        var id = (await chat.Tenant.Api.PostAsync(
            "/messages/relay", new { text = $"{start}\n\n{end}", conversation_id = chat.Id, author = "agent", tenant_id = chat.Tenant.Id })).GetProperty("message_id").GetInt64();
        await Eventually.TrueAsync(async () => (await chat.AttemptsAsync(id)) is [var first] && first.GetProperty("outcome").GetString() == "accepted");
        await chat.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/human-override", new { locked = true });
        Assert.Equal("sent", (await chat.MessageAsync(id)).GetProperty("status").GetString());
        var part = (await chat.AttemptsAsync(id))[0].GetProperty("external_id").GetString()!;
        foreach (var tick in new[] { "delivered", "read" })
        {
            using var answer = await chat.Account.WebhookAsync(WhatsAppWebhook.Of(WhatsAppWebhook.Statuses(chat.Account, WhatsAppWebhook.Status(part, tick, chat.Phone.Digits))));
            var message = await chat.MessageAsync(id);
            Assert.Equal((tick, end), (message.GetProperty("status").GetString(), message.GetProperty("unsaid").GetString()));
        }
        Assert.Equal(end, (await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/agent")).GetProperty("draft").GetString());
        Assert.Equal([start], await chat.TextsAsync());
    }

    [Fact]
    public async Task Stopped_in_mid_thought_it_leaves_a_draft_and_says_nothing()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, chunks = Enumerable.Repeat("word ", 60).ToArray(), chunk_delay_ms = 100 });
        await chat.SaysAsync($"hi {chat.Mark}");
        await chat.BecomesAsync("thinking");
        // Time for a few words; how many does not matter.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, TestContext.Current.CancellationToken);
        var stopped = await chat.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/agent/stop");
        Assert.True(stopped.GetProperty("stopped").GetBoolean());
        Assert.StartsWith("word", stopped.GetProperty("draft").GetString(), StringComparison.Ordinal);
        var state = await chat.StateAsync();
        Assert.Equal(("locked", "overtaken"), (state.GetProperty("state").GetString(), state.GetProperty("last_outcome").GetString()));
        Assert.Equal(stopped.GetProperty("draft").GetString(), state.GetProperty("draft").GetString());
        Assert.Empty(await chat.AnswersAsync());
        await chat.Tenant.Api.DeleteAsync($"/admin/conversations/{chat.Id}/draft");
        Assert.Equal(JsonValueKind.Null, (await chat.StateAsync()).GetProperty("draft").ValueKind);
    }

    [Fact]
    public async Task Handed_back_it_answers_what_was_left_unanswered_with_the_note_in_mind()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark, system = "free shipping" }, reply = "With free shipping." });
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
        await chat.LockAsync();
        await chat.SaysAsync($"how much? {chat.Mark}");
        Assert.Equal("locked", (await chat.StateAsync()).GetProperty("state").GetString());
        await chat.LockAsync(new { locked = false, note = "Offer free shipping." });
        await chat.Phone.ReceivesAsync("With free shipping.");
        var history = (await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/override-history")).EnumerateArray().ToList();
        Assert.Equal(["released", "taken"], history.Select(h => h.GetProperty("kind").GetString()!));
        Assert.Equal("Offer free shipping.", history[0].GetProperty("note").GetString());
    }

    [Fact]
    public async Task Two_operators_ask_and_take_over_on_the_record()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, on: false);
        await chat.SaysAsync("hola");
        var path = $"/admin/conversations/{chat.Id}";
        using var other = await chat.Tenant.AsAsync("operator");
        await other.RefusedAsync(HttpStatusCode.Conflict, "not_held", HttpMethod.Post, $"{path}/request", new { });
        var holder = (await chat.LockAsync()).GetProperty("held_by").GetString();
        await chat.Tenant.Api.RefusedAsync(HttpStatusCode.Conflict, "already_held", HttpMethod.Post, $"{path}/request", new { });
        var requested = await other.PostAsync($"{path}/request", new { reason = "I know her." });
        Assert.Equal(holder, requested.GetProperty("held_by").GetString());
        Assert.Equal(requested.GetProperty("requested_by").GetString(), (await chat.StateAsync()).GetProperty("requested_by").GetString());
        Assert.Equal(holder, (await other.PostAsync($"{path}/human-override", new { locked = true })).GetProperty("held_by").GetString());
        var until = shared.Server.Time.GetUtcNow().AddSeconds(2);
        await other.PostAsync($"{path}/human-override", new { locked = true, take_over = true, until });
        Assert.Equal(JsonValueKind.Null, (await chat.StateAsync()).GetProperty("requested_by").ValueKind);
        await chat.BecomesAsync("off");
        var history = (await chat.Tenant.Api.GetAsync($"{path}/override-history")).EnumerateArray().Select(h => h.GetProperty("kind").GetString()!);
        Assert.Equal(["expired", "taken_over", "requested", "taken"], history);
    }

    [Fact]
    public async Task What_waits_for_its_turn_is_withdrawn_and_becomes_the_draft()
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(shared.Sandbox, more: new { spacing_ms = "60000" });
        await AgentChat.SetAsync(tenant, shared.Sandbox);
        var chat = AgentChat.Join(tenant, account, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "The second answer." });
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
        await chat.SaysAsync($"and? {chat.Mark}");
        await Eventually.GetAsync(() => tenant.MessagesAsync(chat.Id), m => m.Any(x => x.GetProperty("content").GetString() == "The second answer."));
        await chat.LockAsync();
        Assert.Equal("The second answer.", (await chat.StateAsync()).GetProperty("draft").GetString());
        Assert.Equal("withdrawn", (await tenant.MessagesAsync(chat.Id))[^1].GetProperty("status").GetString());

        // Given back at once, as by an undo: what was withdrawn was no answer, so it is thought about anew.
        await chat.LockAsync(new { locked = false });
        await Eventually.GetAsync(() => tenant.MessagesAsync(chat.Id), m => m.Any(
            x => x.GetProperty("status").GetString() == "queued" && x.GetProperty("content").GetString() == "The second answer."));
    }

    [Fact]
    public async Task A_note_to_the_agent_is_for_the_time_until_the_next_hand_back()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "Understood." });
        await chat.SaysAsync($"one {chat.Mark}");
        await chat.Phone.ReceivesAsync("Understood.");
        await chat.LockAsync();
        await chat.LockAsync(new { locked = false, note = "The parcel is at the depot." });
        await chat.SaysAsync($"two {chat.Mark}");
        await Eventually.GetAsync(chat.AnswersAsync, a => a.Count == 2);
        await chat.LockAsync();
        await chat.LockAsync(new { locked = false });
        await chat.SaysAsync($"three {chat.Mark}");
        await Eventually.GetAsync(chat.AnswersAsync, a => a.Count == 3);
        Assert.Equal([false, true, false], (await chat.AskedAsync()).Select(a => a.GetRawText().Contains("at the depot", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Nobody_takes_a_chat_from_a_colleague_by_the_way_and_the_holder_can_give_it()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox, on: false);
        await chat.SaysAsync("hola");
        using var ana = await SignedInAsync(chat.Tenant);
        using var ben = await SignedInAsync(chat.Tenant);
        var (send, path) = ("/admin/whatsapp/send", $"/admin/conversations/{chat.Id}");
        object Words(bool takeOver) => new { conversation_id = chat.Id, message = "Hola", channel_source = "whatsapp", take_over = takeOver };
        await ana.PostAsync(send, Words(false));
        var holder = (await chat.StateAsync()).GetProperty("held_since").GetString();
        var refused = await ben.RefusedAsync(HttpStatusCode.Conflict, "conversation_locked", HttpMethod.Post, send, Words(false));
        Assert.Equal("Ana", refused.GetProperty("held_by").GetString());
        // A service is nobody's colleague: it speaks beside the holder.
        await chat.Tenant.Api.PostAsync(send, Words(false));
        Assert.Equal(holder, (await chat.StateAsync()).GetProperty("held_since").GetString());
        await ben.PostAsync(send, Words(true));
        Assert.NotEqual(holder, (await chat.StateAsync()).GetProperty("held_since").GetString());

        await ben.RefusedAsync(HttpStatusCode.Conflict, "not_requested", HttpMethod.Post, $"{path}/human-override", new { locked = true, to_requester = true });
        await ana.PostAsync($"{path}/request", new { });
        await ben.PostAsync($"{path}/human-override", new { locked = true, to_requester = true });
        await ana.PostAsync(send, Words(false));
        await ben.RefusedAsync(HttpStatusCode.Conflict, "conversation_locked", HttpMethod.Post, send, Words(false));
    }

    private static async Task<Api> SignedInAsync(TestTenant tenant) =>
        await Operators.Browser.SignInAsync(tenant.Server, (await Operators.Browser.OperatorAsync(tenant)).Email, Operators.Browser.Password);
}

public sealed class AgentOverrideOnSqlite(OnSqlite shared) : AgentOverrideTests(shared), IClassFixture<OnSqlite>;

public sealed class AgentOverrideOnPostgres(OnPostgres shared) : AgentOverrideTests(shared), IClassFixture<OnPostgres>;
