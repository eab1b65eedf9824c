using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>
/// Finds conversations that the agent should have looked at by now and wakes it: after a start, after a node died, after a lost hint. On a
/// healthy node it finds only those that are thought about at this moment.
/// </summary>
internal sealed class AgentSweep(Databases databases, AgentWakes agents, TimeProvider time, ILogger<AgentSweep> log)
    : Sweep(TimeSpan.FromSeconds(1), time, log)
{
    private const int Most = 1000;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var now = Time.Now();
        await using var db = databases.ForSystem();
        var due = await db.Conversations.Where(c => c.AgentDueAt <= now).OrderBy(c => c.AgentDueAt).Select(c => new { c.TenantId, c.Id })
            .Take(Most).ToListAsync(cancel);
        foreach (var conversation in due) agents.Wake(conversation.TenantId, conversation.Id);
    }
}
