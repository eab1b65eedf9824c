using ChatOperator.Agents.Turns;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Traces;

/// <summary>Who had the conversation while a story went on: the decisions about the lock, and what they found.</summary>
internal static class TellHolders
{
    private const int Most = 50;

    /// <param name="steps">The story without them: only what happened between its first step and its last belongs to it.</param>
    public static async Task<List<TraceStep>> HoldersAsync(
        this AppDb db, Conversation conversation, List<Message> messages, List<TraceStep> steps, CancellationToken cancel)
    {
        var (from, to) = (steps.Min(s => s.At), steps.Max(s => s.At));
        // What was withdrawn was so by whoever took the conversation next, which may have been long after it was written.
        var withdrawn = messages.Exists(m => m.Status == MessageStatus.Withdrawn);
        var events = db.OverrideEvents.AsNoTracking().Where(e => e.ConversationId == conversation.Id);
        var during = await events.Where(e => e.At >= from && (withdrawn || e.At <= to)).OrderBy(e => e.Id).Take(Most).ToListAsync(cancel);
        if (withdrawn) during = [.. during.TakeWhile((e, i) => e.At <= to || i == during.FindIndex(x => x.At > to))];
        var told = during.ConvertAll(e => new TraceStep(e.At, "override", Name(e), TellStory.Detail(
            ("by", e.By), ("why", e.Why is { } why ? Word.Of(why) : null), ("until", e.Until), ("note", e.Note), ("code", e.Code))));
        if (messages.Find(m => m.Author == MessageAuthor.Contact) is not { } asked) return told;
        var before = await events.Where(e => e.At < asked.ArrivedAt && e.Kind != OverrideEventKind.Requested).OrderByDescending(e => e.Id).FirstOrDefaultAsync(cancel);
        if (before is { Kind: OverrideEventKind.Taken or OverrideEventKind.TakenOver })
            told.Insert(0, new TraceStep(asked.ArrivedAt, "override", new("held_before", "A human had the conversation: it was not the agent's to answer"), TellStory.Detail(
                ("by", before.By), ("since", before.At), ("why", before.Why is { } why ? Word.Of(why) : null))));
        return told;
    }

    private static StepName Name(OverrideEvent happened) => happened.Kind switch
    {
        OverrideEventKind.Taken => new("taken", "A human got the conversation"),
        OverrideEventKind.TakenOver => new("taken_over", "Another human got the conversation"),
        OverrideEventKind.Released => new("released", "The conversation was given back to the agent"),
        OverrideEventKind.Requested => new("requested", "Somebody asked for the conversation"),
        _ => new("expired", "The time it was held for ended"),
    };
}
