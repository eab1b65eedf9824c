using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>Writes what a message says in WhatsApp's own shape, which relays take as it is.</summary>
internal static class ContentWriter
{
    /// <summary>Writes <c>type</c> and the object under its name into an open object; false for content that WhatsApp has no form for.</summary>
    public static bool TryWrite(Utf8JsonWriter json, Content content) => content switch
    {
        TextContent text => WriteText(json, text),
        MediaContent media => WriteMedia(json, media),
        LocationContent place => WriteLocation(json, place),
        ChoicesContent choices => ChoicesWriter.Write(json, choices),
        ContactsContent { Cards.Count: > 0 } cards => WriteCards(json, cards),
        TemplateContent template => WriteTemplate(json, template),
        ReactionContent reaction => WriteReaction(json, reaction),
        _ => false,
    };

    private static bool WriteText(Utf8JsonWriter json, TextContent text)
    {
        json.WriteString("type", "text");
        json.WriteStartObject("text");
        json.WriteString("body", text.Body);
        json.WriteBoolean("preview_url", text.Body.Contains("https://", StringComparison.OrdinalIgnoreCase)
            || text.Body.Contains("http://", StringComparison.OrdinalIgnoreCase));
        json.WriteEndObject();
        return true;
    }

    /// <summary>An empty emoji takes the reaction back.</summary>
    private static bool WriteReaction(Utf8JsonWriter json, ReactionContent reaction)
    {
        json.WriteString("type", "reaction");
        json.WriteStartObject("reaction");
        json.WriteString("message_id", reaction.Target);
        json.WriteString("emoji", reaction.Emoji);
        json.WriteEndObject();
        return true;
    }

    private static bool WriteMedia(Utf8JsonWriter json, MediaContent media)
    {
        if (media.Kind is not ("image" or "video" or "audio" or "document" or "sticker")) return false;
        if (media.MediaId is null && media.Url is null) return false;
        json.WriteString("type", media.Kind);
        json.WriteStartObject(media.Kind);
        if (media.MediaId is not null) json.WriteString("id", media.MediaId);
        else json.WriteString("link", media.Url);
        if (media is { Caption.Length: > 0, Kind: "image" or "video" or "document" }) json.WriteString("caption", media.Caption);
        if (media is { FileName.Length: > 0, Kind: "document" }) json.WriteString("filename", media.FileName);
        // Only Opus is shown as a voice note, and a claim that it is one spoils other sound.
        if (media is { Voice: true, Kind: "audio", MimeType: null or "audio/ogg" }) json.WriteBoolean("voice", true);
        json.WriteEndObject();
        return true;
    }

    private static bool WriteLocation(Utf8JsonWriter json, LocationContent place)
    {
        json.WriteString("type", "location");
        json.WriteStartObject("location");
        json.WriteNumber("latitude", place.Latitude);
        json.WriteNumber("longitude", place.Longitude);
        if (place.Name is { Length: > 0 }) json.WriteString("name", place.Name);
        if (place.Place is { Length: > 0 }) json.WriteString("address", place.Place);
        json.WriteEndObject();
        return true;
    }

    private static bool WriteCards(Utf8JsonWriter json, ContactsContent contacts)
    {
        json.WriteString("type", "contacts");
        json.WriteStartArray("contacts");
        foreach (var card in contacts.Cards)
        {
            json.WriteStartObject();
            json.WriteStartObject("name");
            json.WriteString("formatted_name", card.Name);
            // One more part is asked for besides the whole.
            json.WriteString("first_name", card.Name);
            json.WriteEndObject();
            Ways("phones", "phone", card.Phone, card.MorePhones);
            Ways("emails", "email", card.Email, card.MoreEmails);
            if (card.Organization is { Length: > 0 } company)
            {
                json.WriteStartObject("org");
                json.WriteString("company", company);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        return true;

        void Ways(string list, string name, string? first, IReadOnlyList<string>? more)
        {
            if (first is null) return;
            json.WriteStartArray(list);
            foreach (var way in (string[])[first, .. more ?? []])
            {
                json.WriteStartObject();
                json.WriteString(name, way);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static bool WriteTemplate(Utf8JsonWriter json, TemplateContent template)
    {
        json.WriteString("type", "template");
        json.WriteStartObject("template");
        json.WriteString("name", template.Name);
        json.WriteStartObject("language");
        json.WriteString("code", template.Language);
        json.WriteEndObject();
        if (template.PayloadJson is { Length: > 0 } payload)
        {
            try
            {
                using var parsed = JsonDocument.Parse(payload);
                var components = parsed.RootElement.ValueKind == JsonValueKind.Object
                    && parsed.RootElement.TryGetProperty("components", out var inner) ? inner : parsed.RootElement;
                if (components.ValueKind != JsonValueKind.Array) return false;
                json.WritePropertyName("components");
                components.WriteTo(json);
            }
            catch (Exception bad) when (bad is JsonException or InvalidOperationException)
            {
                return false;
            }
        }

        json.WriteEndObject();
        return true;
    }
}
