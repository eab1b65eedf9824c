using System.Net;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

/// <summary>What networks do wrong, and what the outbox makes of it. Each test has an own sandbox: faults strike everybody.</summary>
public abstract class FailureTests(SharedServer shared)
{
    [Fact]
    public async Task An_answer_lost_after_acceptance_is_settled_by_the_report_and_never_doubled()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox, settleSeconds: 10);
        await sandbox.FaultsAsync(new { send = new { drop = "after", times = 1 } });
        var id = await chat.SendAsync("una sola vez");
        await chat.ReachesAsync(id, "delivered");
        await chat.SendAsync("y sigue");
        await chat.Phone.ReceivesAsync("y sigue");
        Assert.Equal(["una sola vez", "y sigue"], await chat.TextsAsync());
        Assert.Equal("settled", Assert.Single(await chat.AttemptsAsync(id)).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_request_lost_before_acceptance_is_sent_again_after_silence_and_in_order()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox, settleSeconds: 2);
        await sandbox.FaultsAsync(new { send = new { drop = "before", times = 1 } });
        var id = await chat.SendAsync("uno");
        await chat.SendAsync("dos");
        await chat.Phone.ReceivesAsync("dos");
        Assert.Equal(["uno", "dos"], await chat.TextsAsync());
        Assert.Equal(["settled", "accepted"], (await chat.AttemptsAsync(id)).Select(a => a.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_status_that_overtakes_the_answer_is_kept()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { status_before_response = true, times = 1 } });
        var id = await chat.SendAsync("rápido");
        await chat.ReachesAsync(id, "delivered");
        Assert.Equal(["rápido"], await chat.TextsAsync());
    }

    [Fact]
    public async Task A_pair_limit_waits_and_then_goes_on_in_order()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { code = 131056, times = 1 } });
        var id = await chat.SendAsync("primero");
        await chat.SendAsync("segundo");
        var waiting = await Eventually.GetAsync(() => chat.MessageAsync(id), m => m.TryGetProperty("not_before", out _));
        Assert.Equal("queued", waiting.GetProperty("status").GetString());
        await chat.Phone.ReceivesAsync("segundo");
        Assert.Equal(["primero", "segundo"], await chat.TextsAsync());
        Assert.Equal(["refused", "accepted"], (await chat.AttemptsAsync(id)).Select(a => a.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task An_expired_token_pauses_the_account_keeps_its_queue_and_goes_on_after_reconnecting()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { code = 190 } });
        var id = await chat.SendAsync("espera");
        await Eventually.TrueAsync(async () => (await AccountAsync(chat)).GetProperty("state").GetString() == "paused");
        Assert.Equal("token_expired", (await AccountAsync(chat)).GetProperty("state_reason").GetString());
        await chat.SendAsync("también");
        Assert.Empty(await chat.TextsAsync());
        var waiting = await Eventually.GetAsync(() => chat.MessageAsync(id), m => m.TryGetProperty("error", out _));
        Assert.Equal("queued", waiting.GetProperty("status").GetString());
        Assert.Equal("token_expired", waiting.GetProperty("error").GetProperty("code").GetString());
        Assert.NotEmpty(waiting.GetProperty("error").GetProperty("next_step").GetString()!);
        await sandbox.HealAsync();
        // Reconnecting is giving it credentials; nobody has to send anything again.
        await chat.Tenant.Api.PatchAsync($"/admin/channel-accounts/{chat.Account.Id}", new { settings = new { access_token = chat.Account["access_token"] } });
        await chat.Phone.ReceivesAsync("también");
        Assert.Equal("connected", (await AccountAsync(chat)).GetProperty("state").GetString());
        Assert.Equal(["espera", "también"], await chat.TextsAsync());
        Assert.False((await chat.ReachesAsync(id, "delivered")).TryGetProperty("error", out _));
    }

    /// <summary>While one send learns that the token has expired, others of the account are being claimed, sent and recorded.</summary>
    [Fact]
    public async Task An_account_that_pauses_amid_many_claims_loses_and_doubles_nothing()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var first = await OutboxChat.OpenAsync(shared.Server, sandbox);
        var chats = new List<OutboxChat> { first };
        while (chats.Count < 12) chats.Add(await OutboxChat.JoinAsync(first.Tenant, first.Account, sandbox));
        await sandbox.FaultsAsync(new { send = new { code = 190, rate = 0.3, delay_ms = 20 } });
        await Task.WhenAll(chats.Select(async chat => { foreach (var text in (string[])["uno", "dos", "tres"]) await chat.SendAsync(text); }));
        await Eventually.TrueAsync(async () => (await AccountAsync(first)).GetProperty("state").GetString() == "paused");
        await sandbox.HealAsync();
        // Nothing failed: what is not there yet waits for the account, and only for it.
        foreach (var chat in chats)
            Assert.DoesNotContain(await chat.Tenant.MessagesAsync(chat.Id), m => m.GetProperty("status").GetString() == "failed");
        await first.Tenant.Api.PatchAsync($"/admin/channel-accounts/{first.Account.Id}", new { settings = new { access_token = first.Account["access_token"] } });
        foreach (var chat in chats)
        {
            await chat.Phone.ReceivesAsync("tres", seconds: 60);
            Assert.Equal(["uno", "dos", "tres"], await chat.TextsAsync());
        }
    }

    [Fact]
    public async Task A_refusal_of_the_old_token_does_not_pause_an_account_that_has_a_new_one()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { code = 190, times = 1, delay_ms = 3000 } });
        var id = await chat.SendAsync("con la llave vieja");
        await Eventually.TrueAsync(async () => (await chat.AttemptsAsync(id)).Count == 1);
        await chat.Tenant.Api.PatchAsync($"/admin/channel-accounts/{chat.Account.Id}", new { settings = new { access_token = chat.Account["access_token"] } });
        await chat.ReachesAsync(id, "delivered");
        Assert.Equal("connected", (await AccountAsync(chat)).GetProperty("state").GetString());
        Assert.Equal(["refused", "accepted"], (await chat.AttemptsAsync(id)).Select(a => a.GetProperty("outcome").GetString()));
        Assert.Equal(["con la llave vieja"], await chat.TextsAsync());
    }

    [Fact]
    public async Task A_final_refusal_says_why_and_can_be_tried_again()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { code = 131026, times = 1 } });
        var id = await chat.SendAsync("¿llega?");
        var failed = await chat.ReachesAsync(id, "failed");
        Assert.Equal("recipient_not_registered", failed.GetProperty("error").GetProperty("code").GetString());
        await chat.Tenant.Api.PostAsync($"/admin/messages/{id}/retry");
        await chat.ReachesAsync(id, "delivered");
        Assert.Equal(["refused", "accepted"], (await chat.AttemptsAsync(id)).Select(a => a.GetProperty("outcome").GetString()));
        await chat.Tenant.Api.RefusedAsync(HttpStatusCode.Conflict, "not_failed", HttpMethod.Post, $"/admin/messages/{id}/retry", new { });
    }

    [Fact]
    public async Task What_may_be_tried_twice_is_tried_twice_and_a_retry_begins_anew()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { code = 1, times = 3 } });
        var id = await chat.SendAsync("a la segunda");
        await chat.ReachesAsync(id, "failed");
        Assert.Equal(["refused", "refused"], (await chat.AttemptsAsync(id)).Select(a => a.GetProperty("outcome").GetString()));
        await chat.Tenant.Api.PostAsync($"/admin/messages/{id}/retry");
        await chat.ReachesAsync(id, "delivered");
        Assert.Equal(["refused", "refused", "refused", "accepted"], (await chat.AttemptsAsync(id)).Select(a => a.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task One_kind_of_refusal_does_not_use_up_the_tries_of_another()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { code = 131056, times = 1 } });
        var id = await chat.SendAsync("con paciencia");
        await Eventually.TrueAsync(async () => await chat.AttemptsAsync(id) is [var a] && a.GetProperty("outcome").GetString() == "refused");
        await sandbox.FaultsAsync(new { send = new { code = 1, times = 1 } });
        await chat.ReachesAsync(id, "delivered");
        Assert.Equal(["refused", "refused", "accepted"], (await chat.AttemptsAsync(id)).Select(a => a.GetProperty("outcome").GetString()));
    }

    [Fact]
    public async Task A_refusal_that_is_reported_later_is_tried_again_or_pauses_the_account()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { webhook = new { only = "statuses", drop = true } });
        var id = await chat.SendAsync("dos veces aceptado");
        await ReportFailedAsync(chat, id, 131016);
        // In the report's own commit: a server that died now would have left it failed for good otherwise.
        Assert.NotEqual("failed", (await chat.MessageAsync(id)).GetProperty("status").GetString());
        await Eventually.TrueAsync(async () => (await chat.AttemptsAsync(id)).Count == 2, 30);
        Assert.Equal("refused", (await chat.AttemptsAsync(id))[0].GetProperty("outcome").GetString());
        Assert.Equal("131016", (await chat.AttemptsAsync(id))[0].GetProperty("network_code").GetString());
        await chat.ReachesAsync(id, "sent");
        await ReportFailedAsync(chat, id, 131042);
        Assert.Equal("queued", (await chat.MessageAsync(id)).GetProperty("status").GetString());
        await Eventually.TrueAsync(async () => (await AccountAsync(chat)).GetProperty("state").GetString() == "paused");
        var waiting = await Eventually.GetAsync(() => chat.MessageAsync(id), m => m.GetProperty("status").GetString() == "queued");
        Assert.Equal("account_limited", waiting.GetProperty("error").GetProperty("code").GetString());
        await chat.Tenant.Api.PatchAsync($"/admin/channel-accounts/{chat.Account.Id}", new { settings = new { access_token = chat.Account["access_token"] } });
        await chat.ReachesAsync(id, "sent");
        await ReportFailedAsync(chat, id, 131026);
        await chat.ReachesAsync(id, "failed");
    }

    /// <summary>The network reports on the last send of a message that it had accepted.</summary>
    private static async Task ReportFailedAsync(OutboxChat chat, long id, int code)
    {
        await chat.ReachesAsync(id, "sent");
        var externalId = (await chat.AttemptsAsync(id))[^1].GetProperty("external_id").GetString()!;
        using var answer = await chat.Account.WebhookAsync(WhatsAppWebhook.Of(
            WhatsAppWebhook.Statuses(chat.Account, WhatsAppWebhook.Status(externalId, "failed", chat.Phone.Digits, error: code))));
        answer.EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_send_that_lasts_is_shown_as_under_way()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await sandbox.FaultsAsync(new { send = new { delay_ms = 6000, times = 1 } });
        var id = await chat.SendAsync("despacio");
        await Eventually.TrueAsync(async () => (await chat.MessageAsync(id)).GetProperty("status").GetString() == "sending");
        await chat.ReachesAsync(id, "delivered");
    }

    private static Task<System.Text.Json.JsonElement> AccountAsync(OutboxChat chat) => chat.Tenant.Api.GetAsync($"/admin/channel-accounts/{chat.Account.Id}");
}

public sealed class FailureOnSqlite(OnSqlite shared) : FailureTests(shared), IClassFixture<OnSqlite>;

public sealed class FailureOnPostgres(OnPostgres shared) : FailureTests(shared), IClassFixture<OnPostgres>;
