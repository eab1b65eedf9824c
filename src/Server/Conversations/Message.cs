using ChatOperator.Tenancy;

namespace ChatOperator.Conversations;

/// <summary>One thing said by a contact, an operator or the agent.</summary>
public sealed class Message : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Drawn after the conversation row is locked, so ids of one conversation commit in order. Below 2^53.</summary>
    public long Id { get; init; }
    public Guid ConversationId { get; init; }
    public MessageAuthor Author { get; init; }
    public string? AuthorName { get; init; }
    public Guid? OperatorId { get; init; }

    /// <summary>The type of an emoji that we put on a message. It travels like a message, and is shown on the one that it is for.</summary>
    public const string Reaction = "reaction";

    /// <summary>text | image | video | audio | document | sticker | location | contacts | interactive | order | template | share | reaction | system | unsupported.</summary>
    public required string Type { get; set; }

    /// <summary>What lists and plain clients show; never null.</summary>
    public required string Text { get; set; }

    /// <summary>The typed content as JSON (a channel Content), or null for plain text.</summary>
    public string? Content { get; set; }

    /// <summary>Referral, reactions, edit history: a JSON object, or null.</summary>
    public string? Extra { get; set; }

    /// <summary>The network's time for what was received; ours for what we send.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>When it reached us.</summary>
    public DateTimeOffset ArrivedAt { get; init; }

    /// <summary>The network's id; null until a sent message is accepted, then its first part's.</summary>
    public string? ExternalId { get; set; }

    /// <summary>The network's id of the quoted message, or null.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The story it belongs to: the receipt's id, the turn's, or one of its own for an operator's send.</summary>
    public Guid CorrelationId { get; init; }

    /// <summary>Of a sent message the lowest of its parts, failed if any part failed.</summary>
    public MessageStatus Status { get; set; }

    /// <summary>Why it failed, as a JSON object; null otherwise.</summary>
    public string? Error { get; set; }

    /// <summary>Earliest time of its next send, while queued.</summary>
    public DateTimeOffset? NotBefore { get; set; }
}

/// <summary>Who said it. An echo is a human outside this product; system is the network or ourselves.</summary>
public enum MessageAuthor { Contact, Agent, Operator, Echo, System }

/// <summary>How far a message came.</summary>
public enum MessageStatus { Received, Queued, Sending, Uncertain, Sent, Delivered, Read, Played, Failed, Cancelled, Withdrawn }
