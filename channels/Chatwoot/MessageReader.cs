using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>
/// Reads a message and, above all, who wrote it. Chatwoot reports everything that stands in a conversation: customers, people at the
/// dashboard, our own sends, bots, rules, campaigns — and private notes, which must never be read as anything said.
/// </summary>
internal static class MessageReader
{
    public static void ReadCreated(Findings findings, Route route, JsonElement root)
    {
        if (IsNote(root))
        {
            findings.Add(new Unsupported(route, "private_note"));
            return;
        }

        var kind = KindOf(root);
        if (kind is "template" or "activity")
        {
            findings.Add(new Unsupported(route, $"message_created.{kind}"));
        }
        else if (kind is not ("incoming" or "outgoing"))
        {
            findings.Anomaly(route, "A message that neither came nor went.");
        }
        else if (root.Id("id"u8) is not { } id || People.ContactOf(root, route) is not { } contact)
        {
            findings.Anomaly(route, "A message without id, conversation or contact.");
        }
        else
        {
            var at = root.Moment("created_at"u8) ?? root.Seconds("created_at"u8);
            var content = ContentReader.Read(root);
            var quoted = root.Get("content_attributes"u8).Id("in_reply_to"u8);
            findings.Add(kind == "incoming"
                ? new MessageReceived(route, id, contact, at, content, quoted)
                : Sent(root, route, id, contact, at, content, quoted));
        }
    }

    public static void ReadUpdated(Findings findings, Route route, JsonElement root)
    {
        if (IsNote(root))
        {
            findings.Add(new Unsupported(route, "private_note"));
        }
        else if (root.Id("id"u8) is not { } id)
        {
            findings.Anomaly(route, "An updated message without id.");
        }
        else if (root.Get("content_attributes"u8).IsTrue("deleted"u8))
        {
            findings.Add(new MessageDeleted(route, $"{id}:deleted", id, null));
        }
        else if (KindOf(root) == "outgoing" && StatusOf(root, id) is { } word)
        {
            findings.Add(Parse(word) is { } reached
                ? new DeliveryReported(
                    route, id, reached, null, DeliveryOf(root),
                    reached == DeliveryStatus.Failed ? Errors.OfMessage(root) : null, root.Get("conversation"u8).Id("id"u8))
                : new Unsupported(route, "message_updated"));
        }
        else
        {
            findings.Add(new Unsupported(route, "message_updated"));
        }
    }

    /// <summary>Whatever is not said to be public is a note, should Chatwoot ever say it otherwise. Only contacts cannot write any.</summary>
    private static bool IsNote(JsonElement root)
    {
        var said = root.Get("private"u8);
        if (said.ValueKind == JsonValueKind.False) return false;
        return said.Exists() || KindOf(root) != "incoming" || root.Get("sender"u8).Get("type"u8).Exists();
    }

    /// <summary>A word in webhooks, a number inside conversations.</summary>
    private static string? KindOf(JsonElement message) => message.Text("message_type"u8) ?? message.Whole("message_type"u8) switch
    {
        0 => "incoming",
        1 => "outgoing",
        2 => "activity",
        3 => "template",
        _ => null,
    };

    /// <summary>Our own send comes back marked; of the rest only what a person wrote is an echo.</summary>
    private static ChannelEvent Sent(
        JsonElement root, Route route, string id, Person contact, DateTimeOffset? at, Content content, string? quoted)
    {
        if (DeliveryOf(root) is { } ours)
        {
            return new MessageEchoed(route, id, contact, at, content, EchoOrigin.Automation, ours, quoted);
        }

        var attributes = root.Get("content_attributes"u8);
        var by = root.Get("sender"u8).Text("type"u8);
        // Rules and campaigns write in the name of a user.
        if (attributes.Get("automation_rule_id"u8).Exists()) by = "automation";
        else if (root.Get("additional_attributes"u8).Get("campaign_id"u8).Exists()) by = "campaign";
        // Written on the phone that belongs to the inbox, outside Chatwoot: Chatwoot itself saw it as an echo.
        else if (attributes.IsTrue("external_echo"u8)) by = "user";

        return by?.ToLowerInvariant() == "user"
            ? new MessageEchoed(route, id, contact, at, content, EchoOrigin.Person, ReplyTo: quoted)
            : new Unsupported(route, $"message_created.{(by is { Length: > 0 and <= 40 } ? by : "automation")}");
    }

    private static string? DeliveryOf(JsonElement message) => message.Get("content_attributes"u8).Words(Writer.Mark);

    /// <summary>Beside the message in some versions; else of the conversation's latest message, if that is the one.</summary>
    private static string? StatusOf(JsonElement root, string id)
    {
        if (root.Words("status"u8) is { } told) return told;
        foreach (var message in root.Get("conversation"u8).Get("messages"u8).Items())
            if (message.Id("id"u8) == id) return message.Words("status"u8);
        return null;
    }

    private static DeliveryStatus? Parse(string word) => word switch
    {
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "read" => DeliveryStatus.Read,
        "failed" => DeliveryStatus.Failed,
        _ => null,
    };
}
