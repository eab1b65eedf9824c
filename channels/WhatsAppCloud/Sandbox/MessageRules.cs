using System.Text.Json;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>What the network refuses at once. Everything it finds out later is a status.</summary>
internal static class MessageRules
{
    private const int LongestText = 4096;
    private const int LongestCaption = 1024;
    private const int LongestCallbackData = 512;

    public static GraphError? Check(JsonElement request, TemplateSet templates)
    {
        if (request.Text("messaging_product") != "whatsapp") return GraphError.Of(100, "The parameter messaging_product is required.");
        if (request.Text("recipient_type") is not (null or "individual" or "group"))
            return GraphError.Of(100, "Param recipient_type must be one of {INDIVIDUAL, GROUP}.");
        if (request.Text("biz_opaque_callback_data") is { Length: > LongestCallbackData })
            return GraphError.Of(100, $"Param biz_opaque_callback_data must be at most {LongestCallbackData} characters long.");
        if (request.Object("context") is { } context && context.Text("message_id") is not { Length: > 0 })
            return GraphError.Of(131009, "context.message_id must be a message id.");

        var type = request.Text("type") ?? "text";
        if (type == "contacts") return CheckContacts(request);
        if (request.Object(type) is not { } content)
            return IsKnown(type)
                ? GraphError.Of(131008, $"Parameter {type} is required when type is {type}.")
                : GraphError.Of(100, $"Param type must be one of the supported message types, not {type}.");
        return type switch
        {
            "text" => CheckText(content),
            "image" or "video" or "audio" or "document" or "sticker" => CheckMedia(type, content),
            "location" => CheckLocation(content),
            "reaction" => CheckReaction(request, content),
            "interactive" => InteractiveRules.Check(content),
            "template" => TemplateRules.Check(content, templates),
            _ => GraphError.Of(100, $"Param type must be one of the supported message types, not {type}."),
        };
    }

    private static bool IsKnown(string type) =>
        type is "text" or "image" or "video" or "audio" or "document" or "sticker" or "location" or "reaction" or "interactive" or "template";

    private static GraphError? CheckText(JsonElement text) => text.Text("body") switch
    {
        null or "" => GraphError.Of(100, "The parameter text['body'] is required."),
        { Length: > LongestText } => GraphError.Of(100, $"Param text['body'] must be at most {LongestText} characters long."),
        _ => null,
    };

    private static GraphError? CheckMedia(string type, JsonElement media)
    {
        var (id, link) = (media.Text("id"), media.Text("link"));
        if (id is null == link is null) return GraphError.Of(131008, $"Exactly one of id and link is required for {type}.");
        if (link is not null && !(Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            return GraphError.Of(131009, $"Param {type}['link'] is not a valid URL.");
        if (media.Text("caption") is not { } caption) return null;
        if (type is "audio" or "sticker") return GraphError.Of(100, $"Unexpected key caption on param {type}.");
        return caption.Length > LongestCaption
            ? GraphError.Of(100, $"Param {type}['caption'] must be at most {LongestCaption} characters long.") : null;
    }

    private static GraphError? CheckLocation(JsonElement place) =>
        place.Number("latitude") is not (>= -90 and <= 90) || place.Number("longitude") is not (>= -180 and <= 180)
            ? GraphError.Of(131009, "Params latitude and longitude must be numbers on the globe.") : null;

    private static GraphError? CheckReaction(JsonElement request, JsonElement reaction)
    {
        if (request.Object("context") is not null) return GraphError.Of(131009, "context is not allowed with a reaction.");
        if (reaction.Text("message_id") is not { Length: > 0 }) return GraphError.Of(131008, "The parameter reaction['message_id'] is required.");
        return reaction.Text("emoji") is null ? GraphError.Of(131008, "The parameter reaction['emoji'] is required.") : null;
    }

    private static GraphError? CheckContacts(JsonElement request)
    {
        var any = false;
        foreach (var contact in request.Items("contacts"))
        {
            any = true;
            if (contact.Object("name") is not { } name || name.Text("formatted_name") is not { Length: > 0 })
                return GraphError.Of(131008, "Every contact needs name.formatted_name.");
            // The network wants one more part of the name beside the formatted one.
            if (name.EnumerateObject().Count() < 2) return GraphError.Of(131009, "Every contact's name needs one more part, such as first_name.");
        }
        return any ? null : GraphError.Of(131008, "Parameter contacts is required when type is contacts.");
    }
}
