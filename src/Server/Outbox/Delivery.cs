using ChatOperator.Conversations;
using ChatOperator.Tenancy;

namespace ChatOperator.Outbox;

/// <summary>The life of one outbound part towards the network. Its id travels with the send and comes back in reports.</summary>
public sealed class Delivery : ITenantOwned
{
    public Guid TenantId { get; init; }

    /// <summary>Travels with the send. A lane's order is that of messages and parts, which no clock can disturb.</summary>
    public Guid Id { get; init; }
    public Guid ConversationId { get; init; }
    public Guid AccountId { get; init; }
    public long MessageId { get; init; }

    /// <summary>0-based place among the message's parts.</summary>
    public int Part { get; init; }

    /// <summary>What this part says: a channel Content as JSON.</summary>
    public required string Content { get; set; }

    /// <summary>The network's id of the quoted message, or null.</summary>
    public string? ReplyTo { get; init; }
    public bool ByAgent { get; init; }

    /// <summary>An agent's part leaves only while the conversation's version is still this one.</summary>
    public int LockVersion { get; init; }
    public MessageStatus Status { get; set; }

    /// <summary>Not claimed before; null: at once.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Leaves only while the contact's reply window is open; others pass it meanwhile.</summary>
    public bool Held { get; init; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>The current or last try.</summary>
    public Guid? AttemptId { get; set; }

    /// <summary>When silence about an uncertain send is taken for a no.</summary>
    public DateTimeOffset? SettleAt { get; set; }
    public string? ExternalId { get; set; }

    // When we first heard from the network that it came so far; null: not yet, or it only told of something later.
    public DateTimeOffset? SentAt { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public DateTimeOffset? ReadAt { get; set; }
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Why it failed, as a JSON object; null otherwise.</summary>
    public string? Error { get; set; }

    /// <summary>Reports by time may move it. The commonest channel has none, so that its ticks touch no index.</summary>
    public bool AwaitsMarks { get; init; } = true;

    /// <summary>Its lane has work with it: queued, sending or uncertain. The database's word, for its index.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>It is on its way, and a report by time may move it on. The database's word, for its index.</summary>
    public bool MayBeMarked { get; private set; }
}

/// <summary>One try: when, what came of it, what the network said.</summary>
public sealed class DeliveryAttempt : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid Id { get; init; }
    public Guid DeliveryId { get; init; }
    public long MessageId { get; init; }

    /// <summary>1-based within the delivery.</summary>
    public int N { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Checked right before the request is written: a node that froze before it must not send late.</summary>
    public DateTimeOffset SendDeadline { get; init; }
    public DateTimeOffset? EndedAt { get; set; }
    public AttemptOutcome? Outcome { get; set; }

    /// <summary>When something other than its own answer decided it; null: nothing had to.</summary>
    public DateTimeOffset? SettledAt { get; set; }
    public SettledBy? SettledBy { get; set; }
    public string? NetworkCode { get; set; }
    public string? ExternalId { get; set; }
    public string? Raw { get; set; }
}

/// <summary>What came of a try. Settled: no answer said so, a report, an echo or silence decided.</summary>
public enum AttemptOutcome { Accepted, Refused, Uncertain, Settled }

/// <summary>What decided a try in place of its own answer. Silence: no report came in time.</summary>
public enum SettledBy { Report, Echo, Silence }

/// <summary>
/// One row per message id of the network, written by whoever hears of it first: the send call, a status or echo that overtakes it, or an
/// inbound message. The second always sees the first: this is what makes everything happen once.
/// </summary>
public sealed class ExternalId : ITenantOwned
{
    public Guid TenantId { get; init; }
    public Guid AccountId { get; init; }
    public required string Id { get; init; }

    /// <summary>The message it became; null while only a report of it is known.</summary>
    public long? MessageId { get; set; }
    public Guid? DeliveryId { get; set; }

    /// <summary>Highest report that came before the message was known, as a channel DeliveryStatus number; 0: none.</summary>
    public int PendingRank { get; set; }

    /// <summary>The failure of such a report, as a JSON object; null: none.</summary>
    public string? PendingError { get; set; }

    /// <summary>Edits, reactions and a taking back that came before the message was known, as a JSON array; null: none.</summary>
    public string? PendingChanges { get; set; }
    public DateTimeOffset At { get; init; }
}
