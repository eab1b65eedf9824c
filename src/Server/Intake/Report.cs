using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Outbox;

namespace ChatOperator.Intake;

/// <summary>How far one of our sends came, told by the network: by a status, or by our own send coming back as an echo.</summary>
internal sealed class Report
{
    private readonly DeliveryStatus _status;
    private readonly string? _error;

    private Report(
        Arrival arrival, ArrivedItem item, string externalId, string? deliveryId, DeliveryStatus status, SendFailure? failure, SettledBy by)
    {
        (Arrival, Item, Account, By) = (arrival, item, item.Account!, by);
        ExternalId = Text.Clean(externalId);
        DeliveryId = Guid.TryParse(deliveryId, out var id) ? id : null;
        (_status, Failure) = (status, failure);
        _error = failure is null ? null : Text.CleanJson(JsonSerializer.Serialize(failure, ContentJson.Default.SendFailure));
    }

    public Arrival Arrival { get; }
    public ArrivedItem Item { get; }
    public ConnectedAccount Account { get; }
    public string ExternalId { get; }

    /// <summary>Our delivery id, when the network handed one back that can be ours.</summary>
    public Guid? DeliveryId { get; private set; }

    /// <summary>What kind of news it is.</summary>
    public SettledBy By { get; }

    /// <summary>The highest that is known: what it says itself, or what waited under its network id until it named the delivery.</summary>
    public DeliveryStatus Status => Waited is { } waited && waited.Status.Outranks(_status) ? waited.Status : _status;

    /// <summary>Why, when it tells of a failure.</summary>
    public SendFailure? Failure { get; }
    public string? Error => Status == _status ? _error : Waited?.Error;

    /// <summary>A failure that is tried again, or pauses the account, if it is news.</summary>
    public bool AsksForMore => Failure is { } failure && LateFailures.AsksForMore(failure);

    /// <summary>Items of lower reports about the same send, concluded with this one.</summary>
    public List<ArrivedItem> Implied { get; private set; } = [];

    /// <summary>The delivery at first sight, before anything was locked; null: nothing was known. PostgreSQL only.</summary>
    public SeenDelivery? Seen { get; set; }

    /// <summary>All parts of the message that the delivery belongs to. PostgreSQL only.</summary>
    public ReportedParts? Parts { get; set; }

    /// <summary>The stored delivery it speaks of; null until found, or when the send was not ours.</summary>
    public ReportedDelivery? Delivery { get; set; }

    /// <summary>A report that had waited under the network's id for somebody to say which delivery that is.</summary>
    public WaitingReport? Waited { get; set; }

    /// <summary>Whether it moves the delivery forward.</summary>
    public bool Advances => Counts && MessageStatusRank.Advances(Delivery!.Status, NewStatus);

    /// <summary>Whether it answers a send that is still open, so that the lane goes on. What arrived by an earlier attempt answers doubt too.</summary>
    public bool Settles => Advances && Delivery is { AttemptId: not null } delivery
        && (delivery.Status == MessageStatus.Uncertain || (delivery.Status == MessageStatus.Sending && delivery.Told != AttemptTold.Earlier));

    /// <summary>
    /// A failure of some attempt, while another one is on its way: if it is this one's, its answer will name the network's id; until then nobody
    /// can tell.
    /// </summary>
    public bool Waits => Delivery is { Told: AttemptTold.Unknown, Status: MessageStatus.Sending, Attempts: > 1 } && Status == DeliveryStatus.Failed;

    /// <summary>What the delivery becomes: what was reported, or more if a report by time said so before.</summary>
    public MessageStatus NewStatus =>
        Told is not MessageStatus.Failed && Delivery?.Marked is { } marked && marked.Rank() > Told.Rank() ? marked : Told;

    private MessageStatus Told => MessageStatusRank.Of(Status);

    /// <summary>
    /// A delivery may be tried several times. What the network says of an attempt that lies behind changes nothing, unless the message arrived
    /// by it; and while nothing is on its way, an unknown attempt that left is the delivery's, and one that failed is past.
    /// </summary>
    private bool Counts => Delivery switch
    {
        null => false,
        { Told: AttemptTold.Earlier } or { Told: AttemptTold.Current, Rests: true } => Told.ProvesDelivery(),
        { Told: AttemptTold.Unknown, Rests: true } => Told != MessageStatus.Failed,
        _ => !Waits,
    };

    /// <summary>The network's id of the attempt that it settles; null when it speaks of an earlier one.</summary>
    public string? AttemptExternalId => Delivery?.Told == AttemptTold.Earlier ? null : ExternalId;

    /// <summary>The spacing counts from the end of an attempt, and this is the end of one that is still under way.</summary>
    public DateTimeOffset? NextSendAt => Delivery?.Status == MessageStatus.Sending ? Arrival.At + Account.Spacing : null;

    /// <summary>Adds a lower report about the same send, which this one implies. Our own id may stand in either.</summary>
    public void Imply(Report lower)
    {
        Implied = [.. lower.Implied, lower.Item, .. Implied];
        DeliveryId ??= lower.DeliveryId;
    }

    /// <summary>The same was said twice.</summary>
    public void Repeat(Report same)
    {
        same.Item.Conclude(Verdict.Duplicate);
        DeliveryId ??= same.DeliveryId;
    }

    /// <summary>Before another try of the commit.</summary>
    public void StartOver()
    {
        (Seen, Delivery, Parts, Waited) = (null, null, null, null);
        foreach (var item in Implied.Append(Item)) item.Reset();
    }

    public void Conclude()
    {
        // Kept under the network's id: applied when the send's own record, or the echo, comes in.
        if (Delivery is null || Waits) ConcludeAll(Verdict.Applied, "parked", Delivery?.MessageId, Delivery?.ConversationId);
        else ConcludeAll(Advances ? Verdict.Applied : Verdict.Duplicate, null, Delivery.MessageId, Delivery.ConversationId);
    }

    /// <summary>It spoke of what a person sent outside this product.</summary>
    public void Conclude(Message echo, bool advances) =>
        ConcludeAll(advances ? Verdict.Applied : Verdict.Duplicate, null, echo.Id, echo.ConversationId);

    public static Report Of(Arrival arrival, ArrivedItem item, DeliveryReported reported) =>
        new(arrival, item, reported.ExternalId, reported.DeliveryId, reported.Status, reported.Failure, SettledBy.Report);

    public static Report OfOwnEcho(Arrival arrival, ArrivedItem item, MessageEchoed echo, string deliveryId) =>
        new(arrival, item, echo.ExternalId, deliveryId, DeliveryStatus.Sent, null, SettledBy.Echo);

    private void ConcludeAll(Verdict verdict, string? reason, long? message, Guid? conversation)
    {
        foreach (var item in Implied.Append(Item))
        {
            (item.MessageId, item.ConversationId) = (message, conversation);
            item.Conclude(verdict, reason);
        }
    }
}

/// <summary>What the database knows of a reported send.</summary>
/// <param name="AttemptId">Its current or last attempt.</param>
/// <param name="Told">Which of its attempts the report speaks of.</param>
/// <param name="Marked">What a report by time said of it before its answer was here.</param>
internal sealed record ReportedDelivery(
    Guid Id, long MessageId, Guid ConversationId, MessageStatus Status, Guid? AttemptId, int Attempts, AttemptTold Told,
    MessageStatus? Marked)
{
    /// <summary>Nothing of it is on its way: it waits for another attempt, or was called off.</summary>
    public bool Rests => Status is MessageStatus.Queued or MessageStatus.Cancelled or MessageStatus.Withdrawn;

    /// <summary>Its lane has work with it.</summary>
    public bool IsOpen => Status is MessageStatus.Queued or MessageStatus.Sending or MessageStatus.Uncertain;
}

/// <summary>A reported send as it was before the locks.</summary>
/// <param name="Open">Its lane has work with it.</param>
/// <param name="Named">The network's id is known for it.</param>
internal sealed record SeenDelivery(Guid Id, long MessageId, Guid ConversationId, bool Open, bool Named);

/// <summary>Which attempt a report speaks of. Unknown: one whose answer never came, the current one or an earlier one.</summary>
internal enum AttemptTold { Current, Earlier, Unknown }

/// <summary>What was reported about a network id before anybody knew whose it is.</summary>
internal sealed record WaitingReport(DeliveryStatus Status, string? Error);
