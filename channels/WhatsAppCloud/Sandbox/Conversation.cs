using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>What people do on their phones, as webhooks: the customer writes, or the business answers from its own app.</summary>
internal sealed class Conversation(World world, Webhooks webhooks, MessageContent contents)
{
    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    public Written Write(WhatsAppAccount account, Phone phone, JsonObject given)
    {
        var at = Timestamp(given);
        var (type, content) = contents.Build(account, given);
        var wire = new JsonObject();
        if (phone.Username is null) wire["from"] = phone.Number;
        wire["from_user_id"] = account.UserIdOf(phone);
        Fill(wire, given, at, type, content, from: Phones.Digits(account.Settings.DisplayPhoneNumber));
        if (type == "unsupported")
            wire["errors"] = new JsonArray(GraphError.Of(131051, "Message type is currently not supported.").ToStatus());

        var message = Add(account, phone, wire, type, fromCustomer: true);
        if (type is not ("system" or "revoke" or "edit")) account.Heard(phone.Number, at);
        Apply(phone, wire, type);

        var value = new JsonObject();
        // A change of number comes without contacts: the old ones no longer hold.
        if (type != "system") value["contacts"] = new JsonArray(Person.Describe(account, phone));
        value["messages"] = new JsonArray(wire);
        return new Written(message, TrackAsync(message, webhooks.MessagesAsync(account, "messages", value)));
    }

    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    public Written Echo(WhatsAppAccount account, Phone phone, JsonObject given)
    {
        var (type, content) = contents.Build(account, given);
        var wire = new JsonObject { ["from"] = Phones.Digits(account.Settings.DisplayPhoneNumber) };
        if (phone.Username is null) wire["to"] = phone.Number;
        wire["to_user_id"] = account.UserIdOf(phone);
        Fill(wire, given, Timestamp(given), type, content, from: phone.Number);

        var message = Add(account, phone, wire, type, fromCustomer: false);
        Apply(phone, wire, type);
        var value = new JsonObject { ["contacts"] = new JsonArray(Person.Describe(account, phone)), ["message_echoes"] = new JsonArray(wire) };
        return new Written(message, webhooks.ChangeAsync(account, "echoes", "smb_message_echoes", Webhooks.Value(account, value)));
    }

    private static void Fill(JsonObject wire, JsonObject given, DateTimeOffset at, string type, JsonNode? content, string from)
    {
        wire["id"] = MessageContent.Text(given, "id") ?? SendEndpoint.NewId();
        wire["timestamp"] = given["timestamp"] is JsonValue raw && raw.TryGetValue<string>(out var spelled) && !spelled.Contains('T', StringComparison.Ordinal)
            ? spelled : at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        wire["type"] = type;
        if (content is not null) wire[type] = content;
        if (given["context"] is { } context) wire["context"] = context.DeepClone();
        else if (type is not ("reaction" or "edit" or "revoke") && MessageContent.Text(given, "reply_to") is { } quoted)
            wire["context"] = new JsonObject { ["from"] = from, ["id"] = quoted };
        else if (given["forwarded"]?.GetValueKind() == System.Text.Json.JsonValueKind.True)
            wire["context"] = new JsonObject { ["forwarded"] = true };
        if (MessageContent.Text(given, "type") == "referral" && given["referral"] is null) wire["referral"] = Advertisement();
        foreach (var extra in new[] { "referral", "errors", "origin" })
            if (given[extra] is { } node) wire[extra] = node.DeepClone();
    }

    private PhoneMessage Add(WhatsAppAccount account, Phone phone, JsonObject wire, string type, bool fromCustomer) =>
        world.Phones.Add(new PhoneMessage
        {
            Id = (string)wire["id"]!,
            Account = account,
            Phone = phone,
            Type = type,
            FromCustomer = fromCustomer,
            FromApp = !fromCustomer,
            Raw = Encoding.UTF8.GetBytes(wire.ToJsonString()),
            Status = fromCustomer ? "pending" : "sent",
        });

    private static JsonObject Advertisement() => new()
    {
        ["source_url"] = "https://fb.me/sandbox",
        ["source_id"] = "120200000000000001",
        ["source_type"] = "ad",
        ["headline"] = "Spring sale",
        ["body"] = "Everything fresh",
        ["media_type"] = "image",
        ["image_url"] = "https://example.com/ad.jpg",
        ["ctwa_clid"] = "ARsandbox",
    };

    // Reactions, edits and revocations change a message that is already on the screen.
    private void Apply(Phone phone, JsonObject wire, string type)
    {
        if (wire[type] is not JsonObject content) return;
        var id = (string?)(type == "reaction" ? content["message_id"] : content["original_message_id"]);
        if (id is null || world.Phones.Message(id) is not { } target) return;
        if (type == "reaction") target.Reaction = (string?)content["emoji"];
        else if (type == "revoke") target.Revoked = true;
        else if (type == "edit") target.EditedText = (string?)content["message"]?["text"]?["body"];
        phone.Touch();
    }

    // The ticks on the customer's own bubbles: one when it left, two when the business's server has it.
    private static async Task<WebhookOutcome> TrackAsync(PhoneMessage message, Task<WebhookOutcome> webhook)
    {
        message.Status = "sent";
        var outcome = await webhook;
        if (outcome.Status == System.Net.HttpStatusCode.OK && message.Status == "sent") message.Status = "delivered";
        message.Phone.Touch();
        return outcome;
    }

    private DateTimeOffset Timestamp(JsonObject given)
    {
        if (given["timestamp"] is not JsonValue value) return world.Time.GetUtcNow();
        var text = value.ToString();
        if (long.TryParse(text, CultureInfo.InvariantCulture, out var seconds))
            return Math.Abs(seconds) < 60_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : DateTimeOffset.UnixEpoch;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at : throw new ControlException("timestamp is neither Unix seconds nor RFC 3339");
    }
}
