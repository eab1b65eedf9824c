using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Server.Tests.Agents;
using Xunit;

namespace ChatOperator.Server.Tests.Traces;

/// <summary>What a collector gets of a customer's message that the agent answers.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Traces_and_logs_leave_with_their_correlation_id_and_metrics_are_those_of_the_node()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var options = new ServerOptions { Settings = collector.Settings };
        options.Settings["Logging:LogLevel:ChatOperator"] = "Information";
        options.Settings["Logging:LogLevel:ChatOperator.Intake"] = "Debug";
        await using var server = await TestServer.StartAsync(DatabaseProvider.Sqlite, options);
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await AgentChat.OpenAsync(server, sandbox);
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
        var messages = await Eventually.GetAsync(() => chat.Tenant.MessagesAsync(chat.Id), m => m.Count == 2);
        var (receipt, turn) = (messages[0].GetProperty("correlation_id").GetString()!, messages[1].GetProperty("correlation_id").GetString()!);

        await HasAsync(collector.Spans, "intake.receipt", receipt);
        await HasAsync(collector.Lines, "ChatOperator.Intake.WebhookEndpoint", receipt);
        await HasAsync(collector.Spans, "agent.turn", turn);
        await HasAsync(collector.Lines, "ChatOperator.Agents.Turns.TurnEnding", turn);
        await HasAsync(collector.Spans, "outbox.send", turn);
        await HasAsync(collector.Lines, "ChatOperator.Outbox.Courier", turn);
        foreach (var name in (string[])["chatoperator.intake.items", "chatoperator.intake.lag", "chatoperator.agent.turns", "chatoperator.agent.tokens"])
            await Eventually.TrueAsync(() => Task.FromResult(collector.Instruments.Any(i => i.Name == name)), condition: $"{name} leaves");
    }

    private static Task HasAsync(IEnumerable<Told> told, string name, string correlation) => Eventually.TrueAsync(
        () => Task.FromResult(told.Any(t => t.Name == name && t.Attributes.GetValueOrDefault("correlation_id") == correlation)),
        condition: $"{name} leaves with {correlation}");
}
