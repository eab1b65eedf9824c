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
    private const int Short = 60;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Nothing_of_the_agents_leaves_after_the_lock_is_answered(DatabaseProvider database)
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("CHATOPERATOR_RACES"), CultureInfo.InvariantCulture, out var wanted) ? wanted : Short;
        await using var server = await TestServer.StartAsync(database);
        await using var sandbox = await TestSandbox.StartAsync();
        var seed = Environment.TickCount;
        var (met, slipped) = await new AgentRace(server, sandbox, seed).RunAsync(count);
        var found = string.Join(", ", met.OrderByDescending(m => m.Value).Select(m => $"{m.Key} {m.Value}"));
        var report = $"{database}: {count} conversations taken over, seed {seed}. The lock met: {found}.";
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        if (wanted > 0) Console.WriteLine(report);
        Assert.True(slipped.Count == 0, $"{report}\n{string.Join('\n', slipped)}");
        Assert.Equal(count, met.Values.Sum());
        // The race is one only when locks come at every moment.
        Assert.True(met.Count >= 3, report);
    }
}
