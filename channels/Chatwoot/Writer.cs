using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>Writes the bodies that are posted to a conversation's messages.</summary>
/// <remarks>
/// Our delivery id stands among the content attributes, which Chatwoot gives back in its webhooks. It does not stand in
/// <c>source_id</c>: a message with one is taken for something that came from the network, and Chatwoot would never deliver it.
/// </remarks>
internal static class Writer
{
    /// <summary>The attribute that holds our delivery id.</summary>
    public static ReadOnlySpan<byte> Mark => "chat_operator_delivery"u8;

    public static byte[] Write(OutboundMessage message, string words)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("content", words);
        json.WriteString("message_type", "outgoing");
        json.WriteBoolean("private", false);
        json.WriteString("content_type", "text");
        json.WriteStartObject("content_attributes");
        json.WriteString(Mark, message.DeliveryId);
        if (Quoted(message) is { } quoted) json.WriteNumber("in_reply_to", quoted);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same as fields of a form that carries a file.</summary>
    public static IEnumerable<(string Name, string Value)> Fields(OutboundMessage message, string? caption)
    {
        if (caption is { Length: > 0 }) yield return ("content", caption);
        yield return ("message_type", "outgoing");
        yield return ("private", "false");
        yield return ("content_attributes[chat_operator_delivery]", message.DeliveryId);
        if (Quoted(message) is { } quoted) yield return ("content_attributes[in_reply_to]", quoted.ToString(CultureInfo.InvariantCulture));
    }

    private static long? Quoted(OutboundMessage message) =>
        long.TryParse(message.ReplyTo, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
