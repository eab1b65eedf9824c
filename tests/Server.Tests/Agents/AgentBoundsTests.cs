using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>What one business, or one model, cannot take from the others.</summary>
public sealed class AgentBoundsTests
{
    [Fact]
    public async Task A_tenant_whose_model_is_slow_leaves_room_for_the_others_and_a_turn_has_an_end()
    {
        await using var server = await TestServer.StartAsync(DatabaseProvider.Sqlite, new ServerOptions
        {
            Settings = { ["Agent:TurnsAtOnce"] = "3", ["Agent:TurnTimeoutSeconds"] = "8" },
        });
        await using var sandbox = await TestSandbox.StartAsync();
        var slow = await AgentChat.OpenAsync(server, sandbox);
        var quick = await AgentChat.OpenAsync(server, sandbox);
        await slow.ModelAsync(
            new { when = new { contains = "drip" }, chunks = Enumerable.Repeat("and ", 200).ToArray(), chunk_delay_ms = 200 }, new { reply = "There you are." });
        var crowd = Enumerable.Range(0, 5).Select(_ => AgentChat.Join(slow.Tenant, slow.Account, sandbox)).ToList();
        foreach (var chat in crowd) await chat.SaysAsync("drip");
        await Eventually.GetAsync(() => sandbox.Control.GetAsync("/control/model/requests"), asked => asked.GetArrayLength() == 2);
        await quick.SaysAsync("hi");
        await quick.Phone.ReceivesAsync("There you are.", 5);

        // Longer than the deadline of a turn, and than the wait for a place before it.
        foreach (var chat in crowd)
            await Eventually.GetAsync(chat.StateAsync, s => s.GetProperty("last_reason").GetString() == "model_timeout", 60, "the turn ended at its deadline");
        Assert.Empty(await crowd[0].AnswersAsync());
    }
}
