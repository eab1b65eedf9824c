using ChatOperator.Channels.Contract;

namespace ChatOperator.Conversations;

/// <summary>How statuses relate: ticks never go back, and a proof of delivery beats a failure.</summary>
internal static class MessageStatusRank
{
    /// <summary>queued &lt; sending &lt; uncertain &lt; sent &lt; delivered &lt; read &lt; played.</summary>
    public static int Rank(this MessageStatus status) => status switch
    {
        MessageStatus.Queued => 0,
        MessageStatus.Sending => 1,
        MessageStatus.Uncertain => 2,
        MessageStatus.Sent => 3,
        MessageStatus.Delivered => 4,
        MessageStatus.Read => 5,
        MessageStatus.Played => 6,
        _ => 3,
    };

    /// <summary>
    /// A message's status, made of its parts': the lowest, failed if any failed. Parts that were called off count only when all were.
    /// In SQL: <c>MessageStatusSql.OfParts</c>.
    /// </summary>
    public static MessageStatus OfParts(IEnumerable<MessageStatus> parts) => parts.MinBy(status => status switch
    {
        MessageStatus.Failed => -1,
        MessageStatus.Cancelled => 10,
        MessageStatus.Withdrawn => 11,
        _ => status.Rank(),
    });

    /// <summary>Whether it says that the message reached the person.</summary>
    public static bool ProvesDelivery(this MessageStatus status) => status is MessageStatus.Delivered or MessageStatus.Read or MessageStatus.Played;

    public static MessageStatus Of(DeliveryStatus reported) => reported switch
    {
        DeliveryStatus.Sent => MessageStatus.Sent,
        DeliveryStatus.Delivered => MessageStatus.Delivered,
        DeliveryStatus.Read => MessageStatus.Read,
        DeliveryStatus.Played => MessageStatus.Played,
        _ => MessageStatus.Failed,
    };

    /// <summary>
    /// Whether a report moves a send on: upward only; to failed unless delivery is proven; away from failed only by such a proof.
    /// </summary>
    public static bool Advances(MessageStatus now, MessageStatus reported) => (now, reported) switch
    {
        (MessageStatus.Failed, MessageStatus.Failed) => false,
        (MessageStatus.Failed, _) => reported.ProvesDelivery(),
        (_, MessageStatus.Failed) => !now.ProvesDelivery(),
        _ => reported.Rank() > now.Rank() || now is MessageStatus.Cancelled or MessageStatus.Withdrawn,
    };

    /// <summary>Which of two reports about one send is kept when both come in one batch.</summary>
    public static bool Outranks(this DeliveryStatus one, DeliveryStatus other) => (one, other) switch
    {
        (DeliveryStatus.Failed, _) => other < DeliveryStatus.Delivered,
        (_, DeliveryStatus.Failed) => one >= DeliveryStatus.Delivered,
        _ => one > other,
    };
}
