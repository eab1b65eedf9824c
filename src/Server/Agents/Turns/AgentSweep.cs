using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>
/// Finds conversations that the agent should have looked at by now and wakes it: after a start, after a node died, after a lost hint. On a
/// healthy node it finds only those that are thought about at this moment.
/// </summary>
internal sealed class AgentSweep(Databases databases, AgentWakes agents, TimeProvider time, ILogger<AgentSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int Most = 1000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // The database is away: the next round may find it.
            try { await SweepAsync(stoppingToken); }
            catch (Exception e) when (e is not OperationCanceledException) { log.LogWarning(e, "Conversations that wait for the agent could not be looked for."); }
        }
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        var now = time.Now();
        await using var db = databases.ForSystem();
        var due = await db.Conversations.Where(c => c.AgentDueAt <= now).OrderBy(c => c.AgentDueAt).Select(c => new { c.TenantId, c.Id })
            .Take(Most).ToListAsync(cancel);
        foreach (var conversation in due) agents.Wake(conversation.TenantId, conversation.Id);
    }
}
