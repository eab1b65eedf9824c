using System.Diagnostics;
using ChatOperator.Agents.Models;
using ChatOperator.Agents.Tools;
using ChatOperator.Agents.Versions;
using ChatOperator.ChannelAccounts;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>What comes after a turn.</summary>
/// <param name="DueAt">When to look again; null: nothing to do.</param>
/// <param name="Restarts">How often the next turn was begun before.</param>
/// <param name="IsWaiting">What arrived was not yet thought about to the end.</param>
internal readonly record struct NextTurn(DateTimeOffset? DueAt, int Restarts = 0, bool IsWaiting = false);

/// <summary>One turn of the agent in a conversation, from looking at it to the transaction that answers.</summary>
internal sealed class TurnCycle(
    Databases databases, AgentDirectory agents, AccountDirectory accounts, History history, ToolShelf shelf, Thinking thinking, OutputGuard guard,
    Typing typing, TurnBeginning beginning, TurnEnding ending, TimeProvider time, ILogger<TurnCycle> log)
{
    /// <param name="overdue">It waited for more long enough: the row's time, which moves with each message, does not count.</param>
    public async Task<NextTurn> RunAsync(ConversationKey key, Thought thought, bool overdue)
    {
        using var place = await thinking.EnterAsync(thought.Cancelled);
        await using var db = databases.For(key.Tenant);
        var now = time.Now();
        if (await Situation.ReadAsync(db, key, agents, accounts, now, thought.Cancelled) is not { Conversation.AgentDueAt: { } due } found) return default;
        if (due > now && !overdue) return new NextTurn(due, thought.Restarts, IsWaiting: true);
        if (found.SilentBecause(now) is { } reason) return await TurnBeginning.LeaveAsync(db, found.Conversation, reason);
        if (found.IsLoop) return await beginning.EndLoopAsync(db, found);
        if (await beginning.BeginAsync(db, found, thought.Restarts) is not { } turn) return new NextTurn(time.Now(), thought.Restarts, IsWaiting: true);
        thought.Begin(turn.UpToId);
        return await ThinkAsync(db, found, turn, thought);
    }

    private async Task<NextTurn> ThinkAsync(AppDb db, Situation found, AgentTurn turn, Thought thought)
    {
        using var scope = Correlation.Begin(log, "agent.turn", turn.Id);
        var began = Stopwatch.GetTimestamp();
        var record = new TurnRecord(time);
        Conclusion conclusion;
        try { conclusion = await ConcludeAsync(db, found, turn, thought, record); }
        catch (OperationCanceledException) when (thought.Cancelled.IsCancellationRequested) { conclusion = new Conclusion(thought.Text, null); }
        var took = (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        log.LogDebug("The agent thought for {Ms} ms.", took);
        return await ending.EndAsync(turn, found, thought, conclusion, record, took);
    }

    private async Task<Conclusion> ConcludeAsync(AppDb db, Situation found, AgentTurn turn, Thought thought, TurnRecord record)
    {
        var (agent, conversation, cancel) = (found.Agent, found.Conversation, thought.Cancelled);
        var messages = await History.ReadAsync(db, conversation.Id, cancel);
        if (Keyword(agent, messages) is { } keyword)
        {
            record.Step("guard", "A keyword hands over", ("keyword", keyword));
            return new Conclusion("", new HandOff($"The customer wrote “{keyword}”.", ""));
        }
        var notes = await History.NotesAsync(db, conversation.Id, cancel);
        notes.Reverse();
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var last = messages.LastOrDefault(m => m is { Author: MessageAuthor.Contact, ExternalId: not null });
        var sign = last is null || !found.MayShowTyping ? Task.CompletedTask
            : typing.ShowAsync(found.Account!, last.ExternalId!, conversation.Address, answered.Token);
        try
        {
            var lines = await history.LinesAsync(db, messages, found.Account!, agent.Settings.Model.SeesImages, cancel);
            var prompt = new Prompt(agent);
            var tools = shelf.For(new TurnScope(
                agent, conversation.Id, conversation.ContactId, turn.UpToId, thought, record, c => IsStillOursAsync(turn, c)));
            var conclusion = await thinking.ThinkAsync(
                agent, prompt.Write(found.Business, conversation.DisplayName, notes, lines, time.Now()), tools, thought, record);
            var (words, removed) = guard.Clean(conclusion.Words, agent, found.Account, notes, prompt.Fence);
            if (removed > 0) record.Step("guard", "Something secret was taken out of the answer", ("places", removed));
            return conclusion with { Words = words };
        }
        finally
        {
            await answered.CancelAsync();
            await sign;
        }
    }

    /// <summary>Whether no human has taken the conversation since the turn began.</summary>
    private async Task<bool> IsStillOursAsync(AgentTurn turn, CancellationToken cancel)
    {
        await using var db = databases.For(turn.TenantId);
        return await db.Conversations.AnyAsync(c => c.Id == turn.ConversationId && !c.IsLocked && c.LockVersion == turn.LockVersion, cancel);
    }

    private static string? Keyword(ActiveAgent agent, List<Message> messages) =>
        messages.FindLast(m => m.Author == MessageAuthor.Contact) is not { } last ? null
        : agent.Settings.Handoff.Keywords.FirstOrDefault(k => last.Text.Contains(k, StringComparison.OrdinalIgnoreCase));
}
