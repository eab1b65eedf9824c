using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>
/// One WhatsApp message with what stands around it, wherever a carrier of WhatsApp puts that. What stands inside is Meta's own shape.
/// </summary>
/// <param name="Contact">Who wrote it, or whom it went to.</param>
/// <param name="Errors">Errors that stand beside the message; Undefined when there are none.</param>
internal readonly record struct Envelope(
    Findings Findings, Route Route, string Id, Person Contact, DateTimeOffset? At, JsonElement Message, JsonElement Errors = default)
{
    /// <summary>What a contact said, changed, took back or became.</summary>
    /// <param name="inGroup">It was said in a group: shown with its sender, but an answer would go to that person alone.</param>
    public void ReadReceived(bool inGroup)
    {
        var type = Message.Text("type"u8) ?? "";
        switch (type, Target(type))
        {
            case ("reaction", { } target):
                Findings.Add(new ReactionChanged(Route, Id, Contact, At, target, Message.Get("reaction"u8).Words("emoji"u8)));
                break;
            case ("revoke", { } target):
                Findings.Add(new MessageDeleted(Route, Id, target, At));
                break;
            case ("edit", { } target):
                Findings.Add(new MessageEdited(Route, Id, target, At, Edited()));
                break;
            case ("request_welcome", _):
                // The chat was opened for the first time. Nobody said anything, so it neither shows nor opens the reply window.
                Findings.Add(new Unsupported(Route, type));
                break;
            case ("system", _):
                ReadSystem(inGroup);
                break;
            default:
                Findings.Add(Received(Content(Message, type), inGroup));
                break;
        }
    }

    /// <summary>What went out from the same number by another way than this account's sends.</summary>
    /// <param name="deliveryId">Our delivery id, if it came back with it.</param>
    public void ReadEcho(EchoOrigin origin, string? deliveryId = null)
    {
        var type = Message.Text("type"u8) ?? "";
        Findings.Add((type, Target(type)) switch
        {
            ("edit", { } target) => new MessageEdited(Route, Id, target, At, Edited()),
            ("revoke", { } target) => new MessageDeleted(Route, Id, target, At),
            ("reaction", _) => new Unsupported(Route, "echo.reaction"),
            _ => new MessageEchoed(Route, Id, Contact, At, Content(Message, type), origin, deliveryId, Quoted()),
        });
    }

    /// <summary>The message that a reaction, edit or revocation is about.</summary>
    private string? Target(string type) => type switch
    {
        "reaction" => Message.Get("reaction"u8).Id("message_id"u8),
        "edit" => Message.Get("edit"u8).Id("original_message_id"u8),
        "revoke" => Message.Get("revoke"u8).Id("original_message_id"u8),
        _ => null,
    };

    /// <summary>Named otherwise in what arrives than in what is sent.</summary>
    private string? Quoted() => Message.Get("context"u8).Id("id"u8) ?? Message.Get("context"u8).Id("message_id"u8);

    /// <summary>What an edited message says now.</summary>
    private Content Edited()
    {
        var now = Message.Get("edit"u8).Get("message"u8);
        return Content(now, now.Text("type"u8) ?? "");
    }

    private Content Content(JsonElement message, string type)
    {
        var content = ContentReader.Read(message, type, Errors, out var anomaly);
        if (anomaly is not null) Findings.Anomaly(Route, anomaly);
        return content;
    }

    private MessageReceived Received(Content content, bool inGroup)
    {
        if (inGroup) content = new UnsupportedContent("group_message", "Messages of groups are not shown.");
        var context = Message.Get("context"u8);
        return new MessageReceived(
            Route, Id, Contact, At, content, Quoted(), ContentReader.ReadReferral(Message.Get("referral"u8)) ?? ContentReader.ReadProduct(context.Get("referred_product"u8)),
            context.IsTrue("forwarded"u8) || context.IsTrue("frequently_forwarded"u8));
    }

    /// <summary>
    /// A line in the conversation, and the contact's new identity if there is one. The sender is who they were, unless the item names
    /// the former ids itself. Newer payloads name the new number <c>wa_id</c>, older ones <c>new_wa_id</c>.
    /// </summary>
    private void ReadSystem(bool inGroup)
    {
        var system = Message.Get("system"u8);
        var kind = system.Words("type"u8) ?? "system";
        var words = system.Words("body"u8) ?? kind.Replace('_', ' ');
        if (Persons.Compose(null, system.Id("previous_user_id"u8), system.Id("previous_parent_user_id"u8)) is { } former)
        {
            Findings.Add(new ContactChanged(Route, "identity", former, Contact, At, words));
        }
        else
        {
            var now = kind == "customer_identity_changed" ? null : Persons.Compose(
                system.Id("wa_id"u8) ?? system.Id("new_wa_id"u8), system.Id("user_id"u8) ?? system.Id("user"u8), system.Id("parent_user_id"u8));
            if (now is not null || kind == "customer_identity_changed")
            {
                Findings.Add(new ContactChanged(Route, "identity", Contact, now, At, words));
            }
        }

        Findings.Add(Received(new SystemContent(kind, words), inGroup));
    }
}
