using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>YCloud's own view of a message that the business sent.</summary>
internal static class Outgoing
{
    /// <summary>YCloud's id of a message; WhatsApp's own is the one the phone knows.</summary>
    public static string IdOf(PhoneMessage message) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Id)))[..24];

    /// <param name="named">Whether WhatsApp's id is known yet: from the queue it comes with the first status.</param>
    public static JsonObject Describe(PhoneMessage message, string status, DateTimeOffset now, bool named, GraphError? error = null, bool withContent = true)
    {
        var account = (YCloudAccount)message.Account;
        var phone = message.Phone;
        var shown = new JsonObject { ["id"] = IdOf(message) };
        if (named) shown["wamid"] = message.Id;
        shown["wabaId"] = account.Settings.WabaId;
        shown["from"] = account.Settings.PhoneNumber;
        if (phone.Username is null) shown["to"] = "+" + phone.Number;
        // Reports and answers spell it one way, echoes the other.
        shown[message.FromApp ? "toUserId" : "recipientUserId"] = account.UserIdOf(phone);
        shown["customerProfile"] = Conversation.Profile(phone);
        if (withContent)
        {
            shown["type"] = message.Type;
            if (message.Json().TryGetProperty(message.Type, out var content)) shown[message.Type] = JsonSerializer.SerializeToNode(content);
            if (message.Json().Object("context") is { } context) shown["context"] = JsonSerializer.SerializeToNode(context);
        }
        if (message.CallbackData is not null) shown["externalId"] = message.CallbackData;
        shown["status"] = status;
        if (error is not null)
        {
            shown["errorCode"] = error.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
            shown["errorMessage"] = error.Details ?? error.Message;
            shown["whatsappApiError"] = YCloudError.Describe(error);
        }
        shown["createTime"] = Events.Time(message.At);
        shown["updateTime"] = Events.Time(now);
        if (status is "sent" or "delivered" or "read") shown["sendTime"] = Events.Time(message.At);
        if (status is "delivered" or "read") shown["deliverTime"] = Events.Time(now);
        if (status is "read") shown["readTime"] = Events.Time(now);
        shown["bizType"] = "whatsapp";
        return shown;
    }
}
