using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.MetaMessaging;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Messenger;

/// <summary>Reads a page's webhooks.</summary>
internal static class Reader
{
    private static readonly Dialect Dialect = new("page", "psid", TellEcho);

    public static IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body) => WebhookReader.Read(body, Dialect);

    /// <summary>
    /// Every message of the page comes back. Our own carry our delivery id. What other apps send is not a human's word; without the name
    /// of an app it may be an automatic answer or a person, so it is looked at twice before it counts as a person's.
    /// </summary>
    private static EchoSource TellEcho(JsonElement message)
    {
        if (Writer.DeliveryIdIn(message.Words("metadata"u8)) is { } own) return new EchoSource(EchoOrigin.Unknown, own);
        return message.Id("app_id"u8) switch
        {
            null => new EchoSource(EchoOrigin.Unknown),
            { } app when PageInbox.Is(app) => new EchoSource(EchoOrigin.Person),
            _ => new EchoSource(EchoOrigin.Automation),
        };
    }
}
