using System.Buffers;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.YCloud;

/// <summary>Writes the bodies that are posted to <c>/whatsapp/messages</c>.</summary>
internal static class Writer
{
    /// <summary>A message as the network takes it; null for content that it has no form for.</summary>
    public static byte[]? Write(OutboundMessage message, string from)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("from", from);
        // With "+" it is a number in full; without, a business-scoped user id.
        json.WriteString(message.To.StartsWith('+') ? "to" : "recipient", message.To);
        json.WriteString("externalId", message.DeliveryId);
        if (message.ReplyTo is not null)
        {
            json.WriteStartObject("context");
            json.WriteString("message_id", message.ReplyTo);
            json.WriteEndObject();
        }

        // YCloud's form knows no voice notes: an Opus file is shown as one anyhow.
        var content = message.Content is MediaContent { Voice: true } voice ? voice with { Voice = false } : message.Content;
        if (!ContentWriter.TryWrite(json, content)) return null;
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
