using System.Runtime.InteropServices;
using System.Text.Json;

namespace ChatOperator.Channels.Wire;

/// <summary>A parsed body, or nothing when it is no JSON.</summary>
/// <remarks>Memory is bounded: at most a few times the body, which the server limits before it is read.</remarks>
internal readonly struct JsonBody : IDisposable
{
    /// <summary>Networks nest to about 15; a parser's stack is not for strangers to spend.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 48 };

    /// <summary>Objects up to this size are looked through without a set.</summary>
    private const int FewProperties = 24;

    private readonly JsonDocument? _document;

    private JsonBody(JsonDocument? document) => _document = document;

    public bool IsJson => _document is not null;

    public JsonElement Root => _document?.RootElement ?? default;

    public static JsonBody Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return new JsonBody(JsonDocument.Parse(body, Options));
        }
        catch (JsonException)
        {
            return default;
        }
    }

    public void Dispose() => _document?.Dispose();

    /// <summary>
    /// Whether this element, or one within it when <paramref name="deep"/>, names a property twice. Not left to the parser: it would
    /// refuse the whole body, and with it everything else that stands there.
    /// </summary>
    public static bool NamesTwice(JsonElement element, bool deep)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                if (RepeatsName(element)) return true;
                if (!deep) return false;
                foreach (var property in element.EnumerateObject())
                {
                    if (NamesTwice(property.Value, deep)) return true;
                }

                return false;
            case JsonValueKind.Array when deep:
                foreach (var item in element.EnumerateArray())
                {
                    if (NamesTwice(item, deep)) return true;
                }

                return false;
            default:
                return false;
        }
    }

    private static bool RepeatsName(JsonElement element)
    {
        // Two equal names have equal marks; unequal names rarely do, and only then are they compared in full.
        Span<int> marks = stackalloc int[FewProperties];
        var count = 0;
        foreach (var property in element.EnumerateObject())
        {
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            var mark = name.IsEmpty ? 0 : name.Length << 24 | name[0] << 16 | name[name.Length / 2] << 8 | name[^1];
            if (count == FewProperties || marks[..count].Contains(mark)) return RepeatsAnyName(element);
            marks[count++] = mark;
        }

        return false;
    }

    private static bool RepeatsAnyName(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!names.Add(JsonReading.NameOf(property))) return true;
        }

        return false;
    }
}
