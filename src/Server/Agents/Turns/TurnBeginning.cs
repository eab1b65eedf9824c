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
        var seen = found.Conversation;
        if (await db.LockConversationAsync(seen.TenantId, seen.Id) is not { AgentDueAt: not null } now) return null;
        if (now.LockVersion != seen.LockVersion || now.IsLocked || now.LastInboundId != seen.LastInboundId) return null;
        var turn = Turn(found, restarts);
        var running = db.AgentTurns.Where(t => t.ConversationId == seen.Id && t.Outcome == TurnOutcome.Running);
        if (await running.Select(t => new { t.Deed }).FirstOrDefaultAsync() is { } left)
        {
            turn.Deed = left.Deed;
            await running.ExecuteUpdateAsync(t => t.SetProperty(x => x.Outcome, TurnOutcome.Abandoned).SetProperty(x => x.EndedAt, time.Now()));
        }
        db.AgentTurns.Add(turn);
        db.RecordAgent(seen);
        return turn;
    });

    private AgentTurn Turn(Situation found, int restarts = 0)
    {
        var (seen, agent) = (found.Conversation, found.Agent);
        return new AgentTurn
        {
            TenantId = seen.TenantId, Id = time.NewId(), ConversationId = seen.Id, AccountId = seen.AccountId, StartedAt = time.Now(),
            LockVersion = seen.LockVersion, UpToId = seen.LastInboundId, Restarts = restarts, AgentAccountId = agent.AccountId,
            AgentVersion = agent.Version, Model = agent.Settings.Model.IsConfigured ? agent.Settings.Model.Name : "",
        };
    }

    /// <summary>The agent may not, or need not, say anything to what is there. What arrives later wakes it again.</summary>
    /// <param name="reason">Why, as a stable word: kept as a turn that said nothing.</param>
    public async Task<NextTurn> LeaveAsync(AppDb db, Situation found, string reason)
    {
        var seen = found.Conversation;
        await db.WriteAsync(async () =>
        {
            if (await db.LockConversationAsync(seen.TenantId, seen.Id) is not { } now || now.AgentDueAt != seen.AgentDueAt) return;
            now.AgentDueAt = null;
            Silent(db, found, TurnOutcome.Nothing, reason);
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
            now.TakeOver(Holder.Nobody, OverrideReason.HandOff, time.Now(), until: null);
            var turn = Silent(db, found, TurnOutcome.HandedOff, "loop");
            db.RecordOverride(
                now, OverrideEventKind.Taken, Holder.Nobody, $"The agent stopped: {found.AnswersLastHour} answers within an hour look like a loop.", turn, "loop");
        });
        holders.Announce(seen.TenantId, seen.Id);
        return default;
    }

    private Guid Silent(AppDb db, Situation found, TurnOutcome outcome, string reason)
    {
        var turn = Turn(found);
        (turn.Outcome, turn.Reason, turn.EndedAt) = (outcome, reason, turn.StartedAt);
        db.AgentTurns.Add(turn);
        AgentMetrics.Left(reason);
        db.RecordAgent(found.Conversation);
        return turn.Id;
    }
}

/// <summary>Logging what the agent does.</summary>
internal static class AgentRecord
{
    public static void RecordAgent(this AppDb db, Conversation conversation) =>
        db.Record(conversation.TenantId, ChangeKind.Agent, conversation.Id.ToString(), conversation.Id);
}
