using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Cluster.Tests;

/// <summary>The short form; <c>dev/crash outbox</c> runs the same for longer.</summary>
public abstract class OutboxCrashTests(ITestOutputHelper output)
{
    protected async Task CleanAsync(CrashPlan plan)
    {
        plan = plan.FromEnvironment();
        var result = await OutboxCrash.RunAsync(plan);
        var line = $"{plan.Provider}, {plan.Nodes} node(s): {result}";
        output.WriteLine(line);
        if (Environment.GetEnvironmentVariable("CRASH_REPORT") is { Length: > 0 } report) await File.AppendAllTextAsync(report, line + Environment.NewLine);
        Assert.True(result.IsClean, line);
    }
}

public sealed class OneNodeOutboxCrashTests(ITestOutputHelper output) : OutboxCrashTests(output)
{
    [Fact]
    public Task Killed_at_random_on_sqlite_nothing_is_lost_doubled_misordered_or_too_close() =>
        CleanAsync(new CrashPlan(DatabaseProvider.Sqlite, Nodes: 1, Chats: 20, Messages: 10, Kills: 2));

    [Fact]
    public Task Killed_at_random_on_postgres_nothing_is_lost_doubled_misordered_or_too_close() =>
        CleanAsync(new CrashPlan(DatabaseProvider.Postgres, Nodes: 1, Chats: 20, Messages: 10, Kills: 2));
}

public sealed class TwoNodesOutboxCrashTests(ITestOutputHelper output) : OutboxCrashTests(output)
{
    [Fact]
    public Task Two_nodes_killed_and_frozen_keep_the_same_promise() =>
        CleanAsync(new CrashPlan(DatabaseProvider.Postgres, Nodes: 2, Chats: 20, Messages: 10, Kills: 2));
}
