using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>
/// The transaction that ends a turn: its record, what is due next and what it says are one. It speaks only while the conversation is still
/// under the lock version, and with the last message, that it thought under.
/// </summary>
internal sealed partial class TurnEnding(Databases databases, AccountDirectory accounts, Outgoing outgoing, HolderChanges holders, TimeProvider time, ILogger<TurnEnding> log)
{
    private const int MostFailures = 3;

    public async Task<NextTurn> EndAsync(AgentTurn turn, Situation found, Thought thought, Conclusion conclusion, TurnRecord record, int ms)
    {
        await using var db = databases.For(turn.TenantId);
        Conversation? conversation = null;
        try
        {
            var outcome = await db.WriteAsync(async () =>
            {
                conversation = await db.LockConversationAsync(turn.TenantId, turn.ConversationId) ?? throw new TurnIsOverException();
                var decided = await DecideAsync(db, turn, conversation, thought, conclusion, record);
                record.Step("outcome", StepName.TurnEnded(decided), ("reason", turn.Reason), ("message_id", turn.MessageId));
                await StoreAsync(db, turn, decided, found, record, ms);
                db.RecordAgent(conversation);
                return decided;
            });
            AgentMetrics.Ended(outcome, record, ms);
            LogEnded(log, turn.Id, outcome, turn.Reason, ms, thought.Receipt);
            if (turn.MessageId is not null) outgoing.Wake(conversation!);
            if (outcome == TurnOutcome.HandedOff) holders.Announce(turn.TenantId, turn.ConversationId);
            var again = outcome == TurnOutcome.Restarted;
            var restarts = conversation!.LastInboundId == turn.UpToId ? thought.Restarts : thought.Restarts + 1;
            return new NextTurn(conversation.AgentDueAt, again ? restarts : 0, again);
        }
        catch (TurnIsOverException)
        {
            log.LogInformation("Turn {Turn} was over before it ended: another one began.", turn.Id);
            return default;
        }
    }

    private async Task<TurnOutcome> DecideAsync(
        AppDb db, AgentTurn turn, Conversation now, Thought thought, Conclusion conclusion, TurnRecord record)
    {
        if (now.IsLocked || now.LockVersion != turn.LockVersion)
        {
            record.Step("lock", new("human_has_it", "A human has the conversation: nothing is said"), ("held_by", now.HeldBy), ("lock_version", now.LockVersion));
            await KeepDraftAsync(db, turn, conclusion.Draft);
            return TurnOutcome.Overtaken;
        }
        // What was broken off is no answer, whoever broke it off: it is looked at again.
        if (conclusion is { IsCancelled: true, HandOff: null } || (thought.MayRestart && now.LastInboundId != turn.UpToId))
        {
            now.AgentDueAt ??= time.Now();
            return TurnOutcome.Restarted;
        }
        if (conclusion.HandOff is null && conclusion.Failure is { } failure) return await FailAsync(db, turn, now, failure.Code, failure.Retriable);
        record.Step("lock", new("agent_has_it", "The conversation is the agent's"), ("lock_version", now.LockVersion));
        return await SpeakAsync(db, turn, now, conclusion);
    }

    private async Task<TurnOutcome> SpeakAsync(AppDb db, AgentTurn turn, Conversation now, Conclusion conclusion)
    {
        if (conclusion.HandOff is { } handOff)
        {
            now.TakeOver(Holder.Nobody, OverrideReason.HandOff, time.Now(), until: null);
            var note = handOff.Summary.Length > 0 ? $"{handOff.Reason}\n{handOff.Summary}" : handOff.Reason;
            db.RecordOverride(now, OverrideEventKind.Taken, Holder.Nobody, note, turn.Id, handOff.Code);
            turn.Reason = handOff.Code;
        }
        // What arrived after the last restart that was possible is for the next turn.
        else now.AgentDueAt = now.LastInboundId == turn.UpToId ? null : now.AgentDueAt ?? time.Now();
        var outcome = conclusion.HandOff is null ? TurnOutcome.Answered : TurnOutcome.HandedOff;
        if (conclusion.Words.Length == 0) return conclusion.HandOff is null ? TurnOutcome.Nothing : outcome;
        try
        {
            var account = await accounts.ByIdAsync(turn.TenantId, now.AccountId) ?? throw Problem.NotFound();
            var said = await outgoing.EnqueueAsync(db, account, now, new Speech(
                [new TextContent(conclusion.Words)], MessageAuthor.Agent, CorrelationId: turn.Id, LockVersion: now.LockVersion));
            turn.MessageId = said.MessageId;
            return outcome;
        }
        catch (Problem problem) // The window closed, or the account was switched off, while it thought: nothing was written.
        {
            turn.Reason = problem.Code;
            return conclusion.HandOff is null ? TurnOutcome.Failed : outcome;
        }
    }

    /// <summary>Tries again a few times, ever later, when that may help; then the conversation waits for a human or the next message.</summary>
    private async Task<TurnOutcome> FailAsync(AppDb db, AgentTurn turn, Conversation now, string code, bool retriable)
    {
        turn.Reason = code;
        var before = await db.AgentTurns.CountAsync(
            t => t.ConversationId == turn.ConversationId && t.UpToId == turn.UpToId && t.Outcome == TurnOutcome.Failed);
        now.AgentDueAt = now.LastInboundId != turn.UpToId ? now.AgentDueAt ?? time.Now()
            : retriable && before + 1 < MostFailures ? time.Now().AddSeconds(15 * Math.Pow(4, before)) : null;
        return TurnOutcome.Failed;
    }

    private async Task KeepDraftAsync(AppDb db, AgentTurn turn, string words)
    {
        if (words.Length == 0) return;
        var draft = await db.Drafts.SingleOrDefaultAsync(d => d.ConversationId == turn.ConversationId);
        if (draft is null) db.Drafts.Add(draft = new Draft { TenantId = turn.TenantId, ConversationId = turn.ConversationId, Text = words });
        (draft.Text, draft.At, draft.CorrelationId) = (words, time.Now(), turn.Id);
    }

    /// <exception cref="TurnIsOverException">Another turn began meanwhile; everything is rolled back.</exception>
    private async Task StoreAsync(AppDb db, AgentTurn turn, TurnOutcome outcome, Situation found, TurnRecord record, int ms)
    {
        var cost = found.Agent.Settings.Model.Cost(record.InputTokens, record.OutputTokens);
        var log = record.Log.Write();
        var stored = await db.AgentTurns.Where(t => t.Id == turn.Id && t.Outcome == TurnOutcome.Running).ExecuteUpdateAsync(t => t
            .SetProperty(x => x.Outcome, outcome).SetProperty(x => x.EndedAt, time.Now()).SetProperty(x => x.InputTokens, record.InputTokens)
            .SetProperty(x => x.OutputTokens, record.OutputTokens).SetProperty(x => x.Cost, cost).SetProperty(x => x.LatencyMs, ms)
            .SetProperty(x => x.MessageId, turn.MessageId).SetProperty(x => x.Reason, turn.Reason).SetProperty(x => x.Log, log));
        if (stored == 0) throw new TurnIsOverException();
    }

    [LoggerMessage(LogLevel.Information, "Turn {Turn} ended {Outcome} ({Reason}) after {Ms} ms; it thought about receipt {Receipt}.")]
    private static partial void LogEnded(ILogger log, Guid turn, TurnOutcome outcome, string? reason, int ms, Guid? receipt);

    private sealed class TurnIsOverException : Exception;
}
