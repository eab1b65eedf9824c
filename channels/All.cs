using ChatOperator.Channels.Chatwoot;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Instagram;
using ChatOperator.Channels.Messenger;
using ChatOperator.Channels.WebWidget;
using ChatOperator.Channels.WhatsAppCloud;
using ChatOperator.Channels.YCloud;

namespace ChatOperator.Channels;

/// <summary>The registry: a channel is its folder and one line here.</summary>
public static class All
{
    /// <summary>Every channel this build speaks.</summary>
    public static readonly IReadOnlyList<IChannel> Channels =
    [
        new WhatsAppCloudChannel(),
        new MessengerChannel(),
        new InstagramChannel(),
        new YCloudChannel(),
        new WebWidgetChannel(),
        new ChatwootChannel(),
    ];
}
