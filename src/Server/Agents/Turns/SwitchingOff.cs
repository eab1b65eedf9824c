using ChatOperator.Agents.Versions;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>
/// An agent that is switched off stops at once: what it thinks about is left, what it has queued is withdrawn. It moves the lock version of the
/// conversations where it had something to say, so that the same laws hold as when a human takes them.
/// </summary>
internal sealed class SwitchingOff(Databases databases, AgentDirectory agents, HolderChanges holders, TimeProvider time)
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromHours(1);

    /// <summary>Looks at every conversation of the tenant's on an account whose agent is off now.</summary>
    public async Task RunAsync(Guid tenant, CancellationToken cancel)
    {
        foreach (var id in await BusyAsync(tenant, cancel))
        {
            await using var db = databases.For(tenant);
            var stopped = await db.WriteAsync(
                async () =>
                {
                    if (await db.LockConversationAsync(tenant, id, cancel) is not { IsLocked: false } now || agents.Of(tenant, now.AccountId).Settings.Enabled) return false;
                    now.LockVersion++;
                    now.AgentDueAt = null;
                    await db.WithdrawAgentAsync(now, cancel);
                    db.RecordAgent(now);
                    return true;
                },
                cancel);
            if (stopped) holders.Announce(tenant, id);
        }
    }

    private async Task<IEnumerable<Guid>> BusyAsync(Guid tenant, CancellationToken cancel)
    {
        await using var db = databases.For(tenant);
        var since = time.Now() - LongestTurn;
        var due = await db.Conversations.Where(c => c.AgentDueAt != null).Select(c => c.Id).ToListAsync(cancel);
        var thinking = await db.AgentTurns.Where(t => t.StartedAt > since && t.Outcome == TurnOutcome.Running).Select(t => t.ConversationId).ToListAsync(cancel);
        var queued = await db.Deliveries.Where(d => d.IsOpen && d.ByAgent && d.Status == MessageStatus.Queued).Select(d => d.ConversationId).Distinct().ToListAsync(cancel);
        return due.Union(thinking).Union(queued);
    }
}
