using ChatOperator.Agents.Versions;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>What the agent does about a conversation at this moment.</summary>
/// <param name="State">off | idle | due | thinking | locked.</param>
/// <param name="DueAt">When it will look at what arrived.</param>
/// <param name="TurnId">Its last turn, running or not; also the name of that turn's log.</param>
/// <param name="Draft">What it had written when a human took the conversation.</param>
/// <param name="LastOutcome">What became of its last turn that ended.</param>
/// <param name="LastReason">Why that failed, as a stable word.</param>
/// <param name="RequestedBy">Who asked the holder for the conversation.</param>
public sealed record AgentState(
    string State, DateTimeOffset? DueAt, Guid? TurnId, Guid? CorrelationId, string? Draft, TurnOutcome? LastOutcome, string? LastReason,
    string? HeldBy, OverrideReason? Why, DateTimeOffset? HeldSince, DateTimeOffset? HeldUntil, string? RequestedBy)
{
    /// <exception cref="Problem">404: no such conversation.</exception>
    internal static async Task<AgentState> ReadAsync(Guid id, AppDb db, AgentDirectory agents, CancellationToken cancel)
    {
        var c = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw Problem.NotFound();
        var turns = await db.AgentTurns.AsNoTracking().Where(t => t.ConversationId == id).OrderByDescending(t => t.StartedAt).ThenByDescending(t => t.Id)
            .Select(t => new { t.Id, t.Outcome, t.Reason }).Take(2).ToListAsync(cancel);
        var thinking = turns.Count > 0 && turns[0].Outcome == TurnOutcome.Running;
        var ended = turns.Find(t => t.Outcome != TurnOutcome.Running);
        var state = c.IsLocked ? "locked" : !agents.Of(c.TenantId, c.AccountId).Settings.Enabled ? "off" : thinking ? "thinking" : c.AgentDueAt is null ? "idle" : "due";
        return new AgentState(
            state, c.AgentDueAt, turns.FirstOrDefault()?.Id, turns.FirstOrDefault()?.Id, await DraftAsync(db, c, cancel), ended?.Outcome, ended?.Reason,
            c.HeldBy, c.HeldWhy, c.HeldSince, c.HeldUntil, c.IsLocked ? (await db.RequesterAsync(id, cancel))?.Name : null);
    }

    /// <summary>Either what it was writing, or what it had written and was withdrawn; whichever is newer, until somebody speaks or dismisses it.</summary>
    internal static async Task<string?> DraftAsync(AppDb db, Conversation conversation, CancellationToken cancel)
    {
        var kept = await db.Drafts.AsNoTracking().SingleOrDefaultAsync(d => d.ConversationId == conversation.Id, cancel);
        var last = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation.Id && m.Author != MessageAuthor.Contact && m.Author != MessageAuthor.System)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Select(m => new { m.Id, m.At, m.Author, m.Text }).FirstOrDefaultAsync(cancel);
        // Of a long answer the first parts may have left.
        var unsaid = last is { Author: MessageAuthor.Agent } ? await db.UnsaidAsync(last.Id, last.Text, cancel) : null;
        var withdrawn = unsaid is not null;
        if (kept is not null && (last is null || withdrawn || last.At <= kept.At) && !(withdrawn && last!.At > kept.At)) return kept.Text.Length > 0 ? kept.Text : null;
        return unsaid;
    }
}
