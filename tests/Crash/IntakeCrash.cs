using ChatOperator.Harness;
using ChatOperator.Hosting;

namespace ChatOperator.Crash;

/// <summary>What is done to the server.</summary>
/// <param name="Kills">How often it is killed with SIGKILL at a random moment.</param>
/// <param name="Outages">How often its storage is taken away: the database refuses connections, or the disk is full.</param>
/// <param name="Seed">Of the random moments.</param>
public sealed record Plan(int Kills, int Outages, int Seed)
{
    /// <summary>How long each sender rests between two messages. None: as fast as the server answers, which leaves nothing of the machine to others.</summary>
    public TimeSpan Rest { get; init; }
}

/// <summary>
/// The intake's promise under violence: a flood of numbered webhooks through senders that repeat like Meta, the server killed and its
/// storage taken away in the midst of it; then every message is counted.
/// </summary>
public static class IntakeCrash
{
    /// <summary>Longer than the server remembers its accounts without reading them again.</summary>
    private static readonly TimeSpan OutageTime = TimeSpan.FromSeconds(12);

    private static readonly TimeSpan LeastLife = TimeSpan.FromMilliseconds(300);

    /// <param name="say">Told what happens.</param>
    public static async Task<Findings> RunAsync(DatabaseProvider database, Plan plan, Action<string> say)
    {
        // The moments need no secrecy, but to be repeatable.
#pragma warning disable CA5394
        var random = new Random(plan.Seed);
        await using var installation = await Installation.CreateAsync(database);
        await using var storage = Storage.Of(installation);
        var port = FreePort.Next();
        var server = await ServerProcess.StartAsync(installation, port);
        try
        {
            await using var flood = await Flood.StartAsync(server, plan.Rest);
            for (var kill = 1; kill <= plan.Kills; kill++)
            {
                await Task.Delay(LeastLife + TimeSpan.FromMilliseconds(random.Next(2000)), TimeProvider.System);
                await server.KillAsync();
                await server.DisposeAsync();
                server = await ServerProcess.StartAsync(installation, port);
                say($"kill {kill}: {flood.Answered} answered so far");
            }
            for (var outage = 1; outage <= plan.Outages; outage++)
            {
                await Eventually.TrueAsync(flood.ProgressAsync, 60);
                var refused = flood.Refused;
                await storage.TakeAsync();
                await Task.Delay(OutageTime, TimeProvider.System);
                var during = flood.Refused - refused;
                await storage.GiveBackAsync();
                // By itself: nobody restarts it.
                await Eventually.TrueAsync(flood.ProgressAsync, 60);
                say($"outage {outage} ({storage.Name}): {during} answered 503, then it went on");
                if (during == 0) throw new InvalidOperationException("The outage was not noticed: nothing was answered 503 while it lasted.");
            }
#pragma warning restore CA5394
            await flood.FinishAsync();
            return await Count.InAsync(installation, flood, server);
        }
        finally { await server.DisposeAsync(); }
    }
}
