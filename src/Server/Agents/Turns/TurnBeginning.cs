using ChatOperator.Changes;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>The transactions before a turn: it begins, or the conversation is left alone.</summary>
internal sealed class TurnBeginning(HolderChanges holders, TimeProvider time)
{
    /// <summary>
    /// A turn, when the conversation is still as it was found; null when it changed. A turn of another node that still thinks is over: of two
    /// that overlap during a failover only the later can answer.
    /// </summary>
    public Task<AgentTurn?> BeginAsync(AppDb db, Situation found, int restarts) => db.WriteAsync(async () =>
    {
        var (seen, agent) = (found.Conversation, found.Agent);
        if (await db.LockConversationAsync(seen.TenantId, seen.Id) is not { AgentDueAt: not null } now) return null;
        if (now.LockVersion != seen.LockVersion || now.IsLocked || now.LastInboundId != seen.LastInboundId) return null;
        await db.AgentTurns.Where(t => t.ConversationId == seen.Id && t.Outcome == TurnOutcome.Running)
            .ExecuteUpdateAsync(t => t.SetProperty(x => x.Outcome, TurnOutcome.Abandoned).SetProperty(x => x.EndedAt, time.Now()));
        var turn = new AgentTurn
        {
            TenantId = seen.TenantId, Id = time.NewId(), ConversationId = seen.Id, AccountId = seen.AccountId, StartedAt = time.Now(),
            LockVersion = seen.LockVersion, UpToId = seen.LastInboundId, Restarts = restarts, AgentAccountId = agent.AccountId,
            AgentVersion = agent.Version, Model = agent.Settings.Model.IsConfigured ? agent.Settings.Model.Name : "",
        };
        db.AgentTurns.Add(turn);
        db.RecordAgent(seen);
        return turn;
    });

    /// <summary>The agent may not, or need not, say anything to what is there. What arrives later wakes it again.</summary>
    /// <param name="reason">Why, as a stable word.</param>
    public static async Task<NextTurn> LeaveAsync(AppDb db, Conversation seen, string reason)
    {
        await db.WriteAsync(async () =>
        {
            if (await db.LockConversationAsync(seen.TenantId, seen.Id) is not { } now || now.AgentDueAt != seen.AgentDueAt) return;
            now.AgentDueAt = null;
            AgentMetrics.Left(reason);
            db.RecordAgent(now);
        });
        return default;
    }

    /// <summary>Something answers the answers: a human shall look, and everybody can see why.</summary>
    public async Task<NextTurn> EndLoopAsync(AppDb db, Situation found)
    {
        var seen = found.Conversation;
        await db.WriteAsync(async () =>
        {
            if (await db.LockConversationAsync(seen.TenantId, seen.Id) is not { IsLocked: false } now || now.LockVersion != seen.LockVersion) return;
            now.TakeOver(new Holder(null, ""), OverrideReason.HandOff, time.Now(), until: null);
            db.RecordOverride(now, OverrideEventKind.Taken, "", $"The agent stopped: {found.AnswersLastHour} answers within an hour look like a loop.");
            AgentMetrics.Left("loop");
            db.RecordAgent(now);
        });
        holders.Announce(seen.TenantId, seen.Id);
        return default;
    }
}

/// <summary>Logging what the agent does.</summary>
internal static class AgentRecord
{
    public static void RecordAgent(this AppDb db, Conversation conversation) =>
        db.Record(conversation.TenantId, ChangeKind.Agent, conversation.Id.ToString(), conversation.Id);
}
