using System.Text.Json;

namespace ChatOperator.Channels.Wire;

/// <summary>A parsed webhook body, or why it is none.</summary>
/// <remarks>Memory is bounded: at most a few times the body, which the server limits before it is read.</remarks>
internal readonly struct JsonBody : IDisposable
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 48, AllowDuplicateProperties = false };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 48 };

    private readonly JsonDocument? _document;

    private JsonBody(JsonDocument? document, bool mayNameTwice)
    {
        _document = document;
        MayNameTwice = mayNameTwice;
    }

    public bool IsJson => _document is not null;

    /// <summary>Some object may name a property twice. Whoever reads must find out which, so that its siblings are not lost.</summary>
    public bool MayNameTwice { get; }

    public JsonElement Root => _document?.RootElement ?? default;

    public static JsonBody Parse(ReadOnlyMemory<byte> body)
    {
        if (Try(body, Strict) is { } document) return new JsonBody(document, mayNameTwice: false);
        return new JsonBody(Try(body, Lenient), mayNameTwice: true);
    }

    public void Dispose() => _document?.Dispose();

    /// <summary>Whether this element, or one within it when <paramref name="deep"/>, names a property twice.</summary>
    public static bool NamesTwice(JsonElement element, bool deep)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var property in element.EnumerateObject())
            {
                if (!names.Add(JsonReading.NameOf(property)) || (deep && NamesTwice(property.Value, deep))) return true;
            }
        }
        else if (deep && element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                if (NamesTwice(item, deep)) return true;
            }
        }

        return false;
    }

    private static JsonDocument? Try(ReadOnlyMemory<byte> body, JsonDocumentOptions options)
    {
        try
        {
            return JsonDocument.Parse(body, options);
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: looking for duplicates, at a name whose escapes are no text.
            return null;
        }
    }
}
