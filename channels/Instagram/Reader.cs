using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;

namespace ChatOperator.Channels.Instagram;

/// <summary>Reads an account's webhooks.</summary>
internal static class Reader
{
    /// <summary>
    /// Every message of the account comes back, ours too, with nothing reliable to tell them apart: the network keeps no text of ours, and
    /// names an app only at times.
    /// </summary>
    private static readonly Dialect Dialect = new("instagram", "igsid", _ => new EchoSource(EchoOrigin.Unknown));

    public static IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body) => WebhookReader.Read(body, Dialect);
}
