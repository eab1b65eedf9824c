using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;

namespace ChatOperator.Outbox;

/// <summary>What the end of a try, or silence about it, makes of a delivery.</summary>
internal sealed partial class Lane
{
    private static readonly SendFailure Unknown = new("outcome_unknown", FailureReaction.Retry, Certain: false);

    /// <summary>Reports that have come but are not read yet may be the ones waited for.</summary>
    private static readonly TimeSpan ReadingCheck = TimeSpan.FromSeconds(1);

    /// <summary>Records an outcome against its own try only: whoever was held for dead meanwhile changes nothing but the try's record.</summary>
    private static void Record(LaneTurn turn, Ending ending)
    {
        var (claim, at) = (ending.Claim, ending.At);
        var delivery = turn.Row?.Deliveries.Find(d => d.AttemptId == claim.AttemptId);
        // A report may have answered already what this try itself does not know.
        var doubt = delivery is null ? AttemptOutcome.Settled : AttemptOutcome.Uncertain;
        turn.Ended.Add(ending.Outcome switch
        {
            Accepted accepted => new(claim.AttemptId, at, AttemptOutcome.Accepted, null, accepted.ExternalId, accepted.Raw),
            Refused { Failure: var failure } refused => new(
                claim.AttemptId, at, failure.Certain ? AttemptOutcome.Refused : doubt,
                failure.NetworkCode ?? failure.Code, null, refused.Raw ?? failure.NetworkMessage),
            _ => throw new InvalidOperationException("A send is accepted or refused."),
        });
        if (turn.Row is not { } row) return;
        if (turn.Account is { } account) row.NextSendAt = Latest(row.NextSendAt, at + account.Spacing, DateTimeOffset.MinValue);
        if (row.InFlight == claim.AttemptId) row.InFlight = null;
        if (delivery is null) return;
        switch (ending.Outcome)
        {
            case Accepted accepted: Accept(turn, row, delivery, accepted, at); break;
            case Refused { Failure.Certain: false }: Doubt(turn, row, delivery, at, Unknown); break;
            case Refused refused: React(turn, delivery, refused.Failure, at); break;
        }
    }

    private static void Accept(LaneTurn turn, LaneRow row, LaneDelivery delivery, Accepted accepted, DateTimeOffset at)
    {
        if (turn.Pending is { Rank: (int)DeliveryStatus.Failed } failed)
        {
            React(turn, delivery, ReadFailure(failed.Error), at);
            return;
        }
        (delivery.ExternalId, delivery.Error) = (accepted.ExternalId, null);
        var status = turn.Pending?.Rank switch
        {
            (int)DeliveryStatus.Delivered => MessageStatus.Delivered,
            (int)DeliveryStatus.Read => MessageStatus.Read,
            (int)DeliveryStatus.Played => MessageStatus.Played,
            _ => MessageStatus.Sent,
        };
        End(turn, delivery, Watermark.Raise(status, delivery.StartedAt, at, row.DeliveredUntil, row.ReadUntil));
    }

    private static void React(LaneTurn turn, LaneDelivery delivery, SendFailure failure, DateTimeOffset at)
    {
        if (failure.Reaction == FailureReaction.PauseAccount)
        {
            // Connected anew while this try was on its way: the next goes with that, and decides.
            if (turn.Ending!.Claim.AccountAsOf == turn.Account?.Row.UpdatedAt)
            {
                turn.PauseReason = failure.Code;
                RetryBudget.Note(delivery, failure);
            }
            Requeue(turn, delivery);
            return;
        }
        if (Again(turn, delivery, failure, at) is not { } moment)
        {
            Refuse(turn, delivery, failure);
            return;
        }
        delivery.NotBefore = moment;
        Requeue(turn, delivery);
    }

    /// <summary>When the part may be tried again; null: its tries or its time are used up.</summary>
    private static DateTimeOffset? Again(LaneTurn turn, LaneDelivery delivery, SendFailure failure, DateTimeOffset at)
    {
        var policy = RetryPolicy.Of(failure);
        var (tries, since) = RetryBudget.Spend(delivery, failure, at);
        var moment = at + policy.Wait(tries, turn.Account?.Spacing ?? default, failure.RetryAfter);
        return tries < policy.Tries && moment - since <= policy.LongestTime ? moment : null;
    }

    private static void Requeue(LaneTurn turn, LaneDelivery delivery)
    {
        (delivery.Status, delivery.SettleAt) = (MessageStatus.Queued, null);
        Touch(turn, delivery);
    }

    /// <summary>Nobody knows whether it left: a report decides, or silence after the settling time.</summary>
    private static void Doubt(LaneTurn turn, LaneRow row, LaneDelivery delivery, DateTimeOffset at, SendFailure why)
    {
        RetryBudget.Note(delivery, why);
        row.InFlight = null;
        delivery.Status = MessageStatus.Uncertain;
        delivery.SettleAt = at + SettleTime(turn);
        delivery.ShownNotBefore = null;
        Touch(turn, delivery);
    }

    /// <summary>
    /// When silence begins to mean something. Only while this server listens: a network that finds nobody comes again ever more rarely, so
    /// what was held back during an outage may take as long again. The settling time runs from then on.
    /// </summary>
    private DateTimeOffset Heard(LaneTurn turn, LaneDelivery delivery)
    {
        var settle = delivery.SettleAt ?? now;
        if (delivery.StartedAt is not { } begun || begun >= started) return settle;
        var missed = started + (started - begun) + SettleTime(turn);
        return missed > settle ? missed : settle;
    }

    private static TimeSpan SettleTime(LaneTurn turn) => TimeSpan.FromSeconds(turn.Account?.Row.SettleSeconds ?? 30);

    /// <summary>Takes silence for a no once the settling time is over; until then says when that is.</summary>
    private DateTimeOffset? Silence(LaneTurn turn, LaneDelivery delivery)
    {
        var settle = Heard(turn, delivery);
        if (settle > heard) return settle > now ? settle : now + ReadingCheck;
        delivery.SettleAt = null;
        var doubt = RetryBudget.Code(delivery) == RetryPolicy.Stopped.Code ? RetryPolicy.Stopped : Unknown;
        var resend = turn.Account?.Row.OnSilence != SilenceReaction.Ask && Again(turn, delivery, doubt, now) is not null;
        if (delivery.AttemptId is { } attempt)
            turn.Ended.Add(new AttemptEnd(
                attempt, now, AttemptOutcome.Settled, Raw: resend ? "No report came: sent again." : "No report came: an operator decides."));
        if (resend) Requeue(turn, delivery);
        else Refuse(turn, delivery, Unknown with { Reaction = FailureReaction.Stop });
        return null;
    }

    /// <summary>Final: this part, and with it those of its message that wait behind it.</summary>
    private static void Refuse(LaneTurn turn, LaneDelivery delivery, SendFailure failure)
    {
        delivery.Error = Write(failure);
        End(turn, delivery, MessageStatus.Failed);
        turn.FailedMessages.Add((delivery.MessageId, delivery.Error));
        foreach (var sibling in turn.Row!.Deliveries.Where(d => d.MessageId == delivery.MessageId && d.Status == MessageStatus.Queued))
        {
            sibling.Error = delivery.Error;
            End(turn, sibling, MessageStatus.Failed);
        }
    }

    private static void End(LaneTurn turn, LaneDelivery delivery, MessageStatus status)
    {
        (delivery.Status, delivery.SettleAt, delivery.NotBefore, delivery.ShownNotBefore) = (status, null, null, null);
        Touch(turn, delivery);
    }

    private static SendFailure ReadFailure(string? stored) => stored is null
        ? new SendFailure("unknown_failure", FailureReaction.Stop)
        : JsonSerializer.Deserialize(stored, ContentJson.Default.SendFailure)!;

    private static string Write(SendFailure failure) => JsonSerializer.Serialize(failure, ContentJson.Default.SendFailure);
}
