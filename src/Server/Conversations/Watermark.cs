namespace ChatOperator.Conversations;

/// <summary>
/// Some networks report by time: everything sent to a person until then was delivered, or read. What counts is when the network took a message,
/// not when it was written; all that we know of that moment is when the request began and when its answer was here.
/// </summary>
internal static class Watermark
{
    /// <summary>An answer comes at most this much later than the network took the message.</summary>
    public static readonly TimeSpan AnswerLag = TimeSpan.FromSeconds(2);

    /// <summary>What the marks of a conversation make of a message that was sent meanwhile: the status, or what they say if that is more.</summary>
    public static MessageStatus Raise(
        MessageStatus status, DateTimeOffset? began, DateTimeOffset answered, DateTimeOffset? deliveredUntil, DateTimeOffset? readUntil)
    {
        if (status is not (MessageStatus.Sent or MessageStatus.Delivered)) return status;
        if (Covers(readUntil)) return MessageStatus.Read;
        return Covers(deliveredUntil) ? MessageStatus.Delivered : status;

        bool Covers(DateTimeOffset? until) => (began ?? answered) <= until && answered <= until + AnswerLag;
    }
}
