using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>How a phone shows what the network carried.</summary>
internal static class Screen
{
    public static Bubble Show(PhoneMessage message, Cdn cdn)
    {
        var raw = message.Json();
        // What the business sent is its request; what came from the customer or the inbox is the webhook's message.
        var said = raw.Object("message") ?? raw;
        var attachment = said.Object("attachment") ?? said.Items("attachments").FirstOrDefault();
        return new Bubble(message.EditedText ?? TextOf(message, said, attachment))
        {
            Media = Media(message.Type, attachment, cdn),
            ReplyTo = raw.Object("reply_to")?.Text("mid") ?? said.Object("reply_to")?.Text("mid"),
            Buttons = [.. said.Items("quick_replies").Select(choice => new BubbleButton(choice.Text("title") ?? "", Reply: new JsonObject
            {
                ["type"] = "quick_reply", ["text"] = choice.Text("title"), ["payload"] = choice.Text("payload"),
            }))],
        };
    }

    private static string TextOf(PhoneMessage message, JsonElement said, JsonElement attachment) =>
        said.Text("text") ?? said.Text("title") ?? said.Text("emoji")
        ?? (message.Type is "image" or "video" or "audio" or "document" or "sticker" ? "" : attachment.Text("title") ?? $"[{message.Type}]");

    private static BubbleMedia? Media(string type, JsonElement attachment, Cdn cdn)
    {
        if (type is not ("image" or "video" or "audio" or "document" or "sticker") || attachment.Object("payload")?.Text("url") is not { } url) return null;
        var file = cdn.Find(url);
        return new BubbleMedia(type, file is null ? null : $"/control/media/{file.Id}", file?.MimeType, file?.Filename);
    }
}
