using System.Text.Json.Nodes;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

/// <summary>An account's sends per second, and who gets them.</summary>
public abstract class PaceTests(SharedServer shared)
{
    [Fact]
    public async Task An_account_sends_at_its_rate_neither_faster_nor_much_slower()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chats = await ChatsAsync(sandbox, rate: 20, count: 50);
        await Task.WhenAll(chats.Select(c => c.SendAsync("campaña")));
        await Eventually.TrueAsync(async () => (await TimesAsync(sandbox)).Count == 50, 30);
        var times = await TimesAsync(sandbox);
        // On a busy machine what left in one second may arrive in the next; over several the rate shows.
        for (var i = 0; i + 40 < times.Count; i++)
            Assert.True(times[i + 40] - times[i] >= TimeSpan.FromSeconds(1), $"41 sends within {(times[i + 40] - times[i]).TotalMilliseconds} ms");
        // The first one opens the connection; that much later it arrives, and that much shorter the whole looks.
        Assert.InRange(times[^1] - times[0], TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task An_answer_passes_a_campaign_of_its_own_account_and_of_another_tenant()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var chats = await ChatsAsync(sandbox, rate: 2, count: 40);
        var other = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await Task.WhenAll(chats.Select(c => c.SendAsync("campaña")));
        var asking = await OutboxChat.JoinAsync(chats[0].Tenant, chats[0].Account, sandbox);
        await asking.SendAsync("respuesta");
        await other.SendAsync("ajeno");
        // The campaign needs twenty seconds; on a busy machine an answer may take some of them.
        await other.Phone.ReceivesAsync("ajeno", seconds: 12);
        await asking.Phone.ReceivesAsync("respuesta", seconds: 12);
        Assert.InRange((await TimesAsync(sandbox)).Count, 1, 35);
    }

    [Fact]
    public async Task A_number_that_people_also_use_by_the_app_is_slower_until_the_network_raises_it()
    {
        var chat = await OutboxChat.OpenAsync(shared.Server, shared.Sandbox);
        using (var echo = await chat.Account.WebhookAsync(WhatsAppWebhook.Of(
            WhatsAppWebhook.Echoes(chat.Account, WhatsAppWebhook.Echo(chat.Phone.Digits, $"wamid.app.{chat.Phone.Digits}", "te llamo")))))
            echo.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => await RateAsync(chat) == "20");
        var upgrade = WhatsAppWebhook.Change(chat.Account, "phone_number_quality_update");
        upgrade["changes"]![0]!["value"] = new JsonObject
        {
            ["display_phone_number"] = "5491155550000", ["event"] = "THROUGHPUT_UPGRADE", ["max_daily_conversations_per_business"] = "TIER_UNLIMITED",
        };
        using (var told = await chat.Account.WebhookAsync(WhatsAppWebhook.Of(upgrade))) told.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(async () => await RateAsync(chat) == "1000");
    }

    private static async Task<string?> RateAsync(OutboxChat chat) =>
        (await chat.Tenant.Api.GetAsync($"/admin/channel-accounts/{chat.Account.Id}")).GetProperty("settings").TryGetProperty("rate_per_second", out var rate)
            ? rate.GetString() : null;

    private async Task<List<OutboxChat>> ChatsAsync(TestSandbox sandbox, int rate, int count)
    {
        var first = await OutboxChat.OpenAsync(shared.Server, sandbox);
        await first.Tenant.Api.PatchAsync($"/admin/channel-accounts/{first.Account.Id}", new { settings = new { rate_per_second = $"{rate}" } });
        var chats = new List<OutboxChat> { first };
        while (chats.Count < count) chats.Add(await OutboxChat.JoinAsync(first.Tenant, first.Account, sandbox));
        return chats;
    }

    private static async Task<List<DateTimeOffset>> TimesAsync(TestSandbox sandbox) =>
        [.. (await sandbox.Control.GetAsync("/control/sends?limit=1000")).EnumerateArray().Select(s => s.GetProperty("arrived_at").GetDateTimeOffset()).Order()];
}

public sealed class PaceOnSqlite(OnSqlite shared) : PaceTests(shared), IClassFixture<OnSqlite>;

public sealed class PaceOnPostgres(OnPostgres shared) : PaceTests(shared), IClassFixture<OnPostgres>;
