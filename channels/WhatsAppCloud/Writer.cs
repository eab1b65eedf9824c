using System.Buffers;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire.WhatsApp;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Writes the bodies that are posted to <c>/{phone-number-id}/messages</c>.</summary>
internal static class Writer
{
    /// <summary>A message as the network takes it; null for content that it has no form for.</summary>
    public static byte[]? Write(OutboundMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("messaging_product", "whatsapp");
        json.WriteString("recipient_type", "individual");
        // With "+" it is a number in full; without, a BSUID. A number without "+" could be read as a national one.
        json.WriteString(message.To.StartsWith('+') ? "to" : "recipient", message.To);
        json.WriteString("biz_opaque_callback_data", message.DeliveryId);
        if (message.ReplyTo is not null)
        {
            json.WriteStartObject("context");
            json.WriteString("message_id", message.ReplyTo);
            json.WriteEndObject();
        }

        if (!ContentWriter.TryWrite(json, message.Content)) return null;
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Marks a received message as read, and shows typing for up to 25 s when asked to.</summary>
    public static byte[] WriteRead(string externalId, bool typing)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("messaging_product", "whatsapp");
        json.WriteString("status", "read");
        json.WriteString("message_id", externalId);
        if (typing)
        {
            json.WriteStartObject("typing_indicator");
            json.WriteString("type", "text");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
