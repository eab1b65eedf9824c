using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.Chatwoot.Tests;

/// <summary>The round trip through the sandbox's Chatwoot.</summary>
public sealed class ChatwootSandboxContract : SandboxContract
{
    protected override IChannel Channel { get; } = new ChatwootChannel();

    protected override ChannelSettings SettingsAt(Uri network) => ChatwootContract.Settings(network);

    /// <summary>A person is addressed by their conversation, which is the first of the sandbox.</summary>
    protected override string Address => "1";

    protected override JsonObject SandboxAccount => new()
    {
        ["account_id"] = ChatwootContract.AccountId,
        ["inbox_id"] = ChatwootContract.InboxId,
        ["api_access_token"] = ChatwootContract.AccessToken,
        ["webhook_secret"] = ChatwootContract.WebhookSecret,
        ["delivered_ms"] = 2,
        ["read_ms"] = 3,
    };

    protected override IReadOnlyList<(JsonObject Written, string Type)> Writes =>
    [
        (new() { ["type"] = "text", ["text"] = "¿Está listo? 🍕" }, "text"),
        (new() { ["type"] = "image", ["text"] = "mirá" }, "image"),
        (new() { ["type"] = "video" }, "video"),
        (new() { ["type"] = "voice" }, "audio"),
        (new() { ["type"] = "document" }, "document"),
        (new() { ["type"] = "sticker" }, "sticker"),
        (new() { ["type"] = "location" }, "location"),
        (new() { ["type"] = "contacts" }, "contacts"),
    ];

    protected override IReadOnlyList<Content> OtherContents => [];
}
