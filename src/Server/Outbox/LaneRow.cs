using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;

namespace ChatOperator.Outbox;

/// <summary>The lane columns of a conversation while its row is locked, with the deliveries next in turn. What differs afterwards is written back.</summary>
internal sealed class LaneRow
{
    public required ConversationKey Key { get; init; }
    public required Guid AccountId { get; init; }
    public required string Address { get; init; }
    public required int LockVersion { get; init; }
    public DateTimeOffset? WindowExpiresAt { get; init; }
    public DateTimeOffset? LastInboundAt { get; init; }
    public Guid? InFlight { get; set; }
    public DateTimeOffset? NextSendAt { get; set; }
    public double BucketTokens { get; set; }
    public DateTimeOffset? BucketAt { get; set; }
    public DateTimeOffset? DueAt { get; set; }

    /// <summary>What the network has said about everything sent until then.</summary>
    public DateTimeOffset? DeliveredUntil { get; init; }

    /// <inheritdoc cref="DeliveredUntil"/>
    public DateTimeOffset? ReadUntil { get; init; }

    /// <summary>Set while a message that came back may be a person's.</summary>
    public DateTimeOffset? EchoHeldUntil { get; init; }

    /// <summary>At most <see cref="Lookahead"/>: what was begun first, then by age; scheduled ones only once their time has come.</summary>
    public List<LaneDelivery> Deliveries { get; } = [];

    /// <summary>Time of the earliest scheduled delivery that is not yet due.</summary>
    public DateTimeOffset? NextScheduled { get; set; }

    /// <summary>Deliveries read per turn: the one that ends and the one that follows.</summary>
    public const int Lookahead = 2;

    /// <summary>Whether more deliveries than those read may be waiting.</summary>
    public bool MayHaveMore { get; set; }

    /// <summary>Seen in this turn: the window is open and nothing waits, so nothing that was held waits either.</summary>
    public bool NothingHeld { get; set; }
}

/// <summary>One part in a lane, with the times of its current try.</summary>
internal sealed class LaneDelivery
{
    private Content? _parsed;

    public required Guid Id { get; init; }
    public required long MessageId { get; init; }

    /// <summary>The story that its message belongs to.</summary>
    public required Guid CorrelationId { get; init; }
    public required int Part { get; init; }
    public required string Content { get; init; }

    /// <summary>The only part of its message.</summary>
    public required bool IsWhole { get; init; }
    public string? ReplyTo { get; init; }
    public required bool ByAgent { get; init; }
    public required int LockVersion { get; init; }
    public required MessageStatus Status { get; set; }
    public DateTimeOffset? NotBefore { get; set; }
    public required int Attempts { get; set; }
    public Guid? AttemptId { get; set; }
    public DateTimeOffset? SettleAt { get; set; }
    public string? ExternalId { get; set; }

    /// <summary>Why it failed, or why it waits, with what its tries have cost (<see cref="RetryBudget"/>).</summary>
    public string? Error { get; set; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? SendDeadline { get; init; }

    /// <summary>When its message is expected to leave, as last told to people.</summary>
    public DateTimeOffset? ShownNotBefore { get; set; }

    /// <summary>What people are told of <see cref="Error"/>: why it failed, or that its account cannot send; a mere wait explains itself.</summary>
    public string? ShownError => Status switch
    {
        MessageStatus.Failed => Error,
        MessageStatus.Queued when Error?.Contains(MessageStatusSql.Paused, StringComparison.Ordinal) == true => Error,
        _ => null,
    };

    /// <summary>The content, read once.</summary>
    public Content Parsed => _parsed ??= ContentJson.Read(Content);
}

/// <summary>A try that began in this turn.</summary>
internal sealed record NewAttempt(Guid Id, Guid DeliveryId, long MessageId, int N, DateTimeOffset StartedAt, DateTimeOffset SendDeadline);

/// <summary>What became of a try. A later end replaces none, an uncertain one, or what a report decided in its place.</summary>
internal sealed record AttemptEnd(
    Guid Id, DateTimeOffset EndedAt, AttemptOutcome Outcome, string? NetworkCode = null, string? ExternalId = null, string? Raw = null);
