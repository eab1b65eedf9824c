using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;

namespace ChatOperator.Channels.Instagram;

/// <summary>Writes messages. Nothing of ours travels with them: the network has no place for it.</summary>
internal static class Writer
{
    /// <summary>A message as the network takes it; null for content that it has no form for.</summary>
    public static byte[]? Write(OutboundMessage message) => message.Content is ReactionContent reaction
        ? MessageWriter.Reaction(message.To, reaction)
        : MessageWriter.Write(message with { ReplyTo = null }, typed: false, metadata: null);
}
