using System.Security.Cryptography;
using System.Text;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.WebWidget.Tests;

/// <summary>The contract of a channel whose network is ours, held by the widget.</summary>
public sealed class WebWidgetContract : OwnNetworkContract
{
    protected override IChannel Channel { get; } = new WebWidgetChannel();

    protected override string Folder => "WebWidget";

    protected override OutboundMessage Text { get; } = new("0198f0a1b2c37def8899aabbccddeeff", "visitor:v1", new TextContent("hola"));

    protected override ChannelSettings SettingsAt(Uri network) => new(new Dictionary<string, string>
    {
        ["allowed_origins"] = "https://shop.example",
        ["identity_secret"] = "the shop's word with its server",
        ["widget_id"] = "shop",
    });

    protected override IReadOnlyDictionary<string, string> Sign(byte[] body, ChannelSettings settings) => new Dictionary<string, string>
    {
        ["X-Hub-Signature-256"] = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(settings["identity_secret"]), body)),
    };
}

/// <summary>Spoiled bodies of the widget.</summary>
public sealed class WebWidgetFuzz : FuzzContract
{
    protected override IChannel Channel { get; } = new WebWidgetChannel();

    protected override string Folder => "WebWidget";
}
