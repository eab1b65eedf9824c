using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Chatwoot;

/// <summary>Who wrote a message, as Chatwoot shows it. A customer is the only sender without a type.</summary>
internal enum Writer { Contact, User, Bot, Nobody }

/// <summary>What webhooks and answers look like.</summary>
internal static class Payloads
{
    /// <summary>The event of a message: words above, and numbers inside its conversation.</summary>
    public static JsonObject Event(string name, Thread thread, PhoneMessage message)
    {
        var stored = JsonNode.Parse(message.Raw)!.AsObject();
        var told = new JsonObject
        {
            ["event"] = name,
            ["id"] = long.Parse(message.Id, CultureInfo.InvariantCulture),
            ["content"] = stored["content"]?.DeepClone(),
            ["content_type"] = stored["content_type"]?.DeepClone() ?? "text",
            ["content_attributes"] = stored["content_attributes"]?.DeepClone() ?? new JsonObject(),
            ["additional_attributes"] = stored["additional_attributes"]?.DeepClone() ?? new JsonObject(),
            ["message_type"] = stored["message_type"]!.DeepClone(),
            ["private"] = stored["private"]!.DeepClone(),
            ["source_id"] = stored["source_id"]?.DeepClone(),
            ["created_at"] = Events(message.At),
            ["account"] = new JsonObject { ["id"] = Number(thread.Inbox.Settings.AccountId), ["name"] = "Acme" },
            ["inbox"] = new JsonObject { ["id"] = Number(thread.Inbox.Id), ["name"] = thread.Inbox.Name },
            ["sender"] = stored["sender"]?.DeepClone(),
            ["conversation"] = Conversation(thread, Latest(message, stored)),
        };
        if (stored["attachments"] is { } attachments) told["attachments"] = attachments.DeepClone();
        return told;
    }

    /// <summary>A message as the application API answers with it: its type is a number.</summary>
    public static JsonObject Answer(Thread thread, PhoneMessage message)
    {
        var stored = JsonNode.Parse(message.Raw)!.AsObject();
        return new JsonObject
        {
            ["id"] = long.Parse(message.Id, CultureInfo.InvariantCulture),
            ["content"] = stored["content"]?.DeepClone(),
            ["inbox_id"] = Number(thread.Inbox.Id),
            ["conversation_id"] = thread.Id,
            ["message_type"] = TypeNumber(stored),
            ["content_type"] = stored["content_type"]?.DeepClone() ?? "text",
            ["status"] = StatusOf(message),
            ["content_attributes"] = stored["content_attributes"]?.DeepClone() ?? new JsonObject(),
            ["created_at"] = message.At.ToUnixTimeSeconds(),
            ["private"] = stored["private"]!.DeepClone(),
            ["source_id"] = stored["source_id"]?.DeepClone(),
            ["sender"] = stored["sender"]?.DeepClone(),
        };
    }

    public static JsonObject? Sender(Writer writer, Thread thread) => writer switch
    {
        Writer.Contact => Contact(thread),
        Writer.User => new JsonObject { ["id"] = 7, ["name"] = "Marta", ["email"] = "marta@acme.test", ["type"] = "user" },
        Writer.Bot => new JsonObject { ["id"] = 3, ["name"] = "Operator bot", ["type"] = "agent_bot" },
        _ => null,
    };

    private static JsonObject Contact(Thread thread) => new()
    {
        ["id"] = thread.ContactId,
        ["name"] = thread.Phone.Name,
        ["email"] = null,
        ["phone_number"] = "+" + thread.Phone.Number,
        ["identifier"] = null,
        ["thumbnail"] = thread.Thumbnail,
        ["additional_attributes"] = new JsonObject(),
        ["custom_attributes"] = new JsonObject(),
    };

    /// <summary>The event of a conversation: the same object, flat.</summary>
    public static JsonObject StatusChanged(Thread thread, string before, DateTimeOffset at)
    {
        var told = Conversation(thread, null);
        told["event"] = "conversation_status_changed";
        told["updated_at"] = at.ToUnixTimeMilliseconds() / 1000m;
        told["changed_attributes"] = new JsonArray(new JsonObject
        {
            ["status"] = new JsonObject { ["previous_value"] = before, ["current_value"] = thread.Status },
        });
        return told;
    }

    /// <summary>Somebody types, or stopped.</summary>
    public static JsonObject Typing(Thread thread, Writer writer, bool on) => new()
    {
        ["event"] = on ? "conversation_typing_on" : "conversation_typing_off",
        ["user"] = Sender(writer, thread),
        ["conversation"] = Conversation(thread, null),
        ["is_private"] = false,
    };

    /// <param name="latest">The latest message, which need not be the one that the event is about.</param>
    private static JsonObject Conversation(Thread thread, JsonObject? latest)
    {
        var person = Contact(thread);
        person["type"] = "contact";
        return new JsonObject
        {
            ["id"] = thread.Id,
            ["inbox_id"] = Number(thread.Inbox.Id),
            ["account_id"] = Number(thread.Inbox.Settings.AccountId),
            ["channel"] = thread.Inbox.Settings.InboxKind,
            ["status"] = thread.Status,
            ["can_reply"] = true,
            ["contact_inbox"] = new JsonObject
            {
                ["contact_id"] = thread.ContactId,
                ["inbox_id"] = Number(thread.Inbox.Id),
                ["source_id"] = thread.Phone.Number,
            },
            ["messages"] = latest is null ? [] : new JsonArray(latest),
            ["meta"] = new JsonObject { ["sender"] = person, ["assignee"] = null, ["team"] = null },
        };
    }

    private static JsonObject Latest(PhoneMessage message, JsonObject stored) => new()
    {
        ["id"] = long.Parse(message.Id, CultureInfo.InvariantCulture),
        ["content"] = stored["content"]?.DeepClone(),
        ["message_type"] = TypeNumber(stored),
        ["created_at"] = message.At.ToUnixTimeSeconds(),
        ["private"] = stored["private"]!.DeepClone(),
        ["status"] = StatusOf(message),
    };

    private static string StatusOf(PhoneMessage message) => message.Status == "pending" ? "sent" : message.Status;

    private static int TypeNumber(JsonObject stored) => stored["message_type"]!.ToString() switch { "incoming" => 0, "outgoing" => 1, "activity" => 2, _ => 3 };

    private static JsonNode Number(string id) => long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? number : id;

    private static string Events(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
