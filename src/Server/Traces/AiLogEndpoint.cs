using ChatOperator.Agents;
using ChatOperator.Agents.Turns;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Traces;

/// <summary>How the agent came to what it said.</summary>
internal static class AiLogEndpoint
{
    public static void MapAiLogs(this WebApplication app) =>
        app.MapGet("/admin/logs/ai/{id:guid}", ReadAsync).WithTags("Traces").RequireAuthorization(Access.Read)
            .WithSummary("An agent's turn from within, by the correlation id of its answer or of what it answered");

    private static async Task<TaggedJson<AiLog>> ReadAsync(Guid id, AppDb db, CancellationToken cancel)
    {
        var turn = await AiLog.FindAsync(db, id, cancel) ?? await AnsweringAsync(db, id, cancel) ?? throw Problem.NotFound();
        return new(AiLog.Of(turn));
    }

    /// <summary>By a receipt's id: the last turn that knew the first message of a contact in it.</summary>
    private static async Task<AgentTurn?> AnsweringAsync(AppDb db, Guid receipt, CancellationToken cancel)
    {
        if (await db.FindByCorrelationAsync(receipt, cancel) is not { Receipt: not null, Messages: [var first, ..] }) return null;
        var conversation = await db.Messages.AsNoTracking().Where(m => m.Id == first && m.Author == MessageAuthor.Contact)
            .Select(m => (Guid?)m.ConversationId).SingleOrDefaultAsync(cancel);
        return conversation is null ? null : (await db.TurnsAnsweringAsync(conversation.Value, first, cancel)).LastOrDefault();
    }

    /// <summary>
    /// The turns that a message of a contact caused, oldest first: those that first knew it, up to the one that dealt with it. What a person
    /// answered before is no turn's matter any more.
    /// </summary>
    public static async Task<List<AgentTurn>> TurnsAnsweringAsync(this AppDb db, Guid conversation, long message, CancellationToken cancel)
    {
        var byPerson = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation && m.Id > message && (m.Author == MessageAuthor.Operator || m.Author == MessageAuthor.Echo)
                && m.Status != MessageStatus.Cancelled && m.Status != MessageStatus.Failed)
            .MinAsync(m => (DateTimeOffset?)m.ArrivedAt, cancel) ?? DateTimeOffset.MaxValue.AddDays(-1);
        var turns = await db.AgentTurns.AsNoTracking().Where(t => t.ConversationId == conversation && t.UpToId >= message && t.StartedAt < byPerson)
            .OrderBy(t => t.StartedAt).ThenBy(t => t.Id).Take(20).ToListAsync(cancel);
        var done = turns.FindIndex(t => t.Outcome is TurnOutcome.Answered or TurnOutcome.HandedOff or TurnOutcome.Nothing);
        return done < 0 ? turns : turns[..(done + 1)];
    }
}
