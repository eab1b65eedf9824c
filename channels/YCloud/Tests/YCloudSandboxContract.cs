using System.Text.Json.Nodes;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Tests;

namespace ChatOperator.Channels.YCloud.Tests;

/// <summary>The round trip through the sandbox's YCloud.</summary>
public sealed class YCloudSandboxContract : SandboxContract
{
    protected override IChannel Channel { get; } = new YCloudChannel();

    protected override ChannelSettings SettingsAt(Uri network) => YCloudContract.Settings(network);

    protected override JsonObject SandboxAccount => Account;

    internal static JsonObject Account => new()
    {
        ["phone_number"] = YCloudContract.Number,
        ["waba_id"] = YCloudContract.WabaId,
        ["api_key"] = YCloudContract.ApiKey,
        ["webhook_secret"] = YCloudContract.WebhookSecret,
        ["sent_ms"] = 1,
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
        (new() { ["type"] = "button", ["text"] = "Sí" }, "interactive"),
        (new() { ["type"] = "button_reply", ["text"] = "Sí" }, "interactive"),
        (new() { ["type"] = "list_reply", ["text"] = "Martes" }, "interactive"),
        (new() { ["type"] = "order" }, "order"),
        (new() { ["type"] = "unsupported" }, "unsupported"),
    ];

    protected override IReadOnlyList<Content> OtherContents =>
    [
        new LocationContent(-34.6037, -58.3816, "Obelisco", "Av. 9 de Julio"),
        new TemplateContent("order_ready", "en", "Hello Ana, your order 42 is ready.", """
            [{"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"42"}]}]
            """),
    ];
}
