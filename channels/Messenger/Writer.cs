using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;

namespace ChatOperator.Channels.Messenger;

/// <summary>Writes messages, each with our delivery id as its metadata, which comes back in the echo.</summary>
internal static class Writer
{
    /// <summary>Tells our metadata from that of other apps on the same page.</summary>
    private const string Mark = "chat-operator:";

    /// <summary>A message as the network takes it; null for content that it has no form for.</summary>
    public static byte[]? Write(OutboundMessage message) => MessageWriter.Write(message, typed: true, Mark + message.DeliveryId);

    /// <summary>Our delivery id in an echo's metadata; null when another app wrote it.</summary>
    public static string? DeliveryIdIn(string? metadata) =>
        metadata is { Length: > 14 and <= 100 } && metadata.StartsWith(Mark, StringComparison.Ordinal) ? metadata[Mark.Length..] : null;
}
