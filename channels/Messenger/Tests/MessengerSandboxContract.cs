using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.Messenger.Tests;

/// <summary>The round trip through the sandbox's Messenger.</summary>
public sealed class MessengerSandboxContract : SandboxContract
{
    protected override IChannel Channel { get; } = new MessengerChannel();

    protected override ChannelSettings SettingsAt(Uri network) => MessengerContract.Settings(network);

    protected override JsonObject SandboxAccount
    {
        get
        {
            var settings = MessengerContract.Settings(new Uri("http://127.0.0.1:9"));
            return new JsonObject
            {
                ["page_id"] = settings["page_id"], ["access_token"] = settings["access_token"], ["app_secret"] = settings["app_secret"],
                ["verify_token"] = settings["verify_token"], ["echo_ms"] = 1, ["delivered_ms"] = 2, ["read_ms"] = 3,
            };
        }
    }

    protected override IReadOnlyList<(JsonObject Written, string Type)> Writes =>
    [
        (new() { ["type"] = "text", ["text"] = "¿Está listo? 🍕" }, "text"),
        (new() { ["type"] = "image", ["text"] = "mirá" }, "image"),
        (new() { ["type"] = "video" }, "video"),
        (new() { ["type"] = "voice" }, "audio"),
        (new() { ["type"] = "document" }, "document"),
        (new() { ["type"] = "sticker" }, "sticker"),
        (new() { ["type"] = "like" }, "sticker"),
        (new() { ["type"] = "location" }, "location"),
        (new() { ["type"] = "quick_reply", ["text"] = "Sí" }, "interactive"),
        (new() { ["type"] = "postback", ["text"] = "Empezar" }, "interactive"),
        (new() { ["type"] = "link", ["text"] = "https://example.com" }, "share"),
        (new() { ["type"] = "share" }, "share"),
        (new() { ["type"] = "reel" }, "share"),
        (new() { ["type"] = "referral" }, "text"),
        (new() { ["type"] = "unsupported" }, "unsupported"),
    ];

    protected override IReadOnlyList<Content> OtherContents => [];
}
