using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>What people do, as webhooks: the customer writes, or somebody answers in the account's own inbox.</summary>
internal sealed class Conversation(World world, MetaNetwork network, Webhooks webhooks, MessageContent contents)
{
    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    public Written Write(MetaAccount account, Phone phone, JsonObject given)
    {
        var (name, content) = contents.Build(given);
        var at = Timestamp(given);
        var aside = name is "reaction" or "message_edit" || content["is_deleted"] is not null;
        var id = MessageContent.Text(given, "id") ?? SendEndpoint.NewId(network);
        if (!aside) content["mid"] = id;
        if (name == "message" && !aside && MessageContent.Text(given, "reply_to") is { } quoted && content["reply_to"] is null)
            content["reply_to"] = new JsonObject { ["mid"] = quoted };
        var message = world.Phones.Add(new PhoneMessage
        {
            Id = id, Account = account, Phone = phone, Type = TypeOf(given, name), FromCustomer = true,
            Raw = Encoding.UTF8.GetBytes(content.ToJsonString()),
        });
        if (!aside) account.Heard(phone, at);
        Apply(phone, name, content);
        var standby = MessageContent.Text(given, "standby") == "true";
        return new Written(message, TrackAsync(message, webhooks.SendAsync(account, phone, "messages", name, content, at: at, standby: standby)));
    }

    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    public Written Echo(MetaAccount account, Phone phone, JsonObject given)
    {
        var (name, content) = contents.Build(given);
        if (name != "message") throw new ControlException("only messages are echoed");
        content["mid"] = MessageContent.Text(given, "id") ?? SendEndpoint.NewId(network);
        content["is_echo"] = true;
        if ((MessageContent.Text(given, "app_id") ?? network.InboxApp) is { Length: > 0 } app)
            content["app_id"] = long.Parse(app, CultureInfo.InvariantCulture);
        var message = world.Phones.Add(new PhoneMessage
        {
            Id = (string)content["mid"]!, Account = account, Phone = phone, Type = TypeOf(given, name), FromCustomer = false, FromApp = true,
            Raw = Encoding.UTF8.GetBytes(content.ToJsonString()), Status = "sent",
        });
        return new Written(message, webhooks.SendAsync(account, phone, "echoes", name, content, fromAccount: true, at: Timestamp(given)));
    }

    private static string TypeOf(JsonObject given, string name) => MessageContent.Text(given, "type") switch
    {
        "voice" => "audio",
        "quick_reply" or "link" or "story_reply" or "referral" => "text",
        { } type => type,
        _ => name == "message" ? "text" : name,
    };

    // Reactions, edits and what is unsent change a message that is already on the screen.
    private void Apply(Phone phone, string name, JsonObject content)
    {
        if (MessageContent.Text(content, "mid") is not { } mid || world.Phones.Message(mid) is not { } target) return;
        if (name == "reaction") target.Reaction = MessageContent.Text(content, "emoji");
        else if (name == "message_edit") target.EditedText = MessageContent.Text(content, "text");
        else if (content["is_deleted"] is not null) target.Revoked = true;
        phone.Touch();
    }

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
        if (MessageContent.Text(given, "timestamp") is not { } text) return world.Time.GetUtcNow();
        if (long.TryParse(text, CultureInfo.InvariantCulture, out var number))
            return number > 100_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(number) : DateTimeOffset.FromUnixTimeSeconds(number);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at : throw new ControlException("timestamp is neither Unix time nor RFC 3339");
    }
}
