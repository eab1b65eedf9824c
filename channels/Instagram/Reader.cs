using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Instagram;

/// <summary>Reads an account's webhooks.</summary>
internal static class Reader
{
    /// <summary>
    /// Every message of the account comes back, ours too, with nothing reliable to tell them apart: the network keeps no text of ours, and
    /// names an app only at times. An app that it names may be ours; it is a person's only if it is Meta's own inbox.
    /// </summary>
    private static readonly Dialect Dialect = new("instagram", "igsid", message => new EchoSource(message.Id("app_id"u8) switch
    {
        null => EchoOrigin.Unknown,
        { } app when PageInbox.Is(app) => EchoOrigin.Person,
        _ => EchoOrigin.App,
    }));

    public static IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body) => WebhookReader.Read(body, Dialect);
}
