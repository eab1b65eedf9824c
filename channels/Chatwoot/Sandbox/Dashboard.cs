using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Chatwoot;

/// <summary>What is written in conversations: by customers, by people at the dashboard, by bots and rules, and by our API's callers.</summary>
internal sealed class Dashboard(World world, Threads threads, Handling handling, Attachments attachments)
{
    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    public Written Write(ChatwootAccount inbox, Phone phone, JsonObject given)
    {
        var thread = threads.Of(inbox, phone);
        var type = Text(given, "type") ?? "text";
        var stored = Stored(thread, Writer.Contact, "incoming", Text(given, "text"), type, given);
        handling.Reopen(thread);
        var message = Add(thread, stored, type, fromCustomer: true, null);
        return new Written(message, TrackAsync(message, TellAsync("message_created", "messages", thread, message)));
    }

    /// <summary>
    /// Something written at Chatwoot itself. <c>by</c>: user (default), agent_bot, automation, campaign, template or native_app;
    /// <c>private</c> makes it a note, which no customer ever sees.
    /// </summary>
    /// <exception cref="ControlException">The message cannot be built from what was given.</exception>
    public Written WriteAtDashboard(ChatwootAccount inbox, Phone phone, JsonObject given)
    {
        var thread = threads.Of(inbox, phone);
        var (by, type) = (Text(given, "by") ?? "user", Text(given, "type") ?? "text");
        var note = given["private"]?.GetValueKind() == JsonValueKind.True;
        var writer = by switch { "user" or "campaign" => Writer.User, "agent_bot" => Writer.Bot, _ => Writer.Nobody };
        var stored = Stored(thread, writer, by == "template" ? "template" : "outgoing", Text(given, "text"), type, given);
        stored["private"] = note;
        if (by == "automation") stored["content_attributes"] = new JsonObject { ["automation_rule_id"] = 4 };
        if (by == "campaign") stored["additional_attributes"] = new JsonObject { ["campaign_id"] = 9 };
        if (by == "native_app") stored["content_attributes"] = new JsonObject { ["external_echo"] = true };
        var message = Add(thread, stored, type, fromCustomer: false, null, arrives: !note, fromApp: true);
        return new Written(message, TellAsync("message_created", "echoes", thread, message));
    }

    /// <summary>What an API's caller sends: it is shown as written by the token's owner.</summary>
    public PhoneMessage Accept(Thread thread, JsonObject stored, string type, string? mark)
    {
        stored["sender"] = Payloads.Sender(thread.Inbox.Settings.BotToken ? Writer.Bot : Writer.User, thread);
        // What has a source id is taken for something that came from the network: it is shown here and goes nowhere. Nor do notes.
        var leaves = stored["private"]!.GetValue<bool>() is false && stored["source_id"] is null;
        var message = Add(thread, stored, type, fromCustomer: false, mark, arrives: leaves && thread.Phone.FailWith is null && !thread.Phone.Offline);
        thread.Phone.SetTyping(thread.Inbox.Id, null);
        return message;
    }

    public Task<WebhookOutcome> TellAsync(string name, string kind, Thread thread, PhoneMessage message) =>
        world.Courier.DeliverAsync(new Webhook(thread.Inbox, kind, thread.Inbox.Encode(Payloads.Event(name, thread, message))));

    public static string? Text(JsonObject given, string name) => given[name] is JsonValue value ? value.ToString() : null;

    private JsonObject Stored(Thread thread, Writer writer, string messageType, string? words, string type, JsonObject given)
    {
        if (type == "text" && words is null) throw new ControlException("text is missing");
        var stored = new JsonObject
        {
            ["content"] = words,
            ["content_type"] = type == "sticker" ? "sticker" : "text",
            ["message_type"] = messageType,
            ["private"] = false,
            ["sender"] = Payloads.Sender(writer, thread),
        };
        if (attachments.Of(type, given) is { } file) stored["attachments"] = new JsonArray(file);
        if (long.TryParse(Text(given, "reply_to"), out var quoted)) stored["content_attributes"] = new JsonObject { ["in_reply_to"] = quoted };
        return stored;
    }

    private PhoneMessage Add(
        Thread thread, JsonObject stored, string type, bool fromCustomer, string? mark, bool arrives = true, bool fromApp = false) =>
        world.Phones.Add(
            new PhoneMessage
            {
                Id = threads.NextMessage().ToString(System.Globalization.CultureInfo.InvariantCulture),
                Account = thread.Inbox,
                Phone = thread.Phone,
                Type = type,
                FromCustomer = fromCustomer,
                FromApp = fromApp,
                Raw = Encoding.UTF8.GetBytes(stored.ToJsonString()),
                CallbackData = mark,
            },
            arrives);

    private static async Task<WebhookOutcome> TrackAsync(PhoneMessage message, Task<WebhookOutcome> webhook)
    {
        var outcome = await webhook;
        if (outcome.Status == System.Net.HttpStatusCode.OK && message.Status == "pending") message.Status = "delivered";
        message.Phone.Touch();
        return outcome;
    }
}
