using System.Globalization;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>
/// After <c>{"locked": true}</c> is answered, no message of the agent's leaves. <c>CHATOPERATOR_RACES</c> sets how many conversations are
/// taken on each database; <c>dev/race</c> runs it for long.
/// </summary>
public sealed class AgentRaceTests
{
    private const int Short = 48;

    [Fact]
    public Task Nothing_of_the_agents_leaves_after_the_lock_is_answered_on_sqlite() => RaceAsync(DatabaseProvider.Sqlite, nodes: 1);

    /// <summary>Two nodes that do not know of each other: what two activations of one grain can do at worst.</summary>
    [Fact]
    public Task Nothing_of_the_agents_leaves_after_the_lock_is_answered_on_postgres_with_two_activations() => RaceAsync(DatabaseProvider.Postgres, nodes: 2);

    private static async Task RaceAsync(DatabaseProvider database, int nodes)
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("CHATOPERATOR_RACES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Short;
        await using var server = await TestServer.StartAsync(database);
        await using var sandbox = await TestSandbox.StartAsync();
        var seed = Environment.TickCount;
        using var race = await AgentRace.PrepareAsync(server, sandbox, seed);
        await using var other = nodes > 1 ? await TestServer.StartAsync(server.Installation) : null;
        if (other is not null) race.Join(other);
        var (met, wrong) = await race.RunAsync(count);
        var found = string.Join(", ", met.OrderByDescending(m => m.Value).Select(m => $"{m.Key} {m.Value}"));
        var report = $"{database}, nodes {nodes}: {count} conversations taken over, seed {seed}. The lock met: {found}.";
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        if (wanted > 0) Console.WriteLine(report);
        Assert.True(wrong.Count == 0, $"{report}\n{string.Join('\n', wrong)}");
        Assert.Equal(count, met.Where(m => m.Key != AgentRace.HandedOver).Sum(m => m.Value));
        // The race is one only when locks come at every moment.
        Assert.True(met.Count >= 3, report);
    }
}
