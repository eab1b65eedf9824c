using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>What stands in a webhook's item. One word is enough to send any kind; an object under <c>message</c> is sent as it is.</summary>
internal sealed class MessageContent(MetaNetwork network, Cdn cdn)
{
    /// <summary>The item's event and its content, without the message's id.</summary>
    /// <exception cref="ControlException">The type is unknown to this network, or what it needs is missing.</exception>
    public (string Event, JsonObject Content) Build(JsonObject given)
    {
        var type = Text(given, "type") ?? "text";
        var text = Text(given, "text");
        if (given["message"] is JsonObject verbatim) return ("message", (JsonObject)verbatim.DeepClone());
        return type switch
        {
            "text" => Message(new() { ["text"] = text ?? throw new ControlException("text is missing") }),
            "quick_reply" => Message(new() { ["text"] = text ?? "Yes", ["quick_reply"] = new JsonObject { ["payload"] = Text(given, "payload") ?? text ?? "YES" } }),
            "postback" or "button" => ("postback", new() { ["title"] = text ?? "Get started", ["payload"] = Text(given, "payload") ?? "GET_STARTED" }),
            "image" or "video" or "audio" or "voice" or "document" or "sticker" => Message(File(type, given, text)),
            "like" => Message(Attached(network.SpeaksOfTimes
                ? Attachment("image", new() { ["url"] = cdn.UrlOf(cdn.Put("sticker", null, null, "like.png")), ["sticker_id"] = 369239263222822 })
                : Attachment("like_heart", null))),
            "link" => Message(Attached(new JsonObject
            {
                ["type"] = "fallback", ["title"] = "A page", ["url"] = text ?? "https://example.com", ["payload"] = null,
            }, text)),
            "share" => Message(Attached(Attachment(network.SpeaksOfTimes ? "post" : "share", new() { ["url"] = "https://example.com/p/1", ["title"] = "A post" }), text)),
            "reel" => Message(Attached(Attachment(network.SpeaksOfTimes ? "reel" : "ig_reel", new() { ["url"] = "https://example.com/r/1", ["title"] = "A reel", ["reel_video_id"] = 1802 }), text)),
            "story_reply" => Message(new() { ["text"] = text ?? "Nice!", ["reply_to"] = new JsonObject { ["story"] = new JsonObject { ["id"] = "17800000000000001", ["url"] = "https://example.com/s/1" } } }),
            "story_mention" => Message(Attached(Attachment("story_mention", new() { ["url"] = "https://example.com/s/2" }))),
            "ephemeral" when !network.SpeaksOfTimes => Message(Attached(Attachment("ephemeral", null))),
            "unsupported" => Message(new() { ["is_unsupported"] = true }),
            "location" when network.SpeaksOfTimes => Message(Attached(Attachment("location", new()
            {
                ["coordinates"] = new JsonObject { ["lat"] = -34.6037, ["long"] = -58.3816 },
            }))),
            "referral" => Message(new()
            {
                ["text"] = text ?? "I come from your ad",
                ["referral"] = new JsonObject
                {
                    ["ref"] = "spring", ["source"] = "ADS", ["type"] = "OPEN_THREAD", ["ad_id"] = "6180000000001",
                    ["ads_context_data"] = new JsonObject { ["ad_title"] = "Spring sale", ["photo_url"] = "https://example.com/ad.jpg" },
                },
            }),
            "reaction" => ("reaction", Reaction(given, text)),
            "edit" => ("message_edit", new() { ["mid"] = Target(given), ["text"] = text ?? throw new ControlException("text is missing"), ["num_edit"] = 1 }),
            "revoke" when !network.SpeaksOfTimes => Message(new() { ["mid"] = Target(given), ["is_deleted"] = true }),
            _ => throw new ControlException($"type {type} is not known to {network.Channel}"),
        };
    }

    public static string? Text(JsonObject given, string name) => given[name] is JsonValue value ? value.ToString() : null;

    public static string Target(JsonObject given) =>
        Text(given, "message_id") ?? Text(given, "reply_to") ?? throw new ControlException("message_id is missing");

    private static (string, JsonObject) Message(JsonObject message) => ("message", message);

    private static JsonObject Attachment(string type, JsonObject? payload) => new() { ["type"] = type, ["payload"] = payload ?? [] };

    private static JsonObject Attached(JsonObject attachment, string? text = null)
    {
        var message = new JsonObject { ["attachments"] = new JsonArray(attachment) };
        if (text is not null) message["text"] = text;
        return message;
    }

    private JsonObject File(string type, JsonObject given, string? text)
    {
        var kind = type == "voice" ? "audio" : type;
        var wanted = given["media"] as JsonObject ?? [];
        var file = Text(wanted, "id") is { } id
            ? network.World.Media.Find(id, network.World.Time.GetUtcNow()) ?? throw new ControlException($"media {id} does not exist")
            : cdn.Put(kind, Text(wanted, "data") is { } data ? Bytes(data) : null, Text(wanted, "mime_type"), Text(wanted, "filename"));
        var payload = new JsonObject { ["url"] = cdn.UrlOf(file) };
        if (kind == "sticker") payload["sticker_id"] = 144884852352448;
        return Attached(Attachment(kind switch { "document" => "file", "sticker" => "image", _ => kind }, payload), text);
    }

    private static byte[] Bytes(string data)
    {
        try { return Convert.FromBase64String(data); }
        catch (FormatException) { throw new ControlException("media.data is not base64"); }
    }

    private static JsonObject Reaction(JsonObject given, string? text)
    {
        var emoji = Text(given, "emoji") ?? text ?? "❤";
        // A reaction taken back names neither word nor emoji.
        return emoji is "remove" or ""
            ? new() { ["mid"] = Target(given), ["action"] = "unreact" }
            : new() { ["mid"] = Target(given), ["action"] = "react", ["reaction"] = emoji.StartsWith('❤') ? "love" : "other", ["emoji"] = emoji };
    }
}
