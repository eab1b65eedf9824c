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
            throw new ControlException(error.Message);
        }
    }

    /// <summary>A JSON object; an empty body is an empty object.</summary>
    /// <exception cref="ControlException">The body is something else.</exception>
    public static async Task<JsonObject> ReadObjectAsync(HttpRequest request) =>
        request.ContentLength == 0 ? [] : await ReadAsync<JsonObject>(request);
}

/// <summary>Writes times as RFC 3339 in UTC with milliseconds.</summary>
internal sealed class MillisecondConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
