using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOperator.Harness;

/// <summary>Webhooks as the WhatsApp Cloud API writes them, put together piece by piece.</summary>
public static class WhatsAppWebhook
{
    /// <summary>One body with a change for each value, each in an entry of its own.</summary>
    public static JsonObject Of(params JsonObject[] changes) => new()
    {
        ["object"] = "whatsapp_business_account",
        ["entry"] = new JsonArray([.. changes.Select(c => (JsonNode)c)]),
    };

    /// <summary>A body with one text message.</summary>
    public static JsonObject Text(TestAccount account, string from, string id, string text, DateTimeOffset? at = null, string? name = "Ana") =>
        Of(Messages(account, [Contact(from, name)], Message(from, id, text, at)));

    /// <summary>A change of field <c>messages</c> that carries messages.</summary>
    public static JsonObject Messages(TestAccount account, JsonObject[] contacts, params JsonObject[] messages) =>
        Change(account, "messages", ("contacts", contacts), ("messages", messages));

    /// <summary>A change of field <c>messages</c> that carries statuses.</summary>
    public static JsonObject Statuses(TestAccount account, params JsonObject[] statuses) => Change(account, "messages", ("statuses", statuses));

    /// <summary>What a person sent from the WhatsApp Business app.</summary>
    public static JsonObject Echoes(TestAccount account, params JsonObject[] echoes) =>
        Change(account, "smb_message_echoes", ("message_echoes", echoes));

    public static JsonObject Change(TestAccount account, string field, params (string Name, JsonObject[] Items)[] lists)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = "5491155550000", ["phone_number_id"] = account["phone_number_id"] },
        };
        foreach (var (name, items) in lists) value[name] = new JsonArray([.. items.Select(i => (JsonNode)i)]);
        return new JsonObject
        {
            ["id"] = account["waba_id"], ["changes"] = new JsonArray(new JsonObject { ["field"] = field, ["value"] = value }),
        };
    }

    /// <summary>A person; either id may be missing.</summary>
    public static JsonObject Contact(string? phone, string? name = "Ana", string? userId = null)
    {
        var contact = new JsonObject();
        if (name is not null) contact["profile"] = new JsonObject { ["name"] = name };
        if (phone is not null) contact["wa_id"] = phone;
        if (userId is not null) contact["user_id"] = userId;
        return contact;
    }

    public static JsonObject Message(string? from, string id, string text, DateTimeOffset? at = null, string? userId = null)
    {
        var message = new JsonObject { ["id"] = id, ["timestamp"] = Seconds(at), ["type"] = "text", ["text"] = new JsonObject { ["body"] = text } };
        if (from is not null) message["from"] = from;
        if (userId is not null) message["from_user_id"] = userId;
        return message;
    }

    /// <summary>A message of another type, its content under the type's name.</summary>
    public static JsonObject Message(string from, string id, string type, JsonNode content, DateTimeOffset? at = null) =>
        new() { ["from"] = from, ["id"] = id, ["timestamp"] = Seconds(at), ["type"] = type, [type] = content };

    public static JsonObject Echo(string to, string id, string text, DateTimeOffset? at = null) => new()
    {
        ["from"] = "5491155550000", ["to"] = to, ["id"] = id, ["timestamp"] = Seconds(at), ["type"] = "text", ["text"] = new JsonObject { ["body"] = text },
    };

    /// <param name="delivery">What our send gave the network to hand back.</param>
    public static JsonObject Status(string id, string status, string recipient, Guid? delivery = null, int? error = null)
    {
        var told = new JsonObject { ["id"] = id, ["status"] = status, ["timestamp"] = Seconds(null), ["recipient_id"] = recipient };
        if (delivery is { } ours) told["biz_opaque_callback_data"] = ours.ToString("N");
        if (error is { } code) told["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["title"] = "Message undeliverable" });
        return told;
    }

    private static string Seconds(DateTimeOffset? at) => (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
