using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.WebWidget;

/// <summary>
/// Sending is the outbox's own record: visitors read sent messages from the database. So a send is accepted at once, under our delivery
/// id: whatever is tried twice is still one message to the visitor.
/// </summary>
internal static class Writer
{
    public static Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult<SendOutcome>(new Accepted(message.DeliveryId, null));
    }
}
