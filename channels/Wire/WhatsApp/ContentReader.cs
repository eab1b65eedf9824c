using System.Text;
using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>
/// Reads what a WhatsApp message says, by its <c>type</c>. What cannot be shown is still a message. The shape is Meta's own, which
/// those who relay WhatsApp pass on as it is.
/// </summary>
internal static class ContentReader
{
    /// <param name="errors">Errors that stand beside the message rather than in it; Undefined when there are none.</param>
    /// <param name="anomaly">Set when the network cannot have written it so.</param>
    public static Content Read(JsonElement message, string type, JsonElement errors, out string? anomaly)
    {
        anomaly = null;
        var body = Under(message, type);
        if (Understand(message, body, type) is { } content) return content;

        // Known failure form: a type without its object, the reason among the errors. Anything else is not the network's way to write.
        var reason = ErrorReader.Describe(message.Get("errors"u8)) ?? ErrorReader.Describe(errors);
        if (body.Exists() && reason is null && IsKnown(type)) anomaly = $"A message of type {type} whose content has another form.";
        return new UnsupportedContent(KindOf(type, body), reason);
    }

    /// <summary>The ad or post that brought the contact; null when there is none.</summary>
    public static Referral? ReadReferral(JsonElement referral) => referral.ValueKind != JsonValueKind.Object ? null : new Referral(
        referral.Words("source_type"u8), referral.Id("source_id"u8), referral.Words("source_url"u8),
        referral.Words("headline"u8), referral.Words("body"u8),
        referral.Words("image_url"u8) ?? referral.Words("video_url"u8), referral.Words("ctwa_clid"u8),
        referral.Words("media_type"u8), referral.Words("thumbnail_url"u8), referral.Get("welcome_message"u8).Words("text"u8));

    /// <summary>The product of the catalogue that a contact asks about; null when it is none.</summary>
    public static Referral? ReadProduct(JsonElement product) => product.Id("product_retailer_id"u8) is not { } id ? null
        : new Referral("product", id, null, null, null, CatalogId: product.Id("catalog_id"u8));

    /// <summary>The content stands under the type's own name.</summary>
    private static JsonElement Under(JsonElement message, string type)
    {
        if (type.Length is 0 or > 64) return default;
        Span<byte> name = stackalloc byte[3 * 64];
        return message.Get(name[..Encoding.UTF8.GetBytes(type, name)]);
    }

    private static bool IsKnown(string type) => type is "text" or "image" or "video" or "audio" or "document" or "sticker"
        or "location" or "contacts" or "button" or "order";

    /// <summary>The network's word for what it hides (a poll, an edit…), else for what we cannot show.</summary>
    private static string KindOf(string type, JsonElement body) => (type, body.Words("type"u8)) switch
    {
        ("unsupported", { Length: <= 64 } hidden) => hidden,
        ("interactive", { Length: <= 64 } tapped) => tapped,
        ({ Length: > 0 and <= 64 }, _) => type,
        _ => "unknown",
    };

    private static Content? Understand(JsonElement message, JsonElement body, string type) => type switch
    {
        "text" => body.Text("body"u8) is { } text ? new TextContent(text) : null,
        "image" or "video" or "audio" or "document" or "sticker" => Media(body, type),
        "location" => Location(body),
        "contacts" => Cards(body, message.Text("origin"u8) == "contact_request"),
        "button" => Choice("quick_reply", body, "text"u8, "payload"u8),
        "interactive" => Interactive(body),
        "order" => Order(body),
        _ => null,
    };

    private static MediaContent? Media(JsonElement body, string kind)
    {
        // Meta's own address is a url, a relay's is a link.
        var (id, url) = (body.Id("id"u8), body.Words("url"u8) ?? body.Words("link"u8));
        return id is null && url is null ? null : new MediaContent(
            kind, id, url, body.Words("mime_type"u8), body.Words("caption"u8), body.Words("filename"u8), body.Words("sha256"u8),
            IsVoice(body), body.IsTrue("animated"u8), body.Whole("file_size"u8));
    }

    /// <summary>Relays leave the mark out; what phones record is Opus, and they send no other.</summary>
    private static bool IsVoice(JsonElement body) => body.Get("voice"u8).Exists()
        ? body.IsTrue("voice"u8)
        : body.Words("mime_type"u8) is { } type && type.StartsWith("audio/ogg", StringComparison.OrdinalIgnoreCase)
            && type.Contains("codecs=opus", StringComparison.OrdinalIgnoreCase);

    private static LocationContent? Location(JsonElement body) =>
        body.Exact("latitude"u8) is { } latitude and >= -90 and <= 90 && body.Exact("longitude"u8) is { } longitude and >= -180 and <= 180
            ? new LocationContent((double)latitude, (double)longitude, body.Words("name"u8), body.Words("address"u8), body.Words("url"u8))
            : null;

    private static ContactsContent? Cards(JsonElement list, bool requested)
    {
        var cards = new List<ContactCard>();
        foreach (var card in list.Items())
        {
            var name = card.Get("name"u8);
            var numbers = card.Get("phones"u8).Items().Select(p => p.Words("phone"u8) ?? p.Words("wa_id"u8)).OfType<string>().ToList();
            var emails = card.Get("emails"u8).Items().Select(e => e.Words("email"u8)).OfType<string>().ToList();
            var (number, email) = (numbers.FirstOrDefault(), emails.FirstOrDefault());
            var whole = name.Words("formatted_name"u8) ?? $"{name.Text("first_name"u8)} {name.Text("last_name"u8)}".Trim();
            if (whole.Length == 0) whole = number ?? email ?? "?";
            cards.Add(new ContactCard(
                whole, number, email, card.Get("org"u8).Words("company"u8), numbers.Count > 1 ? numbers[1..] : null, emails.Count > 1 ? emails[1..] : null));
        }

        return cards.Count == 0 ? null : new ContactsContent(cards, requested);
    }

    private static ChoiceContent? Interactive(JsonElement body) => body.Text("type"u8) switch
    {
        "button_reply" => Choice("button", body.Get("button_reply"u8), "title"u8, "id"u8),
        "list_reply" => Choice("list", body.Get("list_reply"u8), "title"u8, "id"u8),
        "nfm_reply" => Choice("form", body.Get("nfm_reply"u8), "body"u8, "response_json"u8),
        _ => null,
    };

    private static ChoiceContent? Choice(string kind, JsonElement body, ReadOnlySpan<byte> title, ReadOnlySpan<byte> payload)
    {
        var (seen, meant) = (body.Words(title), body.Words(payload));
        return seen is null && meant is null ? null : new ChoiceContent(kind, seen ?? meant!, meant, body.Words("description"u8));
    }

    private static OrderContent? Order(JsonElement body)
    {
        var items = new List<OrderItem>();
        foreach (var item in body.Get("product_items"u8).Items())
        {
            if (item.Id("product_retailer_id"u8) is not { } product) return null;
            items.Add(new OrderItem(product, item.Exact("quantity"u8) ?? 1, item.Exact("item_price"u8) ?? 0, item.Words("currency"u8) ?? ""));
        }

        return items.Count == 0 ? null : new OrderContent(body.Id("catalog_id"u8), body.Words("text"u8), items);
    }
}
