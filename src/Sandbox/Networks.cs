using ChatOperator.Sandbox.Chatwoot;
using ChatOperator.Sandbox.Instagram;
using ChatOperator.Sandbox.Messenger;
using ChatOperator.Sandbox.WhatsAppCloud;
using ChatOperator.Sandbox.YCloud;

namespace ChatOperator.Sandbox;

/// <summary>The registry: a network is one folder and one line here.</summary>
internal static class Networks
{
    public static IReadOnlyList<INetwork> All(World world) =>
    [
        new WhatsAppCloudNetwork(world),
        new MessengerNetwork(world),
        new InstagramNetwork(world),
        new YCloudNetwork(world),
        new ChatwootNetwork(world),
    ];
}
