using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Reads one item of <c>messages[]</c>: what a contact said, changed, took back or became.</summary>
internal static class MessageReader
{
    public static void Read(Scope scope, JsonElement message)
    {
        var from = scope.Contacts.Find(message.Id("from"u8), message.Id("from_user_id"u8), message.Id("from_parent_user_id"u8));
        if (message.Id("id"u8) is not { } id || from is null)
        {
            scope.Anomaly("A message without id or sender.");
            return;
        }

        var at = message.Seconds("timestamp"u8);
        var type = message.Text("type"u8) ?? "";
        var target = Target(message, type);
        switch (type)
        {
            case "reaction" when target is not null:
                scope.Add(new ReactionChanged(scope.Route, id, from, at, target, message.Get("reaction"u8).Words("emoji"u8)));
                break;
            case "revoke" when target is not null:
                scope.Add(new MessageDeleted(scope.Route, id, target, at));
                break;
            case "edit" when target is not null:
                scope.Add(new MessageEdited(scope.Route, id, target, at, Edited(scope, message)));
                break;
            case "request_welcome":
                // The chat was opened for the first time. Nobody said anything, so it neither shows nor opens the reply window.
                scope.Add(new Unsupported(scope.Route, type));
                break;
            case "system":
                ReadSystem(scope, message, id, from, at);
                break;
            default:
                scope.Add(Received(scope, message, id, from, at, scope.Content(message, type)));
                break;
        }
    }

    /// <summary>The message that a reaction, edit or revocation is about.</summary>
    public static string? Target(JsonElement message, string type) => type switch
    {
        "reaction" => message.Get("reaction"u8).Id("message_id"u8),
        "edit" => message.Get("edit"u8).Id("original_message_id"u8),
        "revoke" => message.Get("revoke"u8).Id("original_message_id"u8),
        _ => null,
    };

    /// <summary>What an edited message says now.</summary>
    public static Content Edited(Scope scope, JsonElement message)
    {
        var now = message.Get("edit"u8).Get("message"u8);
        return scope.Content(now, now.Text("type"u8) ?? "");
    }

    private static MessageReceived Received(Scope scope, JsonElement message, string id, Person from, DateTimeOffset? at, Content content)
    {
        if (message.Get("group_id"u8).Exists())
        {
            // Shown with its sender, but an answer would go to that person alone.
            content = new UnsupportedContent("group_message", "Messages of groups are not shown.");
        }

        var context = message.Get("context"u8);
        return new MessageReceived(
            scope.Route, id, from, at, content,
            context.Id("id"u8), ContentReader.ReadReferral(message.Get("referral"u8)),
            context.IsTrue("forwarded"u8) || context.IsTrue("frequently_forwarded"u8));
    }

    /// <summary>
    /// A line in the conversation, and the contact's new identity if there is one. <c>from</c> is who they were; newer payloads name the new
    /// number <c>wa_id</c>, older ones <c>new_wa_id</c>.
    /// </summary>
    private static void ReadSystem(Scope scope, JsonElement message, string id, Person from, DateTimeOffset? at)
    {
        var system = message.Get("system"u8);
        var kind = system.Words("type"u8) ?? "system";
        var words = system.Words("body"u8) ?? kind.Replace('_', ' ');
        var phone = system.Id("wa_id"u8) ?? system.Id("new_wa_id"u8);
        var now = kind == "customer_identity_changed" ? null
            : Persons.Compose(phone, system.Id("user_id"u8), system.Id("parent_user_id"u8));
        if (now is not null || kind == "customer_identity_changed")
        {
            scope.Add(new ContactChanged(scope.Route, "identity", from, now, at, words));
        }

        scope.Add(Received(scope, message, id, from, at, new SystemContent(kind, words)));
    }
}
