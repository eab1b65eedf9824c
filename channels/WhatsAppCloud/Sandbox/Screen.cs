using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>How a phone shows what the network carried.</summary>
internal sealed class Screen(World world, Func<Account, TemplateSet> templatesOf, LinkedMedia links)
{
    public Bubble Show(PhoneMessage message)
    {
        var raw = message.Json();
        var bubble = message.Type switch
        {
            "template" => Template(message, raw),
            "interactive" when !message.FromCustomer => Interactive(message, raw),
            _ => new Bubble(TextOf(message, raw)),
        };
        var context = raw.Object("context");
        return bubble with
        {
            Media = Media(message.Type, raw) ?? bubble.Media,
            Place = Place(raw),
            ReplyTo = context?.Text("message_id") ?? context?.Text("id"),
        };
    }

    private static string TextOf(PhoneMessage message, JsonElement raw)
    {
        if (message.EditedText is { } edited) return edited;
        var content = raw.Object(message.Type);
        return message.Type switch
        {
            "text" => content?.Text("body") ?? "",
            "button" => content?.Text("text") ?? "",
            "interactive" => (content?.Object("button_reply") ?? content?.Object("list_reply"))?.Text("title") ?? content?.Object("nfm_reply")?.Text("body") ?? "[Answer]",
            "reaction" => content?.Text("emoji") ?? "",
            "location" => content?.Text("name") ?? "[Location]",
            "contacts" => string.Join(", ", raw.Items("contacts").Select(one => one.Object("name")?.Text("formatted_name"))),
            "system" => content?.Text("body") ?? "",
            "order" => content?.Text("text") is { Length: > 0 } words ? words : "[Order]",
            "image" or "video" or "audio" or "document" or "sticker" => content?.Text("caption") ?? "",
            _ => $"[{message.Type}]",
        };
    }

    private Bubble Template(PhoneMessage message, JsonElement raw)
    {
        if (raw.Object("template") is not { } sent
            || templatesOf(message.Account).Find(sent.Text("name"), sent.Object("language")?.Text("code")) is not { } template)
            return new Bubble("[Template]");
        var header = template.Component("HEADER");
        var parameter = sent.Items("components").Where(one => string.Equals(one.Text("type"), "header", StringComparison.OrdinalIgnoreCase))
            .SelectMany(one => one.Items("parameters")).FirstOrDefault();
        return new Bubble(Filled(template.BodyText, sent, "body"))
        {
            Header = header?.Text("text") is { } words ? Filled(words, sent, "header") : null,
            Footer = template.Component("FOOTER")?.Text("text"),
            Media = parameter.Text("type") is { } kind ? Media(kind, parameter) : null,
            Buttons = [.. template.Buttons.Select((button, index) => Button(message, sent, button, index))],
        };
    }

    private static string Filled(string text, JsonElement sent, string component) =>
        WhatsAppCloud.Template.Fill(text, TemplateRules.Values(sent, component));

    private static BubbleButton Button(PhoneMessage message, JsonElement sent, JsonElement button, int index)
    {
        var title = button.Text("text") ?? "";
        var parameter = sent.Items("components").Where(one => one.Number("index") == index).SelectMany(one => one.Items("parameters")).FirstOrDefault();
        if (button.Text("url") is { } url)
            return new BubbleButton(title, Url: WhatsAppCloud.Template.Fill(url, new Dictionary<string, string> { ["1"] = parameter.Text("text") ?? "" }));
        return button.Text("type") == "QUICK_REPLY"
            ? new BubbleButton(title, Reply: new JsonObject
            {
                ["type"] = "button",
                ["text"] = title,
                ["payload"] = parameter.Text("payload") ?? title,
                ["reply_to"] = message.Id,
            })
            : new BubbleButton(title);
    }

    private static Bubble Interactive(PhoneMessage message, JsonElement raw)
    {
        var shown = raw.Object("interactive") ?? default;
        var action = shown.Object("action") ?? default;
        var id = message.Id;
        var buttons = action.Items("buttons").Select(one => one.Object("reply") ?? default)
            .Select(one => new BubbleButton(one.Text("title") ?? "", Reply: Reply("button_reply", one, id)))
            .Concat(action.Items("sections").SelectMany(section => section.Items("rows"))
                .Select(one => new BubbleButton(one.Text("title") ?? "", one.Text("description"), Reply("list_reply", one, id))))
            .ToList();
        if (action.Object("parameters") is { } parameters && parameters.Text("url") is { } url)
            buttons.Add(new BubbleButton(parameters.Text("display_text") ?? url, Url: url));
        if (action.Text("name") == "send_location")
            buttons.Add(new BubbleButton("Send location", Reply: new JsonObject { ["type"] = "location" }));
        return new Bubble(shown.Object("body")?.Text("text") ?? "")
        {
            Header = shown.Object("header")?.Text("text"),
            Footer = shown.Object("footer")?.Text("text"),
            Buttons = buttons,
        };
    }

    private static JsonObject Reply(string type, JsonElement chosen, string messageId)
    {
        var reply = new JsonObject { ["id"] = chosen.Text("id"), ["title"] = chosen.Text("title") };
        if (chosen.Text("description") is { } description) reply["description"] = description;
        return new JsonObject { ["type"] = type, ["reply"] = reply, ["reply_to"] = messageId };
    }

    private BubbleMedia? Media(string kind, JsonElement holder)
    {
        if (kind is not ("image" or "video" or "audio" or "document" or "sticker") || holder.Object(kind) is not { } media) return null;
        var file = media.Text("id") is { } id ? world.Media.Find(id, world.Time.GetUtcNow())
            : media.Text("link") is { } link ? links.Fetched(link) : null;
        return new BubbleMedia(kind, file is null ? null : $"/control/media/{file.Id}", file?.MimeType,
            media.Text("filename") ?? file?.Filename);
    }

    private static BubblePlace? Place(JsonElement raw) =>
        raw.Object("location") is { } place && place.Number("latitude") is { } latitude && place.Number("longitude") is { } longitude
            ? new BubblePlace(latitude, longitude, place.Text("name"), place.Text("address")) : null;
}
