using System.Buffers.Binary;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;

namespace ChatOperator.Outbox;

/// <summary>
/// What a lane does in one turn. Pure but for new ids: everything it reads is in the locked row, everything it decides is left in the turn for
/// the store to write.
/// </summary>
/// <param name="now">The turn's moment, which what was read belongs to.</param>
/// <param name="locked">When its rows were locked: a claim begins then.</param>
/// <param name="heard">Until when whatever has come is known here.</param>
/// <param name="started">Since when reports can be expected (<see cref="Listening"/>): silence before it means nothing.</param>
/// <param name="sendTimeout">How long a claim may be sent.</param>
internal sealed partial class Lane(DateTimeOffset now, DateTimeOffset locked, DateTimeOffset heard, DateTimeOffset started, TimeSpan sendTimeout)
{
    /// <summary>Clocks of two nodes differ: a claim is held for dead only this long after its deadline.</summary>
    internal static readonly TimeSpan ClockMargin = TimeSpan.FromSeconds(2);

    /// <summary>An account's lanes are woken when it is connected again; this catches a wake that was lost, at next to no cost for a long queue.</summary>
    internal static readonly TimeSpan ParkedCheck = TimeSpan.FromHours(1);

    private static readonly TimeSpan PausedCheck = TimeSpan.FromSeconds(6);

    /// <summary>An echo may be held beyond its time, until a send on its way is answered.</summary>
    internal static readonly TimeSpan EchoCheck = TimeSpan.FromSeconds(1);

    /// <summary>A lane in its account's line is awake; should its node die, the sweep finds it so long after its turn would have come.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>An answer of the agent's that could not leave for longer answers a question of yesterday: it becomes a draft.</summary>
    private static readonly TimeSpan AgentPatience = TimeSpan.FromHours(1);

    /// <summary>Bytes per second that a line is believed to carry at least.</summary>
    private const double SlowestUpload = 256 * 1024;

    /// <summary>Works the turn off: the ending first, then what is in flight, then the next delivery.</summary>
    public void Advance(LaneTurn turn)
    {
        if (turn.Ending is { } ending) Record(turn, ending);
        if (turn.Row is not { } row) return;
        var wakeAt = StillInFlight(turn, row) ?? Next(turn, row);
        row.DueAt = turn.Result.Claim is { } claim ? claim.Deadline + ClockMargin : wakeAt;
        if (turn.Result.Claim is null) turn.Result = turn.Result with { WakeAt = wakeAt };
    }

    /// <summary>When a try is under way: the moment it is held for dead. Null when the lane is free.</summary>
    private DateTimeOffset? StillInFlight(LaneTurn turn, LaneRow row)
    {
        var sending = row.Deliveries.Find(d => d.Status == MessageStatus.Sending);
        if (sending is null)
        {
            // A report settled it before its try came back.
            row.InFlight = null;
            return null;
        }
        var dead = (sending.SendDeadline ?? now) + ClockMargin;
        if (turn.ShowsSending) Touch(turn, sending);
        if (dead > now) return dead;
        turn.Ended.Add(new AttemptEnd(
            sending.AttemptId ?? Guid.Empty, sending.SendDeadline ?? now, AttemptOutcome.Uncertain, Raw: "The server stopped while sending."));
        Doubt(turn, row, sending, sending.SendDeadline ?? now, RetryPolicy.Stopped);
        return null;
    }

    /// <summary>Claims the next delivery or says when to come back.</summary>
    private DateTimeOffset? Next(LaneTurn turn, LaneRow row)
    {
        while (row.Deliveries is [var delivery, ..])
        {
            if (delivery.Status == MessageStatus.Uncertain && Silence(turn, delivery) is { } settle) return settle;
            if (delivery.Status == MessageStatus.Queued && Unwanted(turn, row, delivery) is { } because) because(delivery);
            if (delivery.Status != MessageStatus.Queued)
            {
                row.Deliveries.RemoveAt(0);
                continue;
            }
            return Queued(turn, row, delivery);
        }
        row.NothingHeld = !row.MayHaveMore && row.NextScheduled is null && row.WindowExpiresAt > now;
        return row.MayHaveMore ? now : row.NextScheduled;
    }

    private DateTimeOffset? Queued(LaneTurn turn, LaneRow row, LaneDelivery delivery)
    {
        if (turn.PauseReason is not null || turn.Account!.Row.State != AccountState.Connected)
        {
            Park(turn, delivery);
            // Whether the account is paused by this very turn shows at the next: it may have been connected again meanwhile.
            return now + (turn.PauseReason is null ? ParkedCheck : PausedCheck);
        }
        // A person may have spoken: until that is known the agent does not. Whoever clears it wakes the lane.
        if (delivery.ByAgent && row.EchoHeldUntil is { } held) return Latest(held, null, now + EchoCheck);
        var ready = Latest(row.NextSendAt, delivery.NotBefore, PairBucket.ReadyAt(row, Limits(turn).PairLimit, now));
        if (ready > now)
        {
            Show(turn, delivery, ready);
            return ready;
        }
        if (turn.MayClaim)
        {
            Claim(turn, row, delivery);
            return null;
        }
        turn.Result = new LaneResult(null, null, Ready: true, Heard: row.LastInboundAt);
        return now + turn.LineWait + Patience;
    }

    /// <summary>Why a queued delivery must not leave any more; null when it may.</summary>
    private Action<LaneDelivery>? Unwanted(LaneTurn turn, LaneRow row, LaneDelivery delivery)
    {
        if (delivery.ByAgent && delivery.LockVersion != row.LockVersion) return d => End(turn, d, MessageStatus.Withdrawn);
        if (delivery.ByAgent && now - WantedAt(delivery) > AgentPatience) return d => End(turn, d, MessageStatus.Withdrawn);
        if (turn.Account is null) return d => Refuse(turn, d, new SendFailure("account_not_found", FailureReaction.Stop));
        var isTemplate = delivery.Parsed is TemplateContent;
        return ReplyWindow.Allows(Limits(turn), row.WindowExpiresAt, now, !delivery.ByAgent, isTemplate)
            ? null
            : d => Refuse(turn, d, new SendFailure("window_expired", FailureReaction.Stop));
    }

    /// <summary>When it was said, was scheduled for, or was last tried.</summary>
    private static DateTimeOffset WantedAt(LaneDelivery delivery)
    {
        Span<byte> id = stackalloc byte[16];
        delivery.Id.TryWriteBytes(id, bigEndian: true, out _);
        var made = DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(id) >> 16);
        return Latest(delivery.NotBefore, delivery.StartedAt, made);
    }

    private void Claim(LaneTurn turn, LaneRow row, LaneDelivery delivery)
    {
        var content = delivery.Parsed;
        var isShown = delivery.ShownError is not null;
        var attempt = new NewAttempt(
            Guid.CreateVersion7(locked), delivery.Id, delivery.MessageId, delivery.Attempts + 1, locked, locked + TimeFor(content));
        row.InFlight = attempt.Id;
        row.NextSendAt = locked + turn.Account!.Spacing;
        PairBucket.Take(row, Limits(turn).PairLimit, now);
        (delivery.Status, delivery.Attempts, delivery.AttemptId) = (MessageStatus.Sending, attempt.N, attempt.Id);
        (delivery.NotBefore, delivery.ShownNotBefore) = (null, null);
        turn.Begun.Add(attempt);
        // Most tries are over in no time, so people are told of their end; of the try itself only when it lasts.
        turn.Touch(delivery, tell: isShown);
        var message = new OutboundMessage(
            delivery.Id.ToString(), row.Address, content, delivery.ReplyTo, !delivery.ByAgent,
            ReplyWindow.IsOpen(Limits(turn), row.WindowExpiresAt, now));
        turn.Result = new LaneResult(
            new Claim(
                row.Key, row.AccountId, turn.Account.Row.UpdatedAt, attempt.Id, delivery.Id, delivery.MessageId, delivery.CorrelationId, message, locked,
                attempt.SendDeadline), null,
            // Of those read, the one that ended in this turn is gone: without this, every other part would cost a turn of its own.
            More: row.Deliveries.Count > 1 || row.MayHaveMore);
    }

    /// <summary>A file of ours may have to be handed over first, at the speed of the line.</summary>
    private TimeSpan TimeFor(Content content) =>
        content is MediaContent { AttachmentId: not null, Bytes: { } bytes } ? sendTimeout + TimeSpan.FromSeconds(bytes / SlowestUpload) : sendTimeout;

    /// <summary>Tells people when the message is expected to leave.</summary>
    private static void Show(LaneTurn turn, LaneDelivery delivery, DateTimeOffset? moment)
    {
        if (delivery.ShownNotBefore == moment) return;
        delivery.ShownNotBefore = moment;
        Touch(turn, delivery);
    }

    /// <summary>The account cannot send: the message waits, and says why.</summary>
    private static void Park(LaneTurn turn, LaneDelivery delivery)
    {
        Show(turn, delivery, null);
        var reason = turn.PauseReason ?? turn.Account?.Row.StateReason;
        if (reason is null || RetryBudget.Code(delivery) == reason) return;
        RetryBudget.Note(delivery, new SendFailure(reason, FailureReaction.PauseAccount));
        Touch(turn, delivery);
    }

    private static void Touch(LaneTurn turn, LaneDelivery delivery) => turn.Touch(delivery, tell: true);

    private static Capabilities Limits(LaneTurn turn) => turn.Account!.Can;

    private static DateTimeOffset Latest(DateTimeOffset? a, DateTimeOffset? b, DateTimeOffset c)
    {
        var latest = c;
        if (a > latest) latest = a.Value;
        return b > latest ? b.Value : latest;
    }
}
