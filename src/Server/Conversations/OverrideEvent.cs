using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;

namespace ChatOperator.Conversations;

/// <summary>One thing that happened about who has a conversation; never changed.</summary>
public sealed class OverrideEvent : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid ConversationId { get; init; }

    /// <summary>Sorts by time.</summary>
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }
    public OverrideEventKind Kind { get; init; }

    /// <summary>Who did it; "" for a human outside this product, the agent, or the clock.</summary>
    public required string By { get; init; }

    /// <summary>The operator who did it; null for everybody else, API tokens included.</summary>
    public Guid? ById { get; init; }

    /// <summary>Why it was taken; null otherwise.</summary>
    public OverrideReason? Why { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>What was said along with it: to the agent when handing back, to the holder when asking, by the agent when it gave up.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// Which of the agent's own rules handed over, as a stable word: keyword, loop, unfinished_deed, answer_cut, answer_filtered,
    /// answer_too_long; null: the model's wish, or not the agent.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>The agent's turn or the receipt that caused it; null when a person did it here.</summary>
    public Guid? CorrelationId { get; init; }
}

/// <summary>What happened.</summary>
public enum OverrideEventKind
{
    /// <summary>A human got it from the agent.</summary>
    Taken,

    /// <summary>It was given back to the agent.</summary>
    Released,

    /// <summary>Somebody asked the holder for it.</summary>
    Requested,

    /// <summary>A human got it from another human.</summary>
    TakenOver,

    /// <summary>The time it was held for ended.</summary>
    Expired,
}

/// <summary>What the agent had written when a human took the conversation, as a start for their own words.</summary>
public sealed class Draft : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid ConversationId { get; init; }

    /// <summary>"" when it was dismissed, and with it everything withdrawn before <see cref="At"/>.</summary>
    public required string Text { get; set; }
    public DateTimeOffset At { get; set; }

    /// <summary>The turn it comes from.</summary>
    public Guid CorrelationId { get; set; }
}

/// <summary>Writing the record of who has a conversation.</summary>
internal static class OverrideRecord
{
    /// <summary>Records what happened to a conversation that this transaction has locked, and logs that its row changed.</summary>
    /// <param name="at">When it happened, if it was told by a network; null: now.</param>
    public static void RecordOverride(
        this AppDb db, Conversation conversation, OverrideEventKind kind, Holder by, string? note = null, Guid? correlation = null, string? code = null,
        DateTimeOffset? at = null)
    {
        var time = db.Databases.Time;
        db.OverrideEvents.Add(new OverrideEvent
        {
            TenantId = conversation.TenantId, ConversationId = conversation.Id, Id = time.NewId(), At = at ?? time.Now(), Kind = kind,
            By = by.Name, ById = by.Id, Why = conversation.HeldWhy, Until = conversation.HeldUntil, Note = note, CorrelationId = correlation, Code = code,
        });
        db.RecordConversation(conversation);
    }
}
