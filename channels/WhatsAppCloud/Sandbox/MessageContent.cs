using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>
/// What stands under a message's type in a webhook. An object given under the type's own name is taken as it is; otherwise one
/// is made from <c>text</c> and sensible defaults, so that a single word is enough to send any kind.
/// </summary>
/// <param name="linkName">What the network calls a file's address.</param>
/// <param name="linkTo">A fresh address of a file.</param>
internal sealed class MessageContent(World world, string linkName, Func<MediaFile, Uri> linkTo)
{
    /// <summary>The wire's type and its content; content is null for the types that have none.</summary>
    /// <exception cref="ControlException">The type is unknown, or what it needs is missing.</exception>
    public (string Type, JsonNode? Content) Build(Account account, JsonObject given)
    {
        var type = Text(given, "type") ?? "text";
        var text = Text(given, "text");
        if (type is not ("text" or "referral" or "image" or "video" or "audio" or "document" or "sticker") && given[type] is { } verbatim)
            return (Wire(type), verbatim.DeepClone());
        return type switch
        {
            "text" or "referral" => ("text", new JsonObject { ["body"] = text ?? throw new ControlException("text is missing") }),
            "image" or "video" or "document" or "sticker" => (type, Media(account, type, given, text)),
            "audio" or "voice" => ("audio", Media(account, type, given, null)),
            "location" => (type, Place(text)),
            "contacts" => (type, new JsonArray(Card(text ?? "Bruno Díaz"))),
            "button" => (type, new JsonObject { ["payload"] = Text(given, "payload") ?? text ?? "Yes", ["text"] = text ?? "Yes" }),
            "button_reply" or "list_reply" => ("interactive", Reply(type, given, text)),
            "interactive" => (type, Reply("button_reply", given, text)),
            "reaction" => (type, Reaction(given, text)),
            "order" => (type, Order(text)),
            "system" => (type, new JsonObject
            {
                ["body"] = text ?? "User changed their phone number",
                ["type"] = "user_changed_number",
                ["wa_id"] = Text(given, "new_number") ?? throw new ControlException("new_number is missing"),
            }),
            "unsupported" => (type, new JsonObject { ["type"] = text ?? "poll" }),
            "edit" => (type, Edit(given, text)),
            "revoke" => (type, new JsonObject { ["original_message_id"] = Target(given) }),
            "request_welcome" => (type, null),
            _ => throw new ControlException($"type {type} is not known"),
        };
    }

    public static string? Text(JsonObject given, string name) => given[name] is JsonValue value ? value.ToString() : null;

    private static string Wire(string type) => type switch { "voice" => "audio", "button_reply" or "list_reply" => "interactive", _ => type };

    private JsonObject Media(Account account, string type, JsonObject given, string? caption)
    {
        var kind = type == "voice" ? "audio" : type;
        var wanted = (given["media"] ?? given[type]) as JsonObject ?? [];
        var now = world.Time.GetUtcNow();
        var file = Text(wanted, "id") is { } id
            ? world.Media.Find(id, now) ?? throw new ControlException($"media {id} does not exist")
            : Store(account, kind, wanted, now);

        var content = new JsonObject
        {
            ["mime_type"] = file.MimeType,
            // Base64 here and hexadecimal in the media look-up: the network does both.
            ["sha256"] = Convert.ToBase64String(file.Sha256),
            ["id"] = file.Id,
            [linkName] = linkTo(file).ToString(),
        };
        if ((caption ?? Text(wanted, "caption")) is { } words) content["caption"] = words;
        if (kind == "document") content["filename"] = file.Filename ?? "document";
        if (kind == "audio") content["voice"] = type == "voice";
        if (kind == "sticker") content["animated"] = false;
        return content;
    }

    private MediaFile Store(Account account, string kind, JsonObject wanted, DateTimeOffset now)
    {
        var sample = Samples.Of(kind);
        try
        {
            var bytes = Text(wanted, "data") is { } data ? Convert.FromBase64String(data) : sample.Bytes;
            return world.Media.Put(bytes, Text(wanted, "mime_type") ?? sample.MimeType, Text(wanted, "filename") ?? sample.Filename,
                now + MediaEndpoints.InboundLife, account.Id);
        }
        catch (FormatException)
        {
            throw new ControlException("media.data is not base64");
        }
    }

    private static JsonObject Place(string? name) => new()
    {
        ["latitude"] = -34.6037,
        ["longitude"] = -58.3816,
        ["name"] = name ?? "Obelisco",
        ["address"] = "Av. 9 de Julio, Buenos Aires",
    };

    private static JsonObject Card(string name) => new()
    {
        ["name"] = new JsonObject { ["formatted_name"] = name, ["first_name"] = name.Split(' ')[0] },
        ["phones"] = new JsonArray(new JsonObject { ["phone"] = "+54 9 11 5555-0199", ["wa_id"] = "5491155550199", ["type"] = "CELL" }),
    };

    private static JsonObject Reply(string type, JsonObject given, string? text)
    {
        var reply = given["reply"]?.DeepClone() as JsonObject ?? [];
        reply["title"] ??= text ?? "Yes";
        reply["id"] ??= reply["title"]!.DeepClone();
        return new JsonObject { ["type"] = type, [type] = reply };
    }

    private static JsonObject Reaction(JsonObject given, string? text)
    {
        var reaction = new JsonObject { ["message_id"] = Target(given) };
        // A reaction taken back comes with an empty emoji or with none; the sandbox leaves it out when told "remove".
        if ((Text(given, "emoji") ?? text ?? "👍") is var emoji && emoji != "remove") reaction["emoji"] = emoji;
        return reaction;
    }

    private static JsonObject Order(string? text) => new()
    {
        ["catalog_id"] = "2025001",
        ["text"] = text ?? "",
        ["product_items"] = new JsonArray(new JsonObject
        {
            ["product_retailer_id"] = "mate-cup",
            ["quantity"] = 2,
            ["item_price"] = 12.5,
            ["currency"] = "USD",
        }),
    };

    private static JsonObject Edit(JsonObject given, string? text) => new()
    {
        ["original_message_id"] = Target(given),
        ["message"] = new JsonObject
        {
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = text ?? throw new ControlException("text is missing") },
        },
    };

    private static string Target(JsonObject given) =>
        Text(given, "message_id") ?? Text(given, "reply_to") ?? throw new ControlException("message_id is missing");
}
