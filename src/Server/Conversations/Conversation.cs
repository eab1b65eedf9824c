using ChatOperator.Tenancy;

namespace ChatOperator.Conversations;

/// <summary>
/// The thread of one contact on one channel account. The row carries what the list shows, the human override and the lane's
/// time columns: whoever locks it has locked the conversation.
/// </summary>
public sealed class Conversation : ITenantOwned
{
    /// <summary>
    /// The source that most conversations have: it is left out of indexes that need not hold it. Queries that use those say so in words,
    /// or databases do not see that they may.
    /// </summary>
    public const string CommonestSource = "whatsapp";

    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public Guid ContactId { get; set; }

    /// <summary>The specification's word for the kind of network: whatsapp | instagram | facebook | web.</summary>
    public required string ChannelSource { get; init; }

    /// <summary>What to send to, exactly as the channel minted it from the last message received.</summary>
    public required string Address { get; set; }

    public string DisplayName { get; set; } = "";
    public string Phone { get; set; } = "";

    /// <summary>Where the network last said the contact's picture is; "" when its webhooks do not say. What is shown is our copy.</summary>
    public string PictureUrl { get; set; } = "";
    public DateTimeOffset CreatedAt { get; init; }

    // What the list shows.
    public string LastMessage { get; set; } = "";
    public DateTimeOffset LastMessageAt { get; set; }

    /// <summary>Highest message id of the conversation, which is not always the newest by time.</summary>
    public long LastMessageId { get; set; }
    public DateTimeOffset? LastInboundAt { get; set; }
    public long LastInboundId { get; set; }

    /// <summary>End of the time in which free text is allowed; null: no message yet, or the network has no window.</summary>
    public DateTimeOffset? WindowExpiresAt { get; set; }
    public int UnreadCount { get; set; }
    public long ReadUpTo { get; set; }

    // The human override.
    /// <summary>Moves whenever the holder changes or the agent is switched off: an agent's message enqueued under an older version never leaves.</summary>
    public int LockVersion { get; set; }
    public bool IsLocked { get; set; }
    public Guid? HeldById { get; set; }

    /// <summary>Name of the holder, or "" for a human outside this product (echo).</summary>
    public string? HeldBy { get; set; }
    public OverrideReason? HeldWhy { get; set; }
    public DateTimeOffset? HeldSince { get; set; }
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>When the agent shall look at what arrived; null: nothing to do.</summary>
    public DateTimeOffset? AgentDueAt { get; set; }

    // The delivery lane.
    /// <summary>The attempt being sent; at most one per conversation.</summary>
    public Guid? InFlight { get; set; }

    /// <summary>Earliest start of the next send to this person.</summary>
    public DateTimeOffset? NextSendAt { get; set; }

    /// <summary>Tokens left in the pair bucket at <see cref="BucketAt"/>.</summary>
    public double BucketTokens { get; set; }
    public DateTimeOffset? BucketAt { get; set; }

    /// <summary>
    /// A message was once held until the contact writes: what they write wakes the lane. It stays, at the price of one look of the lane
    /// for each message received.
    /// </summary>
    public bool HasHeld { get; set; }

    /// <summary>
    /// Set while a message of our account that came back may be a person's: the agent sends nothing until it is known. When that is at the latest.
    /// </summary>
    public DateTimeOffset? EchoHeldUntil { get; set; }

    /// <summary>
    /// The network said that everything sent until then was delivered, or read. Kept, since the answer to a send may come after it.
    /// </summary>
    public DateTimeOffset? DeliveredUntil { get; set; }

    /// <inheritdoc cref="DeliveredUntil"/>
    public DateTimeOffset? ReadUntil { get; set; }

    /// <summary>When the network is to be asked who this is and how they look; null: nothing to ask.</summary>
    public DateTimeOffset? ProfileDueAt { get; set; }

    /// <summary>When the lane has something to do next (send, settle, retry); null: idle. What sweeps look for.</summary>
    public DateTimeOffset? LaneDueAt { get; set; }
}

/// <summary>Why a human has the conversation.</summary>
public enum OverrideReason { TakeOver, Echo, HandOff, Reply }
