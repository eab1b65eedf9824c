using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;

namespace ChatOperator.Outbox;

/// <summary>
/// One transaction of one lane: the end of the last try is recorded and, if allowed, the next is claimed. Several lanes' turns share a commit.
/// </summary>
internal sealed class LaneTurn(ConversationKey key, ConnectedAccount? account, Ending? ending, bool mayClaim, TimeSpan lineWait = default)
{
    private readonly TaskCompletionSource<LaneResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConversationKey Key { get; } = key;

    /// <summary>Null when the account is gone.</summary>
    public ConnectedAccount? Account { get; } = account;
    public Ending? Ending { get; } = ending;
    public bool MayClaim { get; } = mayClaim;

    /// <summary>About how long whatever is ready waits for the account's rate.</summary>
    public TimeSpan LineWait { get; } = lineWait;
    public Task<LaneResult> Done => _done.Task;

    /// <summary>The try under way lasts: people are told that it does.</summary>
    public bool ShowsSending { get; init; }

    // Read by the store.
    public LaneRow? Row { get; set; }

    /// <summary>A report that came before the send call returned.</summary>
    public PendingReport? Pending { get; set; }

    // To be written by the store.
    public List<LaneDelivery> Touched { get; } = [];

    /// <summary>Of those touched: the ones whose message changes for people.</summary>
    public List<LaneDelivery> Told { get; } = [];
    public List<NewAttempt> Begun { get; } = [];
    public List<AttemptEnd> Ended { get; } = [];

    /// <summary>Messages whose queued parts fail with this error, because a part before them did.</summary>
    public List<(long MessageId, string Error)> FailedMessages { get; } = [];

    /// <summary>Why the account cannot send; null: it can.</summary>
    public string? PauseReason { get; set; }

    public LaneResult Result { get; set; } = LaneResult.Idle;

    public void Touch(LaneDelivery delivery, bool tell)
    {
        if (!Touched.Contains(delivery)) Touched.Add(delivery);
        if (tell && !Told.Contains(delivery)) Told.Add(delivery);
    }

    public void Complete() => _done.TrySetResult(Result);
    public void Fail(Exception failure) => _done.TrySetException(failure);

    /// <summary>Forgets what an attempt at this turn worked out, before it is tried again.</summary>
    public void Reset()
    {
        (Row, Pending, PauseReason, Result) = (null, null, null, LaneResult.Idle);
        Touched.Clear();
        Told.Clear();
        Begun.Clear();
        Ended.Clear();
        FailedMessages.Clear();
    }
}

/// <summary>What the lane does next: send <paramref name="Claim"/>, come back at <paramref name="WakeAt"/>, or rest.</summary>
/// <param name="Ready">Something could be claimed now, but the turn was not allowed to.</param>
/// <param name="More">Another part may wait behind the claimed one.</param>
/// <param name="Heard">When the contact last wrote; null: not asked.</param>
internal sealed record LaneResult(Claim? Claim, DateTimeOffset? WakeAt, bool Ready = false, bool More = false, DateTimeOffset? Heard = null)
{
    public static readonly LaneResult Idle = new(null, null);
}

/// <summary>The right to send one part once, before a deadline.</summary>
/// <param name="AccountAsOf">When the account was last changed before it: what the network says of older credentials is no news.</param>
/// <param name="Deadline">After it nothing may be written to the network: another node may hold the claim for dead.</param>
internal sealed record Claim(
    ConversationKey Lane, Guid AccountId, DateTimeOffset AccountAsOf, Guid AttemptId, Guid DeliveryId, long MessageId, Guid CorrelationId,
    OutboundMessage Message, DateTimeOffset StartedAt, DateTimeOffset Deadline);

/// <summary>How a claimed try ended.</summary>
internal sealed record Ending(Claim Claim, DateTimeOffset At, SendOutcome Outcome);

/// <summary>The highest report that overtook the answer to a send.</summary>
internal sealed record PendingReport(int Rank, string? Error);
