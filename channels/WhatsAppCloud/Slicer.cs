using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.WhatsAppCloud;

/// <summary>Cuts a body that carries several accounts down to some of them, for a tenant may see only its own items.</summary>
internal static class Slicer
{
    public static byte[] Slice(ReadOnlyMemory<byte> body, Func<Route, bool> keep)
    {
        using var json = JsonBody.Parse(body);
        // A body that is not this network's belongs to no account; it cannot be cut, only kept or not.
        if (json.Root.Get("entry"u8).ValueKind != JsonValueKind.Array || IsAmbiguous(json.Root))
        {
            return keep(default) ? body.ToArray() : "{}"u8.ToArray();
        }

        var buffer = new ArrayBufferWriter<byte>(body.Length);
        using var cut = new Utf8JsonWriter(buffer);
        cut.WriteStartObject();
        WriteRaw(cut, "object"u8, json.Root.Get("object"u8));
        cut.WriteStartArray("entry"u8);
        foreach (var entry in json.Root.Get("entry"u8).Items())
        {
            if (!IsAmbiguous(entry)) WriteEntry(cut, entry, keep);
        }

        cut.WriteEndArray();
        cut.WriteEndObject();
        cut.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter cut, JsonElement entry, Func<Route, bool> keep)
    {
        var owner = entry.Id("id"u8);
        var changes = entry.Get("changes"u8);
        var kept = new List<JsonElement>();
        foreach (var change in changes.Items())
        {
            var value = change.Get("value"u8);
            if (IsAmbiguous(change) || IsAmbiguous(value) || IsAmbiguous(value.Get("metadata"u8))) continue;
            if (keep(Reader.RouteOf(owner, value))) kept.Add(change);
        }

        if (kept.Count == 0 && (changes.Items().Any() || !keep(new Route(null, owner)))) return;
        cut.WriteStartObject();
        WriteRaw(cut, "id"u8, entry.Get("id"u8));
        WriteRaw(cut, "time"u8, entry.Get("time"u8));
        cut.WriteStartArray("changes"u8);
        foreach (var change in kept) cut.WriteRawValue(JsonMarshal.GetRawUtf8Value(change), skipInputValidation: true);
        cut.WriteEndArray();
        cut.WriteEndObject();
    }

    /// <summary>Where a property of the envelope stands twice nobody can say whose the item is: it is in no slice.</summary>
    private static bool IsAmbiguous(JsonElement element) => JsonBody.NamesTwice(element, deep: false);

    /// <summary>The bytes as they came: re-encoding could fail on escapes that are no text.</summary>
    private static void WriteRaw(Utf8JsonWriter cut, ReadOnlySpan<byte> name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined) return;
        cut.WritePropertyName(name);
        cut.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }
}
