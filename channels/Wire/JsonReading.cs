using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ChatOperator.Channels.Wire;

/// <summary>
/// Reads what a network sent without trusting its shape: every accessor answers null or nothing for a missing or wrong-kind value,
/// and texts come out storable whatever their escapes were.
/// </summary>
internal static class JsonReading
{
    /// <summary>The property, or an element of kind Undefined. Of two with one name the first.</summary>
    /// <remarks>
    /// Names are compared as they were written, since TryGetProperty throws for names whose escapes are no text. No network escapes the
    /// names of its properties.
    /// </remarks>
    public static JsonElement Get(this JsonElement element, ReadOnlySpan<byte> name)
    {
        if (element.ValueKind != JsonValueKind.Object) return default;
        foreach (var property in element.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(property).SequenceEqual(name)) return property.Value;
        }

        return default;
    }

    /// <summary>The name of a property, storable like any text.</summary>
    public static string NameOf(JsonProperty property) => Decode(JsonMarshal.GetRawUtf8PropertyName(property));

    /// <summary>The items of a list; none when it is not a list.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement element) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : default;

    /// <summary>The first item of a list, or Undefined.</summary>
    public static JsonElement First(this JsonElement element)
    {
        foreach (var item in element.Items()) return item;
        return default;
    }

    public static bool Exists(this JsonElement element) => element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public static bool IsTrue(this JsonElement element, ReadOnlySpan<byte> name) => element.Get(name).ValueKind == JsonValueKind.True;

    /// <summary>A string property.</summary>
    public static string? Text(this JsonElement element, ReadOnlySpan<byte> name) => element.Get(name).AsText();

    /// <summary>A string property, null when empty.</summary>
    public static string? Words(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>An id: networks write the same one as a string here and as a number there.</summary>
    public static string? Id(this JsonElement element, ReadOnlySpan<byte> name)
    {
        var value = element.Get(name);
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : value.AsText();
        return text is { Length: > 0 and <= 512 } ? text : null;
    }

    /// <summary>A whole number, also when written as a string.</summary>
    public static long? Whole(this JsonElement element, ReadOnlySpan<byte> name)
    {
        var value = element.Get(name);
        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var number) => number,
            JsonValueKind.String when JsonMarshal.GetRawUtf8Value(value) is { Length: > 2 and < 24 } raw
                && long.TryParse(raw[1..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ => null,
        };
    }

    /// <summary>An exact number, also when written as a string.</summary>
    public static decimal? Exact(this JsonElement element, ReadOnlySpan<byte> name)
    {
        var value = element.Get(name);
        if (value.ValueKind == JsonValueKind.Number) return value.TryGetDecimal(out var number) ? number : null;
        return decimal.TryParse(value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var written) ? written : null;
    }

    /// <summary>A moment in Unix seconds; null when missing or outside the years in which it can be true.</summary>
    public static DateTimeOffset? Seconds(this JsonElement element, ReadOnlySpan<byte> name) =>
        element.Whole(name) is { } seconds and >= 1_230_768_000 and < 4_102_444_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>A moment as RFC 3339 writes it, UTC when it names no offset; null when missing or outside the years in which it can be true.</summary>
    public static DateTimeOffset? Moment(this JsonElement element, ReadOnlySpan<byte> name) =>
        DateTimeOffset.TryParseExact(
            element.Text(name), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at.Year is >= 2009 and < 2100 ? at : null;

    /// <summary>
    /// The text of a string element. Not GetString: that throws for a lone surrogate or bytes that are no UTF-8. Those, and NUL which
    /// PostgreSQL cannot store, become U+FFFD.
    /// </summary>
    public static string? AsText(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? Decode(JsonMarshal.GetRawUtf8Value(element)[1..^1]) : null;

    /// <summary>At most this many UTF-16 units, never half of a pair.</summary>
    public static string Cut(this string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static string Decode(ReadOnlySpan<byte> raw) => raw.Contains((byte)'\\') ? Unescape(raw) : Encoding.UTF8.GetString(raw);

    private static string Unescape(ReadOnlySpan<byte> raw)
    {
        var rented = ArrayPool<char>.Shared.Rent(raw.Length);
        var length = 0;
        while (!raw.IsEmpty)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain != 0)
            {
                var run = plain < 0 ? raw : raw[..plain];
                length += Encoding.UTF8.GetChars(run, rented.AsSpan(length));
                raw = raw[run.Length..];
                continue;
            }

            // The parser has checked that a backslash is followed by a known letter, and \u by four hexadecimal digits.
            rented[length++] = raw[1] switch
            {
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'u' => (char)ushort.Parse(raw.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var same => (char)same,
            };
            raw = raw[(raw[1] == (byte)'u' ? 6 : 2)..];
        }

        var text = rented.AsSpan(0, length);
        MakeStorable(text);
        var result = new string(text);
        ArrayPool<char>.Shared.Return(rented);
        return result;
    }

    private static void MakeStorable(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (text[i] == '\0' || char.IsSurrogate(text[i])) text[i] = '\ufffd';
        }
    }
}
