using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatOperator.Channels.Contract;

namespace ChatOperator.Channels.Wire.WhatsApp;

/// <summary>Writes the <c>components</c> of a send. Parts without variables are left out, as the network wants it.</summary>
internal static class TemplatePayload
{
    /// <summary>The JSON array; null when there is nothing to fill.</summary>
    public static string? Write(TemplateParts parts, Func<string, string?> words, Func<ButtonPart, string?> ofButton, TemplateHeader? header)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartArray();
        if (parts.HeaderKind == "text") WriteWords(json, parts, "header", parts.HeaderText, words);
        else if (header is not null) WriteHeader(json, header);
        WriteWords(json, parts, "body", parts.Body, words);
        foreach (var button in parts.Buttons)
            if (button.Slot is { } slot && ofButton(button) is { } value) WriteButton(json, button.Index, slot, value);
        json.WriteEndArray();
        json.Flush();
        return buffer.WrittenCount > 2 ? Encoding.UTF8.GetString(buffer.WrittenSpan) : null;
    }

    private static void WriteWords(Utf8JsonWriter json, TemplateParts parts, string component, string text, Func<string, string?> words)
    {
        var variables = TemplateParts.Variables(text);
        if (variables.Count == 0) return;
        json.WriteStartObject();
        json.WriteString("type", component);
        json.WriteStartArray("parameters");
        foreach (var variable in variables)
        {
            json.WriteStartObject();
            json.WriteString("type", "text");
            if (parts.Named) json.WriteString("parameter_name", variable);
            json.WriteString("text", words($"{component}.{variable}"));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHeader(Utf8JsonWriter json, TemplateHeader header)
    {
        json.WriteStartObject();
        json.WriteString("type", "header");
        json.WriteStartArray("parameters");
        json.WriteStartObject();
        json.WriteString("type", header.Kind);
        json.WriteStartObject(header.Kind!);
        if (header.Kind == "location")
        {
            json.WriteNumber("latitude", header.Latitude!.Value);
            json.WriteNumber("longitude", header.Longitude!.Value);
            json.WriteString("name", header.Name);
            json.WriteString("address", header.Address);
        }
        else
        {
            if (header.MediaId is { } id) json.WriteString("id", id);
            else json.WriteString("link", header.Link);
            if (header is { Kind: "document", FileName.Length: > 0 }) json.WriteString("filename", header.FileName);
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteButton(Utf8JsonWriter json, int index, string slot, string value)
    {
        var (subType, type, name) = slot switch
        {
            "payload" => ("quick_reply", "payload", "payload"),
            "code" => ("copy_code", "coupon_code", "coupon_code"),
            _ => ("url", "text", "text"),
        };
        json.WriteStartObject();
        json.WriteString("type", "button");
        json.WriteString("sub_type", subType);
        json.WriteString("index", index.ToString(CultureInfo.InvariantCulture));
        json.WriteStartArray("parameters");
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
