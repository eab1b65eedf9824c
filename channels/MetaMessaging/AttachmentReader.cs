using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Reads one attachment. Files come as signed addresses that die after some days; whoever wants to keep them fetches them soon.</summary>
internal static class AttachmentReader
{
    public static Content Read(JsonElement attachment)
    {
        var (type, payload) = (attachment.Text("type"u8) ?? "", attachment.Get("payload"u8));
        var (url, title) = (payload.Words("url"u8), payload.Words("title"u8));
        return type.ToLowerInvariant() switch
        {
            "image" when payload.Get("sticker_id"u8).Exists() => File("sticker", url),
            "image" => File("image", url),
            "audio" => File("audio", url),
            "video" => File("video", url),
            "file" => File("document", url),
            "sticker" => File("sticker", url),
            "like_heart" => new TextContent("❤️"),
            // A link that somebody pasted; the address stands beside the payload or within it.
            "fallback" => new ShareContent("link", url ?? attachment.Words("url"u8), title ?? attachment.Words("title"u8)),
            "share" or "post" or "ig_post" or "media_share" => new ShareContent("post", url, title),
            "reel" or "ig_reel" => new ShareContent("reel", url, title),
            "story_mention" or "ig_story" => new ShareContent("story_mention", url),
            "template" => (Content?)Product(payload) ?? new UnsupportedContent("template"),
            "location" => (Content?)Place(payload.Get("coordinates"u8)) ?? new UnsupportedContent("location"),
            "ephemeral" => new UnsupportedContent("ephemeral", "A photo or video that can be seen only once, in the person's own app."),
            { Length: > 0 and <= 64 } other => new UnsupportedContent(other),
            _ => new UnsupportedContent("attachment"),
        };
    }

    private static Content File(string kind, string? url) => url is null
        ? new UnsupportedContent(kind, "The network sent no address of the file.")
        : new MediaContent(
            // People can send no other sound than what they record.
            kind, null, url, null, FileName: kind == "document" ? NameIn(url) : null, Voice: kind == "audio");

    /// <summary>Documents keep their name as the last part of the address.</summary>
    private static string? NameIn(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return null;
        var name = Uri.UnescapeDataString(address.AbsolutePath[(address.AbsolutePath.LastIndexOf('/') + 1)..]);
        return name.Length is > 2 and <= 200 && name.Contains('.', StringComparison.Ordinal) && !name.AsSpan().ContainsAnyInRange('\0', '\x1f')
            && !name.Any(char.IsSurrogate) ? name : null;
    }

    private static ShareContent? Product(JsonElement payload)
    {
        var product = payload.Get("product"u8).Get("elements"u8).First();
        if (product.ValueKind != JsonValueKind.Object) product = payload.Get("elements"u8).First();
        return product.Words("title"u8) is { } title
            ? new ShareContent("link", product.Words("item_url"u8) ?? product.Words("image_url"u8), title, product.Words("subtitle"u8))
            : null;
    }

    private static LocationContent? Place(JsonElement at) =>
        (at.Exact("lat"u8), at.Exact("long"u8)) is ({ } latitude and >= -90 and <= 90, { } longitude and >= -180 and <= 180)
            ? new LocationContent((double)latitude, (double)longitude)
            : null;
}
