using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>Who a conversation at Chatwoot is with.</summary>
internal static class People
{
    private const int LongestAddress = 2000;

    /// <summary>The contact, addressed by the conversation; null when the event does not name both.</summary>
    /// <remarks>
    /// A person is known by inbox and contact, not by phone: people at the dashboard and visitors of a website type in numbers that
    /// nobody has verified, and one contact of several inboxes has a conversation in each, which must not run into one.
    /// </remarks>
    public static Person? ContactOf(JsonElement root, Route route) => ContactOf(root, root.Get("conversation"u8), route);

    /// <inheritdoc cref="ContactOf(JsonElement, Route)"/>
    /// <param name="conversation">The event itself, when it is about a conversation.</param>
    public static Person? ContactOf(JsonElement root, JsonElement conversation, Route route)
    {
        var contact = conversation.Get("meta"u8).Get("sender"u8);
        // Of what came in, the sender is the contact: it is the one sender without a type.
        if (!contact.Exists() && !root.Get("sender"u8).Get("type"u8).Exists()) contact = root.Get("sender"u8);
        var id = contact.Id("id"u8) ?? conversation.Get("contact_inbox"u8).Id("contact_id"u8);
        if (id is not { Length: <= 40 } || conversation.Id("id"u8) is not { Length: <= 40 } address) return null;

        var phone = PhoneNumber.Digits(contact.Words("phone_number"u8)) is { } digits ? "+" + digits : null;
        var key = $"chatwoot:{(route.Owner ?? "").Cut(40)}:{(route.Account ?? "").Cut(40)}:{id}";
        return new Person([new Identity(key, id)], address, contact.Words("name"u8), phone, Source: SourceOf(conversation), Picture: PictureOf(contact));
    }

    /// <summary>The picture that Chatwoot has of the contact; "" when it has none. An address that is cut short would lead nowhere.</summary>
    private static string? PictureOf(JsonElement contact) =>
        contact.Words("thumbnail"u8) is { Length: <= LongestAddress } picture && picture.StartsWith("http", StringComparison.Ordinal) ? picture : null;

    /// <summary>The kind of network behind the inbox, as far as it is one of those that are told apart here.</summary>
    private static string SourceOf(JsonElement conversation) => conversation.Text("channel"u8) switch
    {
        "Channel::Whatsapp" => "whatsapp",
        "Channel::FacebookPage" => "facebook",
        "Channel::Instagram" => "instagram",
        // Bridges keep the number there.
        "Channel::Api" or "Channel::TwilioSms" when IsWhatsApp(conversation.Get("contact_inbox"u8).Text("source_id"u8)) => "whatsapp",
        _ => "web",
    };

    private static bool IsWhatsApp(string? source) =>
        source?.StartsWith("whatsapp:", StringComparison.OrdinalIgnoreCase) == true || source?.EndsWith("@s.whatsapp.net", StringComparison.Ordinal) == true;
}
