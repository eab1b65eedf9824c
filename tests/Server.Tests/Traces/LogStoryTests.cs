using System.Collections.Concurrent;
using System.Diagnostics;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Server.Tests.Agents;
using Xunit;

namespace ChatOperator.Server.Tests.Traces;

/// <summary>Logs and spans tell the same story as the trace, under the same ids.</summary>
public sealed class LogStoryTests
{
    [Fact]
    public async Task Receipt_turn_and_send_carry_their_correlation_id_in_logs_and_spans()
    {
        var spans = new ConcurrentBag<Activity>();
        using var exporter = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(exporter);
        await using var server = await TestServer.StartAsync(DatabaseProvider.Sqlite, new ServerOptions
        {
            Settings = { ["Logging:LogLevel:ChatOperator.Intake"] = "Debug", ["Logging:LogLevel:ChatOperator"] = "Information" },
        });
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await AgentChat.OpenAsync(server, sandbox);
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
        var messages = await Eventually.GetAsync(() => chat.Tenant.MessagesAsync(chat.Id), m => m.Count == 2);
        var (receipt, turn) = (messages[0].GetProperty("correlation_id").GetString()!, messages[1].GetProperty("correlation_id").GetString()!);
        foreach (var (logger, span, id) in new[]
        {
            ("Intake.WebhookEndpoint", "intake.receipt", receipt), ("Agents.Turns.TurnEnding", "agent.turn", turn), ("Outbox.Courier", "outbox.send", turn),
        })
        {
            await Eventually.TrueAsync(
                () => Task.FromResult(server.Log.Lines.Any(l => l.Contains(logger, StringComparison.Ordinal) && l.Contains($"correlation_id={id}", StringComparison.Ordinal))),
                condition: $"{logger} logs under {id}\n{server.Log}");
            await Eventually.TrueAsync(
                () => Task.FromResult(spans.Any(s => s.OperationName == span && s.GetTagItem("correlation_id")?.ToString() == id)), condition: $"a span {span} of {id}");
        }
    }
}
