using System.Buffers;
using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Writes the bodies that are posted to <c>/{id}/messages</c>.</summary>
internal static class MessageWriter
{
    /// <summary>A message as the network takes it; null for content that it has no form for.</summary>
    /// <param name="typed">Whether an ordinary answer must say that it is one.</param>
    /// <param name="metadata">A text that comes back in the echo; null where the network has none.</param>
    public static byte[]? Write(OutboundMessage message, bool typed, string? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        WriteRecipient(json, message.To);
        WriteWindow(json, message, typed);
        json.WriteStartObject("message");
        if (!TryWriteContent(json, message.Content)) return null;
        if (metadata is not null) json.WriteString("metadata", metadata);
        json.WriteEndObject();
        if (message.ReplyTo is not null)
        {
            json.WriteStartObject("reply_to");
            json.WriteString("mid", message.ReplyTo);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Whether a message must say that a person writes it after the ordinary window.</summary>
    public static bool IsTagged(OutboundMessage message) => message is { WindowOpen: false, ByPerson: true };

    /// <summary>A sender action: typing_on, mark_seen…</summary>
    public static byte[] Action(string address, string action)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        WriteRecipient(json, address);
        json.WriteString("sender_action", action);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Puts the network's one reaction on a message, or takes it back.</summary>
    public static byte[] Reaction(string address, ReactionContent reaction)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        WriteRecipient(json, address);
        json.WriteString("sender_action", reaction.Emoji.Length > 0 ? "react" : "unreact");
        json.WriteStartObject("payload");
        json.WriteString("message_id", reaction.Target);
        if (reaction.Emoji.Length > 0) json.WriteString("reaction", "love");
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRecipient(Utf8JsonWriter json, string address)
    {
        json.WriteStartObject("recipient");
        json.WriteString("id", address);
        json.WriteEndObject();
    }

    /// <summary>Beyond the ordinary window only a person may write, and must say so; for the agent to say so would break Meta's rules.</summary>
    private static void WriteWindow(Utf8JsonWriter json, OutboundMessage message, bool typed)
    {
        if (IsTagged(message))
        {
            json.WriteString("messaging_type", "MESSAGE_TAG");
            json.WriteString("tag", "HUMAN_AGENT");
        }
        else if (typed)
        {
            json.WriteString("messaging_type", "RESPONSE");
        }
    }

    private static bool TryWriteContent(Utf8JsonWriter json, Content content)
    {
        switch (content)
        {
            case TextContent { Body.Length: > 0 } text:
                json.WriteString("text", text.Body);
                return true;
            case ChoicesContent { Body.Length: > 0, Choices.Count: > 0 } choices:
                json.WriteString("text", choices.Body);
                json.WriteStartArray("quick_replies");
                foreach (var choice in choices.Choices)
                {
                    json.WriteStartObject();
                    json.WriteString("content_type", "text");
                    json.WriteString("title", choice.Title);
                    json.WriteString("payload", choice.Id);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                return true;
            case MediaContent { Kind: "image" or "video" or "audio" or "document" } media when media.MediaId is not null || media.Url is not null:
                json.WriteStartObject("attachment");
                json.WriteString("type", media.Kind == "document" ? "file" : media.Kind);
                json.WriteStartObject("payload");
                if (media.MediaId is not null) json.WriteString("attachment_id", media.MediaId);
                else json.WriteString("url", media.Url);
                json.WriteEndObject();
                json.WriteEndObject();
                return true;
            default:
                return false;
        }
    }
}
