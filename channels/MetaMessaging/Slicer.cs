using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Cuts a body that carries several accounts down to some of them, for a tenant may see only its own items.</summary>
internal static class Slicer
{
    public static byte[] Slice(ReadOnlyMemory<byte> body, Func<Route, bool> keep)
    {
        using var json = JsonBody.Parse(body);
        // A body that is not this network's belongs to no account; it cannot be cut, only kept or not.
        if (json.Root.Get("entry"u8).ValueKind != JsonValueKind.Array || JsonBody.NamesTwice(json.Root, deep: false))
            return keep(default) ? body.ToArray() : "{}"u8.ToArray();

        var buffer = new ArrayBufferWriter<byte>(body.Length);
        using var cut = new Utf8JsonWriter(buffer);
        cut.WriteStartObject();
        if (json.Root.Get("object"u8) is { ValueKind: not JsonValueKind.Undefined } kind)
        {
            cut.WritePropertyName("object");
            WriteRaw(cut, kind);
        }

        cut.WriteStartArray("entry"u8);
        foreach (var entry in json.Root.Get("entry"u8).Items())
        {
            // An entry is one account's. Where a property stands twice nobody can say whose: it is in no slice.
            if (!JsonBody.NamesTwice(entry, deep: false) && WebhookReader.AccountOf(entry) is { } account && keep(new Route(account, null)))
                WriteRaw(cut, entry);
        }

        cut.WriteEndArray();
        cut.WriteEndObject();
        cut.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The bytes as they came: re-encoding could fail on escapes that are no text.</summary>
    private static void WriteRaw(Utf8JsonWriter cut, JsonElement value) =>
        cut.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
}
