using ChatOperator.Harness;
using ChatOperator.Hosting;

namespace ChatOperator.Bench;

/// <summary>
/// Whether a webhook costs more once years of chats are stored: processor time, the database's included, of an installation that holds a
/// million conversations to that of one that holds none, rounds alternating, median. There half of the messages are of people of that
/// history, spread over all of it; here all are of people who wrote lately.
/// </summary>
internal static class HistoryBench
{
    public static async Task RunAsync(DatabaseProvider provider, int conversations, Options options)
    {
        var (rounds, seconds) = (options.Number("rounds", 5), options.Number("seconds", 5));
        await using var empty = await Side.StartAsync(provider, 0);
        await using var filled = await Side.StartAsync(provider, conversations);
        List<(double Empty, double Filled)> costs = [];
        for (var round = 0; round < rounds; round++) costs.Add((await empty.CostAsync(seconds), await filled.CostAsync(seconds)));
        var name = $"intake.{provider.ToString().ToLowerInvariant()}.history";
        Print.Line($"{name}.cpu.ratio", Print.Median(costs.Select(c => c.Filled / c.Empty)), "x");
        Print.Line($"{name}.cpu", Print.Median(costs.Select(c => c.Filled)), "us/webhook");
        Print.Line($"{name}.cpu.empty", Print.Median(costs.Select(c => c.Empty)), "us/webhook");
    }

    /// <summary>One of the two installations.</summary>
    private sealed class Side(
        DatabaseProvider provider, int conversations, Installation installation, ServerProcess server, BenchAccount account, Webhooks webhooks, string files)
        : IAsyncDisposable
    {
        public static async Task<Side> StartAsync(DatabaseProvider provider, int conversations)
        {
            var installation = await Installation.CreateAsync(provider);
            var server = await ServerProcess.StartAsync(installation);
            var account = await IntakeBench.ConnectAsync(server);
            var webhooks = new Webhooks(account.Hook, "1060", "9060", IntakeBench.Secret);
            var files = Directory.CreateTempSubdirectory("chat-operator-bench-").FullName;
            await IntakeBench.WarmAsync(server, account.Hook, webhooks, files);
            if (conversations > 0)
            {
                var connectionString = History.ConnectionString(provider, installation);
                var (tenant, _) = await Populate.ConversationsAsync(provider, connectionString, account.Id);
                await History.FillAsync(provider, connectionString, tenant, account.Id, conversations);
            }
            return new Side(provider, conversations, installation, server, account, webhooks, files);
        }

        /// <summary>Microseconds of processor time for each webhook of one round.</summary>
        public async Task<double> CostAsync(int seconds)
        {
            var (file, count) = (Path.Combine(files, "round"), 30_000 * seconds);
            var length = webhooks.WriteMessages(file, count, i => conversations > 0 && i % 2 == 1
                ? History.FirstContact + i * 7919L % conversations : i * 7919L % IntakeBench.KnownContacts);
            var before = Cpu.Of(server.Id) + IntakeBench.DatabaseCpu(provider, installation);
            var load = await Load.RunAsync(account.Hook, file, length, seconds);
            if (load.Refused > 0 || load.Requests > count) throw new InvalidOperationException($"{load.Refused} of {load.Requests} webhooks were refused.");
            return (Cpu.Of(server.Id) + IntakeBench.DatabaseCpu(provider, installation) - before) / load.Requests * 1e6;
        }

        public async ValueTask DisposeAsync()
        {
            await server.DisposeAsync();
            await installation.DisposeAsync();
            Directory.Delete(files, true);
        }
    }
}
