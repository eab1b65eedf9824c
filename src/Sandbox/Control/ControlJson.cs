using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ChatOperator.Sandbox;

/// <summary>How the control API spells and reads JSON.</summary>
internal static class ControlJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new MillisecondConverter() },
    };

    /// <exception cref="ControlException">The body is not JSON of this shape.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Options) ?? throw new ControlException("the body is null");
        }
        catch (JsonException error)
        {
            throw new ControlException(Words(error));
        }
    }

    /// <summary>Settings as they are once what is given lies over what was given before, and both together.</summary>
    /// <exception cref="ControlException">A setting has the wrong kind, or one that is needed is missing.</exception>
    public static (T Settings, JsonObject Given) Over<T>(JsonObject before, JsonObject given) where T : class
    {
        var merged = (JsonObject)before.DeepClone();
        foreach (var (name, value) in given) merged[name] = value?.DeepClone();
        try { return (merged.Deserialize<T>(Options)!, merged); }
        catch (JsonException error) { throw new ControlException(Words(error)); }
    }

    /// <summary>A JSON object; an empty body is an empty object.</summary>
    /// <exception cref="ControlException">The body is something else.</exception>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request) =>
        request.ContentLength == 0 ? [] : await ReadAsync<JsonObject>(request);

    /// <summary>Which field it is and what is wrong with it. The exception's own words name types of this program.</summary>
    private static string Words(JsonException error)
    {
        var field = error.Path is { Length: > 2 } path ? path[2..] : "the body";
        if (error.InnerException is JsonException) return $"{field} is not JSON: {error.InnerException.Message}";
        return error.Message switch
        {
            var said when said.Contains("could not be mapped", StringComparison.Ordinal) => $"{field} is not known here",
            var said when said.Contains("could not be converted", StringComparison.Ordinal) => $"{field} is of the wrong kind",
            var said when said.Contains("missing required", StringComparison.Ordinal) => $"{field} lacks a field that is needed",
            var said => said,
        };
    }
}

/// <summary>Writes times as RFC 3339 in UTC with milliseconds.</summary>
internal sealed class MillisecondConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
