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
    Databases databases, AgentDirectory agents, AccountDirectory accounts, History history, ToolShelf shelf, Thinking thinking, OutputGuards guards,
    Typing typing, TurnBeginning beginning, TurnEnding ending, Settings settings, TimeProvider time, ILogger<TurnCycle> log)
{
    /// <param name="overdue">It waited for more long enough: the row's time, which moves with each message, does not count.</param>
    public async Task<NextTurn> RunAsync(ConversationKey key, Thought thought, bool overdue)
    {
        using var place = await thinking.EnterAsync(key.Tenant, thought.Cancelled);
        await using var db = databases.For(key.Tenant);
        // One connection for all that is read before it thinks; each opening costs as much as a statement.
        await db.Database.OpenConnectionAsync(thought.Cancelled);
        var now = time.Now();
        if (await Situation.ReadAsync(db, key, agents, accounts, now, thought.Cancelled) is not { Conversation.AgentDueAt: { } due } found) return default;
        if (due > now && !overdue) return new NextTurn(due, thought.Restarts, IsWaiting: true);
        if (found.SilentBecause(now) is { } reason) return await beginning.LeaveAsync(db, found, reason);
        if (found.IsLoop) return await beginning.EndLoopAsync(db, found);
        if (await beginning.BeginAsync(db, found, thought.Restarts) is not { } turn) return new NextTurn(time.Now(), thought.Restarts, IsWaiting: true);
        thought.Begin(turn.UpToId);
        thought.Deed = turn.Deed;
        return await ThinkAsync(db, found, turn, thought);
    }

    private async Task<NextTurn> ThinkAsync(AppDb db, Situation found, AgentTurn turn, Thought thought)
    {
        using var scope = Correlation.Begin(log, "agent.turn", turn.Id);
        var began = Stopwatch.GetTimestamp();
        var guard = guards.For(found.Agent, found.Account);
        var record = new TurnRecord(time, guard);
        var conclusion = await ConcludeAsync(db, found, turn, thought, record, guard);
        return await ending.EndAsync(turn, found, thought, conclusion, record, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private async Task<Conclusion> ConcludeAsync(AppDb db, Situation found, AgentTurn turn, Thought thought, TurnRecord record, OutputGuard guard)
    {
        List<Message> messages = [];
        Conclusion conclusion;
        try
        {
            messages = await History.ReadAsync(db, found.Conversation.Id, thought.Cancelled);
            thought.Receipt = messages.FindLast(m => m.Author == MessageAuthor.Contact)?.CorrelationId;
            Activity.Current?.SetTag("receipt_id", thought.Receipt);
            if (Keywords.Find(found.Agent.Settings.Handoff.Keywords, Keywords.Since(messages)) is { } keyword)
            {
                record.Step("guard", new("keyword", "A keyword hands over"), ("keyword", keyword));
                conclusion = new Conclusion("", new HandOff($"The customer wrote “{keyword}”.", "", "keyword"));
            }
            // Another node stopped after a deed: thinking anew might do it again.
            else if (thought.Deed is not null) conclusion = new Conclusion("", null, IsCancelled: true);
            else conclusion = await ThinkAboutAsync(db, found, turn, messages, thought, record, guard);
        }
        catch (Exception) when (thought.Cancelled.IsCancellationRequested) { conclusion = new Conclusion("", null, IsCancelled: true, Draft: thought.Text); }
        return Finish(conclusion, found, messages, thought, record, guard);
    }

    private async Task<Conclusion> ThinkAboutAsync(
        AppDb db, Situation found, AgentTurn turn, List<Message> messages, Thought thought, TurnRecord record, OutputGuard guard)
    {
        var (agent, conversation, cancel) = (found.Agent, found.Conversation, thought.Cancelled);
        var notes = await History.NotesAsync(db, conversation.Id, cancel);
        var prompt = new Prompt(agent, settings.Agent.TimeZone);
        guard.Protect(notes, prompt.Fence);
        using var answered = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var last = messages.LastOrDefault(m => m is { Author: MessageAuthor.Contact, ExternalId: not null });
        var sign = last is null ? Task.CompletedTask : typing.ShowAsync(found, last.ExternalId!, answered.Token);
        try
        {
            var lines = await history.LinesAsync(db, conversation, messages, found.Account!, agent.Settings.Model.SeesImages, cancel);
            var tools = shelf.For(new TurnScope(
                agent, conversation.Id, conversation.ContactId, turn.UpToId, thought, record, (deed, c) => MayActAsync(turn, deed, c)));
            await db.Database.CloseConnectionAsync();
            return await thinking.ThinkAsync(
                agent, prompt.Write(found.Business, conversation.DisplayName, notes, lines, time.Now()), tools, thought, record);
        }
        finally
        {
            await answered.CancelAsync();
            await sign;
        }
    }

    /// <summary>What may be said of it. Half an answer never is; what was half done is a person's.</summary>
    private static Conclusion Finish(
        Conclusion conclusion, Situation found, List<Message> messages, Thought thought, TurnRecord record, OutputGuard guard)
    {
        var handOff = conclusion.HandOff;
        var isBroken = conclusion.IsCancelled || conclusion.Failure is not null;
        if (isBroken && thought.Deed is { } deed)
            handOff = new HandOff($"The agent was interrupted after it had used {deed}: look at what was done.", handOff?.Reason ?? "", "unfinished_deed");
        else if (conclusion.Failure is { HandsOver: true } failure) handOff ??= new HandOff(failure.Said, "", failure.Code);
        var (words, removed) = guard.Clean(conclusion.Words);
        if (removed > 0) record.Step("guard", new("secret_removed", "Something secret was taken out of the answer"), ("places", removed));
        if (handOff is not null && (isBroken || words.Length == 0))
            words = Parting.Words(messages.Where(m => m.Author == MessageAuthor.Contact).Reverse().Select(m => m.Text), found.Agent);
        return conclusion with { Words = words, HandOff = handOff, Draft = guard.Clean(conclusion.Draft).Words };
    }

    /// <summary>
    /// Whether no human has taken the conversation since the turn began. A deed is noted on the turn before it is done: whoever finds the
    /// turn unfinished must not do it again.
    /// </summary>
    private async Task<bool> MayActAsync(AgentTurn turn, string? deed, CancellationToken cancel)
    {
        await using var db = databases.For(turn.TenantId);
        if (deed is null) return await db.Conversations.AnyAsync(c => c.Id == turn.ConversationId && !c.IsLocked && c.LockVersion == turn.LockVersion, cancel);
        return await db.WriteAsync(
            async () => await db.LockConversationAsync(turn.TenantId, turn.ConversationId, cancel) is { IsLocked: false } now && now.LockVersion == turn.LockVersion
                && await db.AgentTurns.Where(t => t.Id == turn.Id && t.Outcome == TurnOutcome.Running)
                    .ExecuteUpdateAsync(t => t.SetProperty(x => x.Deed, deed), cancel) > 0,
            cancel);
    }
}
