using System.Text.Json;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;

namespace ChatOperator.Intake;

/// <summary>How far one of our sends came, told by the network: by a status, or by our own send coming back as an echo.</summary>
internal sealed class Report
{
    private Report(Arrival arrival, ArrivedItem item, string externalId, string? deliveryId, DeliveryStatus status, SendFailure? failure)
    {
        (Arrival, Item, Account) = (arrival, item, item.Account!);
        ExternalId = Text.Clean(externalId);
        DeliveryId = Guid.TryParse(deliveryId, out var id) ? id : null;
        (Status, Failure) = (status, failure);
        Error = failure is null ? null : Text.CleanJson(JsonSerializer.Serialize(failure, ContentJson.Default.SendFailure));
    }

    public Arrival Arrival { get; }
    public ArrivedItem Item { get; }
    public ConnectedAccount Account { get; }
    public string ExternalId { get; }

    /// <summary>Our delivery id, when the network handed one back that can be ours.</summary>
    public Guid? DeliveryId { get; }
    public DeliveryStatus Status { get; }
    public SendFailure? Failure { get; }
    public string? Error { get; }

    /// <summary>Items of lower reports about the same send, concluded with this one.</summary>
    public List<ArrivedItem> Implied { get; set; } = [];

    /// <summary>The stored delivery it speaks of; null until found, or when the send was not ours.</summary>
    public ReportedDelivery? Delivery { get; set; }

    /// <summary>Whether it moves the delivery forward.</summary>
    public bool Advances => Delivery is { } delivery && MessageStatusRank.Advances(delivery.Status, NewStatus);

    /// <summary>Whether it answers a send that is still open, so that the lane goes on.</summary>
    public bool Settles => Advances && Delivery is { Status: MessageStatus.Sending or MessageStatus.Uncertain, AttemptId: not null };

    public MessageStatus NewStatus => MessageStatusRank.Of(Status);

    public void Conclude()
    {
        // Kept under the network's id: applied when the send's own record, or the echo, comes in.
        if (Delivery is null) ConcludeAll(Verdict.Applied, "parked", null, null);
        else ConcludeAll(Advances ? Verdict.Applied : Verdict.Duplicate, null, Delivery.MessageId, Delivery.ConversationId);
    }

    /// <summary>It spoke of what a person sent outside this product.</summary>
    public void Conclude(Message echo, bool advances) =>
        ConcludeAll(advances ? Verdict.Applied : Verdict.Duplicate, null, echo.Id, echo.ConversationId);

    public static Report Of(Arrival arrival, ArrivedItem item, DeliveryReported reported) =>
        new(arrival, item, reported.ExternalId, reported.DeliveryId, reported.Status, reported.Failure);

    public static Report OfOwnEcho(Arrival arrival, ArrivedItem item, MessageEchoed echo, string deliveryId) =>
        new(arrival, item, echo.ExternalId, deliveryId, DeliveryStatus.Sent, null);

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
internal sealed record ReportedDelivery(
    Guid Id, long MessageId, Guid ConversationId, MessageStatus Status, Guid? AttemptId, bool ExternalIdKnown);
