using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Cluster.Tests;

/// <summary>The agents of conversations live on either of two nodes; what a person does comes in by one of them.</summary>
public sealed class AgentOnTwoNodesTests
{
    private const int Chats = 6;
    private const string Whole = "One two three four five six seven eight nine ten.";

    [Fact]
    public async Task A_person_stops_thoughts_wherever_they_are_thought_and_a_killed_nodes_thoughts_are_answered_once()
    {
        await using var installation = await Installation.CreateAsync(DatabaseProvider.Postgres);
        installation.Settings["Cluster:Enabled"] = "true";
        installation.Settings["Secrets:Key"] = Convert.ToBase64String(new byte[32]);
        await using var sandbox = await TestSandbox.StartAsync();
        await using var first = await ServerProcess.StartAsync(installation);
        await using var second = await ServerProcess.StartAsync(installation);
        await ConnectAsync(second, sandbox);

        var phones = Enumerable.Range(0, Chats).Select(i => sandbox.Phone($"54911{70_000_000 + i}")).ToList();
        var chats = await ThinkAsync(second, sandbox, phones, "one");
        foreach (var chat in chats)
        {
            var stopped = await second.Api.PostAsync($"/admin/conversations/{chat}/agent/stop");
            Assert.True(stopped.GetProperty("stopped").GetBoolean());
            Assert.StartsWith("One", stopped.GetProperty("draft").GetString(), StringComparison.Ordinal);
        }
        // The model would have gone on: nobody listens to it any more, and nothing was sent of what it had said.
        await Eventually.GetAsync(
            () => sandbox.Control.GetAsync("/control/model/requests"),
            asked => asked.EnumerateArray().All(a => a.GetProperty("outcome").GetString() == "abandoned"), 30);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        foreach (var phone in phones) Assert.Empty(await phone.ReceivedAsync());

        await SayAsync(sandbox, chunkDelay: 1_500);
        foreach (var chat in chats) await second.Api.PostAsync($"/admin/conversations/{chat}/human-override", new { locked = false });
        foreach (var chat in chats)
            await Eventually.GetAsync(() => second.Api.GetAsync($"/admin/conversations/{chat}/agent"), s => s.GetProperty("state").GetString() == "thinking", 60);
        await first.KillAsync();
        foreach (var phone in phones) await phone.ReceivesAsync(Whole, 90);
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        foreach (var phone in phones) Assert.Single(await phone.ReceivedAsync());
    }

    /// <summary>Everybody writes; returns when every answer has begun to grow.</summary>
    private static async Task<List<Guid>> ThinkAsync(ServerProcess node, TestSandbox sandbox, List<TestPhone> phones, string words)
    {
        foreach (var phone in phones) await phone.SaysAsync(words);
        await Eventually.GetAsync(() => sandbox.Control.GetAsync("/control/model/requests"), asked => asked.GetArrayLength() >= phones.Count, 60);
        await Task.Delay(TimeSpan.FromSeconds(8), TimeProvider.System, TestContext.Current.CancellationToken);
        var list = (await node.Api.GetAsync("/admin/chats/summary?limit=200")).EnumerateArray()
            .ToDictionary(c => c.GetProperty("customer_phone").GetString()!, c => c.GetProperty("id").GetGuid());
        return phones.ConvertAll(p => list["+" + p.Digits]);
    }

    private static async Task ConnectAsync(ServerProcess node, TestSandbox sandbox)
    {
        var settings = new Dictionary<string, object?>
        {
            ["phone_number_id"] = "778", ["waba_id"] = "9778", ["access_token"] = "token-778", ["app_secret"] = "secret-778",
            ["verify_token"] = "verify-778", ["base_url"] = sandbox.Address.ToString().TrimEnd('/'), ["spacing_ms"] = "0",
        };
        var account = await node.Api.PostAsync("/admin/channel-accounts", new { channel = "whatsapp_cloud", name = "Agents", settings });
        settings.Remove("base_url");
        settings["channel"] = "whatsapp_cloud";
        settings["webhook_url"] = new Uri(node.Address, new Uri(account.GetProperty("webhook_url").GetString()!).PathAndQuery).ToString();
        await sandbox.Control.PostAsync("/control/accounts", settings);
        // The first word comes after two delays, the last after eleven: time enough on a busy machine to meet each answer midway.
        await SayAsync(sandbox, chunkDelay: 3_000);
        await node.Api.PutAsync("/admin/agent", new
        {
            enabled = true, debounce_ms = 0, instructions = "Be kind.", model = new { base_url = $"{sandbox.Address}v1", name = "small", api_key = "key-of-the-model-1" },
        });
        // The other node hears of the settings within seconds.
        await Task.Delay(TimeSpan.FromSeconds(6), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static Task SayAsync(TestSandbox sandbox, int chunkDelay) => sandbox.Control.PutAsync("/control/model", new
    {
        rules = new[] { new { chunks = new[] { "One ", "two ", "three ", "four ", "five ", "six ", "seven ", "eight ", "nine ", "ten." }, chunk_delay_ms = chunkDelay } },
    });
}
