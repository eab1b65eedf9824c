using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>Reads what a message says: its words, its files, or what Chatwoot makes of places, cards and shares.</summary>
internal static class ContentReader
{
    public static Content Read(JsonElement message)
    {
        var words = message.Words("content"u8);
        var kind = message.Words("content_type"u8);
        if (message.Get("content_attributes"u8).IsTrue("is_unsupported"u8)) return new UnsupportedContent("unsupported", words?.Cut(1000));

        var files = new List<MediaContent>();
        Content? other = null;
        foreach (var attachment in message.Get("attachments"u8).Items())
        {
            if (FileOf(attachment, kind) is { } file) files.Add(file);
            else other ??= OtherOf(attachment, words);
        }

        if (files.Count == 1) return files[0] with { Caption = words };
        if (files.Count > 1) return new AlbumContent(files, words);
        if (other is not null) return other;
        return words is not null ? new TextContent(words) : new UnsupportedContent(kind is { Length: <= 64 } ? kind : "unknown");
    }

    private static MediaContent? FileOf(JsonElement attachment, string? contentType)
    {
        var kind = attachment.Text("file_type"u8) switch
        {
            "image" => contentType == "sticker" ? "sticker" : "image",
            "audio" => "audio",
            "video" => "video",
            "file" => "document",
            _ => null,
        };
        if (kind is null || attachment.Words("data_url"u8) is not { } url) return null;
        var name = FileNames.Of(url);
        var type = FileNames.TypeOf(attachment.Words("extension"u8) ?? name, kind);
        // What phones record comes as Ogg; Chatwoot does not tell it from other sound.
        return new MediaContent(
            kind, attachment.Id("id"u8), url, type, null, kind == "document" ? name : null, Voice: kind == "audio" && type == "audio/ogg",
            Bytes: attachment.Whole("file_size"u8));
    }

    private static Content? OtherOf(JsonElement attachment, string? words)
    {
        var title = attachment.Words("fallback_title"u8);
        var url = attachment.Words("data_url"u8);
        return attachment.Text("file_type"u8) switch
        {
            "location" when attachment.Exact("coordinates_lat"u8) is { } latitude and >= -90 and <= 90
                && attachment.Exact("coordinates_long"u8) is { } longitude and >= -180 and <= 180
                => new LocationContent((double)latitude, (double)longitude, title),
            "contact" => new ContactsContent([new ContactCard(words ?? title ?? "?", title)]),
            "story_mention" or "ig_story" => new ShareContent("story_mention", url, title, words),
            "ig_reel" => new ShareContent("reel", url, title, words),
            "ig_post" => new ShareContent("post", url, title, words),
            "share" or "fallback" => new ShareContent("link", url, title, words),
            { Length: > 0 and <= 64 } hidden => new UnsupportedContent(hidden, words?.Cut(1000)),
            _ => null,
        };
    }
}
