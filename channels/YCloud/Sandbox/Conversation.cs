using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>What people do on their phones, as events: the customer writes, or the business answers from its own app.</summary>
internal sealed class Conversation(World world, Events events, MessageContent contents)
{
    public static JsonObject Profile(Phone phone)
    {
        var profile = new JsonObject { ["name"] = phone.Name };
        if (phone.Username is not null) profile["username"] = phone.Username;
        return profile;
    }

    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    public Written Write(YCloudAccount account, Phone phone, JsonObject given)
    {
        var at = Timestamp(given);
        var (type, content) = contents.Build(account, given);
        var wamid = MessageContent.Text(given, "id") ?? WhatsAppCloud.SendEndpoint.NewId();
        var wire = new JsonObject { ["id"] = RandomNumberGenerator.GetHexString(24, lowercase: true), ["wamid"] = wamid, ["wabaId"] = account.Settings.WabaId };
        // People with a username hide their number.
        if (phone.Username is null) wire["from"] = "+" + phone.Number;
        wire["fromUserId"] = account.UserIdOf(phone);
        wire["customerProfile"] = Profile(phone);
        wire["to"] = account.Settings.PhoneNumber;
        wire["sendTime"] = given["timestamp"] is JsonValue raw && raw.TryGetValue<string>(out var spelled) ? spelled : Events.Time(at);
        Fill(wire, given, type, content, account.Settings.PhoneNumber);
        if (type == "unsupported")
            wire["errors"] = new JsonArray(new JsonObject { ["code"] = "131051", ["title"] = "Message type is currently not supported." });

        var message = Add(account, phone, wire, wamid, type, fromCustomer: true);
        if (type is not ("system" or "revoke" or "edit")) account.Heard(phone, at);
        if (type == "reaction" && world.Phones.Message(wire["reaction"]!["message_id"]!.ToString()) is { } target)
            target.Reaction = wire["reaction"]!["emoji"]?.ToString();
        return new Written(message, TrackAsync(message, events.SendAsync(
            account, "messages", "whatsapp.inbound_message.received", "whatsappInboundMessage", (JsonObject)wire.DeepClone())));
    }

    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    public Written Echo(YCloudAccount account, Phone phone, JsonObject given)
    {
        var (type, content) = contents.Build(account, given);
        var wamid = MessageContent.Text(given, "id") ?? WhatsAppCloud.SendEndpoint.NewId();
        var wire = new JsonObject();
        Fill(wire, given, type, content, "+" + phone.Number);
        var message = Add(account, phone, wire, wamid, type, fromCustomer: false);
        var about = Outgoing.Describe(message, "sent", world.Time.GetUtcNow(), named: true);
        return new Written(message, events.SendAsync(
            account, "echoes", MessageContent.Text(given, "event") ?? account.Settings.EchoEvent, "whatsappMessage", about));
    }

    private static void Fill(JsonObject wire, JsonObject given, string type, JsonNode? content, string quotedFrom)
    {
        wire["type"] = type;
        if (content is not null)
        {
            // The schema has no flag for voice notes.
            if (content is JsonObject file) file.Remove("voice");
            wire[type] = content;
        }
        if (given["context"] is { } context) wire["context"] = context.DeepClone();
        else if (type is not ("reaction" or "edit" or "revoke") && MessageContent.Text(given, "reply_to") is { } quoted)
            wire["context"] = new JsonObject { ["from"] = quotedFrom, ["id"] = quoted };
        foreach (var extra in new[] { "referral", "errors", "groupId" })
            if (given[extra] is { } node) wire[extra] = node.DeepClone();
    }

    private PhoneMessage Add(YCloudAccount account, Phone phone, JsonObject wire, string wamid, string type, bool fromCustomer) =>
        world.Phones.Add(new PhoneMessage
        {
            Id = wamid,
            Account = account,
            Phone = phone,
            Type = type,
            FromCustomer = fromCustomer,
            FromApp = !fromCustomer,
            Raw = Encoding.UTF8.GetBytes(wire.ToJsonString()),
            Status = fromCustomer ? "pending" : "sent",
        });

    private static async Task<WebhookOutcome> TrackAsync(PhoneMessage message, Task<WebhookOutcome> webhook)
    {
        message.Status = "sent";
        var outcome = await webhook;
        if (outcome.Status == System.Net.HttpStatusCode.OK && message.Status == "sent") message.Status = "delivered";
        message.Phone.Touch();
        return outcome;
    }

    private DateTimeOffset Timestamp(JsonObject given) =>
        given["timestamp"] is not JsonValue value ? world.Time.GetUtcNow()
        : DateTimeOffset.TryParse(value.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at
        : throw new ControlException("timestamp is not RFC 3339");
}
