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
        Assert.Equal("queued", (await chat.MessageAsync(id)).GetProperty("status").GetString());
        await sandbox.HealAsync();
        // Reconnecting is giving it credentials; nobody has to send anything again.
        await chat.Tenant.Api.PatchAsync($"/admin/channel-accounts/{chat.Account.Id}", new { settings = new { access_token = chat.Account["access_token"] } });
        await chat.Phone.ReceivesAsync("también");
        Assert.Equal("connected", (await AccountAsync(chat)).GetProperty("state").GetString());
        Assert.Equal(["espera", "también"], await chat.TextsAsync());
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

    private static Task<System.Text.Json.JsonElement> AccountAsync(OutboxChat chat) => chat.Tenant.Api.GetAsync($"/admin/channel-accounts/{chat.Account.Id}");
}

public sealed class FailureOnSqlite(OnSqlite shared) : FailureTests(shared), IClassFixture<OnSqlite>;

public sealed class FailureOnPostgres(OnPostgres shared) : FailureTests(shared), IClassFixture<OnPostgres>;
