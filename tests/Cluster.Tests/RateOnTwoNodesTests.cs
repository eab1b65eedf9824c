using System.Globalization;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Cluster.Tests;

/// <summary>An account's sends per second are one number, however many nodes its lanes live on.</summary>
public sealed class RateOnTwoNodesTests
{
    private const int Chats = 60;
    private const int Rate = 10;

    [Fact]
    public async Task Two_nodes_together_send_no_faster_than_the_accounts_rate()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Postgres);
        installation.Settings["Cluster:Enabled"] = "true";
        installation.Settings["Secrets:Key"] = Convert.ToBase64String(new byte[32]);
        await using var sandbox = await TestSandbox.StartAsync();
        await using var first = await ServerProcess.StartAsync(installation);
        await using var second = await ServerProcess.StartAsync(installation);
        await ConnectAsync(first, sandbox);

        var phones = Enumerable.Range(0, Chats).Select(i => sandbox.Phone($"54911{80_000_000 + i}")).ToList();
        foreach (var phone in phones) await phone.SaysAsync("Hola");
        var chats = await Eventually.GetAsync(async () => (await first.Api.GetAsync("/admin/chats/summary?limit=200")).EnumerateArray().ToList(), c => c.Count == Chats, 60);
        // Each node writes to half of them, and the lanes are spread over both.
        await Task.WhenAll(chats.Select((chat, i) => (i % 2 == 0 ? first : second).Api.PostAsync(
            "/admin/whatsapp/send", new { conversation_id = chat.GetProperty("id").GetGuid(), message = "campaña", channel_source = "whatsapp" })));
        await Eventually.TrueAsync(async () => (await TimesAsync(sandbox)).Count == Chats, 60);

        var times = await TimesAsync(sandbox);
        // On a busy machine what left in one second may arrive two later; over several the rate shows, and twice the rate would too.
        const int Seconds = 5;
        for (var i = 0; i + (Seconds * Rate) < times.Count; i++)
            Assert.True(times[i + (Seconds * Rate)] - times[i] >= TimeSpan.FromSeconds(Seconds - 2), $"{(Seconds * Rate) + 1} sends within {times[i + (Seconds * Rate)] - times[i]}");
        Assert.InRange(times[^1] - times[0], TimeSpan.FromSeconds((Chats / Rate) - 2), TimeSpan.FromSeconds(Chats / Rate * 4));
    }

    private static async Task<List<DateTimeOffset>> TimesAsync(TestSandbox sandbox) =>
        [.. (await sandbox.Control.GetAsync("/control/sends?limit=1000")).EnumerateArray().Select(s => s.GetProperty("arrived_at").GetDateTimeOffset()).Order()];

    private static async Task ConnectAsync(ServerProcess node, TestSandbox sandbox)
    {
        var settings = new Dictionary<string, object?>
        {
            ["phone_number_id"] = "779", ["waba_id"] = "9779", ["access_token"] = "token-779", ["app_secret"] = "secret-779",
            ["verify_token"] = "verify-779", ["base_url"] = sandbox.Address.ToString().TrimEnd('/'), ["spacing_ms"] = "0",
            ["rate_per_second"] = Rate.ToString(CultureInfo.InvariantCulture),
        };
        var account = await node.Api.PostAsync("/admin/channel-accounts", new { channel = "whatsapp_cloud", name = "Campaign", settings });
        settings.Remove("base_url");
        settings["channel"] = "whatsapp_cloud";
        settings["webhook_url"] = new Uri(node.Address, new Uri(account.GetProperty("webhook_url").GetString()!).PathAndQuery).ToString();
        await sandbox.Control.PostAsync("/control/accounts", settings);
    }
}
