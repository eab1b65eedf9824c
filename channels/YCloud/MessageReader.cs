using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.YCloud;

/// <summary>Reads what contacts write, and what leaves from the same number by other ways: camelCase around Meta's own snake_case.</summary>
internal static class MessageReader
{
    public static void ReadReceived(Findings findings, JsonElement root, JsonElement message)
    {
        var route = Reader.RouteOf(message.Id("to"u8), message);
        var from = Persons.Compose(
            message.Id("from"u8), message.Id("fromUserId"u8), message.Id("fromParentUserId"u8), message.Get("customerProfile"u8));
        if (IdOf(message) is not { } id || from is null)
        {
            findings.Anomaly(route, "A message without id or sender.");
            return;
        }

        new Envelope(findings, route, id, from, TimeOf(root, message), message).ReadReceived(inGroup: message.Get("groupId"u8).Exists());
    }

    public static void ReadEcho(Findings findings, JsonElement root, JsonElement message, EchoOrigin origin)
    {
        var route = Reader.RouteOf(message.Id("from"u8), message);
        if (IdOf(message) is not { } id || RecipientOf(message) is not { } to)
        {
            findings.Anomaly(route, "An echo without id or recipient.");
            return;
        }

        // Other programs give ids of their own, GUIDs among them; ours are those that sort by time.
        var own = origin == EchoOrigin.Automation && Guid.TryParse(message.Id("externalId"u8), out var delivery) && delivery.Version == 7
            ? delivery.ToString("N") : null;
        new Envelope(findings, route, id, to, TimeOf(root, message), message).ReadEcho(origin, own);
    }

    /// <summary>WhatsApp's own id as soon as there is one: quotes and reactions name messages by it.</summary>
    public static string? IdOf(JsonElement message) => message.Id("wamid"u8) ?? message.Id("id"u8);

    /// <summary>Events spell the recipient's ids in different ways.</summary>
    public static Person? RecipientOf(JsonElement message) => Persons.Compose(
        message.Id("to"u8), message.Id("toUserId"u8) ?? message.Id("recipientUserId"u8),
        message.Id("toParentUserId"u8) ?? message.Id("parentRecipientUserId"u8), message.Get("customerProfile"u8));

    private static DateTimeOffset? TimeOf(JsonElement root, JsonElement message) =>
        message.Moment("sendTime"u8) ?? message.Moment("createTime"u8) ?? root.Moment("createTime"u8);
}
