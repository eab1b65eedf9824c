using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Reads what a <c>message</c> says. What cannot be shown is still a message.</summary>
internal static class ContentReader
{
    public static Content Read(JsonElement message)
    {
        if (message.IsTrue("is_unsupported"u8)) return new UnsupportedContent("unsupported", "The network does not hand this kind of message on.");
        var text = message.Words("text"u8);
        var attachments = message.Get("attachments"u8);
        var contents = attachments.Items().Select(AttachmentReader.Read).ToList();
        var story = message.Get("reply_to"u8).Get("story"u8);
        if (story.ValueKind == JsonValueKind.Object && contents.Count == 0) return new ShareContent("story_reply", story.Words("url"u8), Words: text);
        if (contents.Count > 0) return With(contents, text);
        if (text is null) return new UnsupportedContent(attachments.Exists() ? "attachment" : "empty");
        return message.Get("quick_reply"u8) is { ValueKind: JsonValueKind.Object } reply
            ? new ChoiceContent("quick_reply", text, reply.Words("payload"u8))
            : new TextContent(text);
    }

    /// <summary>Files come alone or as an album; of anything else there is one, and its words beside it.</summary>
    private static Content With(List<Content> contents, string? text)
    {
        var files = contents.OfType<MediaContent>().ToList();
        return files.Count switch
        {
            > 1 => new AlbumContent(files, text),
            1 => files[0] with { Caption = text },
            _ when contents[0] is ShareContent share => share with { Words = text },
            _ when contents[0] is UnsupportedContent && text is not null => new TextContent(text),
            _ => contents[0],
        };
    }
}
