using System.ClientModel;
using System.Diagnostics;
using System.Globalization;
using ChatOperator.Agents;
using ChatOperator.Agents.Turns;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;

namespace ChatOperator.Bench;

/// <summary>
/// Turns per second of the agent, from customers' webhooks to answers in the outbox, with a stub model that answers at once; as a ratio to
/// the same client calling the same stub directly. The processor time of both holds the stub's own.
/// </summary>
internal static class AgentBench
{
    private const int Callers = 64;

    public static async Task RunAsync(Options options)
    {
        foreach (var database in options.Text("databases", "sqlite,postgres").Split(','))
            await RunAsync(Enum.Parse<DatabaseProvider>(database, ignoreCase: true), database, options.Number("turns", 1000), options.Number("rounds", 3));
    }

    private static async Task RunAsync(DatabaseProvider provider, string database, int turns, int rounds)
    {
        await using var network = await InstantNetwork.StartAsync();
        await using var server = await TestServer.StartAsync(provider);
        var tenant = await server.TenantAsync();
        var address = network.Address.ToString().TrimEnd('/');
        var account = await tenant.WhatsAppAsync(more: new { base_url = address, spacing_ms = "0" });
        await tenant.Api.PutAsync("/admin/agent", new
        {
            enabled = true, debounce_ms = 0, instructions = "Be kind.", model = new { base_url = $"{address}/v1", name = "stub", api_key = "key" },
        });
        // Not measured: the first run of everything, and that the customers are new.
        await TurnsAsync(server, tenant, account, turns, 0);
        await DirectAsync(network, turns);

        List<double> ratios = [], rates = [], directs = [], cpus = [], cpuRatios = [];
        for (var round = 1; round <= rounds; round++)
        {
            var direct = await DirectAsync(network, turns);
            var turn = await TurnsAsync(server, tenant, account, turns, round);
            ratios.Add(turn.Rate / direct.Rate);
            cpuRatios.Add(turn.Cpu / direct.Cpu);
            rates.Add(turn.Rate);
            directs.Add(direct.Rate);
            cpus.Add(turn.Cpu);
        }
        Print.Line($"agent.{database}.ratio", Print.Median(ratios), "x");
        Print.Line($"agent.{database}.cpu.ratio", Print.Median(cpuRatios), "x");
        Print.Line($"agent.{database}.rate", Print.Median(rates), "turns/s");
        Print.Line($"agent.{database}.direct", Print.Median(directs), "calls/s");
        Print.Line($"agent.{database}.cpu", Print.Median(cpus), "us/turn");
    }

    /// <summary>Every turn is another known customer's; from the first webhook until the last turn has answered.</summary>
    private static async Task<(double Rate, double Cpu)> TurnsAsync(TestServer server, TestTenant tenant, TestAccount account, int count, int round)
    {
        await using var db = server.Services.GetRequiredService<Databases>().For(tenant.Id);
        var since = TimeProvider.System.GetUtcNow();
        return await MeasureAsync(count, async () =>
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (i, _) =>
            {
                var from = (5_491_100_000_000 + i).ToString(CultureInfo.InvariantCulture);
                using var answer = await account.WebhookAsync(WhatsAppWebhook.Text(account, from, $"wamid.{round}.{i}", "Hello, has my order left?"));
                answer.EnsureSuccessStatusCode();
            });
            while (await AnsweredAsync(db, since) < count) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        });
    }

    private static Task<int> AnsweredAsync(AppDb db, DateTimeOffset since) =>
        db.Set<AgentTurn>().CountAsync(t => t.StartedAt >= since && t.Outcome == TurnOutcome.Answered);

    private static Task<(double Rate, double Cpu)> DirectAsync(InstantNetwork network, int count)
    {
        var client = new OpenAIClient(new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = new Uri(network.Address, "v1") })
            .GetChatClient("stub").AsIChatClient();
        ChatMessage[] prompt = [new(ChatRole.System, "Be kind."), new(ChatRole.User, "Hello, has my order left?")];
        return MeasureAsync(count, () => Parallel.ForEachAsync(
            Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (_, cancel) => await client.GetStreamingResponseAsync(prompt, cancellationToken: cancel).ToChatResponseAsync(cancel)));
    }

    private static async Task<(double Rate, double Cpu)> MeasureAsync(int count, Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        await work();
        var took = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return (count / took, (process.TotalProcessorTime - cpu).TotalMicroseconds / count);
    }
}
